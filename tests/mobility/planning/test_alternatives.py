"""What may take the place of a ride, as timetables and lists of rides; the first two as MOTIS answers them in its own
tests (test/leg_alternatives_test.cc)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mobility.planning.alternatives import alternative_search
from mobility.planning.planner import plan
from mobility.routing.itinerary import Itinerary, clock
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from tests.bookings import booked
from tests.town import ask, moment, town

STOPS = "A 0 0, B 9 0, C 18 0, D 27 0"
ONE_DAY = ("20260603", "20260603")
MOTIS = """
    Bus1
    A     B
    8:00  8:15
    8:30  8:45
    9:00  9:15

    Bus1d
    A     B
    9:00  9:15

    Bus2
    B     C
    9:30  10:00

    Bus2d
    B     C
    9:30  10:00

    Bus2l
    B     C
    9:45  10:15

    Bus3
    C      D
    10:30  11:00
    11:00  11:30
    11:30  12:00
    """


def instead(territory: Territory, start: str, end: str, when: str, most: int = 5, **rest: Any) -> list[list[str]]:
    """Of the first itinerary, of each ride the others: `Bus1 A 8:00 > B 8:15`, with the ways that are none left out."""
    query = ask(territory, start, end, f"2026-06-03 {when}", **rest)
    first = plan(territory, query).itineraries[0]
    found = alternative_search(territory, query, most).of(first)
    return [[told(territory, one) for one in others] for others in found]


def told(territory: Territory, found: Itinerary) -> str:
    parts = []
    for leg in found.legs:
        start, end = clock(leg.departure_s, territory.zone), clock(leg.arrival_s, territory.zone)
        name = leg.line_name if hasattr(leg, "line_name") else leg.mode.lower()
        if start != end:
            parts.append(f"{name} {leg.start.name} {start} > {leg.end.name} {end}")
    return " | ".join(parts)


@pytest.mark.parametrize("arrive_by", [False, True], ids=["leaving", "arriving"])
def test_of_three_rides_the_last_in_time_those_between_and_the_next(arrive_by: bool) -> None:
    territory = town(STOPS, MOTIS, days=ONE_DAY)
    first, second, third = instead(territory, "A", "D", "11:00" if arrive_by else "9:00", arrive_by=arrive_by)
    assert [one.partition(" ")[2] for one in first] == ["A 9:00 > B 9:15", "A 8:30 > B 8:45", "A 8:00 > B 8:15"]
    assert [one.partition(" ")[2] for one in second] == ["B 9:30 > C 10:00", "B 9:45 > C 10:15"]
    assert third == ["Bus3 C 11:00 > D 11:30", "Bus3 C 11:30 > D 12:00"]


def test_no_more_than_are_asked_for() -> None:
    assert [len(others) for others in instead(town(STOPS, MOTIS, days=ONE_DAY), "A", "D", "9:00", most=1)] == [1, 1, 1]


def test_a_ride_alone_has_the_next_ones_be_one_there_later() -> None:
    lines = "Bus1\nA B\n8:00 8:15\n8:30 8:45\n9:00 9:15"
    assert instead(town(STOPS, lines, days=ONE_DAY), "A", "B", "8:00") == [
        ["Bus1 A 8:30 > B 8:45", "Bus1 A 9:00 > B 9:15"]
    ]


def test_what_has_left_by_now_takes_no_place() -> None:
    now_s = moment("2026-06-03 8:20")
    first, *_ = instead(town(STOPS, MOTIS, days=ONE_DAY), "A", "D", "9:00", now_s=now_s)
    assert [one.partition(" ")[2] for one in first] == ["A 9:00 > B 9:15", "A 8:30 > B 8:45"]


def test_a_change_takes_its_time_before_and_after() -> None:
    """Two minutes at each stop: Bus2 at 8:11 leaves too soon, and one that is there at 8:39 comes too late."""
    lines = "Bus1\nA B\n8:00 8:10\n\nBus2\nB C\n8:11 8:21\n8:20 8:30\n8:25 8:35\n8:29 8:39\n\nBus3\nC D\n8:40 8:50"
    changes = {"transfers": "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nB,B,2,120\nC,C,2,120"}
    _, second, _ = instead(town(STOPS, lines, changes), "A", "D", "8:00")
    assert second == ["Bus2 B 8:25 > C 8:35"]


def test_the_way_to_another_stop_belongs_to_it() -> None:
    """From B one walks 300 m to X, at 1.33 m/s; the way of the trip itself begins and ends where it did."""
    stops = STOPS + ", X 9.3 0"
    lines = "Bus1\nA B\n8:00 8:10\n\nBus2\nB C\n8:20 8:40\n\nBus3\nX C\n8:25 8:41\n\nBus4\nC D\n9:00 9:20"
    _, second, _ = instead(town(stops, lines), "A", "D", "8:00")
    (other,) = second
    assert other.endswith("| Bus3 X 8:25 > C 8:41")
    assert other.startswith("walk B 8:2")


def test_who_stays_seated_has_one_ride_to_replace() -> None:
    """Bus1 goes on as Bus2 without a change; Bus9 leads all the way, too."""
    lines = "Bus1\nA B\n8:00 8:15\n\nBus2\nB C\n8:16 8:30\n\nBus9\nA C\n8:10 8:40"
    seated = {"transfers": "from_trip_id,to_trip_id,transfer_type\nBus1-1,Bus2-1,4"}
    territory = town(STOPS, lines, seated, days=ONE_DAY)
    assert instead(territory, "A", "C", "8:00", window_s=1) == [["Bus9 A 8:10 > C 8:40"]]


def test_the_ways_of_the_trip_to_its_first_and_from_its_last_stop_are_those_of_the_others() -> None:
    lines = "Bus1\nA B\n8:00 8:15\n8:30 8:45"
    ((other,),) = instead(town(STOPS, lines, days=ONE_DAY), "0 0.2", "9 0.2", "7:50", direct_modes=())
    walk, ride, on = other.split(" | ")
    assert walk.startswith("walk X 8:2")
    assert ride == "Bus1 A 8:30 > B 8:45"
    assert on.startswith("walk B 8:45 > X 8:4")


def test_by_night_the_first_of_the_morning_takes_its_place() -> None:
    lines = "Bus1\nA B\n8:00 8:15\n23:30 23:45"
    assert instead(town(STOPS, lines), "A", "B", "23:20") == [["Bus1 A 8:00 > B 8:15"]]


def test_what_cannot_be_booked_any_more_takes_no_place() -> None:
    """The ride of 8:00 is to be booked by 15:00 of the day before."""
    territory = booked("1,15:00")
    query = ask(territory, "A", "C", "2026-06-03 8:50")
    ride = plan(territory, query).itineraries[0]

    def others(query: Query) -> list[str]:
        (found,) = alternative_search(territory, query, 5).of(ride)
        return [f"{one.rides[0].service_day.day} {clock(one.departure_s, territory.zone)}" for one in found]

    assert others(replace(query, now_s=moment("2026-06-03 14:00"))) == ["4 8:00", "4 9:00"]
    assert others(replace(query, now_s=moment("2026-06-03 16:00"))) == ["4 9:00"]
