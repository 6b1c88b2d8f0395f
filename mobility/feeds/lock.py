"""Locks of a data folder: who changes what is in service is alone, on all machines that share the folder.

DIR/.loading   held while a load works

The kernel opens a lock when its process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import ENOSPC
from pathlib import Path
from typing import IO

from mobility.errors import FolderUnavailable, folder_refused
from mobility.feeds.progress import LoadStep, Progress, Watch

LOCK = ".loading"
ASK_AGAIN_S = 0.2
ROOM = 2**20
"""A disk with less is full: what is written comes in pieces of that size."""


@contextmanager
def alone(data: Path, watch: Watch) -> Iterator[None]:
    """Loads of several processes take turns. Raises FolderUnavailable where the lock cannot be had; what goes wrong
    while it is held passes as it is."""

    def wait() -> None:
        watch(Progress(LoadStep.WAIT))
        time.sleep(ASK_AGAIN_S)

    with ExitStack() as held:
        with folder_faults(data):
            data.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(data / LOCK, wait))
        yield


@contextmanager
def folder_faults(data: Path) -> Iterator[None]:
    """What the disk of the data folder refuses is FolderUnavailable; what a pipe, a connection or a file elsewhere does
    stays what it is."""
    try:
        yield
    except OSError as error:
        if isinstance(error, ConnectionError | TimeoutError) or _is_elsewhere(data, error.filename):
            raise
        raise _refused(error, data) from error


def _refused(error: OSError, data: Path) -> FolderUnavailable:
    """What the system says. A write of numpy that was cut short says nothing: then the disk is looked at."""
    if error.strerror:
        return folder_refused(error)
    with suppress(OSError):
        if shutil.disk_usage(data).free < ROOM:
            return folder_refused(OSError(ENOSPC, os.strerror(ENOSPC)))
    return FolderUnavailable(str(error) or type(error).__name__)


def _is_elsewhere(data: Path, filename: object) -> bool:
    """A write that fails names no file."""
    return isinstance(filename, str) and not Path(filename).absolute().is_relative_to(data.absolute())


@contextmanager
def locked(path: Path, wait: Callable[[], None]) -> Iterator[None]:
    """wait: called as often as another process is found to hold the lock. Raises OSError."""
    while True:
        with path.open("w") as lock:
            _take(lock, wait)
            if _is_still(path, lock):
                yield
                return


def _take(lock: IO[str], wait: Callable[[], None]) -> None:
    while True:
        with suppress(BlockingIOError):
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        wait()


def _is_still(path: Path, lock: IO[str]) -> bool:
    """Somebody may have removed the file while it was waited for: then the next one locks another file."""
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(lock.fileno()))
    return False
