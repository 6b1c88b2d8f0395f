"""How often somebody asks in a minute, counted in memory that all workers of a machine share, and nowhere else.

A count-min sketch (Cormode, Muthukrishnan 2005): who asks becomes two places in a table, by a keyed hash whose key is
random, never leaves the memory, and is another one every minute. No address stands anywhere, none can be found again,
and nothing outlives the process. Two who fall on the same places share a count, which the width makes rare.
"""

from __future__ import annotations

import mmap
import os
from hashlib import blake2b

import numpy as np

from mobility.errors import TooMany
from mobility.privacy.periods import MINUTE_S

WIDTH, ROWS, MINUTES = 1 << 16, 2, 2
"""Half a mebibyte for each of two minutes: the one that runs, and the one before, which is overwritten next."""


class FairUse:
    """Made before the workers are forked. most: in a minute by the clock, from one subject."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._key = os.urandom(32)
        shared = mmap.mmap(-1, (MINUTES * ROWS * WIDTH + MINUTES) * 4)
        cells = np.frombuffer(shared, dtype=np.uint32)
        self._begun = cells[:MINUTES]
        self._counts = cells[MINUTES:].reshape(MINUTES, ROWS, WIDTH)

    def count(self, subject: str, now: int) -> None:
        """One more from this subject. Raises TooMany. Workers that count at once may lose one: never one too many."""
        minute = now // MINUTE_S
        table = self._table(minute)
        places = self._places(subject, minute)
        asked = min(int(row[place]) for row, place in zip(table, places, strict=True)) + 1
        if asked > self._most:
            raise TooMany(MINUTE_S - now % MINUTE_S)
        for row, place in zip(table, places, strict=True):
            row[place] = max(int(row[place]), asked)

    def _table(self, minute: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint32]]:
        """Emptied by the first who comes in a minute."""
        at = minute % MINUTES
        if self._begun[at] != minute:
            self._counts[at] = 0
            self._begun[at] = minute
        found: np.ndarray[tuple[int, int], np.dtype[np.uint32]] = self._counts[at]
        return found

    def _places(self, subject: str, minute: int) -> tuple[int, int]:
        mixed = blake2b(subject.encode(), key=self._key, salt=minute.to_bytes(16, "big"), digest_size=8).digest()
        return int.from_bytes(mixed[:4], "big") % WIDTH, int.from_bytes(mixed[4:], "big") % WIDTH
