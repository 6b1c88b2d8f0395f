"""From footholds to the junctions round them, compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.streets.kernels import FAR

Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]
Floats = NDArray[np.float64]


@kernel
def entries(
    holds: Floats,
    inward: bool,
    segments: tuple[Int32s, Int32s, Int32s],
    cost: Int32s,
    unknown: UInt8s,
    off_street: float,
) -> Int32s:
    """How junctions are come to from the footholds (inward: they from the junctions).

    (n, 6): junction, cost, length, length of unknown ground, row of the foothold, arc that is taken in part.
    segments: start, end, length. cost: by arc. unknown: by segment, empty where nobody asks. off_street: cost of a
    centimetre between point and street. Closed arcs are left out.
    """
    start, end, length_cm = segments
    found = np.empty((2 * len(holds), 6), np.int32)
    count = 0
    for row in range(len(holds)):
        segment, off_cm = int(holds[row, 0]), round(holds[row, 1])
        for back in range(2):
            arc = 2 * segment + back
            if cost[arc] < 0:
                continue
            # Forward (0) one leaves towards the end, and comes to the foothold from the start; back the reverse.
            to_end = (back == 1) == inward
            share = 1 - holds[row, 2] if to_end else holds[row, 2]
            length = round(share * length_cm[segment])
            found[count, 0] = end[segment] if to_end else start[segment]
            found[count, 1] = round(share * cost[arc]) + round(off_cm * off_street)
            found[count, 2] = length + off_cm
            found[count, 3] = length if len(unknown) and unknown[segment] else 0
            found[count, 4], found[count, 5] = row, arc
            count += 1
    return found[:count]


@kernel
def along(
    a: Floats, b: Floats, length_cm: Int32s, cost: Int32s, unknown: UInt8s, off_street: float
) -> tuple[int, int, int]:
    """Cost, length, length of unknown ground between two footholds of one segment; cost negative if it is closed."""
    segment = int(a[0])
    whole = cost[2 * segment + 1] if b[2] < a[2] else cost[2 * segment]
    if whole < 0:
        return -1, 0, 0
    share, off_a, off_b = abs(b[2] - a[2]), round(a[1]), round(b[1])
    length = round(share * length_cm[segment])
    price = round(share * whole) + round(off_a * off_street) + round(off_b * off_street)
    return price, length + off_a + off_b, length if len(unknown) and unknown[segment] else 0


@kernel
def at_once(
    holds: Floats,
    held: Floats,
    place: Int32s,
    inward: bool,
    ground: tuple[Int32s, Int32s, UInt8s, float],
    bound: int,
    best: Int32s,
    found: Int32s,
) -> int:
    """Places on the very segments that a search begins on, into best and found as kernels.gather has them; how many.

    held: footholds of places in order of their segments; place: the place of each. ground: length of segments, cost
    of arcs, unknown segments, cost off street.
    """
    length_cm, cost, unknown, off_street = ground
    n_found = 0
    for row in range(len(holds)):
        segment = holds[row, 0]
        # The places held by the same segment lie side by side.
        low, high = 0, len(held)
        while low < high:
            middle = (low + high) // 2
            if held[middle, 0] < segment:
                low = middle + 1
            else:
                high = middle
        while low < len(held) and held[low, 0] == segment:
            a, b = (held[low], holds[row]) if inward else (holds[row], held[low])
            there, length, length_unknown = along(a, b, length_cm, cost, unknown, off_street)
            to = place[low]
            if there >= 0 and there <= bound and there < best[to, 0]:
                if best[to, 0] == FAR:
                    found[n_found] = to
                    n_found += 1
                best[to, 0], best[to, 1], best[to, 2] = there, length, length_unknown
            low += 1
    return n_found
