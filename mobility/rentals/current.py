"""What is for hire now, followed by every process: fetched in the background when somebody asks and it is old.

Nobody waits for a server that is slow: whoever asks gets what is known, after a moment's patience at most. Where
nothing is known, or not any more, that is what is told. Without questions nothing is fetched.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock, Thread
from typing import Any

from mobility.remote.errors import Unfetchable
from mobility.rentals import gbfs
from mobility.rentals.gbfs_fetch import RentalSource, fetch_all
from mobility.rentals.systems import RentalSystem
from mobility.rentals.zones import RentalZones

LEAST_S, MOST_S = 20, 600
"""How long a system is left alone at least and at most, whatever its ttl says."""
AFTER_FAULT_S = 60
FORGOTTEN_S = 900
"""Counts that nobody could renew for so long are not known any more."""
LEAST_ZONES_S, MOST_ZONES_S = 300, 24 * 3600
"""The same of its zones, a large file that hardly ever changes."""
PATIENCE_S = 0.25

Documents = Mapping[str, Mapping[str, Any]]
Fetch = Callable[[RentalSource, Collection[str]], Documents]
"""The second: files that need not be fetched."""


@dataclass
class _Held:
    """The last that was known of a system. got_s, next_s, zones_next_s: monotonic seconds. runner: who fetches it
    now."""

    system: RentalSystem | None = None
    got_s: float = 0.0
    next_s: float = 0.0
    zones_next_s: float = 0.0
    runner: Thread | None = None


@dataclass
class FollowedRentals:
    """A RentalBoard. Safe between threads and after a fork; patience_s: how long one who asks may wait."""

    sources: tuple[RentalSource, ...]
    fetch: Fetch = fetch_all
    patience_s: float = PATIENCE_S
    now: Callable[[], float] = time.monotonic
    _lock: Lock = field(default_factory=Lock, repr=False)
    _held: dict[str, _Held] = field(default_factory=dict, repr=False)
    _process: int = 0

    def systems(self) -> tuple[RentalSystem, ...]:
        """Each system of the config: with what is known of it now, which may be its name alone."""
        until = time.monotonic() + self.patience_s
        for runner in [runner for source in self.sources if (runner := self._renewed(source))]:
            runner.join(max(0.0, until - time.monotonic()))
        return tuple(self._known(source) for source in self.sources)

    def _renewed(self, source: RentalSource) -> Thread | None:
        """Sets off a fetch where one is due. The thread, where there is nothing to tell without it."""
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                self._held.clear()
            held = self._held.setdefault(source.id, _Held())
            if held.runner is not None or self.now() < held.next_s:
                return None
            held.runner = Thread(target=self._renew, args=(source, held), name="rentals", daemon=True)
            held.runner.start()
            return None if held.system is not None and self._is_young(held) else held.runner

    def _renew(self, source: RentalSource, held: _Held) -> None:
        try:
            settled = {gbfs.ZONES} if self.now() < held.zones_next_s else set()
            documents = self.fetch(source, settled)
            system = gbfs.system(source.id, documents, source.languages, source.local)
            zones = self._zones(system, held, documents)
            held.system = replace(system, licence=source.licence or system.licence, zones=zones)
            held.got_s = self.now()
            held.next_s = held.got_s + _lasts_s(documents)
        except Unfetchable:
            held.next_s = self.now() + AFTER_FAULT_S
        finally:
            # Also after a fault that nobody thought of: the next question tries again, later.
            held.next_s = max(held.next_s, self.now() + LEAST_S)
            held.runner = None

    def _zones(self, system: RentalSystem, held: _Held, documents: Documents) -> RentalZones | None:
        """Those of before, while they hold or where the file cannot be had this time."""
        if self.now() >= held.zones_next_s:
            lasts_s = gbfs.ttl_s(documents.get(gbfs.ZONES, {}))
            held.zones_next_s = self.now() + _between(LEAST_ZONES_S, lasts_s, MOST_ZONES_S)
        before = held.system.zones if held.system else None
        return system.zones if gbfs.ZONES in documents or system.zones is None else before or system.zones

    def _known(self, source: RentalSource) -> RentalSystem:
        held = self._held.get(source.id, _Held())
        system = held.system or RentalSystem(source.id, source.id, licence=source.licence, local=source.local)
        return system if self._is_young(held) else _forgotten(system)

    def _is_young(self, held: _Held) -> bool:
        return self.now() - held.got_s < FORGOTTEN_S


def _lasts_s(documents: Documents) -> int:
    counts = [documents[name] for name in ("station_status", "vehicle_status", "free_bike_status") if name in documents]
    least_s = min((gbfs.ttl_s(document) for document in counts), default=0)
    return _between(LEAST_S, least_s, MOST_S)


def _between(least: int, value: int, most: int) -> int:
    return min(max(least, value), most)


def _forgotten(system: RentalSystem) -> RentalSystem:
    """The stations without counts; free vehicles may stand anywhere by now."""
    stations = tuple(
        replace(one, vehicles=None, docks=None, by_type=(), docks_by_type=(), renting=None, returning=None)
        for one in system.stations
    )
    return replace(system, stations=stations, vehicles=(), updated_s=None)
