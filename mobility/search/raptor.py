"""RAPTOR and range RAPTOR as one kernel: the search that understands everything a query may ask.

Delling, Pajor, Werneck 2012, sections 3 and 4.2. Round k rides with the k-th trip. Where it differs from the paper:
a stop has two times a round, `arrived` by a ride and `ready` to get in (after the change time or one walk), since walks
are not chained; patterns are got in at marked stops only; the times of all rounds of a stop lie side by side (one cache
line), each no later than the round before, so that one comparison asks all of them. Departures are run from the latest
to the earliest on the same times (the paper's rRAPTOR): what a later departure reached as early is not looked at again.
The last round rides only patterns that lead to the destination, and none further than there.
"""

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.network.timetable import Int32s, UInt8s
from mobility.search.last_ways_out import find_last_ways_out, forget_ways_out
from mobility.search.marked_stops import mark, touch, wipe
from mobility.search.monotonic_clock import monotonic_ns
from mobility.search.steps import FULL, MOST_RIDES, NEVER, end_of_path, first_caught, lower, write_head

NOWHERE = 32767


@kernel
def ride_and_walk(
    pattern_first_position: Int32s,
    position_stop: Int32s,
    position_boards: UInt8s,
    position_alights: UInt8s,
    pattern_first_trip: Int32s,
    pattern_first_call: Int32s,
    trip_pattern: Int32s,
    arrival: Int32s,
    departure: Int32s,
    stop_first_visit: Int32s,
    visit_pattern: Int32s,
    visit_position: Int32s,
    footpath_first: Int32s,
    footpath_to: Int32s,
    footpath_s: Int32s,
    change_s: Int32s,
    access_stop: Int32s,
    access_s: Int32s,
    egress_stop: Int32s,
    egress_s: Int32s,
    walk_s: int,
    start: NDArray[np.int64],
    is_window: bool,
    most_rides: int,
    worst_s: Int32s,
    bound: Int32s,
    pattern_allowed: UInt8s,
    until_ns: int,
    arrived: Int32s,
    ready: Int32s,
    arrived_label: Int32s,
    ready_label: Int32s,
    egress_at: Int32s,
    marked: UInt8s,
    marked_stops: Int32s,
    ridden: UInt8s,
    ridden_stops: Int32s,
    pattern_from: NDArray[np.int16],
    leaves_last: NDArray[np.int16],
    touched: Int32s,
    label: Int32s,
    found: Int32s,
    reached_s: Int32s,
    reached_rides: Int32s,
) -> int:
    """Search from each start, in the order given; returns how much of `found` is filled, FULL where space ran out.

    start: (departure_s << 32) + row of access, in descending order of departure; one run for each departure.
    is_window: a path's departure is the moment of its run; else it is as late as its first ride allows.
    worst_s: by number of rides, from when on an arrival is of no use; one row for all departures, or one for each.
    bound: by stop, what is at least left to the destination from there (destination.py); of length 0 where not known.
    until_ns: of the monotonic clock, asked before each round: past it, what was found so far is all.
    label: (trip, position in, position out, label before or -1 - row of access), 4 each. found: see labels.py.
    reached_s, reached_rides: earliest ride to each stop and its number of rides; of length 0 where not wanted.
    """
    best = worst_s[0].copy()
    best_label = np.empty(MOST_RIDES + 1, np.int32)
    width = most_rides
    n_runs = 0
    for e in range(len(egress_stop)):
        egress_at[egress_stop[e]] = egress_s[e]
    find_last_ways_out(egress_stop, stop_first_visit, visit_pattern, visit_position, leaves_last)
    n_touched = 0
    n_found = 0
    first = 0
    in_time = True
    while first < len(start) and n_found != FULL and in_time:
        # One run of the paper's algorithm for each departure, the latest first; what is in `arrived` and `ready` stays
        # from run to run (rRAPTOR, section 4.2).
        leaves_s = start[first] >> 32
        if len(worst_s) > 1:
            best[:] = worst_s[n_runs]
        n_runs += 1
        # Where all that is known has taken fewer rides, more of them are of no use.
        n_rounds = most_rides
        while n_rounds > 1 and best[n_rounds] == -NEVER:
            n_rounds -= 1
        best_label[:] = -1
        if walk_s != NEVER:
            lower(best, 0, MOST_RIDES, leaves_s + walk_s)
        n_labels = 0
        n_marked = 0
        # Begin: the stops that the access leads to are ready before any ride (round 0), and marked.
        while first < len(start) and start[first] >> 32 == leaves_s:
            row = start[first] & 0xFFFFFFFF
            stop = access_stop[row]
            first += 1
            if _is_too_late(leaves_s + access_s[row], stop, 1, bound, best):
                continue
            n_touched = touch(stop, arrived, ready, width, touched, n_touched)
            if lower(ready, stop * width, (stop + 1) * width - 1, leaves_s + access_s[row]):
                ready_label[stop] = -1 - row
                n_marked = mark(stop, marked, marked_stops, n_marked)
        for k in range(1, n_rounds + 1):
            in_time = monotonic_ns() < until_ns
            if n_marked == 0 or not in_time:
                break
            # Collect (the paper's Q): each pattern that calls at a marked stop, from the first such position on. With
            # the last ride one gets to the destination or nowhere.
            is_last = k == n_rounds and len(reached_s) == 0
            _collect(
                marked_stops[:n_marked], stop_first_visit, visit_pattern, visit_position, pattern_allowed, is_last,
                leaves_last, pattern_from,
            )  # fmt: skip
            # Ride: along each collected pattern with the earliest trip that can be caught.
            n_ridden = 0
            for pattern in range(len(pattern_from)):
                from_position = pattern_from[pattern]
                if from_position == NOWHERE:
                    continue
                pattern_from[pattern] = NOWHERE
                base = pattern_first_position[pattern]
                length = pattern_first_position[pattern + 1] - base
                first_trip = pattern_first_trip[pattern]
                n_trips = pattern_first_trip[pattern + 1] - first_trip
                calls = pattern_first_call[pattern]
                trip = n_trips
                trip_in = 0
                trip_label = 0
                for i in range(from_position, leaves_last[pattern] + 1 if is_last else length):
                    stop = position_stop[base + i]
                    # Get out, if it is sooner here than all that is known of k rides, and than the destination (target
                    # pruning, section 3.1), with what is at least left to it.
                    if trip < n_trips and position_alights[base + i]:
                        time = arrival[calls + trip * length + i]
                        level = stop * width + k - 1
                        # Riding on cannot help any more: what is left from here is at least left from there.
                        if len(bound) and time + (bound[stop] >> 4) >= best[k]:
                            trip = n_trips
                        elif time < arrived[level] and time < best[k] and not _is_too_late(time, stop, k, bound, best):
                            if (n_labels + 1) * 4 > len(label):
                                n_found = FULL
                                break
                            n_touched = touch(stop, arrived, ready, width, touched, n_touched)
                            lower(arrived, level, (stop + 1) * width - 1, time)
                            label[n_labels * 4] = first_trip + trip
                            label[n_labels * 4 + 1] = trip_in
                            label[n_labels * 4 + 2] = i
                            label[n_labels * 4 + 3] = trip_label
                            arrived_label[stop] = n_labels
                            n_ridden = mark(stop, ridden, ridden_stops, n_ridden)
                            if egress_at[stop] != NEVER and lower(best, k, MOST_RIDES, time + egress_at[stop]):
                                best_label[k] = n_labels
                            n_labels += 1
                    # Get in, or into an earlier trip.
                    if marked[stop] and position_boards[base + i] and i < length - 1:
                        time = ready[stop * width + k - 1]
                        # The trip before leaves too early, mostly.
                        if trip > 0 and departure[calls + (trip - 1) * length + i] >= time:
                            trip = first_caught(departure, calls + i, length, trip, time)
                            trip_in = i
                            trip_label = ready_label[stop]
            # Walk: once from each stop that was ridden to, never from one that was walked to. Footpaths lie from the
            # shortest to the longest, so the first that is too late ends it. What is reached is marked for round k + 1.
            for m in range(n_marked):
                marked[marked_stops[m]] = 0
            n_marked = 0
            for m in range(n_ridden):
                stop = ridden_stops[m]
                ridden[stop] = 0
                by_ride = arrived[stop * width + k - 1]
                if k == n_rounds or by_ride >= best[k]:
                    continue
                time = by_ride + change_s[stop]
                if not _is_too_late(time, stop, k + 1, bound, best) and lower(
                    ready, stop * width + k, (stop + 1) * width - 1, time
                ):
                    ready_label[stop] = arrived_label[stop]
                    n_marked = mark(stop, marked, marked_stops, n_marked)
                for walk in range(footpath_first[stop], footpath_first[stop + 1]):
                    time = by_ride + footpath_s[walk]
                    if time >= best[k]:
                        break
                    target = footpath_to[walk]
                    if not _is_too_late(time, target, k + 1, bound, best) and time < ready[target * width + k]:
                        n_touched = touch(target, arrived, ready, width, touched, n_touched)
                        lower(ready, target * width + k, (target + 1) * width - 1, time)
                        ready_label[target] = arrived_label[stop]
                        n_marked = mark(target, marked, marked_stops, n_marked)
        for m in range(n_marked):
            marked[marked_stops[m]] = 0
        # Write down the paths of this departure that are better than each with fewer rides (the Pareto set).
        for k in range(1, most_rides + 1):
            if n_found != FULL and best_label[k] >= 0 and best[k] < best[k - 1]:
                n_after = _write_down(k, best[k], best_label[k], label, found, n_found)
                if n_after != FULL and is_window:
                    found[n_found] = leaves_s
                elif n_after != FULL:
                    trip = found[n_found + 3]
                    pattern = trip_pattern[trip]
                    length = pattern_first_position[pattern + 1] - pattern_first_position[pattern]
                    call = pattern_first_call[pattern] + (trip - pattern_first_trip[pattern]) * length
                    found[n_found] = departure[call + found[n_found + 4]] - access_s[found[n_found]]
                n_found = n_after
    # Tell how soon each stop was ridden to, and after how many rides at the least, where that is wanted.
    reached_s[:] = NEVER
    reached_rides[:] = 1
    for m in range(n_touched if len(reached_s) else 0):
        stop = touched[m]
        reached_s[stop] = arrived[stop * width + most_rides - 1]
        while arrived[stop * width + reached_rides[stop] - 1] > reached_s[stop]:
            reached_rides[stop] += 1
    # Leave every array as it was found, at the price of what was touched alone.
    wipe(touched[:n_touched], arrived, ready, width)
    for e in range(len(egress_stop)):
        egress_at[egress_stop[e]] = NEVER
    forget_ways_out(egress_stop, stop_first_visit, visit_pattern, leaves_last)
    return n_found


@kernel
def _is_too_late(time_s: int, stop: int, n_rides: int, bound: Int32s, best: Int32s) -> bool:
    """Whether nobody who is there then, n_rides taken with the next one, can be of use at the destination."""
    if len(bound) == 0:
        return False
    # More rides are never of use for longer, so most are told to be too late by the first of the two.
    if time_s + (bound[stop] >> 4) >= best[n_rides]:
        return True
    n_rides += bound[stop] & 15
    return n_rides > MOST_RIDES or time_s + (bound[stop] >> 4) >= best[n_rides]


@kernel
def _collect(
    stops: Int32s,
    stop_first_visit: Int32s,
    visit_pattern: Int32s,
    visit_position: Int32s,
    pattern_allowed: UInt8s,
    is_last: bool,
    leaves_last: NDArray[np.int16],
    pattern_from: NDArray[np.int16],
) -> None:
    """From which position on must each pattern be ridden? is_last: to the destination, where it leads there."""
    for stop in stops:
        for visit in range(stop_first_visit[stop], stop_first_visit[stop + 1]):
            pattern = visit_pattern[visit]
            if is_last and visit_position[visit] >= leaves_last[pattern]:
                continue
            if visit_position[visit] < pattern_from[pattern] and pattern_allowed[pattern]:
                pattern_from[pattern] = visit_position[visit]


@kernel
def _write_down(n_rides: int, arrival_s: int, at: int, label: Int32s, found: Int32s, n_found: int) -> int:
    """Follow the labels back to the origin: row of access, arrival, rides; then trip, in, out for each ride."""
    n_after = end_of_path(n_rides, found, n_found)
    if n_after == FULL:
        return FULL
    for ride in range(n_rides - 1, -1, -1):
        found[n_found + 3 + 3 * ride : n_found + 6 + 3 * ride] = label[at * 4 : at * 4 + 3]
        at = label[at * 4 + 3]
    write_head(-1 - at, arrival_s, n_rides, found, n_found)
    return n_after
