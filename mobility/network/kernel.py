"""How functions over flat arrays are compiled: numba, without the interpreter's lock, kept on disk between runs.

A kernel calls only kernels of its own file: numba's cache notices a change of the file, not of the files it uses.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    return cast(F, numba.njit(nogil=True, cache=True)(function))
