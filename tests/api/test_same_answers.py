"""The same question gets the same answer: from a fresh worker, from one whose shortcuts are ready, from another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from api.app import create_app
from api.config import Config, read_config
from api.territory.in_service import Following
from mobility.clock import days_after
from mobility.network.network import Network
from mobility.routing.territory import Territory
from mobility.search.days import Days
from mobility.search.searchday import SearchDay
from tests.api.conftest import ROOT, Fixed, moment
from tests.api.serving import serving, started
from tests.demo_in_service import demo_in_service

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
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_in_service(tmp_path_factory, MONDAY)


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
    with serving(data, mine, workers=2, begin=started) as server:
        first = [told(server.get(question).body) for question in asked]
        for again in range(2):
            assert [told(server.get(question).body) for question in asked] == first, again


def test_leaving_and_arriving_name_the_same_changes_for_the_same_vehicles(data: Path, config: Config) -> None:
    territory = Following(data, config).territory()
    client = create_app(config, Fixed(territory), lambda: moment("2026-12-01 5:00")).test_client()
    compared = 0
    for question in questions(territory.network)[:60]:
        words = dict(parse_qsl(question.partition("?")[2])) | {"arriveBy": "false"}
        leaving = client.get("/api/v6/plan", query_string=words).get_json()["itineraries"]
        for one in leaving[:3]:
            back = words | {"arriveBy": "true", "time": one["endTime"]}
            arriving = client.get("/api/v6/plan", query_string=back).get_json()["itineraries"]
            same = [other for other in arriving if vehicles(other) == vehicles(one)]
            compared += len(same) if one["transfers"] else 0
            assert all(stops(other) == stops(one) for other in same), question
    assert compared > 20


def test_an_itinerary_that_is_looked_up_again_changes_where_it_did(data: Path, config: Config) -> None:
    territory = Following(data, config).territory()
    client = create_app(config, Fixed(territory), lambda: moment("2026-12-01 5:00")).test_client()
    looked_up = 0
    usual = [question for question in questions(territory.network) if "profile" not in question]
    for question in usual[:30]:
        for one in client.get(question).get_json()["itineraries"]:
            if "id" in one:
                again = client.get("/api/v6/refresh-itinerary", query_string={"itineraryId": one["id"]})
                assert again.status_code == 200, question
                assert stops(again.get_json()) == stops(one), question
                looked_up += one["transfers"] > 0
    assert looked_up > 20


def vehicles(itinerary: Any) -> Any:
    """With the times at both ends."""
    return itinerary["startTime"], itinerary["endTime"], [leg.get("tripId") for leg in rides(itinerary)]


def stops(itinerary: Any) -> Any:
    return [(leg["from"]["stopId"], leg["to"]["stopId"]) for leg in rides(itinerary)]


def rides(itinerary: Any) -> list[Any]:
    return [leg for leg in itinerary["legs"] if "tripId" in leg]


def test_the_questions_are_worth_asking(data: Path, config: Config) -> None:
    """Most have an answer with a change in it."""
    territory = Following(data, config).territory()
    found = answers(territory, config, questions(territory.network)[:40])
    changes = [one["transfers"] for answer in found for one in answer["itineraries"]]
    assert sum(n > 0 for n in changes) > len(changes) / 3
