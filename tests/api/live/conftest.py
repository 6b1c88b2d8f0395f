"""A town whose buses are late: a network in service, a file of updates, the writer and an application that follows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from api.app import create_app
from api.config import Config, parse_config
from api.territory.in_service import Following
from api.web.storage import FILE
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.feeds.publish import publish
from mobility.live.follow import NoMessages, TypedMessages, Writer
from mobility.live.sources import Heard
from mobility.network.live_files import in_force
from mobility.network.network import Network
from mobility.network.terrain import OPEN_GROUND
from mobility.routing.territory import Territory
from tests.api.feeds.test_reloading import until
from tests.api.motis import CheckedClient
from tests.api.test_config import MINIMAL
from tests.crossing import LINES, STOPS
from tests.gtfs.realtime.feeds import feed as realtime_feed
from tests.town import FOR_LONG, ZONE, moment, write_town

NOW = "2026-06-03 7:55"
SPOKEN = MINIMAL.replace('["fr"]', '["fr", "br", "en"]')


@dataclass
class LiveTown:
    """now: what clocks show; updates are told at that moment."""

    folder: Path
    network: Network
    config: Config
    now: str = NOW
    messages: TypedMessages = field(default_factory=NoMessages)
    _writer: Writer | None = None
    _client: CheckedClient | None = None

    @property
    def data(self) -> Path:
        return self.folder / "var"

    @property
    def writer(self) -> Writer:
        if self._writer is None:
            sources = [one.source for one in self.config.realtime]
            self._writer = Writer(self.data, sources, self.messages, lambda: moment(self.now))
        return self._writer

    def app(self) -> Flask:
        return create_app(self.config, self.following, lambda: moment(self.now))

    @cached_property
    def following(self) -> Following:
        return Following(self.data, self.config)

    def territory(self) -> Territory:
        return self.following.territory()

    @property
    def client(self) -> CheckedClient:
        if self._client is None:
            app = self.app()
            app.test_client_class = CheckedClient
            client = app.test_client()
            assert isinstance(client, CheckedClient)
            self._client = client
        return self._client

    def say(self, *entities: str) -> str | None:
        """A file of these updates, read; the version that it makes."""
        body = realtime_feed(*entities, header=f"timestamp: {moment(self.now)}")
        (self.folder / "rt.pb").write_bytes(body)
        for heard in self.writer.heard:
            self.writer.heard[heard] = _due(self.writer, heard)
        return self.writer.look()

    def tell(self, *entities: str) -> None:
        """Said, and in force for every request of a served application: one that comes while another one reads the
        version is given that of before."""
        self.say(*entities)
        until(lambda: self._answers_with() == in_force(self.data, self.network.version))

    def _answers_with(self) -> str:
        live = self.territory().live
        return live.live_version if live else ""

    def plan(self, **more: object) -> list[str]:
        """`Bus1 A 8:00 > C 8:20 | Boat2 D 8:30 > E 8:50`, in the town's zone."""
        asked = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:58:00+02:00"} | more
        return [told(one) for one in self.client.ask("/api/v6/plan", **asked)["itineraries"]]


def _due(writer: Writer, place: str) -> Heard:
    return replace(writer.heard[place], due_s=0.0)


def told(itinerary: dict[str, Any]) -> str:
    legs = [leg for leg in itinerary["legs"] if leg["mode"] != "WALK"]
    return " | ".join(
        f"{leg['displayName']} {leg['from']['name']} {shown(leg['startTime'])} > {leg['to']['name']} "
        f"{shown(leg['endTime'])}"
        for leg in legs
    )


def shown(stamp: str) -> str:
    """What clocks in the town show, two hours ahead of UTC in June."""
    hours, minutes = int(stamp[11:13]) + 2, stamp[14:16]
    return f"{hours}:{minutes}"


def live_town_in(
    folder: Path,
    stops: str = STOPS,
    lines: str = LINES,
    days: tuple[str, str] = FOR_LONG,
    more: dict[str, str] | None = None,
) -> LiveTown:
    feed = write_town(folder / "feed", stops, lines, days, more)
    snapshot, _ = accept(feed, FeedSource("t", "test"), ReadLimits(), date(2026, 6, 1))
    network = build([snapshot], OPEN_GROUND, ZONE)
    publish(folder / "var", network)
    places = "".join(f'{kind} = "rt.pb"\n' for kind in ("trip_updates", "alerts", "positions"))
    config = parse_config(f'{SPOKEN}[[realtime]]\nfeed = "t"\nlicence = "test"\n{places}', folder)
    return LiveTown(folder, network, config)


@pytest.fixture
def town(tmp_path: Path, prepared_file: Path) -> LiveTown:
    """One whose operators type messages at a command line."""
    made = live_town_in(tmp_path)
    shutil.copy(prepared_file, made.data / FILE)
    (made.folder / "config.toml").write_text(MINIMAL)
    return made


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the clock of the machine shows, messages are typed that morning."""
    monkeypatch.setattr(import_module("api.commands.messages"), "now_s", lambda: moment(NOW))


@pytest.fixture
def live_town(tmp_path: Path) -> Callable[..., LiveTown]:
    return partial(live_town_in, tmp_path)
