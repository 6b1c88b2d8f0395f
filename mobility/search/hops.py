"""From a stop to the next one on any line: what the quickest trip of a day takes, and no more."""

from __future__ import annotations

import numpy as np

from gtfs.compiler import kernel
from mobility.network.timetable import NEVER, DayTimetable, Int32s


def hops(day: DayTimetable) -> tuple[Int32s, Int32s, Int32s]:
    """Hops by the stop they lead to (CSR): the stop they come from and the least seconds."""
    quickest = quickest_hops(
        day.pattern_first_position, day.pattern_first_trip, day.pattern_first_call, day.arrival, day.departure
    )
    hop = np.flatnonzero(quickest != NEVER)
    origin, target, seconds = day.position_stop[hop - 1], day.position_stop[hop], quickest[hop]
    order = np.lexsort((seconds, origin, target))
    origin, target, seconds = origin[order], target[order], seconds[order]
    kept = np.ones(len(order), np.bool_)
    kept[1:] = (origin[1:] != origin[:-1]) | (target[1:] != target[:-1])
    first = np.zeros(day.n_stops + 1, np.int32)
    np.cumsum(np.bincount(target[kept], minlength=day.n_stops), out=first[1:])
    return first, origin[kept], seconds[kept]


@kernel
def quickest_hops(
    pattern_first_position: Int32s,
    pattern_first_trip: Int32s,
    pattern_first_call: Int32s,
    arrival: Int32s,
    departure: Int32s,
) -> Int32s:
    """By position: the least seconds from leaving the position before; NEVER at the first position of a pattern."""
    quickest = np.full(pattern_first_position[-1], NEVER, np.int32)
    for pattern in range(len(pattern_first_position) - 1):
        base = pattern_first_position[pattern]
        length = pattern_first_position[pattern + 1] - base
        for trip in range(pattern_first_trip[pattern + 1] - pattern_first_trip[pattern]):
            call = pattern_first_call[pattern] + trip * length
            for i in range(1, length):
                quickest[base + i] = min(quickest[base + i], arrival[call + i] - departure[call + i - 1])
    return quickest
