"""The runs of one direction side by side, as a printed timetable has them: at each stop the earlier one first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NEVER = -1


def run_order(runs: Sequence[Sequence[int | None]]) -> list[int]:
    """The rows of `runs` in an order that no stop contradicts, where there is one. runs: seconds at each stop of the
    direction, None where a run does not call.

    Two runs are compared where both call, at the first stop that tells them apart: where one overtakes the other, no
    order fits all stops. What no stop compares, and what goes round in a circle, is ordered by when it begins.
    """
    by_start = sorted(range(len(runs)), key=lambda row: [time_s for time_s in runs[row] if time_s is not None])
    times = np.array([[NEVER if time_s is None else time_s for time_s in runs[row]] for row in by_start], np.int64)
    return [by_start[row] for row in _sorted(_precedes(times))] if len(by_start) > 1 else by_start


def _precedes(times: NDArray[np.int64]) -> NDArray[np.bool_]:
    """[a, b]: a stands before b."""
    found = np.zeros((len(times), len(times)), bool)
    for row, own in enumerate(times):
        later = np.where((own >= 0) & (times >= 0), times - own, 0)
        told = np.argmax(later != 0, axis=1)
        found[row] = later[np.arange(len(times)), told] > 0
    return found


def _sorted(precedes: NDArray[np.bool_]) -> list[int]:
    """Again and again the first row that none of the others must precede (Kahn 1962)."""
    left, waits_for, order = np.ones(len(precedes), bool), precedes.sum(axis=0), list[int]()
    while left.any():
        free = left & (waits_for == 0)
        row = int(np.argmax(free if free.any() else left))
        order.append(row)
        left[row] = False
        waits_for -= precedes[row]
    return order
