"""What it takes at least from a stop to a cell: as far as anybody goes that day, and no farther."""

from __future__ import annotations

from mobility.search import search
from mobility.search.bounds import FAR_S
from tests import tiny

BUS = """
    Bus
    A     B
    8:00  8:10
    """
WALKS = ("B ~ 1m ~ C", "C ~ 1m ~ D", "D ~ 1m ~ E")


def test_nobody_walks_on_where_nothing_calls():
    """From B, where the bus ends, one walks to C. From C one might walk on to D, but no journey has two walks."""
    town = tiny.timetable(BUS, WALKS)
    ready = search.accelerated(town.day, workers=1).shortcuts
    assert ready is not None

    def least_s(start: str, end: str) -> int:
        return int(ready.seconds[ready.stop_cell[town.stops.index(end)], town.stops.index(start)])

    assert (least_s("A", "B"), least_s("A", "C"), least_s("B", "C")) == (600, 660, 60)
    assert least_s("C", "D") == FAR_S
