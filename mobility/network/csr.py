"""Lists of different lengths laid side by side (CSR): the entries of row r are first[r] .. first[r + 1] - 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def ranges(first: NDArray[np.signedinteger], size: NDArray[np.signedinteger]) -> NDArray[np.int64]:
    """The indices first[r] .. first[r] + size[r] - 1 of each row r, one row after the other."""
    before = np.cumsum(size, dtype=np.int64) - size
    return np.repeat(first - before, size) + np.arange(int(size.sum()), dtype=np.int64)


def rows_of_entries(first: NDArray[np.signedinteger]) -> NDArray[np.int32]:
    """The row of each entry."""
    return np.repeat(np.arange(len(first) - 1, dtype=np.int32), np.diff(first))
