"""What a load may cost: time, memory and disk, whoever orders it. A few bytes of a feed can stand for gigabytes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from resource import RLIM_INFINITY, RLIMIT_DATA, getrlimit, setrlimit
from types import FrameType

from mobility.errors import LoadTooLarge

MIB = 2**20


@dataclass(frozen=True, slots=True)
class LoadBudget:
    """0: no bound. memory_mib: of the process as a whole; disk_mib: of the network that is made."""

    time_s: int = 0
    memory_mib: int = 0
    disk_mib: int = 0


UNBOUNDED = LoadBudget()


@contextmanager
def within(budget: LoadBudget) -> Iterator[None]:
    """Raises LoadTooLarge where the work needs more time or memory; the disk is asked before something is written. The
    clock is watched in the main thread only, where Python lets it be."""
    with _memory(budget.memory_mib), _time(budget.time_s):
        yield


def stop_the_clock() -> None:
    """From here on the work is done to its end."""
    if threading.current_thread() is threading.main_thread():
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _memory(most_mib: int) -> Iterator[None]:
    soft, hard = getrlimit(RLIMIT_DATA)
    if most_mib:
        wanted = most_mib * MIB
        setrlimit(RLIMIT_DATA, (wanted if hard == RLIM_INFINITY else min(wanted, hard), hard))
    try:
        yield
    except MemoryError as error:
        raise LoadTooLarge("memory", f"{most_mib} MiB") from error
    finally:
        setrlimit(RLIMIT_DATA, (soft, hard))


@contextmanager
def _time(most_s: int) -> Iterator[None]:
    if not most_s or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ends(number: int, frame: FrameType | None) -> None:
        raise LoadTooLarge("time", f"{most_s} s")

    before = signal.signal(signal.SIGALRM, ends)
    signal.setitimer(signal.ITIMER_REAL, most_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
