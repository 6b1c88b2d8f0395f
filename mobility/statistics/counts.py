"""Who looked for trips from and to which commune, hour by hour, as numbers in memory that all workers share.

A place that asks (an IPv4 address, an IPv6 /64) counts once for a commune and an hour. Whether it was counted is read
from bits that it sets (a Bloom filter), by a keyed hash whose key is random, stays in memory, and is another one each
hour. An hour that is over is given away once, without what fewer than LEAST have asked for; the rest is wiped.
"""

from __future__ import annotations

import mmap
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from multiprocessing import get_context

import numpy as np

from mobility.privacy.periods import HOUR_S, LEAST_ASKERS

SLOTS, BITS, HASHES, HOURS = 1 << 16, 1 << 20, 3, 2


class CountedEnd(StrEnum):
    FROM = "from"
    TO = "to"


ENDS = (CountedEnd.FROM, CountedEnd.TO)


@dataclass(frozen=True, slots=True)
class HourCount:
    """hour: epoch seconds of its beginning. askers: LEAST_ASKERS or more."""

    hour: int
    commune: str
    end: CountedEnd
    askers: int


class HourlyCounts:
    """Made before the workers are forked; holds the hour that runs and the one before."""

    def __init__(self) -> None:
        self._key = os.urandom(32)
        self._turn = get_context("fork").Lock()
        self._hours = _shared(np.dtype(np.int64), HOURS)
        self._numbers = _shared(np.dtype(np.uint16), HOURS * len(ENDS) * SLOTS).reshape(HOURS, len(ENDS), SLOTS)
        self._seen = _shared(np.dtype(np.uint8), HOURS * BITS // 8).reshape(HOURS, BITS // 8)

    def count(self, commune: str, end: CountedEnd, asker: str, now: int) -> None:
        """Two workers that count at once may lose one."""
        hour = now // HOUR_S
        at = hour % HOURS
        if self._hours[at] == hour and self._is_new(at, hour, f"{commune}\n{end}\n{asker}"):
            self._numbers[at, ENDS.index(end), _slot(commune)] += 1

    def begins_hour(self, now: int) -> bool:
        """True for the first who comes in an hour: the table is wiped for it, and the hour before can be taken."""
        hour = now // HOUR_S
        at = hour % HOURS
        if self._hours[at] == hour:
            return False
        with self._turn:
            if self._hours[at] == hour:
                return False
            self._wipe(at)
            self._hours[at] = hour
            return True

    def take(self, communes: Sequence[str], now: int) -> list[HourCount]:
        """Of the hour before, which is wiped. Communes that share a slot are left out: their numbers are one."""
        hour = now // HOUR_S - 1
        at = hour % HOURS
        if self._hours[at] != hour:
            return []
        found = [
            HourCount(hour * HOUR_S, commune, end, int(self._numbers[at, row, _slot(commune)]))
            for commune in _alone(communes)
            for row, end in enumerate(ENDS)
        ]
        self._wipe(at)
        return [one for one in found if one.askers >= LEAST_ASKERS]

    def _wipe(self, at: int) -> None:
        self._numbers[at] = 0
        self._seen[at] = 0

    def _is_new(self, at: int, hour: int, who: str) -> bool:
        mixed = blake2b(who.encode(), key=self._key, salt=hour.to_bytes(16, "big"), digest_size=4 * HASHES).digest()
        places = [int.from_bytes(mixed[4 * n : 4 * n + 4], "big") % BITS for n in range(HASHES)]
        is_new = not all(self._seen[at, place // 8] >> (place % 8) & 1 for place in places)
        for place in places:
            self._seen[at, place // 8] |= 1 << (place % 8)
        return is_new


def _shared(kind: np.dtype[np.generic], length: int) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    return np.frombuffer(mmap.mmap(-1, length * kind.itemsize), dtype=kind)


def _slot(commune: str) -> int:
    return int.from_bytes(blake2b(commune.encode(), digest_size=4).digest(), "big") % SLOTS


def _alone(communes: Iterable[str]) -> list[str]:
    slots = Counter(map(_slot, known := sorted(set(communes))))
    return [commune for commune in known if slots[_slot(commune)] == 1]
