"""Times of one run put in order: said times after said ones, inferred ones between those, none before the one before.

The rule is OpenTripPlanner's (forward "default", backward "required-no-data"), as the specification leaves it open.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]

SKIPPED_BIT = 2
"""Of mobility.network.changed_runs.Told."""
LEFT_OUT, WENT_BACK, DISAGREED = 0, 1, 2
"""What is counted: updates of calls that are not ahead; said times before said ones; sequence and stop that
disagree."""


@kernel
def put_in_order(
    begin: int, end: int, arrival: Int32s, departure: Int32s, is_said: UInt8s, told: UInt8s, counts: Int64s
) -> None:
    """Said times after said ones; inferred ones between those; no time before the one before it. Skipped calls take
    what is left to them."""
    highest = -(2**31) + 1
    for call in range(begin, end):
        for which in range(2):
            if is_said[2 * call + which]:
                times = arrival if which == 0 else departure
                if times[call] < highest:
                    times[call] = highest
                    counts[WENT_BACK] += 1
                highest = times[call]
    lowest = 2**31 - 1
    for back in range(end - begin):
        call = end - 1 - back
        for which in (1, 0):
            times = arrival if which == 0 else departure
            if is_said[2 * call + which]:
                lowest = times[call]
            elif times[call] > lowest:
                times[call] = lowest
    before = -(2**31) + 1
    for call in range(begin, end):
        if told[call] & SKIPPED_BIT:
            continue
        for which in range(2):
            times = arrival if which == 0 else departure
            if times[call] < before:
                times[call] = before
            before = times[call]
    _between_served(begin, end, arrival, departure, told)


@kernel
def _between_served(begin: int, end: int, arrival: Int32s, departure: Int32s, told: UInt8s) -> None:
    """A vehicle passes a skipped call no sooner than the call before, no later than the one after."""
    before = -(2**31) + 1
    for call in range(begin, end):
        if told[call] & SKIPPED_BIT:
            arrival[call] = max(arrival[call], before)
            departure[call] = max(departure[call], arrival[call])
        before = departure[call] if not told[call] & SKIPPED_BIT else max(before, departure[call])
    after = 2**31 - 1
    for back in range(end - begin):
        call = end - 1 - back
        if told[call] & SKIPPED_BIT:
            departure[call] = min(departure[call], after)
            arrival[call] = min(arrival[call], departure[call])
        after = arrival[call]
