"""Numbers put in order within a kernel: numpy's own way to sort takes far longer to compile, wherever it is
called, than this loop."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel


@kernel
def sort_first(numbers: NDArray[np.int64], count: int) -> None:
    """The first `count` of them, the least first. Shell 1959, with gaps of (3**k - 1) / 2 (Knuth)."""
    gap = 1
    while gap < count // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for at in range(gap, count):
            number, hole = numbers[at], at
            while hole >= gap and numbers[hole - gap] > number:
                numbers[hole] = numbers[hole - gap]
                hole -= gap
            numbers[hole] = number
        gap //= 3
