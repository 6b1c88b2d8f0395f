"""Who only guesses the way to the quay is there some minutes before the boat: missing it costs hours."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from mobility.network.terrain import Terrain
from mobility.planning.missed import last_gone
from mobility.planning.planner import plan
from mobility.planning.reach import reach
from mobility.ranking.answer import Answer
from mobility.routing.itinerary import clock
from mobility.routing.last_kilometre.option import LastKilometreRules
from mobility.routing.query import Walking
from mobility.routing.territory import Territory
from mobility.streets.router import OnStreets
from tests.mobility.streets.tiny import streets
from tests.town import ZONE, ask, told, town

BOATS = "Boat1\nQ I\n8:30 9:00\n12:30 13:00"
DOOR, NEXT_DOOR = "3 0.599", "3 0.059"
"""Ten minutes and one minute on foot from the quay."""


def harbour(lines: str = BOATS, margin_s: int = 180) -> Territory:
    made = town("A 0 0, P 3 0.1, Q 3 0, I 9 0", lines, terrain=Terrain(detour_factor=1.0))
    return replace(made, last_km=LastKilometreRules(boat_margin_s=margin_s))


def asked(territory: Territory, start: str = DOOR, when: str = "8:00", **rest: object) -> Answer:
    known = {"walking": Walking(speed_mps=1.0), "window_s": 3600, "results": 1} | rest
    return plan(territory, ask(territory, start, "I", f"2026-06-03 {when}", **known))


def clocks(answer: Answer) -> list[str]:
    """When one leaves, is at the quay, and sails."""
    first, boat = answer.itineraries[0].legs[:2]
    assert answer.itineraries[0].departure_s == first.departure_s
    return [clock(at, ZoneInfo(ZONE))[:4] for at in (first.departure_s, first.arrival_s, boat.departure_s)]


def test_one_is_at_the_quay_three_minutes_before_the_boat() -> None:
    assert clocks(asked(harbour())) == ["8:17", "8:27", "8:30"]


def test_the_walk_itself_is_as_long_as_it_was() -> None:
    assert told(asked(harbour())) == ["walk 10m > Q | Boat1 Q 8:30 > I 9:00"]


def test_round_the_corner_one_is_no_earlier_than_the_way_is_long() -> None:
    assert clocks(asked(harbour(), NEXT_DOOR)) == ["8:28", "8:29", "8:30"]


def test_who_must_be_there_by_a_time_is_as_early_at_the_quay() -> None:
    assert clocks(asked(harbour(), when="9:10", arrive_by=True)) == ["8:17", "8:27", "8:30"]


def test_who_could_only_run_takes_the_next_boat() -> None:
    assert told(asked(harbour(), when="8:19")) == ["walk 10m > Q | Boat1 Q 12:30 > I 13:00"]


@pytest.mark.parametrize(("when", "hurry"), [("12:18", True), ("12:21", False)])
def test_that_the_last_boat_can_be_caught_by_who_hurries_is_said(when: str, hurry: bool) -> None:
    territory = harbour()
    found = last_gone(territory, asked(territory, when=when))
    assert found is not None
    assert (found.too_late, found.hurry) == (True, hurry)


def test_who_has_missed_the_bus_to_the_last_boat_is_not_told_to_hurry() -> None:
    territory = harbour("Boat1\nQ I\n8:30 9:00\n\nBus2\nA P\n8:00 8:10")
    found = last_gone(territory, asked(territory, "A", when="8:05"))
    assert found is not None
    assert (found.too_late, found.hurry) == (True, False)


def test_at_the_quay_one_waits_for_nothing() -> None:
    assert told(asked(harbour(), "Q", when="8:30")) == ["Boat1 Q 8:30 > I 9:00"]


def test_where_a_bus_calls_as_well_nobody_is_early() -> None:
    territory = harbour(BOATS + "\n\nBus2\nA Q\n7:00 7:10")
    assert clocks(asked(territory)) == ["8:20", "8:30", "8:30"]


def test_from_a_bus_to_the_boat_the_timetable_s_own_change_time_holds() -> None:
    answer = asked(harbour(BOATS + "\n\nBus2\nA P\n8:20 8:28"), "A")
    assert told(answer) == ["Bus2 A 8:20 > P 8:28 | walk 2m > Q | Boat1 Q 8:30 > I 9:00"]


def test_what_is_reached_on_foot_is_reached_without_the_margin() -> None:
    territory = harbour()
    found = reach(territory, ask(territory, DOOR, DOOR, "2026-06-03 8:00", walking=Walking(speed_mps=1.0)), 3600)
    assert [(territory.network.stops.name[one.stop], one.duration_s) for one in found] == [("Q", 600), ("I", 3600)]


def test_who_knows_the_streets_needs_no_margin() -> None:
    territory = harbour()
    known = streets("A 3000 0, B 3000 700\nA B | highway=residential")
    on_streets = replace(territory, streets=OnStreets(known, territory.network))
    assert clocks(asked(on_streets)) == ["8:20", "8:30", "8:30"]


def test_a_territory_may_do_without() -> None:
    assert clocks(asked(harbour(margin_s=0))) == ["8:20", "8:30", "8:30"]


def test_by_bike_one_is_early_too() -> None:
    by_bike = Walking(speed_mps=1.0, cycling_mps=2.0, access_modes=("BIKE",))
    assert clocks(asked(harbour(), walking=by_bike)) == ["8:21", "8:26", "8:30"]
