"""Trip-based routing as one kernel: the fast search of a day whose transfers were computed beforehand.

Witt 2015 (arXiv 1504.07149), sections 2 and 4: what is reached are trips from a position on, not stops; round k looks
at the trips got into as the k-th. Departures of a window are run from the latest to the earliest on the same trips, as
in RAPTOR. What is ours: a bound for each stop (bounds.py) ends a trip as soon as nothing better can follow from it; the
destination is looked for when a trip is got into, so that a round begins with the best bound it can have; a moment is
searched with few rides first, as long as nothing is known of the arrival; and memory that will be read is asked for
ahead of time.
"""

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import inlined, kernel
from mobility.network.timetable import Int32s, UInt8s
from mobility.search.bounds import UInt16s
from mobility.search.destination import (
    OPEN,
    UNKNOWN,
    bound_to,
    cells_of,
    forget,
    latest_to,
    look_up,
    regions_of,
)
from mobility.search.monotonic_clock import monotonic_ns
from mobility.search.prefetch import prefetch
from mobility.search.steps import FULL, MOST_RIDES, NEVER, first_caught
from mobility.search.trip_queue import get_in, lower_from, open_level, undo, write_down

TRIPS_AHEAD, CALLS_AHEAD, TRANSFERS_AHEAD = 12, 6, 3
"""Rows of the queue: each is asked for when what leads to it has come."""
NARROW_FROM, LONG_FROM, SPARE_RIDES, MOST_PASSES = 3, 6, 1, 3
"""Where a journey takes at least so many rides, it is looked for first with as many (a long one with so many more),
then with one more each."""


@kernel
def change_trips(
    calls: Int32s,
    departure: Int32s,
    trips: Int32s,
    last_position: UInt8s,
    position_stop: Int32s,
    boarding_first: Int32s,
    boarding: Int32s,
    alighting_first: Int32s,
    alighting: Int32s,
    target: Int32s,
    position_bits: int,
    access_stop: Int32s,
    access_s: Int32s,
    egress_stop: Int32s,
    egress_s: Int32s,
    walk_s: int,
    departure_s: int,
    start: NDArray[np.int64],
    is_window: bool,
    most_rides: int,
    until_ns: int,
    back_first: Int32s,
    back_to: Int32s,
    back_s: Int32s,
    must_be_closed: bool,
    egress_at: Int32s,
    stop_cell: Int32s,
    seconds: UInt16s,
    rides: UInt8s,
    stop_region: Int32s,
    last_s: Int32s,
    bound: Int32s,
    latest_s: Int32s,
    bounded: Int32s,
    reached: UInt8s,
    goal_first: Int32s,
    goal: Int32s,
    queue: Int32s,
    found: Int32s,
) -> int:
    """Search from departure_s or, for a window, from each start (see raptor.py); returns as RAPTOR's kernel does, or
    OPEN, with nothing done, where the egress must be closed and is not.

    calls, trips, boarding, alighting, target: see shortcuts.py. until_ns: see raptor.py.
    back_first to egress_at: see destination.py; stop_cell to last_s: see bounds.py; reached, queue: see trip_queue.py.
    bound, latest_s: what destination.py says of a stop, one by one noted in bounded, unless that is empty.
    goal: by pattern a chain of (next, position, seconds of egress), 3 each, from goal_first on.
    """
    cell = np.empty(len(egress_stop), np.int32)
    cell_s = np.empty(len(egress_stop), np.int32)
    n_cells = cells_of(
        egress_stop, egress_s, stop_cell, seconds, rides, back_first, back_to, back_s, egress_at, must_be_closed,
        cell, cell_s,
    )  # fmt: skip
    if n_cells == OPEN:
        return OPEN
    cell = cell[:n_cells]
    regions = regions_of(egress_stop, stop_region, len(last_s))
    n_bounded = 0
    if len(bounded) == 0:
        bound_to(cell, cell_s, seconds, rides, bound)
        latest_to(regions, last_s, latest_s)
    best = np.full(3 * MOST_RIDES, NEVER, np.int32)
    best_row = np.empty(MOST_RIDES + 1, np.int32)
    best_out = np.empty(MOST_RIDES + 1, np.int32)
    n_trips = len(last_position)
    # Rounds that have trips of their own so far: only the departures of a window are told apart by round.
    n_levels = 1
    # The paper's L: which patterns lead to the destination, at which positions, and how far it is from there.
    n_goals = 0
    for e in range(len(egress_stop)):
        for visit in range(alighting_first[egress_stop[e]], alighting_first[egress_stop[e] + 1]):
            goal[3 * n_goals] = goal_first[alighting[2 * visit]]
            goal[3 * n_goals + 1] = alighting[2 * visit + 1]
            goal[3 * n_goals + 2] = egress_s[e]
            goal_first[alighting[2 * visit]] = n_goals
            n_goals += 1
    # In a window, which trip was caught last, by row of access and boarding there: who leaves sooner catches it or one
    # before it.
    first_catch = np.zeros(len(access_stop) + 1 if is_window else 1, np.int32)
    for row in range(len(first_catch) - 1):
        n_boardings = boarding_first[access_stop[row] + 1] - boarding_first[access_stop[row]]
        first_catch[row + 1] = first_catch[row] + n_boardings
    caught = np.full(first_catch[len(first_catch) - 1], -1, np.int32)
    mask = (1 << position_bits) - 1
    n_starts = 0 if n_goals == 0 else len(start) if is_window else len(access_stop)
    n_found = 0
    n_queue = 0
    first = 0
    in_time = True
    # How many rides a journey may have, which pass this is, and how much of `found` the one before has filled: a moment
    # is searched in several.
    budget = most_rides
    n_passes = 0
    n_told = 0
    least_rides = most_rides + 1
    for stop in access_stop:
        if bound[stop] == UNKNOWN:
            n_bounded = look_up(
                stop, cell, cell_s, seconds, rides, regions, last_s, bound, latest_s, bounded, n_bounded
            )
        least_rides = min(least_rides, (bound[stop] & 15) + 1)
    if not is_window and least_rides >= NARROW_FROM:
        budget = min(least_rides + (SPARE_RIDES if least_rides >= LONG_FROM else 0), most_rides)
    while first < n_starts and n_found != FULL and in_time:
        leaves_s = start[first] >> 32 if is_window else departure_s
        best_row[:] = -1
        if walk_s != NEVER:
            lower_from(best, 0, leaves_s + walk_s)
        # Begin (the paper's enqueue from the source): the first trip that can be caught on each pattern at each stop
        # that the access leads to.
        n_queue = 0
        while first < n_starts and (not is_window or start[first] >> 32 == leaves_s):
            row = start[first] & 0xFFFFFFFF if is_window else first
            first += 1
            ready_s = leaves_s + access_s[row]
            stop = access_stop[row]
            if _is_of_no_use(ready_s, 1, bound[stop], latest_s[stop], budget, best):
                continue
            catch = first_catch[row] - boarding_first[stop] if is_window else 0
            for visit in range(boarding_first[stop], boarding_first[stop + 1]):
                call, length, n_later = boarding[5 * visit], boarding[5 * visit + 1], boarding[5 * visit + 2]
                if is_window and caught[catch + visit] >= 0:
                    later = int(caught[catch + visit])
                    while later > 0 and departure[call + (later - 1) * length] >= ready_s:
                        later -= 1
                    if later == caught[catch + visit]:
                        continue
                else:
                    later = first_caught(departure, call, length, n_later, ready_s)
                if is_window:
                    caught[catch + visit] = later
                if later == n_later:
                    continue
                trip, position = boarding[5 * visit + 3] + later, boarding[5 * visit + 4]
                if position < reached[trip]:
                    if 4 * n_queue + 4 > len(queue):
                        n_found = FULL
                        break
                    n_queue = get_in(
                        trip, position, -1 - row, 0, 1, calls, trips, n_levels, reached, goal_first, goal,
                        best, best_row, best_out, queue, n_queue,
                    )  # fmt: skip
        # Change: round k looks at what was got into as the (k - 1)th ride, and the queue between `begin` and `end` is
        # the paper's Q of that round.
        begin = 0
        k = 1
        while begin < n_queue and k < budget and n_found != FULL:
            in_time = monotonic_ns() < until_ns
            if not in_time:
                break
            end = n_queue
            k += 1
            if is_window and k > n_levels:
                n_levels = open_level(reached, n_trips, n_levels)
            level = (min(k, n_levels) - 1) * n_trips
            for row in range(begin, end):
                if row + TRIPS_AHEAD < end:
                    prefetch(trips, 4 * queue[4 * (row + TRIPS_AHEAD)])
                if row + CALLS_AHEAD < end:
                    soon = 4 * (row + CALLS_AHEAD)
                    prefetch(calls, 2 * (trips[4 * queue[soon]] + (queue[soon + 1] & 0xFFFF) + 1))
                if row + TRANSFERS_AHEAD < end:
                    soon = 4 * (row + TRANSFERS_AHEAD)
                    prefetch(target, calls[2 * (trips[4 * queue[soon]] + (queue[soon + 1] & 0xFFFF)) + 3])
                first_call, first_position = trips[4 * queue[4 * row]], trips[4 * queue[4 * row] + 1]
                # From the position after the one got in at to the last that nobody has looked at.
                for i in range((queue[4 * row + 1] & 0xFFFF) + 1, (queue[4 * row + 1] >> 16) + 1):
                    stop = position_stop[first_position + i]
                    if bound[stop] == UNKNOWN:
                        n_bounded = look_up(
                            stop, cell, cell_s, seconds, rides, regions, last_s, bound, latest_s, bounded, n_bounded
                        )
                    least = bound[stop]
                    call = 2 * (first_call + i)
                    # Prune: riding on cannot help any more, or getting out here cannot.
                    if calls[call] + (least >> 4) >= best[k]:
                        break
                    if _is_of_no_use(calls[call], k, least, latest_s[stop], budget, best):
                        continue
                    for change in range(calls[call + 1], calls[call + 3]):
                        trip, position = target[change] >> position_bits, target[change] & mask
                        if position < reached[level + trip]:
                            if 4 * n_queue + 4 > len(queue):
                                n_found = FULL
                                break
                            n_queue = get_in(
                                trip, position, row, i, k, calls, trips, n_levels, reached, goal_first, goal,
                                best, best_row, best_out, queue, n_queue,
                            )  # fmt: skip
            begin = end
        # What the pass with few rides told stays, where time has run out in the next one.
        if n_told > 0 and not in_time and n_found != FULL:
            n_found = n_told
            break
        # Write down the paths of this departure that are better than each with fewer rides (the Pareto set).
        for k in range(1, most_rides + 1):
            if n_found != FULL and best_row[k] >= 0 and best[k] < best[k - 1]:
                n_after = write_down(k, best[k], best_row[k], best_out[k], queue, found, n_found)
                if n_after != FULL and is_window:
                    found[n_found] = leaves_s
                elif n_after != FULL:
                    call = trips[4 * found[n_found + 3]] + found[n_found + 4]
                    found[n_found] = departure[call] - access_s[found[n_found]]
                n_found = n_after
        # Begin again after a pass with few rides: with so few there is nothing but what it told, so that what takes
        # more must be there sooner than all of that.
        if budget < most_rides and in_time and n_found != FULL:
            n_passes += 1
            n_told = n_found
            goes_on = best[most_rides] == NEVER and n_passes < MOST_PASSES
            budget = budget + 1 if goes_on else most_rides
            best[:] = best[most_rides]
            undo(queue[: 4 * n_queue], trips, last_position, reached)
            caught[:] = -1
            first = 0
    for e in range(len(egress_stop)):
        for visit in range(alighting_first[egress_stop[e]], alighting_first[egress_stop[e] + 1]):
            goal_first[alighting[2 * visit]] = -1
    if is_window:
        reached[:n_trips] = last_position
    else:
        undo(queue[: 4 * n_queue], trips, last_position, reached)
    forget(bounded[:n_bounded], bound)
    return n_found


@inlined
def _is_of_no_use(time_s: int, k: int, least: int, last_s: int, budget: int, best: Int32s) -> bool:
    """Being at a stop then, for a k-th ride: with fewer rides than at least follow, or sooner, the destination is
    reached; or it is not any more."""
    n_rides = k + (least & 15)
    return time_s + (least >> 4) >= best[n_rides] or n_rides > budget or time_s > last_s
