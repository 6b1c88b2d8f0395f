"""Stops that a round of RAPTOR has marked, and those whose times a query has touched: each is listed once."""

from gtfs.compiler import kernel
from mobility.network.timetable import Int32s, UInt8s
from mobility.search.steps import NEVER


@kernel
def mark(stop: int, marked: UInt8s, stops: Int32s, n_stops: int) -> int:
    """Returns how many stops are marked after that."""
    if marked[stop]:
        return n_stops
    marked[stop] = 1
    stops[n_stops] = stop
    return n_stops + 1


@kernel
def touch(stop: int, arrived: Int32s, ready: Int32s, width: int, touched: Int32s, n_touched: int) -> int:
    """Note a stop whose times will have to be wiped after the query."""
    last = (stop + 1) * width - 1
    if arrived[last] != NEVER or ready[last] != NEVER:
        return n_touched
    touched[n_touched] = stop
    return n_touched + 1


@kernel
def wipe(touched: Int32s, arrived: Int32s, ready: Int32s, width: int) -> int:
    """Returns how many stops are touched after that."""
    for stop in touched:
        arrived[stop * width : (stop + 1) * width] = NEVER
        ready[stop * width : (stop + 1) * width] = NEVER
    return 0
