"""A ride in a driver's car as a part of any trip: first, last, in the middle, or all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from mobility.carpool.offer import Comfort, OfferId, OfferStatus, Seated, Weekly
from mobility.planning.planner import plan
from mobility.routing.carpool.rules import CarpoolRules
from mobility.routing.query import Walking
from mobility.travellers.profiles import ADULT, StepFree
from tests.mobility.carpool.rides import DAY, offer, shared, told
from tests.town import ZONE, ask

ROW = "A 0 0, B 10 0, C 20 0, D 30 0"
BUS = """
    Bus1
    A     B
    8:00  8:30

    Bus2
    C      D
    8:30   8:50
    9:30   9:50
    """
EIGHT = "2026-06-03 7:30"


def test_a_carpool_is_a_trip_of_its_own() -> None:
    territory, _ = shared([offer("Anna", "A 7:45 > B 8:00")], ROW, BUS)
    assert told(territory, "A", "B", EIGHT) == ["Carpool A 7:45 > B 8:00"]


@pytest.mark.parametrize(
    ("day", "told_as"),
    [("2026-03-22", "Carpool A 2:30 > B 2:45"), ("2026-03-29", "Carpool A 3:30 > B 3:45")],
    ids=["a night like others", "the night in which clocks go from 2:00 to 3:00"],
)
def test_a_weekly_ride_leaves_as_long_after_midnight_where_clocks_skip_its_hour(day: str, told_as: str) -> None:
    sundays = Weekly(frozenset({6}), date(2026, 3, 1), date(2026, 4, 30))
    territory, _ = shared([offer("Anna", "A 2:30 > B 2:45", schedule=sundays)], ROW, BUS, "2026-03-20 5:00")
    assert told(territory, "A", "B", f"{day} 1:30") == [told_as]


def test_first_the_carpool_then_the_bus_ten_minutes_later() -> None:
    territory, _ = shared([offer("Anna", "A 7:45 > C 8:20")], ROW, BUS)
    assert told(territory, "A", "D", EIGHT) == ["Carpool A 7:45 > C 8:20 | Bus2 C 8:30 > D 8:50"]


def test_nine_minutes_are_too_few_between_car_and_bus() -> None:
    territory, _ = shared([offer("Anna", "A 7:45 > C 8:21")], ROW, BUS)
    assert told(territory, "A", "D", EIGHT) == ["Carpool A 7:45 > C 8:21 | Bus2 C 9:30 > D 9:50"]


def test_first_the_bus_then_the_carpool_five_minutes_later() -> None:
    territory, _ = shared([offer("Anna", "B 8:35 > C 8:50")], ROW, BUS)
    assert told(territory, "A", "C", EIGHT, window_s=3600) == ["Bus1 A 8:00 > B 8:30 | Carpool B 8:35 > C 8:50"]


def test_a_driver_who_comes_four_minutes_after_the_bus_is_missed() -> None:
    territory, _ = shared([offer("Anna", "B 8:34 > C 8:50")], ROW, BUS)
    assert told(territory, "A", "C", EIGHT, window_s=3600) == []


def test_a_flexible_driver_waits_for_the_bus() -> None:
    territory, _ = shared([offer("Anna", "B 8:30 > C 8:45", flexible_s=600)], ROW, BUS)
    assert told(territory, "A", "C", EIGHT, window_s=3600) == ["Bus1 A 8:00 > B 8:30 | Carpool B 8:35 > C 8:50"]


def test_a_driver_does_not_wait_for_who_walks_there_in_time_though_not_five_minutes_before() -> None:
    """Nine minutes on foot from 7:35 on: at the park at 7:44, and the car leaves at 7:45 as its driver says."""
    places = {"Park": "0.5 0", "Church": "9.5 0"}
    made = offer("Anna", "Park 7:45 > Church 8:00", places, flexible_s=600)
    territory, _ = shared([made], ROW, BUS)
    answer = plan(territory, ask(territory, "A", "B", "2026-06-03 7:35", window_s=3600))
    (found,) = [one for one in answer.itineraries if one.carpool]
    assert found.in_zone(ZoneInfo(ZONE)) == "walk 9m > Park | Carpool Park 7:45 > Church 8:00 | walk 9m > B"
    assert found.departure_s >= answer.query.at_s


def test_a_driver_who_does_not_wait_is_met_five_minutes_before_or_not_at_all() -> None:
    places = {"Park": "0.5 0", "Church": "9.5 0"}
    territory, _ = shared([offer("Anna", "Park 7:45 > Church 8:00", places)], ROW, BUS)
    assert told(territory, "A", "B", "2026-06-03 7:35", window_s=3600) == []
    assert len(told(territory, "A", "B", "2026-06-03 7:30", window_s=3600)) == 1


def test_the_carpool_stands_between_two_buses() -> None:
    territory, _ = shared([offer("Anna", "B 8:40 > C 8:55")], ROW, BUS)
    assert told(territory, "A", "D", EIGHT, window_s=3600) == [
        "Bus1 A 8:00 > B 8:30 | Carpool B 8:40 > C 8:55 | Bus2 C 9:30 > D 9:50"
    ]


def test_one_walks_to_the_meeting_point_and_from_it() -> None:
    places = {"Park": "0.5 0", "Church": "9.5 0"}
    territory, _ = shared([offer("Anna", "Park 7:50 > Church 8:00", places)], ROW, BUS)
    assert told(territory, "A", "B", EIGHT) == ["walk 9m > Park | Carpool Park 7:50 > Church 8:00 | walk 9m > B"]


def test_one_gets_in_and_out_along_the_way() -> None:
    territory, _ = shared([offer("Anna", "A 7:30 > B 7:45 > C 8:00 > D 8:20")], ROW, BUS)
    assert told(territory, "B", "C", EIGHT) == ["Carpool B 7:45 > C 8:00"]


def test_nobody_rides_backwards() -> None:
    territory, _ = shared([offer("Anna", "A 7:45 > B 8:00")], ROW, BUS)
    assert told(territory, "B", "A", EIGHT) == []


def test_a_full_stretch_is_not_offered_and_the_others_are() -> None:
    territory, listed = shared([offer("Anna", "A 7:30 > B 7:45 > C 8:00 > D 8:20", seats=1)], ROW, BUS)
    listed.seat(Seated(OfferId("Anna"), DAY, 1, 1, 2))
    assert told(territory, "B", "C", EIGHT) == []
    assert told(territory, "A", "C", EIGHT) == []
    assert told(territory, "C", "D", EIGHT, window_s=3600) == ["Carpool C 8:00 > D 8:20"]


def test_a_party_of_three_needs_three_seats() -> None:
    territory, _ = shared([offer("Anna", "A 7:45 > B 8:00", seats=2)], ROW, BUS)
    assert told(territory, "A", "B", EIGHT, profile=replace(ADULT, party=3)) == []
    assert told(territory, "A", "B", EIGHT, profile=replace(ADULT, party=2)) == ["Carpool A 7:45 > B 8:00"]


def test_an_offer_is_found_once_it_is_made_and_no_more_once_it_is_withdrawn() -> None:
    territory, listed = shared([], ROW, BUS)
    assert told(territory, "A", "B", EIGHT) == []
    made = offer("Anna", "A 7:45 > B 8:00")
    made = replace(made, waypoints=shared([made], ROW, BUS)[1].since(0).offers[0].waypoints)
    listed.put(made)
    assert told(territory, "A", "B", EIGHT) == ["Carpool A 7:45 > B 8:00"]
    listed.put(replace(made, status=OfferStatus.WITHDRAWN))
    assert told(territory, "A", "B", EIGHT) == []


def test_a_driver_who_has_left_takes_nobody() -> None:
    territory, _ = shared([offer("Anna", "A 7:45 > B 8:00")], ROW, BUS, now="2026-06-03 7:46")
    assert told(territory, "A", "B", EIGHT) == []


def test_the_detours_of_both_points_stay_within_the_drivers_limit() -> None:
    there = offer("Anna", "A 7:30 > B 7:45 > C 8:00 > D 8:30", longest_detour_s=300)
    points = [replace(one, detour_s=200 * (number in (1, 2))) for number, one in enumerate(there.waypoints)]
    territory, _ = shared([replace(there, waypoints=tuple(points))], ROW, BUS)
    assert told(territory, "B", "C", EIGHT) == [], "400 seconds are too many"
    assert told(territory, "A", "C", "2026-06-03 7:20") == ["Carpool A 7:30 > C 8:00"]


def test_who_gets_in_off_the_way_arrives_so_much_later() -> None:
    there = offer("Anna", "A 7:30 > B 7:45 > C 8:00", longest_detour_s=300)
    points = [replace(one, detour_s=120 * (number == 1)) for number, one in enumerate(there.waypoints)]
    territory, _ = shared([replace(there, waypoints=tuple(points))], ROW, BUS)
    assert told(territory, "B", "C", EIGHT) == ["Carpool B 7:45 > C 8:02"]


def test_to_arrive_by_a_moment() -> None:
    territory, _ = shared([offer("Anna", "A 7:45 > C 8:20")], ROW, BUS)
    found = told(territory, "A", "D", "2026-06-03 9:00", arrive_by=True, window_s=3600)
    assert found == ["Carpool A 7:45 > C 8:20 | Bus2 C 8:30 > D 8:50"]


def test_to_arrive_by_a_moment_with_the_bus_first() -> None:
    territory, _ = shared([offer("Anna", "B 8:35 > C 8:50")], ROW, BUS)
    found = told(territory, "A", "C", "2026-06-03 9:00", arrive_by=True, window_s=3600)
    assert found == ["Bus1 A 8:00 > B 8:30 | Carpool B 8:35 > C 8:50"]


def test_over_midnight() -> None:
    territory, _ = shared([offer("Anna", "A 23:50 > B 24:10")], ROW, BUS)
    assert told(territory, "A", "B", "2026-06-03 23:40") == ["Carpool A 23:50 > B 0:10"]


def test_who_gets_in_after_midnight_rides_with_yesterdays_offer() -> None:
    territory, _ = shared([offer("Anna", "A 23:50 > B 24:10 > C 24:30")], ROW, BUS, now="2026-06-03 20:00")
    assert told(territory, "B", "C", "2026-06-04 0:05") == ["Carpool B 0:10 > C 0:30"]


def test_no_carpool_where_none_is_asked_for() -> None:
    territory, _ = shared([offer("Anna", "A 7:45 > B 8:00")], ROW, BUS)
    assert told(territory, "A", "B", EIGHT, carpool=False) == []


def test_the_bus_stays_in_the_answer() -> None:
    territory, _ = shared([offer("Anna", "A 7:45 > B 8:00")], ROW, BUS)
    answer = plan(territory, ask(territory, "A", "B", EIGHT))
    assert [one.in_zone(ZoneInfo(ZONE)) for one in answer.itineraries] == [
        "Carpool A 7:45 > B 8:00",
        "Bus1 A 8:00 > B 8:30",
    ]


TRAIN = """
    Train1
    A     B
    7:42  7:48
    8:42  8:48
    """


@pytest.mark.parametrize(
    ("when", "arrive_by"), [("7:00", False), ("7:30", False), ("7:36", False), ("7:40", False), ("8:00", True)]
)
def test_the_best_ride_of_a_window_stands_beside_the_quicker_train(when: str, arrive_by: bool) -> None:
    territory, _ = shared([offer("Anna", "A 7:40 > B 7:55")], ROW, TRAIN, rules=CarpoolRules(early_s=0))
    asked = f"2026-06-03 {when}"
    assert told(territory, "A", "B", asked, window_s=3600, arrive_by=arrive_by) == ["Carpool A 7:40 > B 7:55"]


def test_a_second_carpool_that_a_bus_beats_is_not_shown() -> None:
    both = [offer("Anna", "A 7:45 > B 8:00"), offer("Marc", "A 7:55 > B 8:35")]
    territory, _ = shared(both, ROW, BUS)
    assert told(territory, "A", "B", EIGHT) == ["Carpool A 7:45 > B 8:00"]


def test_a_ride_with_a_change_gives_way_to_a_bus_that_leaves_later_and_is_there_earlier_without_one() -> None:
    lines = "Bus2\nC D\n8:30 8:50\n\nBus3\nA D\n8:00 8:40"
    territory, _ = shared([offer("Anna", "A 7:45 > C 8:20")], ROW, lines)
    assert told(territory, "A", "D", EIGHT) == []


def test_who_rolls_rides_where_the_driver_has_room_or_did_not_say() -> None:
    rolling = {"step_free": True, "profile": replace(ADULT, step_free=StepFree.STRICT)}
    cars = [offer(f"Car{said}", "A 7:45 > B 8:00", comfort=Comfort(wheelchair=said)) for said in (True, None, False)]
    found = [told(shared([car], ROW, BUS)[0], "A", "B", EIGHT, **rolling) for car in cars]
    assert found == [["Carpool A 7:45 > B 8:00"], [], []]


@pytest.mark.parametrize(("when", "arrive_by"), [("2026-06-03 7:30", False), ("2026-06-03 8:10", True)])
def test_who_meets_a_driver_at_a_quay_is_not_early_as_for_a_boat(when: str, arrive_by: bool) -> None:
    """Nine minutes on foot, five at the meeting point: a driver at 7:44 is just met."""
    rules = CarpoolRules(margin_s=600, early_s=300, nearer_m=500)
    quay = "Q 0 0, B 20 0, I 0 9"
    territory, _ = shared([offer("Anna", "Q 7:44 > B 8:00")], quay, "Boat1\nQ I\n6:00 6:30\n20:00 20:30", rules=rules)
    territory = replace(territory, last_km=replace(territory.last_km, boat_margin_s=180))
    walking = Walking(speed_mps=1.0)
    found = told(territory, "0 0.4", "B", when, arrive_by=arrive_by, walking=walking, window_s=3600)
    assert any("Carpool Q 7:44 > B 8:00" in one for one in found), found


BOATS = """
    Bus1
    A     D
    7:50  9:20

    Boat1
    B     C
    8:15  8:30
    8:45  9:00
    9:15  9:30
    """
THREE = [offer(name, f"A {leaves} > B {arrives}") for name, leaves, arrives in (
    ("Anna", "7:40", "8:00"), ("Brian", "8:10", "8:30"), ("Chloe", "8:40", "9:00"),
)]  # fmt: skip


def test_each_driver_of_the_window_is_told_with_the_boat_that_is_met() -> None:
    territory, _ = shared(THREE, ROW, BOATS)
    assert told(territory, "A", "C", EIGHT, window_s=7200) == [
        "Carpool A 7:40 > B 8:00 | Boat1 B 8:15 > C 8:30",
        "Carpool A 8:10 > B 8:30 | Boat1 B 8:45 > C 9:00",
        "Carpool A 8:40 > B 9:00 | Boat1 B 9:15 > C 9:30",
    ]


def test_a_driver_who_waits_for_a_bus_does_not_hide_one_who_leaves_later() -> None:
    """Anna would wait and be beaten by the bus; Brian is not."""
    anna, brian, _ = THREE
    bus = "\n    Bus2\n    A     C\n    7:45  8:55\n"
    territory, _ = shared([replace(anna, flexible_s=900), brian], ROW, BOATS + bus)
    found = told(territory, "A", "C", "2026-06-03 7:44", window_s=7200)
    assert "Carpool A 8:10 > B 8:30 | Boat1 B 8:45 > C 9:00" in found


@pytest.mark.parametrize(("by", "drives"), [("9:05", 1), ("9:35", 2), ("10:05", 3)])
def test_who_must_be_there_by_a_time_hears_of_each_driver_who_is_early_enough(by: str, drives: int) -> None:
    calls = ("C 8:40 > D 9:00", "C 9:10 > D 9:30", "C 9:40 > D 10:00")
    territory, _ = shared([offer(call, call) for call in calls], ROW, BOATS)
    found = told(territory, "B", "D", f"2026-06-03 {by}", arrive_by=True, window_s=7200)
    boats = ("Boat1 B 8:15 > C 8:30", "Boat1 B 8:45 > C 9:00", "Boat1 B 9:15 > C 9:30")
    assert found == [f"{boat} | Carpool {call}" for boat, call in zip(boats, calls, strict=True)][:drives]


def test_a_boat_is_not_counted_on_that_leaves_while_the_driver_may_still_come() -> None:
    """A driver who may leave an hour later may miss the boats of that hour."""
    anna, *_ = THREE
    territory, _ = shared([replace(anna, flexible_s=3600)], ROW, BOATS)
    assert told(territory, "A", "C", EIGHT) == ["Carpool A 7:40 > B 8:00 | Boat1 B 9:15 > C 9:30"]


def test_who_must_be_there_by_a_time_gets_out_where_the_rest_is_short() -> None:
    """Halfway there is a bus, too, and at the quay the boat."""
    lines = "Bus1\nB D\n8:15 9:00\n\nBoat1\nC D\n8:15 8:20\n8:45 8:50"
    territory, _ = shared([offer("Anna", "A 7:40 > B 7:50 > C 8:00")], ROW, lines)
    found = told(territory, "A", "D", "2026-06-03 9:00", arrive_by=True, window_s=3600)
    assert found == ["Carpool A 7:40 > C 8:00 | Boat1 C 8:15 > D 8:20"]
