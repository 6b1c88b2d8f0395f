"""How functions over flat arrays are compiled: numba, without the interpreter's lock, kept on disk between runs.

What is kept is named by what it was compiled from, wherever that lies and whenever it was written: the text of the
kernel's file, the numbers that the file takes from elsewhere, and the same of the kernels that it imports. So a clone
of the same source compiles nothing, and sources that differ do not take each other's place. A kernel may call any other
that its file imports by name, at the top, as decorators look when they are run.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

import numba
import numpy as np
from numba.core.caching import Cache, CompileResultCacheImpl, IndexDataCacheFile, _CacheLocator
from numba.core.dispatcher import Dispatcher
from numba.core.extending import _Intrinsic
from numba.core.registry import cpu_target
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., object])
Scalar = TypeVar("Scalar", bound=np.generic)

KERNELS = Path("hent", "kernels")
"""Within the folder that numba was told of, else within that of the user's caches."""
LOCK = "writing.lock"
BLAS = "scipy.linalg.cython_blas"


def begin_without_blas() -> None:
    """Of numba's functions over arrays: where they are read first they look for a library of linear algebra, and read
    a third of scipy for it, a tenth of a second of every command. No kernel multiplies matrices."""
    if BLAS in sys.modules:
        return
    sys.modules[BLAS] = None  # type: ignore[assignment]  # what importing takes for "there is none"
    try:
        import_module("numba.np.arraymath")
    finally:
        del sys.modules[BLAS]


begin_without_blas()


def kernel(function: F) -> F:
    return _compiled(function)


def inlined(function: F) -> F:
    """A kernel that is put into each that calls it, also where the compiler finds it too long for that."""
    return _compiled(function, into_callers=True)


def _compiled(function: F, into_callers: bool = False) -> F:
    compiled: Any = numba.njit(nogil=True, forceinline=into_callers)(function)
    kept: Any = KeptKernel
    compiled._cache = kept(function)  # as numba itself does where it is told to keep a function
    return cast(F, compiled)


class KernelPlace(_CacheLocator):
    """Where a kernel is kept, and what it was compiled from."""

    def __init__(self, function: Any, file: str) -> None:
        self._folder = folder_of(file)
        self._stamp = stamp_of(function.__globals__, Path(file))

    def get_cache_path(self) -> str:
        return str(self._folder)

    def get_source_stamp(self) -> str:
        return self._stamp

    def get_disambiguator(self) -> str:
        """Part of the name of the file."""
        return self._stamp[:16]

    @classmethod
    def from_function(cls, function: Any, file: str) -> KernelPlace:
        return cls(function, file)


class KernelFiles(CompileResultCacheImpl):
    _locator_classes: ClassVar[Any] = [KernelPlace]  # type: ignore[misc]


class KernelIndex(IndexDataCacheFile):
    def __init__(self, folder: Path, name: str, stamp: str) -> None:
        super().__init__(str(folder), name, stamp)  # type: ignore[no-untyped-call]

    def load(self, key: Any) -> Any:
        return super().load(key)  # type: ignore[no-untyped-call]

    def save(self, key: Any, data: Any) -> None:
        """One process at a time: numba numbers the files of code by an index that another may be about to write, and
        would then keep the code of the one for the arguments of the other."""
        with Path(self._cache_path, LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            super().save(key, data)  # type: ignore[no-untyped-call]


class KeptKernel(Cache):
    _impl_class: ClassVar[Any] = KernelFiles  # type: ignore[misc]

    def __init__(self, function: Any) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]
        self._cache_file = KernelIndex(Path(self._cache_path), self._impl.filename_base, self.stamp())

    def stamp(self) -> str:
        return str(self._impl.locator.get_source_stamp())

    def load_overload(self, signature: Any, context: Any) -> Any:
        found = super().load_overload(signature, context)  # type: ignore[no-untyped-call]
        if found is not None:
            with suppress(OSError):  # as read today: `forget_unread` leaves it
                os.utime(index_of(self))
        return found


def index_of(kept: Any) -> Path:
    """Of numba's own: the file that says what a kernel is kept for."""
    return Path(kept._cache_file._index_path)


def is_kept(kernel: Any) -> bool:
    """Whether it was compiled for a processor such as this one: what came with an image may be another's."""
    processor = cpu_target.target_context.codegen().magic_tuple()
    return any(compiled_for == processor for _, compiled_for, _ in kernel._cache._cache_file._load_index())


def forget_unread(folder: Path, since_s: float) -> None:
    """Of source that nobody runs any more: what was read last before that moment, in epoch seconds."""
    for index in folder.glob("*.nbi"):
        if _read_s(index) < since_s:
            for file in (*folder.glob(f"{index.stem}.*.nbc"), index):
                file.unlink(missing_ok=True)


def _read_s(index: Path) -> float:
    """Epoch seconds; of one that another process has removed, never: there is nothing to remove."""
    with suppress(FileNotFoundError):
        return index.stat().st_mtime
    return float("inf")


def folder_of(file: str) -> Path:
    """The first that can be written to; that beside the source is the last."""
    told = numba.config.CACHE_DIR  # type: ignore[attr-defined]
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    places = (Path(told or user) / KERNELS, Path(file).parent / "__pycache__")
    return next(filter(can_be_written, places), places[0])


@cache
def can_be_written(folder: Path) -> bool:
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return os.access(folder, os.W_OK | os.X_OK)


def stamp_of(names: Mapping[str, object], file: Path) -> str:
    """By the names that a kernel's file knows."""
    here = names["__name__"], _text(file), numbers_of(names), fields_of(names)
    said = numba.__version__, here, sorted(stamps_of_called(names))
    return sha256(repr(said).encode()).hexdigest()


def numbers_of(names: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The constants that a kernel may have taken in."""
    return tuple(
        sorted((name, repr(value)) for name, value in names.items() if isinstance(value, int | float | np.number))
    )


def fields_of(names: Mapping[str, object]) -> list[tuple[str, tuple[str, ...]]]:
    """By which names, in which order, a kernel may have read the named tuples that it is given."""
    return sorted((name, value._fields) for name, value in names.items() if hasattr(value, "_fields"))


def stamps_of_called(names: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What imported kernels were compiled from; a stamp holds those of the kernels imported there."""
    for name, value in names.items():
        if isinstance(value, Dispatcher) and value.py_func.__module__ != names["__name__"]:
            yield name, value._cache.stamp()  # type: ignore[attr-defined]
        elif isinstance(value, _Intrinsic):
            yield name, _text(Path(value._defn.__code__.co_filename))


@cache
def _text(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def frozen(column: NDArray[Scalar]) -> NDArray[Scalar]:
    """The column, or a view of it, that nobody may write to: kernels are compiled once, for mapped arrays and for
    those in memory."""
    if not column.flags.writeable:
        return column
    view = column.view()
    view.flags.writeable = False
    return view
