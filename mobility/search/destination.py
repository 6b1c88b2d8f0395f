"""What it takes at least from each stop to one destination, out of what is known of its cells (bounds.py)."""

from __future__ import annotations

import numpy as np

from gtfs.compiler import kernel
from mobility.network.timetable import NEVER, Int32s, UInt8s
from mobility.search.bounds import UInt16s
from mobility.search.last_departures import GONE
from mobility.search.order import sort_first

UNKNOWN = -1
OPEN = -2
MANY = 16
"""So many bounds are forgotten at once in the time that one takes by itself."""
EACH = 256
"""The model: a look-up of a stop waits for memory about once, and in that time so many stops of a row of a cell or
region are set, which lie side by side. The count need not be exact: four or sixteen times as many made no difference
(docs/search.md)."""


@kernel
def cells_of(
    egress_stop: Int32s,
    egress_s: Int32s,
    stop_cell: Int32s,
    seconds: UInt16s,
    rides: UInt8s,
    back_first: Int32s,
    back_to: Int32s,
    back_s: Int32s,
    egress_at: Int32s,
    must_be_closed: bool,
    cell: Int32s,
    cell_s: Int32s,
) -> int:
    """How many cells lead to the destination: filled into `cell`, with the seconds from there into `cell_s`.

    An egress that a chosen cell accounts for already needs no cell of its own: the triangle inequality. OPEN, and
    nothing done, if the egress must be closed and is not. egress_at: NEVER, before and after.
    """
    if must_be_closed and not _is_closed(egress_stop, egress_s, back_first, back_to, back_s, egress_at):
        return OPEN
    by_time = np.empty(len(egress_s), np.int64)
    for row in range(len(egress_s)):
        by_time[row] = (np.int64(egress_s[row]) << 32) + row
    sort_first(by_time, len(by_time))
    n_cells = 0
    for at in range(len(by_time)):
        # Choose: the nearest egress first; one that a chosen cell accounts for is left out.
        e = by_time[at] & np.int64(0xFFFFFFFF)
        stop = egress_stop[e]
        covered = False
        for c in range(n_cells):
            if rides[cell[c], stop] == 0 and seconds[cell[c], stop] + cell_s[c] <= egress_s[e]:
                covered = True
                break
        if not covered:
            cell[n_cells] = stop_cell[stop]
            cell_s[n_cells] = egress_s[e]
            n_cells += 1
    return n_cells


@kernel
def bound_from(stop: int, cell: Int32s, cell_s: Int32s, seconds: UInt16s, rides: UInt8s) -> int:
    """(least seconds to the destination << 4) + least further rides but one.

    Of seconds and of rides each by itself the least over the cells: still a bound from below.
    """
    least_s, least_rides = NEVER >> 4, 15
    for c in range(len(cell)):
        least_s = min(least_s, seconds[cell[c], stop] + cell_s[c])
        least_rides = min(least_rides, max(rides[cell[c], stop], 1) - 1)
    return int((least_s << 4) + least_rides)


@kernel
def regions_of(egress_stop: Int32s, stop_region: Int32s, n_regions: int) -> Int32s:
    """In which the egress lies, each once."""
    is_one = np.zeros(n_regions, np.uint8)
    regions = np.empty(n_regions, np.int32)
    n_found = 0
    for stop in egress_stop:
        if not is_one[stop_region[stop]]:
            is_one[stop_region[stop]] = 1
            regions[n_found] = stop_region[stop]
            n_found += 1
    return regions[:n_found]


@kernel
def look_up(
    stop: int,
    cell: Int32s,
    cell_s: Int32s,
    seconds: UInt16s,
    rides: UInt8s,
    regions: Int32s,
    last_s: Int32s,
    bound: Int32s,
    latest_s: Int32s,
    bounded: Int32s,
    n_bounded: int,
) -> int:
    """Set what is known of the stop, unless it is set; returns the length of `bounded` afterwards.

    Once so many stops were looked up that all of them would have taken no longer, all are set: n look-ups take as
    long as EACH times n stops of a row, and there is a row for each cell and region.
    """
    if bound[stop] != UNKNOWN:
        return n_bounded
    if EACH * n_bounded > len(bound) * (len(cell) + len(regions)):
        bound_to(cell, cell_s, seconds, rides, bound)
        latest_to(regions, last_s, latest_s)
        return len(bounded)
    bound[stop] = bound_from(stop, cell, cell_s, seconds, rides)
    latest_s[stop] = GONE
    for region in regions:
        latest_s[stop] = max(latest_s[stop], last_s[region, stop])
    bounded[n_bounded] = stop
    return n_bounded + 1


@kernel
def forget(bounded: Int32s, bound: Int32s) -> None:
    if MANY * len(bounded) > len(bound):
        bound[:] = UNKNOWN
        return
    for stop in bounded:
        bound[stop] = UNKNOWN


@kernel
def latest_to(regions: Int32s, last_s: Int32s, latest_s: Int32s) -> None:
    """By stop, until when one can still get from there to one of the regions."""
    latest_s[:] = GONE
    for region in regions:
        row_s = last_s[region]
        for stop in range(len(latest_s)):
            latest_s[stop] = max(latest_s[stop], row_s[stop])


@kernel
def bound_to(cell: Int32s, cell_s: Int32s, seconds: UInt16s, rides: UInt8s, bound: Int32s) -> None:
    """By stop, what bound_from says: one row after the other, as memory likes it."""
    for c in range(len(cell)):
        row_s, row_rides = seconds[cell[c]], rides[cell[c]]
        if c == 0:
            for stop in range(len(bound)):
                bound[stop] = ((row_s[stop] + cell_s[c]) << 4) + max(row_rides[stop], 1) - 1
        else:
            for stop in range(len(bound)):
                least_s = min(bound[stop] >> 4, row_s[stop] + cell_s[c])
                bound[stop] = (least_s << 4) + min(bound[stop] & 15, max(row_rides[stop], 1) - 1)


@kernel
def left_to(
    egress_stop: Int32s,
    egress_s: Int32s,
    stop_cell: Int32s,
    seconds: UInt16s,
    rides: UInt8s,
    back_first: Int32s,
    back_to: Int32s,
    back_s: Int32s,
    egress_at: Int32s,
    left: Int32s,
) -> None:
    """By stop, what bound_from says of the way to an egress, closed or not."""
    cell = np.empty(len(egress_stop), np.int32)
    cell_s = np.empty(len(egress_stop), np.int32)
    n_cells = cells_of(
        egress_stop, egress_s, stop_cell, seconds, rides, back_first, back_to, back_s, egress_at, False, cell, cell_s
    )
    bound_to(cell[:n_cells], cell_s, seconds, rides, left)


@kernel
def _is_closed(
    egress_stop: Int32s, egress_s: Int32s, back_first: Int32s, back_to: Int32s, back_s: Int32s, egress_at: Int32s
) -> bool:
    """Does every walk to an egress stop end in an egress that takes no longer?"""
    for e in range(len(egress_stop)):
        egress_at[egress_stop[e]] = egress_s[e]
    closed = True
    for e in range(len(egress_stop)):
        for walk in range(back_first[egress_stop[e]], back_first[egress_stop[e] + 1]):
            if egress_at[back_to[walk]] > egress_s[e] + back_s[walk]:
                closed = False
    for e in range(len(egress_stop)):
        egress_at[egress_stop[e]] = NEVER
    return closed
