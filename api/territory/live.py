"""The territory as it is now: the one in service with the live version that is in force beside its network.

A call costs two stats. A version is opened by the request that first meets it, in milliseconds; the others go on with
the one before until it is there.
"""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from mobility.network.current import network_folder
from mobility.network.free_memory import FreeMemory
from mobility.network.live import with_changes
from mobility.network.live_alerts import LiveAlerts
from mobility.network.live_files import SOURCES, in_force, live_folder, pointer, read_state
from mobility.routing.territory import Territory
from mobility.search.days import Days
from mobility.search.live_days import LiveDays, live_days

FileState = tuple[int, int]
SILENT_S = 300.0
"""A writer tells of itself every ten seconds. Of one that has been silent for so long nothing is believed: the plan."""
COLLECT_EVERY_S = 60.0
"""A version that is over goes with the last request that holds it; should one stand in a circle, it shall not wait for
the collector's turn."""


class _Seen(NamedTuple):
    planned: Territory
    mark: FileState | None
    version: str
    territory: Territory


class LiveTerritories:
    """Safe between threads. A request that holds a version goes on with it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._sources = live_folder(data) / SOURCES
        self._lock = Lock()
        self._seen: _Seen | None = None
        self._collected_s = 0.0
        self._freed = FreeMemory()

    def of(self, planned: Territory, days: Days) -> Territory:
        """days: of the planned network."""
        seen, mark = self._seen, self._mark(planned)
        if seen and seen.planned is planned and seen.mark == mark:
            return seen.territory
        if mark is None:
            return planned
        if not self._lock.acquire(blocking=seen is None or seen.planned is not planned):
            return seen.territory if seen else planned
        try:
            return self._follow(planned, days, mark)
        finally:
            self._lock.release()

    def _mark(self, planned: Territory) -> FileState | None:
        try:
            status = pointer(self._data, planned.network.version).stat()
        except OSError:
            return None
        return None if self._is_silent() else (status.st_mtime_ns, status.st_ino)

    def _is_silent(self) -> bool:
        """By the clock of the machine, which dates its files; where no writer has been there is none to miss."""
        try:
            return time.time() - self._sources.stat().st_mtime > SILENT_S
        except OSError:
            return False

    def _follow(self, planned: Territory, days: Days, mark: FileState) -> Territory:
        seen = self._seen if self._seen and self._seen.planned is planned else None
        if seen and seen.mark == mark:
            return seen.territory
        version = in_force(self._data, planned.network.version)
        territory = seen.territory if seen else planned
        if not seen or seen.version != version:
            territory = self._opened(territory, days, version)
        self._seen = _Seen(planned, mark, version, territory)
        self._collect()
        return territory

    def _opened(self, before: Territory, days: Days, version: str) -> Territory:
        """before: as it was, of the same network; it stays where the version cannot be read."""
        planned, state = before.as_planned, read_state(self._data, version)
        if state is None or state.network != planned.network.version:
            return before  # looked at once: the next pointer is another
        live = with_changes(planned.network, state.runs, version, before.live)
        folder = network_folder(self._data, planned.network.version)
        return replace(
            planned,
            network=live,
            days=LiveDays(live, live_days(folder, live), days),
            planned=planned,
            alerts=LiveAlerts.of(state.alerts),
            positions=state.positions,
        )

    def _collect(self) -> None:
        if time.monotonic() - self._collected_s > COLLECT_EVERY_S:
            self._collected_s = time.monotonic()
            gc.collect()
        self._freed.give_back()
