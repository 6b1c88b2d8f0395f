"""What it takes at least from each stop to one destination, out of the bounds to its cells (bounds.py)."""

from __future__ import annotations

import numpy as np

from mobility.network.kernel import kernel
from mobility.network.timetable import NEVER, Int32s, UInt8s
from mobility.search.bounds import UInt16s


@kernel
def bound_to(
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
    bound: Int32s,
) -> bool:
    """By stop: (least seconds to the destination << 4) + least further rides but one.

    An egress that a chosen cell accounts for already needs no cell of its own: the triangle inequality. False, and
    nothing done, if the egress must be closed and is not. egress_at: NEVER, before and after.
    """
    if must_be_closed and not _is_closed(egress_stop, egress_s, back_first, back_to, back_s, egress_at):
        return False
    chosen = np.empty(len(egress_stop), np.int32)
    extra_s = np.empty(len(egress_stop), np.int32)
    n_chosen = 0
    for e in np.argsort(egress_s):
        # Choose: the nearest egress first; one that a chosen cell accounts for is left out.
        stop = egress_stop[e]
        covered = False
        for c in range(n_chosen):
            if rides[chosen[c], stop] == 0 and seconds[chosen[c], stop] + extra_s[c] <= egress_s[e]:
                covered = True
                break
        if covered:
            continue
        # Take the least over the chosen cells, of seconds and of rides each by itself: still a bound from below.
        row_s, row_rides = seconds[stop_cell[stop]], rides[stop_cell[stop]]
        if n_chosen == 0:
            for other in range(len(bound)):
                bound[other] = ((row_s[other] + egress_s[e]) << 4) + max(row_rides[other], 1) - 1
        else:
            for other in range(len(bound)):
                least_s = min(bound[other] >> 4, row_s[other] + egress_s[e])
                bound[other] = (least_s << 4) + min(bound[other] & 15, max(row_rides[other], 1) - 1)
        chosen[n_chosen] = stop_cell[stop]
        extra_s[n_chosen] = egress_s[e]
        n_chosen += 1
    return True


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
