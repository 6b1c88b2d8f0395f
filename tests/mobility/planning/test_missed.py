"""When it is said that the last one is gone, and when it is not."""

from dataclasses import replace
from typing import Any

import pytest

from mobility.planning.farther import FartherRide
from mobility.planning.missed import last_gone
from mobility.planning.planner import plan
from mobility.routing.itinerary import clock
from mobility.routing.query import Walking
from mobility.travellers.profiles import ADULT, StepFree
from tests.harbour import LINES as HARBOUR
from tests.harbour import STOPS as QUAYS
from tests.harbour import WALKED_BETWEEN as BETWEEN
from tests.harbour import WITH_AN_ISLAND
from tests.mobility.carpool.rides import offer, shared
from tests.town import ask, moment, town

NIGHT = """
    N2
    A B
    25:26 25:34

    Bus1
    A B
    9:25 9:35
    21:30 21:40

    Boat2
    B C
    9:00 9:12
    9:45 9:57
    22:00 22:12
    """
MORNINGS = "N2\nA B\n25:26 25:34\n\nBus1\nA B\n9:25 9:35\n\nBoat2\nB C\n9:00 9:12\n9:45 9:57"


def test_who_could_only_wait_a_night_on_the_quay_hears_that_the_last_boat_is_gone() -> None:
    territory = town("A 0 0, B 3 0, C 6 0", NIGHT)
    answer = plan(territory, ask(territory, "A", "C", "2026-06-02 23:00"))
    found = last_gone(territory, answer)
    assert found is not None
    assert [clock(one.at_s, territory.zone) for one in (found.last, found.next) if one] == ["22:00", "9:45"]
    assert "Bus1 A 9:25 > B 9:35 | Boat2 B 9:45 > C 9:57" in map(str, answer.itineraries)


def test_before_the_first_boat_of_the_day_it_is_not_called_the_last() -> None:
    territory = town("A 0 0, B 3 0, C 6 0", NIGHT)
    found = last_gone(territory, plan(territory, ask(territory, "A", "C", "2026-06-03 2:00")))
    assert found is not None
    assert [clock(one.at_s, territory.zone) for one in (found.last, found.next) if one] == ["22:00", "9:45"]
    assert not found.too_late


def test_the_last_boat_of_a_day_may_be_one_of_the_morning() -> None:
    territory = town("A 0 0, B 3 0, C 6 0", MORNINGS)
    found = last_gone(territory, plan(territory, ask(territory, "A", "C", "2026-06-03 2:00")))
    assert found is not None
    assert [clock(one.at_s, territory.zone) for one in (found.last, found.next) if one] == ["9:45", "9:45"]


EVENING = "Bus1\nA B\n6:33 7:20\n20:01 20:40"


def test_a_driver_who_may_refuse_takes_the_place_of_no_departure_of_the_timetable() -> None:
    """Anna drives after the last bus of the evening; that Yann has left is not told as the last departure."""
    offers = [offer("Anna", "A 20:15 > B 20:30"), offer("Yann", "A 20:03 > B 20:18")]
    territory, _ = shared(offers, "A 0 0, B 10 0", EVENING)
    answer = plan(territory, ask(territory, "A", "B", "2026-06-03 20:05"))
    found = last_gone(territory, answer)
    assert found is not None
    assert [(clock(one.at_s, territory.zone), one.line) for one in (found.last, found.next) if one] == [
        ("20:01", "Bus1"),
        ("6:33", "Bus1"),
    ]
    assert [one.carpool is not None for one in answer.itineraries] == [True, False]


def test_who_may_still_take_the_bus_beside_a_driver_hears_of_no_last_one() -> None:
    territory, _ = shared([offer("Anna", "A 20:15 > B 20:30")], "A 0 0, B 10 0", EVENING)
    assert last_gone(territory, plan(territory, ask(territory, "A", "B", "2026-06-03 20:00"))) is None


def test_who_has_but_a_way_that_waits_half_a_day_left_hears_when_the_next_one_without_it_leaves() -> None:
    """On the day asked about the bus is there nine hours before the boat; on Friday another bus goes all the way."""
    lines = "Bus1\nA B\n9:00 9:20\n\nBoat2\nB C\n18:00 18:20\n\nBus3\nA C\n8:00 9:00"
    calendar = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date"
    days = f"{calendar}\nS,1,1,1,1,1,1,1,20260601,20260630\nFriday,0,0,0,0,1,0,0,20260601,20260630"
    trips = "route_id,service_id,trip_id\nBus1,S,Bus1-1\nBoat2,S,Boat2-1\nBus3,Friday,Bus3-1"
    territory = town("A 0 0, B 3 0, C 30 0", lines, {"calendar": days, "trips": trips})
    answer = plan(territory, ask(territory, "A", "C", "2026-06-03 7:30"))
    assert [str(one) for one in answer.itineraries] == ["Bus1 A 9:00 > B 9:20 | Boat2 B 18:00 > C 18:20"]
    found = last_gone(territory, answer)
    assert found is not None and found.next is not None
    assert (found.last, found.next.at_s, found.overnight) == (None, moment("2026-06-05 8:00"), True)


TWO_WAYS = """
    Bus1
    A B
    6:13 6:40

    Boat2
    B Z
    7:30 7:50

    Bus3
    A C
    6:18 6:25

    Boat4
    C D
    6:30 6:42

    Boat5
    D Z
    6:50 7:10
    """


def test_the_next_boat_is_the_first_one_of_any_way_and_not_that_of_who_sets_out_first() -> None:
    territory = town("A 0 0, B 3 0, C 0 3, D 6 3, Z 9 0", TWO_WAYS)
    answer = plan(territory, ask(territory, "A", "Z", "2026-06-02 20:30"))
    assert list(map(str, answer.itineraries)) == [
        "Bus1 A 6:13 > B 6:40 | Boat2 B 7:30 > Z 7:50",
        "Bus3 A 6:18 > C 6:25 | Boat4 C 6:30 > D 6:42 | Boat5 D 6:50 > Z 7:10",
    ]
    found = last_gone(territory, answer)
    assert found is not None
    assert found.next is not None
    assert clock(found.next.at_s, territory.zone) == "6:30"


def farther(start: str, end: str, when: str, lines: str = HARBOUR, **rest: Any) -> FartherRide | None:
    territory = town(QUAYS, lines)
    found = last_gone(territory, plan(territory, ask(territory, start, end, f"2026-06-03 {when}", **rest)))
    assert found is not None
    return found.farther


def told(found: FartherRide | None) -> str:
    """`17 min to P, Boat2 20:15, there 20:22`."""
    if found is None:
        return "nothing"
    zone = town(QUAYS, HARBOUR).zone
    to = f"{found.walks.to.lasts_s // 60} min to {found.walks.to.stop}, " if found.walks.to else ""
    after = f", {found.walks.after.lasts_s // 60} min from {found.walks.after.stop}" if found.walks.after else ""
    ride = f"{found.ride.line_name} {clock(found.ride.departure_s, zone)}"
    return f"{to}{ride}{after}, there {clock(found.arrival_s, zone)}"


def test_who_missed_the_last_boat_hears_of_one_that_leaves_from_a_quay_farther_away() -> None:
    assert told(farther("Q", "L", "19:46")) == "17 min to P, Boat2 20:15, there 20:22"


def test_a_boat_that_one_cannot_walk_to_in_time_is_not_told() -> None:
    assert told(farther("Q", "L", "20:05")) == "nothing"


def test_a_boat_of_the_next_morning_is_not_told_as_a_longer_walk() -> None:
    assert told(farther("Q", "L", "19:46", HARBOUR.replace("20:15 20:22", "6:15  6:22"))) == "nothing"


def test_the_longer_walk_may_be_that_from_the_last_quay() -> None:
    there = farther("L", "Q", "19:46", HARBOUR.replace("Q     L", "L     Q").replace("P     L", "L     P"))
    assert there is not None
    assert (there.walks.to, there.walks.after and there.walks.after.stop, there.ride.line_name) == (None, "P", "Boat2")


def test_who_has_said_to_walk_so_far_has_that_boat_in_the_answer() -> None:
    territory = town(QUAYS, HARBOUR)
    query = ask(territory, "Q", "L", "2026-06-03 19:46")
    query = replace(query, walking=replace(query.walking, access_s=1800, egress_s=1800))
    answer = plan(territory, query)
    assert last_gone(territory, answer) is None
    assert "Boat2 P 20:15 > L 20:22" in str(answer.itineraries[0])


@pytest.mark.parametrize("needs", [StepFree.NEEDED, StepFree.STRICT])
def test_who_cannot_climb_steps_is_sent_on_no_walk_of_which_nobody_knows(needs: StepFree) -> None:
    """The walk is a straight line on the map; both quays and both boats are known to have no steps."""
    territory = town(QUAYS, HARBOUR, step_free="Q yes, P yes, L yes, Boat1-1 yes, Boat1-2 yes, Boat2-1 yes")
    rolling = replace(ADULT, step_free=needs)
    query = ask(territory, "Q", "L", "2026-06-03 19:46", step_free=True, profile=rolling)
    found = last_gone(territory, plan(territory, query))
    assert found is not None
    assert found.farther is None


SETS_OUT_EARLIER = """
    Bus1
    A     B
    16:50 17:30

    Boat2
    B     Z
    18:20 18:35

    Boat3
    A     C
    18:00 18:10

    Bus4
    C     Z
    18:40 19:30

    Boat5
    B     Z
    6:20  6:35

    Bus6
    A     B
    5:30  6:10
    """


def test_the_last_boat_is_that_of_any_way_and_not_that_of_who_sets_out_last() -> None:
    """The one at 18:20 has not left when one asks, and cannot be reached any more."""
    territory = town("A 0 0, B 9 0, C 0 9, Z 9 9", SETS_OUT_EARLIER)
    found = last_gone(territory, plan(territory, ask(territory, "A", "Z", "2026-06-03 18:10")))
    assert found is not None
    assert found.last is not None
    assert (clock(found.last.at_s, territory.zone), found.last.line, found.too_late) == ("18:20", "Boat2", True)


KNOWN = "G yes, Q yes, P yes, L yes, Boat0-1 yes, Boat0-2 yes, Boat1-1 yes, Boat2-1 yes, Boat2-2 yes"


def between(when: str, lines: str = BETWEEN, **rest: Any) -> str:
    """`Boat0 19:00, 17 min from Q to P, Boat2 20:15, there 20:22`. Stops and boats are known to have no steps."""
    territory = town(WITH_AN_ISLAND, lines, step_free=KNOWN)
    found = last_gone(territory, plan(territory, ask(territory, "G", "L", f"2026-06-03 {when}", **rest)))
    assert found is not None
    if found.farther is None or found.farther.walks.between is None:
        return told(found.farther)
    walk, onward = found.farther.walks.between
    first, then = (
        f"{ride.line_name} {clock(ride.departure_s, territory.zone)}" for ride in (found.farther.ride, onward)
    )
    there = clock(found.farther.arrival_s, territory.zone)
    return f"{first}, {walk.lasts_s // 60} min from {walk.start} to {walk.stop}, {then}, there {there}"


def test_who_can_walk_from_boat_to_boat_hears_of_both() -> None:
    assert between("18:10") == "Boat0 19:00, 17 min from Q to P, Boat2 20:15, there 20:22"


def test_a_boat_that_one_cannot_walk_to_from_the_one_before_is_not_told() -> None:
    assert between("18:10", BETWEEN.replace("19:00 19:10", "21:00 21:10")) == "nothing"


def test_nobody_is_told_to_walk_between_boats_where_the_last_one_is_gone() -> None:
    assert between("19:01") == "nothing"


def test_the_walk_between_two_boats_is_no_longer_than_half_an_hour() -> None:
    """Who walks at 0.7 m/s needs 34 min for it."""
    assert between("18:10", walking=Walking(speed_mps=0.7)) == "nothing"


@pytest.mark.parametrize("needs", [StepFree.NEEDED, StepFree.STRICT])
def test_who_cannot_climb_steps_is_sent_on_no_walk_between_boats_of_which_nobody_knows(needs: StepFree) -> None:
    assert between("18:10", step_free=True, profile=replace(ADULT, step_free=needs)) == "nothing"


def test_with_longer_walks_at_the_ends_already_the_one_between_is_still_looked_for() -> None:
    walking = Walking(access_s=1800, egress_s=1800)
    assert between("18:10", walking=walking) == "Boat0 19:00, 17 min from Q to P, Boat2 20:15, there 20:22"
