"""One more passenger: the driver's limit, the others' time, the direction; search and booking by the same rule."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobility.carpool.capacity import can_serve
from mobility.carpool.offer import Offer, OfferId, Seated
from mobility.carpool.overlay import Overlay
from mobility.carpool.pairs import GETS_IN, GETS_OUT, NOT_AT_ALL, best_rides
from mobility.carpool.seats import seats_left
from tests.mobility.carpool.rides import DAY, Listed, offer
from tests.town import ZONE

EAST = {name: f"{number * 10} 0" for number, name in enumerate("ABCDE")}


def by_way(*detours_s: int, **rest: object) -> Offer:
    """A drive of an hour to the east by B, C and D, which cost so much to serve."""
    made = offer("Anna", "A 8:00 > B 8:15 > C 8:30 > D 8:45 > E 9:00", EAST, **{"longest_detour_s": 900, **rest})
    costs = (0, *detours_s, 0)
    points = (replace(one, detour_s=cost) for one, cost in zip(made.waypoints, costs, strict=True))
    return replace(made, waypoints=tuple(points))


def seated(pickup: int, drop_off: int, seats: int = 1) -> Seated:
    return Seated(OfferId("Anna"), DAY, seats, pickup, drop_off)


def test_the_detour_of_both_points_counts() -> None:
    assert can_serve(by_way(450, 450, 0), (), 1, 2)
    assert not can_serve(by_way(450, 451, 0), (), 1, 2)


def test_who_sits_in_the_car_waits_five_minutes_for_another_and_no_longer() -> None:
    aboard = [seated(0, 4)]
    assert can_serve(by_way(300, 0, 0), aboard, 1, 4)
    assert not can_serve(by_way(301, 0, 0), aboard, 1, 4)


def test_where_the_driver_stops_anyway_another_costs_nothing() -> None:
    aboard = [seated(1, 4)]
    assert can_serve(by_way(600, 300, 0), aboard, 1, 2)
    assert not can_serve(by_way(600, 301, 0), aboard, 1, 2)


@pytest.mark.parametrize(("top", "may"), [("5 8.5", True), ("5 8.8", False)])
def test_nobody_is_driven_more_than_60_degrees_off_the_way(top: str, may: bool) -> None:
    """From A up to B, down to C in the east of A, and on to E in the north: A to C is a way only over a flat B."""
    places = {"A": "0 0", "B": top, "C": "10 0", "E": "0 30"}
    made = offer("Anna", "A 8:00 > B 8:15 > C 8:30 > E 9:00", places, longest_detour_s=900)
    assert can_serve(made, (), 0, 2) is may
    assert can_serve(made, (), 0, 3), "the whole way"


def test_nobody_rides_backwards_or_off_the_end() -> None:
    assert not can_serve(by_way(0, 0, 0), (), 2, 2)
    assert not can_serve(by_way(0, 0, 0), (), 3, 1)
    assert not can_serve(by_way(0, 0, 0), (), 1, 9)


OFFERS = st.builds(
    lambda costs, limit, seats: by_way(*costs, longest_detour_s=limit, seats=seats),
    st.tuples(*[st.integers(0, 600)] * 3), st.integers(0, 1200), st.integers(1, 4),
)  # fmt: skip
HELD = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)).filter(lambda pair: pair[0] < pair[1]), max_size=3)


@settings(max_examples=150, deadline=None)
@given(OFFERS, HELD)
def test_the_search_finds_what_may_be_booked_and_nothing_else(made: Offer, held: list[tuple[int, int]]) -> None:
    """The kernel over the arrays of all offers, against the rule read aloud for one."""
    aboard = [seated(*pair) for pair in held]
    listed = Listed(made)
    for one in aboard:
        listed.seat(one)
    overlay = Overlay(listed, ZoneInfo(ZONE))
    view = overlay.latest()
    day = overlay.day(view, DAY)
    columns = view.first, day.start_s, view.flexible_s, day.detour_s
    found = set()
    for i, j in combinations(range(5), 2):
        ready, must = np.full((1, 5), NOT_AT_ALL), np.full((1, 5), -1)
        ready[0, i], must[0, j] = 0, NOT_AT_ALL
        passenger = ready, must, np.zeros((1, 5), np.int64), np.zeros(5)
        rows = view.waypoints, day.stretches, day.late
        best = best_rides(np.array([0]), columns, rows, passenger, (1, -1.0, 0, 0, False, 0))
        found |= {tuple(ride) for ride in best[:, [GETS_IN, GETS_OUT]].tolist()}
    may = {
        (i, j)
        for i, j in combinations(range(5), 2)
        if can_serve(made, aboard, i, j) and seats_left(made, aboard, i, j) > 0
    }
    assert found == may
