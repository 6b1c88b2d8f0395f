"""How functions over flat arrays are compiled: numba, without the interpreter's lock, kept on disk between runs.

A kernel calls only kernels of its own file: numba's cache notices a change of the file, not of the files it uses.
Numbers may come from elsewhere: they belong to what the cache compares.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., object])
Scalar = TypeVar("Scalar", bound=np.generic)


def kernel(function: F) -> F:
    compiled: Any = numba.njit(nogil=True, cache=True)(function)
    # Of numba's own: with which state of the source a cached kernel must have been compiled.
    index = compiled._cache._cache_file
    index._source_stamp = index._source_stamp, numbers_of(compiled.py_func.__globals__)
    return cast(F, compiled)


def numbers_of(names: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The constants that a kernel may have taken in."""
    return tuple(
        sorted((name, repr(value)) for name, value in names.items() if isinstance(value, int | float | np.number))
    )


def frozen(column: NDArray[Scalar]) -> NDArray[Scalar]:
    """The column, or a view of it, that nobody may write to: kernels are compiled once, for mapped arrays and for
    those in memory."""
    if not column.flags.writeable:
        return column
    view = column.view()
    view.flags.writeable = False
    return view
