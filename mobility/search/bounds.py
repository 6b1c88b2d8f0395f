"""What it takes at least from each stop to each part of the network: seconds and rides, at whatever time of day.

Stops are gathered in cells; from each cell the timetable is searched backwards once, each hop taking what its quickest
trip takes and each change nothing. A search that is too late by this bound already need not go on. The idea of goal
direction is that of A*; its bounds by cells are those of arc flags' regions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen, kernel
from mobility.network.csr import rows_of_entries
from mobility.network.timetable import DayTimetable, Footpaths, Int32s, UInt8s
from mobility.search.hops import hops
from mobility.search.last_departures import last_departures
from mobility.search.parts import in_parts

UInt16s = NDArray[np.uint16]

FAR_S = 65535
MANY_RIDES = 15
MOST_CELLS = 512
MOST_BOUNDS = 40_000_000
MOST_REGIONS = 32
MOST_LAST_DEPARTURES = 1 << 22


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """stop_cell int32[S]; seconds uint16[C, S] and rides uint8[C, S]: the least from a stop to a stop of the cell.

    At most FAR_S and MANY_RIDES. Rides: those still to be taken by one who has got out at the stop.
    stop_region int32[S]; last_s int32[R, S]: see last_departures.py; regions are cells as well, larger ones.
    """

    stop_cell: Int32s
    seconds: UInt16s
    rides: UInt8s
    stop_region: Int32s
    last_s: Int32s


def bounds(day: DayTimetable, back: Footpaths, closed: bool, workers: int) -> Bounds:
    """back: every walk the other way round; closed: whether a walk after a walk is one by itself."""
    back = back if closed else _between_rides(day, back)
    first, origin, seconds = hops(day)
    n_cells = min(MOST_CELLS, max(1, MOST_BOUNDS // day.n_stops), day.n_stops)
    n_regions = min(MOST_REGIONS, max(1, MOST_LAST_DEPARTURES // day.n_stops), day.n_stops)
    stop_cell, stop_region = (
        nearest_seed(first, origin, seconds, back.first, back.to_stop, back.duration_s, closed, number)
        for number in (n_cells, n_regions)
    )
    found = Bounds(
        stop_cell,
        np.empty((n_cells, day.n_stops), np.uint16),
        np.empty((n_cells, day.n_stops), np.uint8),
        stop_region,
        np.empty((n_regions, day.n_stops), np.int32),
    )

    def search(part: int) -> None:
        last_departures(
            day.pattern_first_position, day.position_stop, day.position_boards, day.position_alights,
            day.pattern_first_trip, day.pattern_first_call, day.arrival, day.departure,
            day.stop_first_visit, day.visit_pattern, day.visit_position,
            back.first, back.to_stop, back.duration_s, closed,
            stop_region, n_regions * part // workers, n_regions * (part + 1) // workers, found.last_s,
        )  # fmt: skip
        span = n_cells * part // workers, n_cells * (part + 1) // workers
        seconds_to_cells(
            first, origin, seconds, back.first, back.to_stop, back.duration_s, closed, stop_cell, *span, found.seconds
        )
        rides_to_cells(
            day.pattern_first_position, day.position_stop, day.position_boards, day.position_alights,
            day.stop_first_visit, day.visit_pattern, day.visit_position,
            back.first, back.to_stop, closed, stop_cell, *span, found.rides,
        )  # fmt: skip

    in_parts(search, workers, workers)
    return found


def _between_rides(day: DayTimetable, walks: Footpaths) -> Footpaths:
    """Without those from a stop at which nothing calls that day to another such: no journey has one. Where most of a
    network rests, searches would go all over it on foot, each cell again."""
    is_served = np.diff(day.stop_first_visit) > 0
    start = rows_of_entries(walks.first)
    kept = is_served[start] | is_served[walks.to_stop]
    if kept.all():
        return walks
    first = np.concatenate(([0], np.cumsum(np.bincount(start[kept], minlength=day.n_stops)))).astype(np.int32)
    to_stop, duration_s, distance_m = walks.to_stop[kept], walks.duration_s[kept], walks.distance_m[kept]
    return Footpaths(frozen(first), frozen(to_stop), frozen(duration_s), frozen(distance_m), walks.change_s)


@kernel
def nearest_seed(
    hop_first: Int32s,
    hop_to: Int32s,
    hop_s: Int32s,
    walk_first: Int32s,
    walk_to: Int32s,
    walk_s: Int32s,
    closed: bool,
    n_cells: int,
) -> Int32s:
    """Cells: stops by the seed that is least seconds away (any seed for those cut off)."""
    n_stops = len(hop_first) - 1
    cell = (np.arange(n_stops) * n_cells // n_stops).astype(np.int32)
    if n_cells == n_stops:
        return cell
    seeds = np.empty(n_cells, np.int32)
    for number in range(n_cells):
        seeds[number] = number * n_stops // n_cells
        cell[seeds[number]] = number
    _settle(
        hop_first, hop_to, hop_s, walk_first, walk_to, walk_s, closed, seeds, cell, True, np.empty(n_stops, np.uint16)
    )
    return cell


@kernel
def seconds_to_cells(
    hop_first: Int32s,
    hop_to: Int32s,
    hop_s: Int32s,
    walk_first: Int32s,
    walk_to: Int32s,
    walk_s: Int32s,
    closed: bool,
    stop_cell: Int32s,
    first_cell: int,
    last_cell: int,
    seconds: UInt16s,
) -> None:
    stops = np.empty(len(stop_cell), np.int32)
    for cell in range(first_cell, last_cell):
        n_stops = 0
        for stop in range(len(stop_cell)):
            if stop_cell[stop] == cell:
                stops[n_stops] = stop
                n_stops += 1
        _settle(
            hop_first, hop_to, hop_s, walk_first, walk_to, walk_s, closed,
            stops[:n_stops], stop_cell, False, seconds[cell],
        )  # fmt: skip


@kernel
def _settle(
    hop_first: Int32s,
    hop_to: Int32s,
    hop_s: Int32s,
    walk_first: Int32s,
    walk_to: Int32s,
    walk_s: Int32s,
    closed: bool,
    sources: Int32s,
    cell: Int32s,
    hand_on: bool,
    seconds: UInt16s,
) -> None:
    """Dijkstra with one bucket for each second (Dial 1969); hand_on: a stop takes the cell of the one it is near to.

    closed: what is walked to need not be walked on from.
    """
    seconds[:] = FAR_S
    on_foot = np.zeros(len(seconds), np.uint8)
    bucket = np.full(FAR_S, -1, np.int32)
    size = len(hop_to) + len(walk_to) + len(sources)
    entry_stop = np.empty(size, np.int32)
    entry_next = np.empty(size, np.int32)
    n_entries = 0
    n_waiting = len(sources)
    for stop in sources:
        seconds[stop] = 0
        entry_stop[n_entries] = stop
        entry_next[n_entries] = bucket[0]
        bucket[0] = n_entries
        n_entries += 1
    # Settle: empty the buckets from the nearest second on.
    now_s = 0
    while n_waiting > 0:
        entry = bucket[now_s]
        if entry < 0:
            now_s += 1
            continue
        bucket[now_s] = entry_next[entry]
        n_waiting -= 1
        stop = entry_stop[entry]
        # An entry that a shorter way has overtaken.
        if seconds[stop] < now_s:
            continue
        # Relax the hops and the walks that lead here.
        n_hops = hop_first[stop + 1] - hop_first[stop]
        n_walks = 0 if closed and on_foot[stop] else walk_first[stop + 1] - walk_first[stop]
        for edge in range(n_hops + n_walks):
            if edge < n_hops:
                other, then_s = hop_to[hop_first[stop] + edge], now_s + max(hop_s[hop_first[stop] + edge], 0)
            else:
                walk = walk_first[stop] + edge - n_hops
                other, then_s = walk_to[walk], now_s + walk_s[walk]
            if then_s < seconds[other]:
                seconds[other] = then_s
                on_foot[other] = edge >= n_hops
                if hand_on:
                    cell[other] = cell[stop]
                entry_stop[n_entries] = other
                entry_next[n_entries] = bucket[then_s]
                bucket[then_s] = n_entries
                n_entries += 1
                n_waiting += 1


@kernel
def rides_to_cells(
    pattern_first_position: Int32s,
    position_stop: Int32s,
    position_boards: UInt8s,
    position_alights: UInt8s,
    stop_first_visit: Int32s,
    visit_pattern: Int32s,
    visit_position: Int32s,
    walk_first: Int32s,
    walk_to: Int32s,
    closed: bool,
    stop_cell: Int32s,
    first_cell: int,
    last_cell: int,
    rides: UInt8s,
) -> None:
    n_stops = len(stop_first_visit) - 1
    ridden_to = np.empty(len(pattern_first_position) - 1, np.int32)
    arriving = np.empty(n_stops, np.int32)
    boarded = np.empty(n_stops, np.int32)
    for cell in range(first_cell, last_cell):
        row = rides[cell]
        row[:] = MANY_RIDES
        ridden_to[:] = 0
        boarded[:] = -1
        # Begin: who gets out in the cell, or a walk away from it, has no ride left to take.
        n_arriving = 0
        for stop in range(n_stops):
            if stop_cell[stop] == cell:
                n_arriving = _within_a_walk(stop, 0, walk_first, walk_to, row, arriving, n_arriving)
        # Round k, backwards and with every trip always there: wherever one may get in before a stop that k - 1 rides
        # are left at, k are. Each position of a pattern is gone over once (RAPTOR without times).
        begin = 0
        for k in range(1, MANY_RIDES):
            end = n_arriving
            for at in range(begin, end):
                stop = arriving[at]
                for visit in range(stop_first_visit[stop], stop_first_visit[stop + 1]):
                    pattern, position = visit_pattern[visit], visit_position[visit]
                    base = pattern_first_position[pattern]
                    if not position_alights[base + position]:
                        continue
                    for i in range(ridden_to[pattern], position):
                        board = position_stop[base + i]
                        if position_boards[base + i] and boarded[board] < 0:
                            boarded[board] = k
                            # Closed: where it was got to on foot, so was whatever a walk leads to it from.
                            if closed and row[board] != MANY_RIDES:
                                continue
                            n_arriving = _within_a_walk(board, k, walk_first, walk_to, row, arriving, n_arriving)
                    ridden_to[pattern] = max(ridden_to[pattern], position)
            begin = end


@kernel
def _within_a_walk(
    stop: int, k: int, walk_first: Int32s, walk_to: Int32s, row: UInt8s, stops: Int32s, n_stops: int
) -> int:
    """k rides are left at the stop and wherever one walk leads to it from, if not fewer."""
    for walk in range(walk_first[stop] - 1, walk_first[stop + 1]):
        other = stop if walk < walk_first[stop] else walk_to[walk]
        if row[other] == MANY_RIDES:
            row[other] = k
            stops[n_stops] = other
            n_stops += 1
    return n_stops
