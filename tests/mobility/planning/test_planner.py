"""From a question to the itineraries that a passenger reads. Simple to complex; town.py draws the towns."""

from dataclasses import replace

import pytest
from shapely import box

from mobility.network.terrain import Terrain
from mobility.planning.planner import plan
from mobility.routing.empty_reason import EmptyReason
from mobility.routing.itinerary import WalkLeg
from mobility.routing.query import Walking
from mobility.search.pace import Change
from tests.town import ask, at, moment, told, town

ROW = "A 0 0, B 3 0, C 6 0"

ONE_LINE = """
    Bus1
    A     B     C
    8:00  8:10  8:20
    8:30  8:40  8:50
    """

NIGHT = """
    Bus9
    A      B
    24:50  25:10
    """


def test_one_ride_is_one_leg() -> None:
    territory = town(ROW, ONE_LINE)
    answer = plan(territory, ask(territory, "A", "B", "2026-06-03 7:55", results=1))
    assert told(answer) == ["Bus1 A 8:00 > B 8:10"]


def test_every_departure_of_the_window_is_offered() -> None:
    territory = town(ROW, ONE_LINE)
    answer = plan(territory, ask(territory, "A", "C", "2026-06-03 7:55", window_s=3600))
    assert told(answer) == ["Bus1 A 8:00 > C 8:20", "Bus1 A 8:30 > C 8:50"]


def test_a_window_with_too_little_in_it_is_widened() -> None:
    territory = town(ROW, ONE_LINE)
    answer = plan(territory, ask(territory, "A", "B", "2026-06-03 5:00", window_s=60, results=2))
    assert told(answer) == ["Bus1 A 8:00 > B 8:10", "Bus1 A 8:30 > B 8:40"]


def test_a_widened_window_stops_at_as_many_as_asked_for() -> None:
    territory = town(ROW, ONE_LINE)
    answer = plan(territory, ask(territory, "A", "B", "2026-06-03 5:00", window_s=60, results=1))
    assert told(answer) == ["Bus1 A 8:00 > B 8:10"]
    assert moment("2026-06-03 8:00") < answer.searched_until_s <= moment("2026-06-03 8:30")


def test_a_window_with_something_in_it_is_not_widened_to_another_day() -> None:
    territory = town(ROW, ONE_LINE)
    answer = plan(territory, ask(territory, "A", "C", "2026-06-03 9:00", arrive_by=True))
    assert told(answer) == ["Bus1 A 8:00 > C 8:20", "Bus1 A 8:30 > C 8:50"]
    assert answer.itineraries[0].departure_s == moment("2026-06-03 8:00")


def test_the_next_page_begins_where_this_one_ended() -> None:
    territory = town(ROW, ONE_LINE)
    query = ask(territory, "A", "B", "2026-06-03 5:00", window_s=60, results=1)
    later = plan(territory, replace(query, at_s=plan(territory, query).searched_until_s))
    assert told(later) == ["Bus1 A 8:30 > B 8:40"]


def test_the_page_before_ends_where_this_one_began() -> None:
    territory = town(ROW, ONE_LINE)
    query = ask(territory, "A", "B", "2026-06-03 8:30", window_s=60, results=1)
    earlier = plan(territory, replace(query, at_s=query.at_s - 1, earlier=True))
    assert told(earlier) == ["Bus1 A 8:00 > B 8:10"]


def test_nobody_is_sent_away_to_come_back_for_a_bus_after_the_window() -> None:
    """Bus7 leads from Z back to A, in time for the 8:30; but from A one just waits for it."""
    territory = town(
        "A 0 0, Z -0.3 0, C 6 0",
        """
        Bus7
        Z     A
        8:20  8:25

        Bus1
        A     C
        8:30  8:50
        """,
    )
    query = ask(territory, "A", "C", "2026-06-03 8:10", window_s=600, widen=False)
    assert told(plan(territory, query)) == []
    assert told(plan(territory, replace(query, widen=True, results=1))) == ["Bus1 A 8:30 > C 8:50"]


def test_arriving_by_takes_the_last_bus_that_is_early_enough() -> None:
    territory = town(ROW, ONE_LINE)
    answer = plan(territory, ask(territory, "A", "C", "2026-06-03 8:49", arrive_by=True, window_s=0))
    assert told(answer) == ["Bus1 A 8:00 > C 8:20"]


def test_a_change_at_another_stop_is_walked() -> None:
    territory = town(
        "A 0 0, B 3 0, D 3 0.2, E 6 2",
        """
        Bus1
        A     B
        8:00  8:10

        Bus2
        D     E
        8:13  8:30
        8:20  8:40
        """,
    )
    answer = plan(territory, ask(territory, "A", "E", "2026-06-03 7:55", results=1))
    assert told(answer) == ["Bus1 A 8:00 > B 8:10 | walk 4m > D | Bus2 D 8:20 > E 8:40"]


def test_a_longer_minimum_change_takes_the_next_bus() -> None:
    territory = town(
        "A 0 0, B 3 0, C 6 0",
        """
        Bus1
        A     B
        8:00  8:10

        Bus2
        B     C
        8:15  8:30
        8:30  8:45
        """,
    )
    query = ask(territory, "A", "C", "2026-06-03 7:55", results=1)
    assert told(plan(territory, query)) == ["Bus1 A 8:00 > B 8:10 | Bus2 B 8:15 > C 8:30"]
    patient = replace(query, change=Change(minimum_s=600))
    assert told(plan(territory, patient)) == ["Bus1 A 8:00 > B 8:10 | Bus2 B 8:30 > C 8:45"]


def test_a_bus_that_leaves_as_the_boat_arrives_waits_for_it() -> None:
    """So are the timetables of islands made; between two buses a minute is needed."""
    vehicles = """
        {first}
        A     B
        8:00  8:30

        Bus2
        B     C
        8:30  8:45
        """
    by_boat, by_bus = (town("A 0 0, B 9 0, C 14 0", vehicles.format(first=first)) for first in ("Boat1", "Bus1"))
    soon = {"window_s": 3600, "results": 1}
    assert told(plan(by_boat, ask(by_boat, "A", "C", "2026-06-03 7:55", **soon))) == [
        "Boat1 A 8:00 > B 8:30 | Bus2 B 8:30 > C 8:45"
    ]
    missed = plan(by_bus, ask(by_bus, "A", "C", "2026-06-03 7:55", **soon)).itineraries
    assert [one.arrival_s for one in missed] == [moment("2026-06-04 8:45")]


def test_both_ends_are_walked_and_said_to_be_estimated() -> None:
    territory = town(ROW, ONE_LINE)
    answer = plan(territory, ask(territory, "0.2 0.1", "6 0.3", "2026-06-03 7:40", results=1))
    assert told(answer) == ["walk 4m > A | Bus1 A 8:00 > C 8:20 | walk 5m > X"]
    assert [leg.estimated for leg in answer.itineraries[0].legs if isinstance(leg, WalkLeg)] == [True, True]


def test_nobody_walks_across_the_harbour() -> None:
    west, east = at("2.9 -1"), at("2.95 1")
    harbour = Terrain(barriers=(box(west.lon, west.lat, east.lon, east.lat),))
    dry = ask(town(ROW, ONE_LINE), "2.7 0", "3.1 0", "2026-06-03 7:40")
    wet = town(ROW, ONE_LINE, terrain=harbour)
    assert [leg.legs[0].mode for leg in plan(town(ROW, ONE_LINE), dry).direct] == ["WALK"]
    assert plan(wet, ask(wet, "2.7 0", "3.1 0", "2026-06-03 7:40")).direct == ()


def test_last_nights_bus_runs_after_midnight() -> None:
    territory = town(ROW, NIGHT)
    answer = plan(territory, ask(territory, "A", "B", "2026-06-04 0:30", results=1))
    assert told(answer) == ["Bus9 A 0:50 > B 1:10"]
    assert answer.itineraries[0].rides[0].service_day.isoformat() == "2026-06-03"


def test_last_nights_bus_is_found_by_arrival_too() -> None:
    territory = town(ROW, NIGHT)
    answer = plan(territory, ask(territory, "A", "B", "2026-06-04 1:15", arrive_by=True, results=1))
    assert told(answer) == ["Bus9 A 0:50 > B 1:10"]


@pytest.mark.parametrize(("day", "shown"), [("2026-03-29", "0:30 > B 0:50"), ("2026-10-25", "2:30 > B 2:50")])
def test_a_service_day_counts_from_noon_when_the_clocks_change(day: str, shown: str) -> None:
    """1:30 after noon − 12 h is before the change: clocks still show an hour less in March, an hour more in October."""
    territory = town(ROW, "Bus1\nA     B\n1:30  1:50")
    answer = plan(territory, ask(territory, "A", "B", f"{day} 0:00", results=1))
    assert told(answer) == [f"Bus1 A {shown}"]


@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"])
@pytest.mark.parametrize("arrive_by", [False, True])
def test_a_day_of_departures_is_found_round_the_change_of_the_clocks(day: str, arrive_by: bool) -> None:
    territory = town(ROW, ONE_LINE)
    query = ask(territory, "A", "C", f"{day} 23:30", arrive_by=arrive_by, window_s=86_400, results=1)
    clocks = ["8:00 > C 8:20", "8:30 > C 8:50"]
    assert told(plan(territory, query)) == [f"Bus1 A {clock}" for clock in clocks]


def test_only_the_modes_asked_for_are_ridden() -> None:
    territory = town(
        "A 0 0, B 3 0",
        """
        Bus1
        A     B
        8:00  8:10

        Boat2
        A     B
        8:05  8:40
        """,
    )
    answer = plan(territory, ask(territory, "A", "B", "2026-06-03 7:55", modes=frozenset({"FERRY"}), results=1))
    assert told(answer) == ["Boat2 A 8:05 > B 8:40"]


def test_a_ride_slower_than_walking_is_taken_out_and_the_reason_said() -> None:
    territory = town("A 0 0, B 1 0", "Bus1\nA     B\n8:00  8:40")
    answer = plan(territory, ask(territory, "A", "B", "2026-06-03 7:59"))
    assert told(answer) == []
    assert answer.reason == EmptyReason.WALKING_IS_BETTER
    assert len(answer.direct) == 1


def test_staying_seated_is_no_change() -> None:
    territory = town(
        ROW,
        """
        Bus1
        A     B
        8:00  8:10

        Bus2
        B     C
        8:10  8:20
        """,
        {
            "transfers": """
        from_stop_id,to_stop_id,from_trip_id,to_trip_id,transfer_type
        B,B,Bus1-1,Bus2-1,4
        """
        },
    )
    answer = plan(territory, ask(territory, "A", "C", "2026-06-03 7:55", results=1))
    assert told(answer) == ["Bus1 A 8:00 > B 8:10 | Bus2 B 8:10 > C 8:20"]
    assert answer.itineraries[0].transfers == 0
    assert [ride.stays for ride in answer.itineraries[0].rides] == [False, True]


def test_a_walking_limit_leaves_far_stops_alone() -> None:
    territory = town(ROW, ONE_LINE)
    query = ask(territory, "0.5 0", "C", "2026-06-03 7:40")
    assert plan(territory, query).itineraries
    short = replace(query, walking=Walking(access_s=300))
    assert plan(territory, short).reason == EmptyReason.NO_STOP_NEAR_ORIGIN


def test_nobody_is_told_to_walk_nowhere() -> None:
    """Two stops of two lines at one point: one changes there, without a walk of 0 m."""
    territory = town("A 0 0, B 3 0, BB 3 0, C 6 0", "Bus1\nA B\n8:00 8:10\n\nBus2\nBB C\n8:15 8:25")
    answer = plan(territory, ask(territory, "A", "C", "2026-06-03 7:55"))
    assert told(answer) == ["Bus1 A 8:00 > B 8:10 | Bus2 BB 8:15 > C 8:25"]
