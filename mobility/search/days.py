"""The searchable day of a date: the trips of its service day, of the night before and of the next morning.

A day is laid out once for all workers: its arrays stand on disk, named by what they hold, and are mapped by each
worker. Dates on which the same services run share them.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock, Thread
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from mobility.network.day import mirrored_footpaths
from mobility.network.footpaths import at_pace
from mobility.network.network import Network
from mobility.network.timetable import Footpaths
from mobility.search.day_files import alone, forget_days, open_day, save_day
from mobility.search.day_runs import ANY, Calendar, calendar, timetable_of
from mobility.search.pace import Needs, Pace
from mobility.search.parts import ProcessEnds
from mobility.search.search import SearchDay, search_day
from mobility.search.searchday import accelerated, changed

Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]

K = TypeVar("K")
V = TypeVar("V")

PACES = 24
QUICK = "-quick"
OFTEN = 12


class DaysKept(NamedTuple):
    """So many days stay: in the memory of a process, and on disk."""

    in_memory: int = 32
    on_disk: int = 32


USUAL = DaysKept()


@dataclass(frozen=True, slots=True, eq=False)
class WalksBothWays:
    """Walks between rides, and the same backwards in time."""

    ahead: Footpaths
    back: Footpaths


def _at_pace(network: Network, pace: Pace, step_free: bool) -> WalksBothWays:
    ahead = changed(at_pace(network.footpaths_of(step_free), network.terrain, pace.speed_mps), pace.change)
    return WalksBothWays(ahead, mirrored_footpaths(ahead))


class Days:
    """Searchable days of one network, kept in `folder` for all workers (in memory alone without one)."""

    def __init__(self, network: Network, folder: Path | None = None, kept: DaysKept = USUAL, mark: str = "") -> None:
        """mark: of what stands beside the network, in the names on disk."""
        self._network, self._folder, self._kept, self._mark = network, folder, kept, mark
        self._lock = Lock()
        self._by_date: OrderedDict[tuple[date, Needs], SearchDay] = OrderedDict()
        self._by_key: OrderedDict[str, SearchDay] = OrderedDict()
        self._paced: OrderedDict[tuple[date, Needs, Pace], SearchDay] = OrderedDict()
        self._walked: OrderedDict[tuple[Pace, bool], WalksBothWays] = OrderedDict()
        self._keys: dict[tuple[date, Needs], str] = {}
        self._asked: Counter[tuple[date, Needs]] = Counter()
        self._quickening = Lock()

    def on(self, day: date, needs: Needs = ANY, pace: Pace | None = None) -> SearchDay:
        """pace: of the walks between rides; None: that of the network."""
        usual = Pace(self._network.terrain.speed_mps)
        return self._plain(day, needs) if pace in (None, usual) else self._at_pace(day, needs, pace or usual)

    def _at_pace(self, day: date, needs: Needs, pace: Pace) -> SearchDay:
        """Any number is asked for as a speed, so few are kept; the walks of one pace serve all days."""
        found = self._paced.get((day, needs, pace))
        if found is not None:
            return found
        plain = self._plain(day, needs)
        with self._lock:
            key = pace, needs.step_free
            walks = self._walked.get(key) or _at_pace(self._network, *key)
            _kept(self._walked, key, walks, PACES)
            # The shortcuts were made for other walks.
            found = replace(
                plain,
                footpaths=walks.ahead,
                mirrored_footpaths=walks.back,
                shortcuts=None,
                mirrored_shortcuts=None,
            )
            return _kept(self._paced, (day, needs, pace), found, PACES)

    def prepare(self, day: date, needs: Needs = ANY) -> None:
        """Take the time to make the day quick to search, for this process and those to come."""
        plain = self._plain(day, needs)
        if plain.shortcuts is None:
            self._quicken(self._key(calendar(self._network, day), needs), plain)

    def _key(self, around: Calendar, needs: Needs) -> str:
        return self._mark + around.key(needs)

    def dates(self) -> tuple[tuple[date, Needs], ...]:
        """That were asked for of late, the last one last."""
        with self._lock:
            return tuple(self._by_date)

    def wait(self) -> None:
        """Until what is made quick in the background is."""
        with self._quickening:
            return

    def _plain(self, day: date, needs: Needs) -> SearchDay:
        found = self._by_date.get((day, needs)) or self._of_date(day, needs)
        if found.shortcuts is None:
            found = self._made_quick(day, needs) or found
            self._count(day, needs, found)
        return found

    def _made_quick(self, day: date, needs: Needs) -> SearchDay | None:
        """By another process, since this one opened the day: one stat tells."""
        if self._folder is None:
            return None
        key = self._keys.get((day, needs))
        if key is None:
            key = self._keys[day, needs] = self._key(calendar(self._network, day), needs)
        if not (self._folder / (key + QUICK)).is_dir() or (quick := self._from_disk(key + QUICK)) is None:
            return None
        with self._lock:
            _kept(self._by_key, key, quick, self._kept.in_memory)
            self._by_date.pop((day, needs), None)
        return self._of_date(day, needs)

    def _of_date(self, day: date, needs: Needs) -> SearchDay:
        with self._lock:
            around = calendar(self._network, day)
            found = _dated(self._same(self._key(around, needs), day, needs), day, around.anchor_s)
            return _kept(self._by_date, (day, needs), found, self._kept.in_memory)

    def _count(self, day: date, needs: Needs, plain: SearchDay) -> None:
        """A day that is asked for often is made quick in the background, one at a time."""
        self._asked[day, needs] += 1
        if self._asked[day, needs] % OFTEN or not self._quickening.acquire(blocking=False):
            return
        Thread(target=self._quicken_and_release, args=(day, needs, plain), daemon=True).start()

    def _quicken_and_release(self, day: date, needs: Needs, plain: SearchDay) -> None:
        try:
            with suppress(ProcessEnds):
                self._quicken(self._key(calendar(self._network, day), needs), plain)
        finally:
            self._quickening.release()

    def _quicken(self, key: str, plain: SearchDay) -> None:
        """With shortcuts: another process's, or new ones unless another process is just making some."""
        quick = self._from_disk(key + QUICK)
        if quick is None:
            with alone(self._folder) as mine:
                quick = self._with_shortcuts(key, plain) if mine else None
        if quick is not None:
            with self._lock:
                _kept(self._by_key, key, quick, self._kept.in_memory)
                self._by_date.clear()

    def _with_shortcuts(self, key: str, plain: SearchDay) -> SearchDay | None:
        """None where the day is too large for them."""
        quick = accelerated(plain, arriving=True)
        return self._kept_on_disk(key + QUICK, quick) if quick.shortcuts else None

    def _same(self, key: str, day: date, needs: Needs) -> SearchDay:
        """The searchable day with this key, whatever its date."""
        found = self._by_key.get(key) or self._from_disk(key + QUICK) or self._from_disk(key)
        return _kept(self._by_key, key, found or self._laid_out(key, day, needs), self._kept.in_memory)

    def _from_disk(self, key: str) -> SearchDay | None:
        return None if self._folder is None else open_day(self._folder, key)

    def _laid_out(self, key: str, day: date, needs: Needs) -> SearchDay:
        walks = self._network.footpaths_of(needs.step_free)
        return self._kept_on_disk(key, search_day(timetable_of(self._network, day, needs), walks))

    def _kept_on_disk(self, key: str, made: SearchDay) -> SearchDay:
        """Mapped from there, so that all workers share the memory; in memory where the disk takes nothing."""
        if self._folder is None:
            return made
        try:
            save_day(self._folder, key, made)
        except OSError:
            return made
        forget_days(self._folder, self._kept.on_disk)
        return open_day(self._folder, key) or made


def _dated(same: SearchDay, day: date, anchor_s: int) -> SearchDay:
    """The day of another date on which the same trips run."""
    timetable, mirror = (replace(part, day=day, anchor_s=anchor_s) for part in (same.timetable, same.mirror))
    return replace(same, timetable=timetable, mirror=mirror)


def _kept(cache: OrderedDict[K, V], key: K, found: V, most: int) -> V:
    cache[key] = found
    cache.move_to_end(key)
    while len(cache) > most:
        cache.popitem(last=False)
    return found
