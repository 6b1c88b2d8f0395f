"""A storm on the Faroes as clients of MOTIS see it: 16 calls, each at a moment and in a language, with the news to be
seen there (data/realtime/faroe_made/probes.csv), asked by the client library of the MOTIS project from npm."""

from __future__ import annotations

import csv
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.app import create_app
from api.config import parse_config
from api.territory.in_service import Following
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.feeds.publish import publish
from mobility.live.follow import NoMessages, Writer
from mobility.network.terrain import OPEN_GROUND
from tests.api.npm import ask
from tests.api.serving import serving_app
from tests.api.test_config import MINIMAL
from tests.gtfs.realtime.feeds import reference_data

Json = Any
ZONE = ZoneInfo("Atlantic/Faroe")
MADE = "2026-03-03 07:00"
"""The moment that the files were made at."""
A_DAY_S = 26 * 3600
STARTS_AT = {"200": "f_ei_i"}
"""The lines of probes without a stop."""


@dataclass(frozen=True)
class Probe:
    """row: any of its rows in the table. seen: identifiers of news, and their headers."""

    row: dict[str, str]
    seen: dict[str, str]

    @property
    def stop(self) -> str:
        return f"f_{self.row['stop_id']}"

    @property
    def day(self) -> date:
        return datetime.strptime(self.row["start_date"], "%Y%m%d").replace(tzinfo=UTC).date()

    def is_met_by(self, call: Json) -> bool:
        """A row of a board: the run, or any of the line's in that direction on that day."""
        day, _, trip = call["tripId"].split("_", 2)
        line = call["routeId"], call["directionId"], day
        named = self.row["trip_id"] in ("", trip.removeprefix("f_"))
        return named and line == (f"f_{self.row['route_id']}", self.row["direction_id"], self.row["start_date"])


def probes() -> list[Probe]:
    found = defaultdict(list)
    with reference_data("realtime/faroe_made/probes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["probe"]].append(row)
    return [
        Probe(rows[0], {f"f_{row['alert']}": unescape(row["header"]) for row in rows if row["alert"]})
        for rows in found.values()
    ]


class Clock(threading.local):
    """Of each request: it is asked at the moment that its address begins with, /at/EPOCH/..."""

    now_s = 0.0

    def before(self, app: Callable[..., Any]) -> Callable[..., Any]:
        def asked(environ: dict[str, Any], start: Any) -> Any:
            _, at, now_s, path = environ["PATH_INFO"].split("/", 3)
            assert at == "at"
            self.now_s = float(now_s)
            return app(environ | {"PATH_INFO": f"/{path}"}, start)

        return asked


def epoch(local: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZONE).timestamp())


@pytest.fixture(scope="module")
def faroes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with the storm's files, read when they were made."""
    folder, clock = tmp_path_factory.mktemp("faroes"), Clock()
    snapshot, _ = accept(reference_data("gtfs/faroe.zip"), FeedSource("f", "as stated"), ReadLimits(), date(2026, 3, 3))
    publish(folder, build([snapshot], OPEN_GROUND, ZONE.key))
    territory = MINIMAL.replace("Europe/Paris", ZONE.key).replace('["fr"]', '["fr", "br", "en"]')
    config = parse_config(territory + _realtime(), folder)
    Writer(folder, [one.source for one in config.realtime], NoMessages(), lambda: epoch(MADE)).look()
    app = create_app(config, Following(folder, config), lambda: clock.now_s)
    app.wsgi_app = clock.before(app.wsgi_app)  # type: ignore[method-assign]
    with serving_app(app) as address:
        yield address


def _realtime() -> str:
    files = {"alerts": "alerts.pb", "trip_updates": "storm_trip_updates.pb"}
    places = [f'{kind} = "{reference_data(f"realtime/faroe_made/{file}")}"' for kind, file in files.items()]
    return "\n".join(['\n[[realtime]]\nfeed = "f"\nlicence = "ours"', *places, ""])


def test_each_news_of_the_storm_is_seen_where_and_when_it_is_to_be_and_nowhere_else(
    npm_project: Path, faroes: str
) -> None:
    asked = probes()
    boards = ask(npm_project, [_board(faroes, one) for one in asked])
    calls = [_met(one, board) for one, board in zip(asked, boards, strict=True)]
    runs = ask(npm_project, [_run(faroes, one, call) for one, call in zip(asked, calls, strict=True)])
    assert len(asked) == 16
    found = [_seen(one, call, run) for one, call, run in zip(asked, calls, runs, strict=True)]
    assert found == [one.seen for one in asked]


def _board(address: str, probe: Probe) -> tuple[str, str, dict[str, object]]:
    """What leaves from and arrives at its stop that day; of a probe without a stop, where its line begins."""
    begins = datetime.combine(probe.day, datetime.min.time(), ZONE).isoformat()
    there = {"stopId": probe.stop if probe.row["stop_id"] else STARTS_AT[probe.row["route_id"]]}
    return _at(address, probe, "stoptimes", there | {"time": begins, "window": A_DAY_S, "n": 1, "both": True})


def _run(address: str, probe: Probe, call: Json) -> tuple[str, str, dict[str, object]]:
    return _at(address, probe, "trip", {"tripId": call["tripId"]})


def _at(address: str, probe: Probe, name: str, query: dict[str, object]) -> tuple[str, str, dict[str, object]]:
    seen_at = epoch(probe.row["seen_at_local"])
    return f"{address}/at/{seen_at}", name, query | {"language": [probe.row["language"]]}


def _met(probe: Probe, board: Json) -> Json:
    return next(call for call in board["stopTimes"] if probe.is_met_by(call))


def _seen(probe: Probe, call: Json, run: Json) -> dict[str, str]:
    """At the call on the board; of a probe without a stop, at the leg of the run."""
    (leg,) = run["legs"]
    told = call["place"].get("alerts", ()) if probe.row["stop_id"] else leg.get("alerts", ())
    return {alert["code"]: alert["headerText"] for alert in told}
