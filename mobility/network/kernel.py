"""How functions over flat arrays are compiled: numba, without the interpreter's lock, kept on disk between runs.

numba's cache notices a change of a kernel's own file only. Here it also compares the numbers that the file takes from
elsewhere, and the files of the kernels that it imports, and of those that these import: a kernel may call any other
that its file imports by name, at the top, as decorators look when they are run.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core.dispatcher import Dispatcher
from numba.core.extending import _Intrinsic
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., object])
Scalar = TypeVar("Scalar", bound=np.generic)


def kernel(function: F) -> F:
    compiled: Any = numba.njit(nogil=True, cache=True)(function)
    names = compiled.py_func.__globals__
    # Of numba's own: with which state of the source a cached kernel must have been compiled.
    index = compiled._cache._cache_file
    index._source_stamp = index._source_stamp, numbers_of(names), tuple(sorted(stamps_of_called(names)))
    return cast(F, compiled)


def numbers_of(names: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The constants that a kernel may have taken in."""
    return tuple(
        sorted((name, repr(value)) for name, value in names.items() if isinstance(value, int | float | np.number))
    )


def stamps_of_called(names: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What the files of imported kernels are known by; a stamp holds those of the kernels imported there."""
    for name, value in names.items():
        if isinstance(value, Dispatcher) and value.py_func.__module__ != names["__name__"]:
            yield name, repr(value._cache._cache_file._source_stamp)  # type: ignore[attr-defined]
        elif isinstance(value, _Intrinsic):
            source = Path(value._defn.__code__.co_filename).stat()
            yield name, repr((source.st_mtime, source.st_size))


def frozen(column: NDArray[Scalar]) -> NDArray[Scalar]:
    """The column, or a view of it, that nobody may write to: kernels are compiled once, for mapped arrays and for
    those in memory."""
    if not column.flags.writeable:
        return column
    view = column.view()
    view.flags.writeable = False
    return view
