"""The searchable day of a date: the trips of its service day, of the night before and of the next morning.

A day is laid out once for all workers: its arrays stand on disk, named by what they hold, and are mapped by each
worker. Dates on which the same services run share them.
"""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock, Thread
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mobility.clock import DAY_S, days_after, midnight, service_day_start
from mobility.network.day import Runs, compile_day, mirrored_footpaths
from mobility.network.footpaths import at_pace
from mobility.network.live import LiveNetwork
from mobility.network.network import Network
from mobility.network.rides import Rides, rides
from mobility.network.timetable import DayTimetable, Footpaths
from mobility.search.day_files import STEP_FREE, alone, forget_days, open_day, save_day
from mobility.search.pace import Needs, Pace
from mobility.search.search import SearchDay, search_day
from mobility.search.searchday import accelerated, changed

Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]

K = TypeVar("K")
V = TypeVar("V")

NEIGHBOURS = (-1, 0, 1)
OFFERED, REFUSED = 1, 2
ANY = Needs()
PACES = 24
QUICK = "-quick"
OFTEN = 12


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Around one date: active[k, service] and start_s[k, zone] on the days before, of and after it (k = 0, 1, 2).

    start_s: from `anchor_s` to the start of the service day. from_s, until_s: midnight and the next day's noon.
    """

    anchor_s: int
    active: UInt8s
    start_s: Int32s
    from_s: int
    until_s: int

    def key(self, needs: Needs) -> str:
        """Equal for dates whose searchable days are equal but for their anchor."""
        digest = hashlib.sha256(repr((needs, self.from_s, self.until_s, self.active.shape)).encode())
        digest.update(self.active.tobytes())
        digest.update(self.start_s.tobytes())
        return digest.hexdigest()[:32] + (STEP_FREE if needs.step_free else "")


def calendar(network: Network, day: date) -> Calendar:
    zones = [ZoneInfo(name) for name in network.zones]
    anchor_s = service_day_start(day, zones[0])
    dates = [days_after(day, offset) for offset in NEIGHBOURS]
    starts = [[service_day_start(date, zone) - anchor_s for zone in zones] for date in dates]
    return Calendar(
        anchor_s=anchor_s,
        active=np.stack([active_services(network, date) for date in dates]),
        start_s=np.array(starts, np.int32),
        from_s=min(0, midnight(day, zones[0]) - anchor_s),
        until_s=starts[2][0] + DAY_S // 2,
    )


def active_services(network: Network, day: date) -> UInt8s:
    """1 for each service that runs on the date."""
    active = network.services.active
    column = (day - network.services.first_day).days
    if not 0 <= column < active.shape[1]:
        return np.zeros(active.shape[0], np.uint8)
    return np.ascontiguousarray(active[:, column])


def usable_trips(network: Network, needs: Needs) -> NDArray[np.bool_]:
    """Trips that are not known to refuse what is needed, and are not cancelled."""
    usable = network.rideable if isinstance(network, LiveNetwork) else np.ones(len(network.trips), bool)
    if needs.step_free:
        usable &= _is_open(network.trips.wheelchair, needs)
    if needs.bike:
        usable &= network.trips.bikes != REFUSED
    return usable


def runs_of(network: Network, ridden: Rides, calendar: Calendar, usable: NDArray[np.bool_]) -> Runs:
    """What runs: all of the day itself, of the night before what is still under way at midnight, of the next day what
    leaves before its noon."""
    service = network.trips.service
    zone = network.services.zone
    shift_s = calendar.start_s[:, zone][:, service]
    runs = (calendar.active[:, service] != 0) & usable
    runs[0] &= ridden.last_s + shift_s[0] >= calendar.from_s
    runs[2] &= ridden.first_s + shift_s[2] < calendar.until_s
    which, trip = np.nonzero(runs)
    return Runs(
        group_first_position=ridden.group_first_position,
        position_stop=ridden.node,
        position_boards=ridden.boards,
        position_alights=ridden.alights,
        trip_group=ridden.group[trip],
        trip_row=trip.astype(np.int32),
        trip_day=(which - 1).astype(np.int8),
        trip_shift_s=shift_s[which, trip],
        trip_first_call=ridden.first_call[trip].astype(np.int32),
        arrival=ridden.arrival,
        departure=ridden.departure,
    )


def timetable_of(network: Network, day: date, needs: Needs = ANY) -> DayTimetable:
    """The day laid out anew."""
    usable, around = usable_trips(network, needs), calendar(network, day)
    runs = runs_of(network, rides(network, usable, needs.unbooked), around, usable)
    if needs.step_free:
        runs = _step_free(network, runs, needs)
    return compile_day(day, around.anchor_s, len(network.node_stop), runs)


def _step_free(network: Network, runs: Runs, needs: Needs) -> Runs:
    """Nobody gets in or out at a stop known to have steps (not known to have none, to be sure)."""
    open_stop = _is_open(network.stops.wheelchair[network.node_stop[runs.position_stop]], needs).astype(np.uint8)
    return replace(
        runs, position_boards=runs.position_boards & open_stop, position_alights=runs.position_alights & open_stop
    )


def _is_open(wheelchair: NDArray[np.int8], needs: Needs) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = wheelchair == OFFERED if needs.surely else wheelchair != REFUSED
    return found


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

    def __init__(self, network: Network, folder: Path | None = None, kept: int = 32, mark: str = "") -> None:
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
        """By who marks the days on disk, since this process opened the day: one stat tells."""
        if not self._mark or self._folder is None:
            return None
        key = self._keys.get((day, needs))
        if key is None:
            key = self._keys[day, needs] = self._key(calendar(self._network, day), needs)
        if not (self._folder / (key + QUICK)).is_dir() or (quick := self._from_disk(key + QUICK)) is None:
            return None
        with self._lock:
            _kept(self._by_key, key, quick, self._kept)
            self._by_date.pop((day, needs), None)
        return self._of_date(day, needs)

    def _of_date(self, day: date, needs: Needs) -> SearchDay:
        with self._lock:
            around = calendar(self._network, day)
            found = _dated(self._same(self._key(around, needs), day, needs), day, around.anchor_s)
            return _kept(self._by_date, (day, needs), found, self._kept)

    def _count(self, day: date, needs: Needs, plain: SearchDay) -> None:
        """A day that is asked for often is made quick in the background, one at a time."""
        self._asked[day, needs] += 1
        if self._asked[day, needs] % OFTEN or not self._quickening.acquire(blocking=False):
            return
        Thread(target=self._quicken_and_release, args=(day, needs, plain), daemon=True).start()

    def _quicken_and_release(self, day: date, needs: Needs, plain: SearchDay) -> None:
        try:
            self._quicken(self._key(calendar(self._network, day), needs), plain)
        finally:
            self._quickening.release()

    def _quicken(self, key: str, plain: SearchDay) -> None:
        """With shortcuts: another process's, or new ones unless another process is just making some."""
        quick = self._from_disk(key + QUICK)
        if quick is None:
            with alone(self._folder) as mine:
                quick = self._kept_on_disk(key + QUICK, accelerated(plain, arriving=True)) if mine else None
        if quick is not None:
            with self._lock:
                _kept(self._by_key, key, quick, self._kept)
                self._by_date.clear()

    def _same(self, key: str, day: date, needs: Needs) -> SearchDay:
        """The searchable day with this key, whatever its date."""
        found = self._by_key.get(key) or self._from_disk(key + QUICK) or self._from_disk(key)
        return _kept(self._by_key, key, found or self._laid_out(key, day, needs), self._kept)

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
        forget_days(self._folder, self._kept)
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
