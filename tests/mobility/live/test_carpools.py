"""A ride in a driver's car beside buses and boats that are late or cancelled: it meets them as they are now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gtfs.realtime.decode import read_realtime
from mobility.live.timetable_index import TimetableIndex
from mobility.live.update_matches import matched
from mobility.network.live import with_changes
from mobility.routing.territory import Territory
from mobility.search.live_days import LiveDays, live_days
from tests.gtfs.realtime.feeds import feed as realtime_feed
from tests.mobility.carpool.rides import offer, shared, told
from tests.mobility.live.now import update
from tests.town import moment

ROW = "A 0 0, B 10 0, C 20 0"
BOATS = """
    Boat1
    B     C
    8:10  8:30
    9:10  9:30

    Bus1
    A      B
    18:00  19:00
    """
BUS = """
    Bus1
    A     B
    7:50  8:50

    Boat1
    B      C
    18:00  18:20
    """
MOMENT = "2026-06-03 7:30"


def as_it_is(territory: Territory, *said: str) -> Territory:
    network = territory.network
    feed = read_realtime(realtime_feed(*said, header=f"timestamp: {moment(MOMENT)}"))
    live = with_changes(network, matched(TimetableIndex(network, "t"), feed, 0).runs, "now")
    return replace(
        territory, network=live, days=LiveDays(live, live_days(None, live), territory.days), planned=territory
    )


@pytest.mark.parametrize(
    ("said", "met"),
    [
        (update("Boat1-1 start_date:20260603", "B dep+300"), "Boat1 B 8:15 > C 8:35"),
        (update("Boat1-1 start_date:20260603 schedule_relationship:CANCELED"), "Boat1 B 9:10 > C 9:30"),
        (update("Boat1-1 start_date:20260603", "B dep-600"), "Boat1 B 9:10 > C 9:30"),
    ],
    ids=["late", "cancelled", "gone before"],
)
def test_a_car_meets_the_boat_as_it_is_and_waits_for_the_next_where_that_one_is_gone(said: str, met: str) -> None:
    territory, _ = shared([offer("Anna", "A 7:45 > B 8:00")], ROW, BOATS)
    assert told(territory, "A", "C", MOMENT) == ["Carpool A 7:45 > B 8:00 | Boat1 B 8:10 > C 8:30"]
    assert told(as_it_is(territory, said), "A", "C", MOMENT) == [f"Carpool A 7:45 > B 8:00 | {met}"]


def test_a_car_is_not_promised_to_who_comes_by_a_late_bus() -> None:
    territory, _ = shared([offer("Anna", "B 8:56 > C 9:15")], ROW, BUS)
    late = as_it_is(territory, update("Bus1-1 start_date:20260603", "A dep+600"))
    assert told(territory, "A", "C", MOMENT) == ["Bus1 A 7:50 > B 8:50 | Carpool B 8:56 > C 9:15"]
    assert told(late, "A", "C", MOMENT) == []
