"""An empty answer names what left everything out."""

from __future__ import annotations

from typing import Any

import pytest

from mobility.planning.planner import plan
from mobility.ranking.answer import Answer
from mobility.routing.itinerary import EmptyReason
from mobility.routing.query import Walking
from tests.bookings import booked
from tests.town import ask, moment, town

DAY = "2026-06-03"
STOPS = "A 0 0, B 3 0, C 6 0"
BUS = "Bus1\nA B C\n8:00 8:10 8:20"
CLOSED = """
    trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type
    Bus1-1,8:00:00,8:00:00,A,1,1,0
    Bus1-1,8:10:00,8:10:00,B,2,0,0
    Bus1-1,8:20:00,8:20:00,C,3,0,1
    """
"""One gets in at B only, and out nowhere after it."""


def asked(start: str, end: str, when: str = f"{DAY} 7:50", **rest: Any) -> Answer:
    territory = town(STOPS, BUS)
    return plan(territory, ask(territory, start, end, when, **rest))


@pytest.mark.parametrize(
    ("start", "end", "rest", "reason"),
    [
        ("A", "C", {"longest_s": 600}, EmptyReason.LONGER_THAN_ASKED),
        ("A", "C", {"modes": frozenset({"TRAM"})}, EmptyReason.ONLY_BY_OTHER_MODES),
        ("A", "B", {"when": "2031-06-03 7:50"}, EmptyReason.OUTSIDE_SERVICE_PERIOD),
        ("A", "A", {}, EmptyReason.ALREADY_THERE),
        ("C", "A", {}, EmptyReason.NOTHING_IN_WINDOW),
    ],
)
def test_the_reason_is_what_left_everything_out(
    start: str, end: str, rest: dict[str, Any], reason: EmptyReason
) -> None:
    answer = asked(start, end, **rest)
    assert answer.itineraries == ()
    assert answer.reason is reason


def test_who_is_there_already_gets_no_trip_of_no_minutes() -> None:
    assert asked("A", "A").direct == ()


def test_what_can_be_booked_no_more_is_the_reason() -> None:
    territory = booked("1,15:00", calls="A 2 R > B > C 2 R")
    late = {"now_s": moment(f"{DAY} 7:00"), "window_s": 1200, "widen": False}
    assert plan(territory, ask(territory, "A", "C", f"{DAY} 7:50", **late)).reason is EmptyReason.BOOKING_CLOSED


def test_a_stop_where_nobody_may_get_in_or_out_is_the_reason() -> None:
    closed = town(STOPS, BUS, more={"stop_times": CLOSED})
    assert plan(closed, ask(closed, "A", "C", f"{DAY} 7:55")).reason is EmptyReason.NOBODY_GETS_IN
    assert plan(closed, ask(closed, "B", "C", f"{DAY} 7:55")).reason is EmptyReason.NOBODY_GETS_OUT


def test_a_walk_longer_than_the_limit_is_the_reason_and_told() -> None:
    """Near the door stops a bus that goes elsewhere; the one to C is 1.2 km away."""
    territory = town("S 0 1.2, T 0 9, A 0 0, C 6 0", "Bus9\nS T\n7:00 7:10\n\nBus1\nA C\n8:00 8:20")
    answer = plan(territory, ask(territory, "S", "C", f"{DAY} 7:30", walking=Walking(access_s=600), window_s=3600))
    assert answer.reason is EmptyReason.WALK_TOO_LONG
    assert answer.walked_farther[0].rides[0].start.name == "A"
