"""What a process has freed goes back to the system. The C library keeps the gaps of its heaps, and arrays that come and
go, version after version, leave ever more of them (`python -m benchmarks.live versions`)."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable

EVERY_S = 2.0


def _trim() -> Callable[[int], int] | None:
    """None of a C library that has no such call."""
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found


class FreeMemory:
    """Milliseconds of work, so no more often than every EVERY_S seconds."""

    def __init__(self, trim: Callable[[int], int] | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._trim, self._clock = trim or _trim(), clock
        self._given_back_s = float("-inf")

    def give_back(self) -> None:
        now_s = self._clock()
        if self._trim is not None and now_s - self._given_back_s >= EVERY_S:
            self._given_back_s = now_s
            self._trim(0)
