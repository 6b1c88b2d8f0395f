"""Which trips are alike: a number for all trips of one group that make the same calls."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gtfs import kernels

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
CallColumn = NDArray[np.signedinteger[Any]]


def numbers_of_equal(first_call: Int64s, group: Int32s, calls: tuple[CallColumn, CallColumn, CallColumn]) -> Int32s:
    """By trip, counted in the order of the first of each kind. first_call: one more than there are trips; those of trip
    i are the rows first_call[i] to first_call[i + 1] of `calls`."""
    numbers = np.empty(len(group), np.int32)
    one, two, three = (_read_only(column, np.int32) for column in calls)
    kernels.numbered(_read_only(first_call, np.int64), _read_only(group, np.int32), one, two, three, numbers)
    return numbers


def _read_only(column: CallColumn, dtype: type[np.signedinteger[Any]]) -> NDArray[Any]:
    """So that the kernel is compiled once, for mapped columns and for others."""
    plain: NDArray[Any] = np.ascontiguousarray(column, dtype).view()
    plain.flags.writeable = False
    return plain
