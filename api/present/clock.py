"""Epoch seconds as text, fast: an answer holds hundreds of them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from mobility.clock import DAY_S

CLOCKS = [f"T{minute // 60:02}:{minute % 60:02}:" for minute in range(24 * 60)]
SECONDS = [f"{second:02}Z" for second in range(60)]


@lru_cache(maxsize=64)
def _date(day: int) -> str:
    return datetime.fromtimestamp(day * DAY_S, UTC).strftime("%Y-%m-%d").rjust(10, "0")


@lru_cache(maxsize=8192)
def stamp(epoch_s: int) -> str:
    """`2026-01-13T07:05:00Z`."""
    day, rest = divmod(epoch_s, DAY_S)
    minute, second = divmod(rest, 60)
    return _date(day) + CLOCKS[minute] + SECONDS[second]
