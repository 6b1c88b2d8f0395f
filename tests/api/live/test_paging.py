"""Pages of departures while buses are late: each stands on one page, by the times that are expected."""

from __future__ import annotations

from tests.api.live.conftest import LiveTown, told
from tests.api.live.test_live import Make
from tests.mobility.live.now import update

STOPS = "A 0 0, B 3 0"
LINES = """
    Bus1
    A     B
    8:00  8:20
    8:10  8:30
    8:20  8:40
    8:30  8:50
    8:40  9:00
    """
LATE = update("Bus1-2 start_date:20260603", "A dep+900")
AS_IT_IS = [
    "Bus1 A 8:00 > B 8:20",
    "Bus1 A 8:20 > B 8:40",
    "Bus1 A 8:25 > B 8:45",
    "Bus1 A 8:30 > B 8:50",
    "Bus1 A 8:40 > B 9:00",
]
"""The second is passed by the third."""


def pages(town: LiveTown, cursor: str, first: str) -> list[str]:
    """As many pages as tell five departures."""
    asked = {"fromPlace": "t_A", "toPlace": "t_B", "searchWindow": 600, "time": first, "numItineraries": 1}
    found = list[str]()
    while len(found) < len(AS_IT_IS):
        page = town.client.ask("/api/v6/plan", **asked)
        asked["pageCursor"] = page[cursor]
        found += map(told, page["itineraries"])
    return found


def test_later_pages_have_each_departure_once_as_it_is_expected(live_town: Make) -> None:
    town = live_town(stops=STOPS, lines=LINES)
    town.say(LATE)
    assert pages(town, "nextPageCursor", "2026-06-03T07:58:00+02:00") == AS_IT_IS


def test_earlier_pages_too(live_town: Make) -> None:
    town = live_town(stops=STOPS, lines=LINES)
    town.say(LATE)
    assert sorted(pages(town, "previousPageCursor", "2026-06-03T08:39:00+02:00")) == AS_IT_IS
