"""How long something has taken: by the clock, and in work."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Elapsed:
    """By the clock, and by the processors for all threads of this process."""

    clock_s: float
    processor_s: float

    @classmethod
    def since(cls, began: Elapsed) -> Elapsed:
        now = cls.now()
        return cls(now.clock_s - began.clock_s, now.processor_s - began.processor_s)

    @classmethod
    def now(cls) -> Elapsed:
        return cls(time.perf_counter(), time.process_time())
