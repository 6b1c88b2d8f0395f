"""How functions over flat arrays are compiled: numba, without the interpreter's lock, kept on disk between runs.

A kernel calls only kernels of its own file: numba's cache notices a change of the file, not of the files it uses.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., object])
Scalar = TypeVar("Scalar", bound=np.generic)


def kernel(function: F) -> F:
    return cast(F, numba.njit(nogil=True, cache=True)(function))


def frozen(column: NDArray[Scalar]) -> NDArray[Scalar]:
    """The column, or a view of it, that nobody may write to: kernels are compiled once, for mapped arrays and for
    those in memory."""
    if not column.flags.writeable:
        return column
    view = column.view()
    view.flags.writeable = False
    return view
