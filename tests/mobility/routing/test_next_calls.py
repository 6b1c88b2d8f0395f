"""What leaves a stop next, direction by direction."""

from __future__ import annotations

from collections.abc import Hashable
from zoneinfo import ZoneInfo

from mobility.routing.departures import BoardQuery
from mobility.routing.itinerary import clock
from mobility.routing.next_calls import next_calls
from tests.town import ZONE, moment, town

STOPS = "A 0 0, B 3 0, C 6 0"
LINES = """
    Out
    B     C
    8:00  8:10
    9:00  9:10

    Back
    B     A
    10:00 10:10
    11:00 11:10
    12:00 12:10
    """
CALENDAR = """
    service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
    Daily,1,1,1,1,1,1,1,20260601,20260831
    Saturdays,0,0,0,0,0,1,0,20260601,20260831
    """
TRIPS = """
    route_id,service_id,trip_id,trip_headsign
    Out,Daily,Out-1,Church
    Out,Daily,Out-2,Church
    Out,Saturdays,Back-1,Market
    Out,Saturdays,Back-2,Market
    Back,Daily,Back-3,Market
    """
"""One line, Out, goes to the church every day, and to the market on Saturdays alone."""


def leaving(after: str, count: int = 3) -> list[tuple[str, list[str], int]]:
    """Line and headsign, moments of the first ones, how many follow."""
    network = town(STOPS, LINES, more={"calendar": CALENDAR, "trips": TRIPS}).network
    zone = ZoneInfo(ZONE)

    def direction(pattern: int, headsign: int) -> Hashable:
        return int(network.patterns.line[pattern]), headsign

    found = next_calls(network, BoardQuery((network.stop("t_B"),), moment(after), count=count), direction, zone)
    return [
        (
            f"{one.calls[0].ride.line_name} {network.texts[network.trips.headsign[one.calls[0].ride.trip]]}",
            [f"{call.ride.service_day.day} {clock(call.at_s, zone)}" for call in one.calls],
            len(one.rest_s),
        )
        for one in found
    ]


def test_a_direction_that_goes_next_on_saturday_stands_beside_the_one_of_its_line_that_goes_every_day() -> None:
    """From a Wednesday on."""
    assert leaving("2026-06-03 7:00") == [
        ("Out Church", ["3 8:00", "3 9:00"], 0),
        ("Back Market", ["3 12:00"], 0),
        ("Out Market", ["6 10:00", "6 11:00"], 0),
    ]


def test_of_each_direction_so_many_are_told_and_the_others_of_the_day_counted() -> None:
    assert leaving("2026-06-06 8:30", count=1) == [
        ("Out Church", ["6 9:00"], 0),
        ("Out Market", ["6 10:00"], 1),
        ("Back Market", ["6 12:00"], 0),
    ]


def test_a_direction_that_goes_no_more_is_not_told() -> None:
    """The last Saturday is 29 August, the timetable ends on Monday 31 August."""
    assert [told for told, _, _ in leaving("2026-08-29 10:30")] == ["Out Market", "Back Market", "Out Church"]
    assert [told for told, _, _ in leaving("2026-08-29 11:30")] == ["Back Market", "Out Church"]
