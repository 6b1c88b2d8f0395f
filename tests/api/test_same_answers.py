"""The same question gets the same answer: from a fresh worker, from one whose shortcuts are ready, from another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest

from api.app import create_app
from api.config import Config, read_config
from api.feeds.loading import load_at_hand
from api.territory.in_service import Following
from mobility.clock import days_after
from mobility.network.network import Network
from mobility.routing.territory import Territory
from mobility.search.days import Days
from mobility.search.searchday import SearchDay
from tests.api.conftest import ROOT, Fixed, moment
from tests.api.serving import serving

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 12, 1)
QUESTIONS = 150
NEAR = 0.008
"""Degrees."""


class PlainDays(Days):
    """That are searched by rounds for ever."""

    def _count(self, day: date, needs: Any, plain: SearchDay) -> None:
        pass


@pytest.fixture(scope="module")
def config() -> Config:
    return read_config(ROOT / "config.toml")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, config: Config) -> Path:
    folder = tmp_path_factory.mktemp("data")
    load_at_hand(folder, config, MONDAY, lambda step: None)
    return folder


def questions(network: Network) -> list[str]:
    """Between stops and between points near them, leaving and arriving, for profiles and for plain clients."""
    random, stops = Random(14), network.stops
    served = [stop for stop in range(len(stops)) if stops.kind[stop] == 0 and stops.modes[stop]]
    asked = []
    for number in range(QUESTIONS):
        ends = [_place(network, stop, number % 3 == 0, random) for stop in random.sample(served, 2)]
        words = {"fromPlace": ends[0], "toPlace": ends[1]}
        words["time"] = f"{TUESDAY}T{random.randint(6, 20):02}:{random.randint(0, 59):02}:00+01:00"
        words["arriveBy"] = "true" if number % 2 else "false"
        words |= {"profile": random.choice(("adult", "family", "hurried"))} if number % 5 < 3 else {}
        words |= {"timetableView": "false"} if number % 7 == 0 else {}
        asked.append("/api/v6/plan?" + urlencode(words))
    return asked


def _place(network: Network, stop: int, near: bool, random: Random) -> str:
    if not near:
        return network.stops.id[stop]
    point, (north, east) = network.stops.point(stop), (random.uniform(-1, 1) * NEAR for _ in range(2))
    return f"{point.lat + north:.5f},{point.lon + east:.5f}"


def answers(territory: Territory, config: Config, asked: list[str]) -> list[Any]:
    client = create_app(config, Fixed(territory), lambda: moment("2026-12-01 5:00")).test_client()
    return [told(client.get(question).get_json()) for question in asked]


def told(answer: Any) -> Any:
    """Without what says how long it took."""
    return answer | {"debugOutput": {}}


def test_an_answer_does_not_depend_on_whether_shortcuts_are_ready(data: Path, config: Config) -> None:
    served = Following(data, config).territory()
    network = served.network
    quick = Days(network)
    by_rounds, by_trips = replace(served, days=PlainDays(network)), replace(served, days=quick)
    for offset in (-1, 0, 1):
        quick.prepare(days_after(TUESDAY, offset))
    asked = questions(network)
    for question, one, other in zip(
        asked, answers(by_rounds, config, asked), answers(by_trips, config, asked), strict=True
    ):
        assert one == other, question


def test_two_workers_give_the_same_answer_before_and_after(data: Path, tmp_path: Path, config: Config) -> None:
    """Each question on a connection of its own, so that either worker may get it."""
    asked = questions(Following(data, config).territory().network)[:24]
    mine = tmp_path / "config.toml"
    mine.write_text((ROOT / "config.toml").read_text().replace('"demo/', f'"{ROOT}/demo/'))
    with serving(data, mine, workers=2) as server:
        first = [told(server.get(question).body) for question in asked]
        for again in range(2):
            assert [told(server.get(question).body) for question in asked] == first, again


def test_the_questions_are_worth_asking(data: Path, config: Config) -> None:
    """Most have an answer with a change in it."""
    territory = Following(data, config).territory()
    found = answers(territory, config, questions(territory.network)[:40])
    changes = [one["transfers"] for answer in found for one in answer["itineraries"]]
    assert sum(n > 0 for n in changes) > len(changes) / 3
