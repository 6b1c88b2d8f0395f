"""Which moments to leave at are worth a run: those at which a ride within the window can just be caught."""

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.network.timetable import Int32s, UInt8s
from mobility.search.order import sort_first
from mobility.search.steps import FULL, first_caught


@kernel
def starts_within(
    pattern_first_position: Int32s,
    position_boards: UInt8s,
    pattern_first_trip: Int32s,
    pattern_first_call: Int32s,
    departure: Int32s,
    stop_first_visit: Int32s,
    visit_pattern: Int32s,
    visit_position: Int32s,
    access_stop: Int32s,
    access_s: Int32s,
    earliest_s: int,
    latest_s: int,
    pattern_allowed: UInt8s,
    start: NDArray[np.int64],
) -> int:
    """Fill `start` with (seconds of leaving the origin << 32) + row of access, from the latest to the earliest.

    Each once. Returns how many there are, FULL where there is no space for all.
    """
    n_starts = 0
    for row in range(len(access_stop)):
        stop = access_stop[row]
        for visit in range(stop_first_visit[stop], stop_first_visit[stop + 1]):
            pattern = visit_pattern[visit]
            length = pattern_first_position[pattern + 1] - pattern_first_position[pattern]
            i = visit_position[visit]
            if not pattern_allowed[pattern] or i == length - 1:
                continue
            if not position_boards[pattern_first_position[pattern] + i]:
                continue
            n_trips = pattern_first_trip[pattern + 1] - pattern_first_trip[pattern]
            call = pattern_first_call[pattern] + i
            # Each trip of the window that stops here, if one leaves the origin just in time for it.
            trip = first_caught(departure, call, length, n_trips, earliest_s + access_s[row])
            while trip < n_trips and departure[call + trip * length] < latest_s + access_s[row]:
                if n_starts == len(start):
                    return FULL
                leaves_s = np.int64(departure[call + trip * length] - access_s[row])
                start[n_starts] = -((leaves_s << 32) + row)
                n_starts += 1
                trip += 1
    # Negative numbers in ascending order are departures from the latest on; doubles stand side by side.
    sort_first(start, n_starts)
    n_kept = 0
    for at in range(n_starts):
        if n_kept == 0 or start[n_kept - 1] != -start[at]:
            start[n_kept] = -start[at]
            n_kept += 1
    return n_kept
