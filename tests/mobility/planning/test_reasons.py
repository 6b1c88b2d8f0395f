"""An empty answer names what left everything out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mobility.planning.advice import advice
from mobility.planning.long_walks import NO_LONG_WALKS, long_walks
from mobility.planning.planner import plan
from mobility.ranking.answer import Answer
from mobility.routing.empty_reason import EmptyReason
from mobility.routing.query import Walking
from mobility.search import search as kernels
from mobility.search.path import Ends, Path
from mobility.search.search import SearchDay, SearchLimits
from mobility.travellers.profiles import ADULT, StepFree
from tests.bookings import booked
from tests.mobility.routing.surroundings import place, surrounded
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


def test_a_walk_within_the_limits_is_not_too_long() -> None:
    """Both walks take a little under ten minutes, or a little over eight as the limit says."""
    territory = town(STOPS, BUS)
    query = ask(territory, "0 0.6", "6 0.6", f"{DAY} 7:45", widen=False, window_s=1200)
    (one,) = plan(territory, query).itineraries
    equal, shorter = (replace(query, walking=Walking(access_s=600, egress_s=egress_s)) for egress_s in (600, 500))
    assert long_walks(one, equal) == NO_LONG_WALKS
    assert [(walk.stop, walk.limit_s) for walk in long_walks(one, shorter).every] == [("C", 500)]


@pytest.mark.parametrize("arrive_by", [False, True])
def test_why_there_is_nothing_costs_no_second_search_of_the_hours(
    arrive_by: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No bus goes back; neither a longer walk nor steps nor other modes help."""
    hours = kernels.window_arriving_and_before if arrive_by else kernels.window_and_after
    searched_s: list[int] = []

    def measured(
        day: SearchDay, ends: Ends, from_s: int, until_s: int, limits: SearchLimits
    ) -> tuple[list[Path], list[Path]]:
        searched_s.append(until_s - from_s)
        return hours(day, ends, from_s, until_s, limits)

    monkeypatch.setattr(kernels, hours.__name__, measured)
    limits = {"modes": frozenset({"BUS"}), "step_free": True, "profile": replace(ADULT, step_free=StepFree.NEEDED)}
    answer = asked("C", "A", arrive_by=arrive_by, **limits)
    assert answer.reason is EmptyReason.NOTHING_IN_WINDOW
    assert sum(searched_s) == answer.searched_until_s - answer.searched_from_s


BOX = "-3 7, 3 7, 3 12, -3 12"
"""Round the door at 0 9, where no bus stops."""
BUS_ON_CALL = {"area": BOX, "opening_hours": "Mo-We 07:00-19:00", "notice": "1d 17:00"}
"""The 3rd of June 2026 is a Wednesday."""


@pytest.mark.parametrize(
    ("when", "now", "reason"),
    [
        (f"{DAY} 7:50", f"{DAY} 6:00", EmptyReason.ON_DEMAND_TOO_LATE),
        (f"{DAY} 6:30", "2026-06-01 6:00", EmptyReason.ON_DEMAND_NOT_THEN),
        ("2026-06-04 7:50", "2026-06-01 6:00", EmptyReason.ON_DEMAND_NOT_THEN),
        (f"{DAY} 7:50", "2026-06-02 16:00", EmptyReason.NO_STOP_NEAR_ORIGIN),
    ],
    ids=["past its deadline", "before its hours", "on a Thursday", "in time"],
)
def test_transport_on_demand_that_could_have_helped_is_the_reason(when: str, now: str, reason: EmptyReason) -> None:
    around = surrounded(place("on_demand", "Taxibus", "0 9", **BUS_ON_CALL))
    answer = plan(around, ask(around, "0 9", "B", when, now_s=moment(now)))
    assert (answer.reason, answer.itineraries) == (reason, ())
    assert answer.zone == ("" if reason is EmptyReason.NO_STOP_NEAR_ORIGIN else "Taxibus")
    assert next(one.kind for one in advice(around, answer)) == "nearest_stop"


def test_where_nothing_runs_a_zone_that_holds_both_ends_is_the_reason() -> None:
    both = BUS_ON_CALL | {"area": "-3 -3, 9 -3, 9 3, -3 3"}
    around = surrounded(place("on_demand", "Taxibus", "0 0", **both))
    query = ask(around, "B", "A", f"{DAY} 7:50", now_s=moment(f"{DAY} 6:00"))
    assert plan(around, query).reason is EmptyReason.ON_DEMAND_TOO_LATE
