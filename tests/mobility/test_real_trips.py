"""Trips of real people on real timetables, each read against the files of the feed by hand.

tests/mobility/real_trips/*.txt: a question (stop ids of the feed, `from` a time on or `by` a time), then the first
itineraries of the answer, and `no more` where these are all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.clock import local_date
from mobility.feeds.build.network import build
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import OPEN_GROUND
from mobility.planning.planner import plan
from mobility.ranking.answer import Answer
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Query, Spot
from mobility.routing.territory import Territory
from mobility.search.days import Days

REFERENCE = os.environ.get("HENT_REFERENCE_DATA")
TRIPS = Path(__file__).parent / "real_trips"

pytestmark = pytest.mark.skipif(not REFERENCE, reason="HENT_REFERENCE_DATA is not set: no real feeds")


def questions() -> Iterator[tuple[str, str, list[str]]]:
    for file in sorted(TRIPS.glob("*.txt")):
        for block in file.read_text("utf-8").strip().split("\n\n"):
            question, *expected = block.splitlines()
            yield file.stem, question, [line.strip() for line in expected]


@pytest.mark.parametrize(("city", "question", "expected"), list(questions()))
def test_a_real_trip_is_answered_as_its_timetable_says(city: str, question: str, expected: list[str]) -> None:
    answer = plan(territory(city), asked(territory(city), question))
    assert list(lines(answer))[: len(expected)] == expected


def lines(answer: Answer) -> Iterator[str]:
    zone = ZoneInfo(answer.network.zones[0])
    day = local_date(answer.query.at_s, zone)
    for itinerary in answer.itineraries:
        late = "" if local_date(itinerary.departure_s, zone) == day else "the next day: "
        yield f"{late}{itinerary}"
    yield "no more" if answer.itineraries else f"none: {answer.reason}"


@lru_cache(maxsize=1)
def territory(city: str) -> Territory:
    file = Path(REFERENCE or "") / "gtfs" / f"{city}.zip"
    feed, _ = accept(file, FeedSource("f", "not stated"), ReadLimits(), date(2026, 1, 1))
    network = build([feed], OPEN_GROUND, feed.agencies[0].timezone)
    return Territory(network, StraightLine(network), Days(network))


def asked(territory: Territory, question: str) -> Query:
    """`A B > C D from 2026-06-03 8:00`: ids of stops may hold spaces."""
    start, rest = question.split(" > ")
    end, way, day, clock = rest.rsplit(" ", 3)
    hour, minute = map(int, clock.split(":"))
    at = datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=territory.zone)
    return Query(_stop(territory, start), _stop(territory, end), int(at.timestamp()), arrive_by=way == "by")


def _stop(territory: Territory, of_feed: str) -> Spot:
    return stop_spot(territory.network, territory.network.stop(f"f_{of_feed}"))
