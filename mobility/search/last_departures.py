"""Until when one can still leave each stop for each region of the network: the last departures of the day.

Backwards in time from each region at the end of the day, as RAPTOR does it but for any number of rides, and with
changes that take no time: from above, as bounds.py is from below. Who is at a stop later than that need not go on, and
where nobody can arrive any more nothing is searched at all.
"""

from __future__ import annotations

import numpy as np

from gtfs.compiler import kernel
from mobility.network.timetable import Int32s, UInt8s
from mobility.search.steps import NEVER, first_caught

GONE = -NEVER
"""It cannot be left for the region at any time; NEVER: always, as a walk leads there."""


@kernel
def last_departures(
    pattern_first_position: Int32s,
    position_stop: Int32s,
    position_boards: UInt8s,
    position_alights: UInt8s,
    pattern_first_trip: Int32s,
    pattern_first_call: Int32s,
    arrival: Int32s,
    departure: Int32s,
    stop_first_visit: Int32s,
    visit_pattern: Int32s,
    visit_position: Int32s,
    walk_first: Int32s,
    walk_to: Int32s,
    walk_s: Int32s,
    closed: bool,
    stop_region: Int32s,
    first_region: int,
    last_region: int,
    last_s: Int32s,
) -> None:
    """last_s, by region and stop. Walks: those that lead to a stop; closed: where a walk after a walk is one by itself,
    so that what could be left as late already, on foot, leads nowhere else."""
    n_stops = len(stop_region)
    boarded_s = np.empty(n_stops, np.int32)
    marked = np.zeros(n_stops, np.uint8)
    stops = np.empty(n_stops, np.int32)
    boarded = np.empty(n_stops, np.int32)
    to_position = np.full(len(pattern_first_trip) - 1, -1, np.int32)
    patterns = np.empty(len(to_position), np.int32)
    for region in range(first_region, last_region):
        row = last_s[region]
        row[:] = GONE
        boarded_s[:] = GONE
        n_stops = 0
        # Begin: in the region, and wherever a walk leads there from, it is never too late.
        for stop in range(len(stop_region)):
            if stop_region[stop] == region:
                n_stops = _raise(stop, NEVER, walk_first, walk_to, walk_s, row, marked, stops, n_stops)
        while n_stops > 0:
            # Collect each pattern that one can get out of at a stop of the round before, up to the last such position.
            n_patterns = 0
            for stop in stops[:n_stops]:
                marked[stop] = 0
                for visit in range(stop_first_visit[stop], stop_first_visit[stop + 1]):
                    pattern, position = visit_pattern[visit], visit_position[visit]
                    if position_alights[pattern_first_position[pattern] + position]:
                        if to_position[pattern] < 0:
                            patterns[n_patterns] = pattern
                            n_patterns += 1
                        to_position[pattern] = max(to_position[pattern], position)
            # Ride back from there with the last trip that arrives in time.
            n_boarded = 0
            for pattern in patterns[:n_patterns]:
                base, call = pattern_first_position[pattern], pattern_first_call[pattern]
                length = pattern_first_position[pattern + 1] - base
                n_trips = pattern_first_trip[pattern + 1] - pattern_first_trip[pattern]
                trip = -1
                for i in range(to_position[pattern], -1, -1):
                    stop = position_stop[base + i]
                    if trip >= 0 and position_boards[base + i]:
                        time_s = departure[call + trip * length + i]
                        if time_s > boarded_s[stop]:
                            boarded_s[stop] = time_s
                            if not marked[stop]:
                                marked[stop] = 1
                                boarded[n_boarded] = stop
                                n_boarded += 1
                    next_trip = call + (trip + 1) * length + i
                    if position_alights[base + i] and trip < n_trips - 1 and arrival[next_trip] <= row[stop]:
                        trip = first_caught(arrival, call + i, length, n_trips, row[stop] + 1) - 1
                to_position[pattern] = -1
            for stop in boarded[:n_boarded]:
                marked[stop] = 0
            n_stops = 0
            for stop in boarded[:n_boarded]:
                if closed and boarded_s[stop] <= row[stop]:
                    continue
                n_stops = _raise(stop, int(boarded_s[stop]), walk_first, walk_to, walk_s, row, marked, stops, n_stops)


@kernel
def _raise(
    stop: int,
    time_s: int,
    walk_first: Int32s,
    walk_to: Int32s,
    walk_s: Int32s,
    row: Int32s,
    marked: UInt8s,
    stops: Int32s,
    n_stops: int,
) -> int:
    """It may be left as late as that, and so may, less the walk, whatever a walk leads to it from."""
    for walk in range(walk_first[stop] - 1, walk_first[stop + 1]):
        other = stop if walk < walk_first[stop] else walk_to[walk]
        walked_s = time_s if time_s == NEVER or other == stop else time_s - walk_s[walk]
        if walked_s > row[other]:
            row[other] = walked_s
            if not marked[other]:
                marked[other] = 1
                stops[n_stops] = other
                n_stops += 1
    return n_stops
