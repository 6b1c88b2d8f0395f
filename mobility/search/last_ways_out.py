"""Where each pattern is last at the destination of a query: with the last ride one gets out there, or nowhere."""

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.network.timetable import Int32s


@kernel
def find_last_ways_out(
    egress_stop: Int32s,
    stop_first_visit: Int32s,
    visit_pattern: Int32s,
    visit_position: Int32s,
    leaves_last: NDArray[np.int16],
) -> None:
    """By pattern, the last position that is at the destination; it stays -1 where none is."""
    for stop in egress_stop:
        for visit in range(stop_first_visit[stop], stop_first_visit[stop + 1]):
            pattern = visit_pattern[visit]
            leaves_last[pattern] = max(leaves_last[pattern], visit_position[visit])


@kernel
def forget_ways_out(
    egress_stop: Int32s, stop_first_visit: Int32s, visit_pattern: Int32s, leaves_last: NDArray[np.int16]
) -> None:
    for stop in egress_stop:
        for visit in range(stop_first_visit[stop], stop_first_visit[stop + 1]):
            leaves_last[visit_pattern[visit]] = -1
