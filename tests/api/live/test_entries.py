"""Entries of an answer fold the departures as they are: late ones where they are now, cancelled ones not at all."""

from __future__ import annotations

from tests.api.live.conftest import LiveTown
from tests.api.live.test_live import Make
from tests.api.live.test_modes import CANCELLED
from tests.api.live.test_paging import LATE, LINES, STOPS
from tests.api.live.told import answer as page_of
from tests.mobility.live.now import update


def entries(town: LiveTown, **more: object) -> list[str]:
    asked = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-06-03T07:58:00+02:00", "searchWindow": 3600}
    answer = town.client.ask("/api/v6/plan", **asked | {"profile": "adult", "language": "en"} | more)
    return [entry["sentence"] for entry in answer["hent"]["entries"]]


def test_departures_of_one_way_are_folded_as_they_are_now(live_town: Make) -> None:
    town = live_town(stops=STOPS, lines=LINES)
    town.say(LATE, CANCELLED)
    assert entries(town) == ["Bus1: 8:00, 8:20, 8:25, 8:40"]
    assert entries(town, realtimeMode="OFF") == ["Bus1 every 10 min: 8:00, 8:10, 8:20, 8:30, 8:40"]


THREE_RIDES = "Bus101\nA B\n8:00 8:10\n\nBus102\nB C\n8:20 8:30\n\nBoat103\nD E\n8:50 9:10"
ALL_LATE = (
    update("Bus101-1 start_date:20260603", "A dep+120"),
    update("Bus102-1 start_date:20260603", "B dep+120"),
    update("Boat103-1 start_date:20260603", "D dep+180"),
)


def test_where_the_rides_that_are_late_have_no_room_in_an_entry_it_says_by_how_much_at_the_most(
    live_town: Make,
) -> None:
    """A line of a telephone has 38 letters; the ways opened below name each."""
    town = live_town(lines=THREE_RIDES)
    town.say(*ALL_LATE[:2])
    assert "Retard : Bus101 +2, Bus102 +2 min" in page_of(town)
    town.say(*ALL_LATE)
    page = page_of(town)
    assert "Retard : jusqu’à 3 min" in page and "+2" not in page
    assert page.count("2 min de retard") == 2 and page.count("3 min de retard") == 1
