"""What is left to who misses a ride, as a timetable and the next way."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mobility.planning.fallbacks import Fallback, fallback_search
from mobility.planning.planner import plan
from mobility.routing.itinerary import clock
from mobility.routing.query import Walking
from mobility.routing.territory import Territory
from tests.bookings import booked
from tests.crossing import LINES as DAY
from tests.crossing import STOPS
from tests.harbour import LINES as HARBOUR
from tests.harbour import STOPS as HARBOUR_STOPS
from tests.harbour import WALKED_BETWEEN, WITH_AN_ISLAND
from tests.town import ZONE, ask, town


def left(territory: Territory, start: str, end: str, when: str, **rest: Any) -> list[str]:
    """Of the first itinerary, `Bus1 8:00: Bus1 9:00, 9:50`, of each ride the next one and the arrival."""
    query = ask(territory, start, end, f"2026-06-03 {when}", **rest)
    first = plan(territory, query).itineraries[0]
    return [told(territory, one) for one in fallback_search(territory, query).of(first)]


def told(territory: Territory, one: Fallback) -> str:
    missed = f"{one.missed.line_name} {clock(one.missed.departure_s, territory.zone)}"
    if one.arrival_s is None:
        return f"{missed}: nothing"
    first = f"{one.first.line_name} {clock(one.first.departure_s, territory.zone)}" if one.first else "walk"
    last = ", the last of the day" if one.is_last else ""
    return f"{missed}: {first}, {clock(one.arrival_s, territory.zone)}{last}"


def test_of_each_ride_the_next_way_and_when_one_is_there_then() -> None:
    assert left(town(STOPS, DAY), "A", "E", "7:58") == ["Bus1 8:00: Bus1 9:00, 9:50", "Boat2 8:30: Boat2 9:30, 9:50"]


def test_the_last_boat_and_its_feeder_leave_one_to_the_next_morning() -> None:
    assert left(town(STOPS, DAY), "A", "E", "8:58") == [
        "Bus1 9:00: Bus1 8:00, 8:50, the last of the day",
        "Boat2 9:30: Boat2 8:30, 8:50, the last of the day",
    ]


def test_it_is_not_the_last_one_where_a_longer_walk_leads_to_another() -> None:
    """The quay of Boat2 is 18 min away: nothing else is found within the usual walk of 15."""
    harbour = town(HARBOUR_STOPS, HARBOUR)
    assert left(harbour, "Q", "L", "19:20") == ["Boat1 19:30: Boat2 20:15, 20:22"]
    assert left(harbour, "P", "L", "20:10") == ["Boat2 20:15: Boat2 20:15, 20:22, the last of the day"]


def test_it_is_not_the_last_one_where_a_longer_walk_between_two_boats_leads_to_another() -> None:
    """Both boats of the way are missed alike: from Q, too, one can walk to P."""
    island = town(WITH_AN_ISLAND, WALKED_BETWEEN)
    assert left(island, "G", "L", "17:55") == ["Boat0 18:00: Boat0 19:00, 20:22", "Boat1 18:30: Boat2 20:15, 20:22"]


def test_who_cannot_climb_steps_is_not_sent_on_a_longer_walk() -> None:
    harbour, island = town(HARBOUR_STOPS, HARBOUR), town(WITH_AN_ISLAND, WALKED_BETWEEN)
    assert left(harbour, "Q", "L", "19:20", step_free=True)[0].endswith("the last of the day")
    assert left(island, "G", "L", "17:55", step_free=True)[0].endswith("the last of the day")


def test_the_longer_walk_may_be_that_to_the_door() -> None:
    back = HARBOUR.replace("Q     L", "L     Q").replace("P     L", "L     P")
    (only,) = left(town(HARBOUR_STOPS, back), "L", "Q", "19:20")
    assert only == "Boat1 19:30: Boat2 20:15, 20:39:56", "18 min on foot from the other quay"


@pytest.mark.parametrize(
    ("east_km", "told_then"), [("1.5", "walk, 19:24:28"), ("3", "Bus1 18:00, 18:10, the last of the day")]
)
def test_it_is_not_the_last_one_where_the_door_is_half_an_hour_on_foot_away(east_km: str, told_then: str) -> None:
    """1.5 km are 1950 m on the ground, 1467 s at 1.33 m/s."""
    evening = town(f"A 0 0, B {east_km} 0", "Bus1\nA B\n18:00 18:10\n19:00 19:10")
    assert left(evening, "A", "B", "18:55") == [f"Bus1 19:00: {told_then}"]


ONLY_ON_FOOT, WITH_A_BIKE = Walking(), Walking(access_modes=("WALK", "BIKE"), egress_modes=("WALK", "BIKE"))


def test_who_has_the_bike_along_rides_it_from_the_later_boat_too() -> None:
    """780 m on the ground, at 1.33 m/s or 4.2 m/s."""
    quays = town("P 0 0, Q 6 0", "Boat\nP Q\n8:00 8:20\n9:00 9:20")
    assert left(quays, "P", "6.6 0", "7:55", walking=ONLY_ON_FOOT) == ["Boat 8:00: Boat 9:00, 9:29:47"]
    assert left(quays, "P", "6.6 0", "7:55", walking=WITH_A_BIKE, with_bike=True) == ["Boat 8:00: Boat 9:00, 9:23:06"]


def test_where_nothing_runs_the_next_day_nothing_is_left() -> None:
    once = town(STOPS, DAY, days=("20260603", "20260603"))
    assert left(once, "A", "E", "8:58") == ["Bus1 9:00: nothing", "Boat2 9:30: nothing"]


def test_nobody_is_sent_to_a_quay_for_the_night_who_can_set_out_in_the_morning() -> None:
    """The night bus leads to the same boat as two buses of the morning, with one change less."""
    quay = """
        Bus1
        A      Q
        17:30  17:45

        N2
        A      Q
        25:26  25:40

        Bus5
        A      M
        7:00   7:10

        Bus6
        M      Q
        7:20   7:35

        Boat
        Q      G
        8:00   8:20
        18:00  18:20
        """
    found = town("A 0 0, M 3 0, Q 6 0, G 12 0", quay)
    assert left(found, "A", "G", "17:20") == [
        "Bus1 17:30: Bus5 7:00, 8:20, the last of the day",
        "Boat 18:00: Boat 8:00, 8:20, the last of the day",
    ]


def test_another_line_from_a_stop_nearby_may_be_the_next_way() -> None:
    beside = DAY + "\n    Bus3\n    G E\n    8:40 9:05\n"
    assert left(town(STOPS + ", G 6.2 0", beside), "A", "E", "7:58")[1] == "Boat2 8:30: Bus3 8:40, 9:05"


def test_who_can_walk_on_from_there_walks_on() -> None:
    near = town("A 0 0, B 3 0, C 3.9 0", "Bus1\nA B\n8:00 8:10\n\nBus2\nB C\n8:20 8:22\n9:20 9:22")
    assert left(near, "A", "C", "7:58", direct_modes=())[-1].startswith("Bus2 8:20: walk, 8:3")


def test_a_long_way_round_is_begun_as_late_as_it_may() -> None:
    """Bus9 is caught at once, and leads to the same boat as the next Bus1."""
    lines = DAY + "\n    Bus9\n    A     C\n    8:05  8:45\n"
    assert left(town(STOPS, lines), "A", "E", "7:58")[0] == "Bus1 8:00: Bus1 9:00, 9:50"


@pytest.mark.parametrize("stop", ["G -0.2 0", "G -0.1 0.1"])
def test_the_next_run_is_waited_for_where_one_stands_and_not_met_on_its_way(stop: str) -> None:
    """Bus1 calls at G before it calls at A; one could walk there in a few minutes."""
    beside = town(f"A 0 0, {stop}, C 3 0", "Bus1\nG A C\n7:57 8:00 8:10\n8:07 8:10 8:20")
    query = ask(beside, "A", "C", "2026-06-03 7:59", direct_modes=())
    (left,) = fallback_search(beside, query).of(plan(beside, query).itineraries[0])
    assert left.first is not None
    assert (left.first.start.name, clock(left.first.departure_s, beside.zone)) == ("A", "8:10")


def of_the_first(territory: Territory, when: str) -> Fallback:
    query = ask(territory, "A", "C", f"2026-06-03 {when}")
    return fallback_search(territory, query).of(plan(territory, query).itineraries[0])[0]


@pytest.mark.parametrize(
    ("notice", "kind", "following", "until"),
    [
        ("1,15:00", 2, "Bus1 9:00", None),
        (",,10", 1, "Bus1 8:00", "7:50"),
        (",", 0, "Bus1 8:00", "8:00"),
    ],
    ids=["booked the day before", "ten minutes ahead", "at any time"],
)
def test_what_has_to_be_booked_is_left_only_to_who_still_can(
    notice: str, kind: int, following: str, until: str | None
) -> None:
    """Bus0 leaves at 7:40. Of Bus1 the one of 8:00 stops where one has telephoned, the one of 9:00 for everyone."""
    left = of_the_first(booked(notice, kind=kind, before="7:40 7:50 8:00"), "7:35")
    assert left.missed.line_name == "Bus0"
    assert left.first is not None
    assert f"{left.first.line_name} {clock(left.first.departure_s, ZoneInfo(ZONE))}" == following
    assert (left.booking is not None) == (following == "Bus1 8:00")
    shown = left.booking.until if left.booking else None
    assert (f"{shown.hour}:{shown.minute:02}" if shown else None) == until
