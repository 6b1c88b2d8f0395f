"""A live state becomes the version in force beside its network."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event, Lock, Thread
from zoneinfo import ZoneInfo

from mobility.clock import local_date
from mobility.network.current import network_folder, published_versions
from mobility.network.live import LiveNetwork, with_changes
from mobility.network.live_files import LiveState, forget_states, in_force, pointer, put_in_force, write_state
from mobility.network.network import Network
from mobility.search.days import Days
from mobility.search.live_days import LiveDays, forget_live_days, live_days
from mobility.search.parts import ProcessEnds

LOG = logging.getLogger("hent.live")
GIVING_WAY = 5
"""Added to the niceness of the writer, which may go before answers: what is quick a little later is as true."""


class Quickened:
    """Makes days quick in a thread of its own, so that the next version waits for none: one that holds for rest_s, or
    the newest one longest_s after the first that was passed over; one at a time. Until its shortcuts are on disk a day
    is searched by rounds."""

    def __init__(self, rest_s: float = 0.3, longest_s: float = 10.0) -> None:
        self._rest_s, self._longest_s = rest_s, longest_s
        self._lock = Lock()
        self._newer = Event()
        self._next: tuple[Days, date] | None = None
        self._due_s = 0.0
        self._running = False

    def take(self, days: Days, day: date) -> None:
        with self._lock:
            if self._next is None:
                self._due_s = time.monotonic() + self._longest_s
            self._next = days, day
            self._newer.set()
            if self._running:
                return
            self._running = True
        Thread(target=self._go_on, name="live shortcuts", daemon=True).start()

    def _go_on(self) -> None:
        os.nice(GIVING_WAY)  # of this thread, and of those that it begins
        while True:
            self._newer.clear()
            if self._newer.wait(self._rest_s) and time.monotonic() < self._due_s:
                continue
            with self._lock:
                found, self._next = self._next, None
                if found is None:
                    self._running = False
                    return
            try:
                found[0].prepare(found[1])
            except ProcessEnds:
                return
            except Exception as error:
                LOG.error("a live day cannot be made quick", extra={"fault": type(error).__name__})


@dataclass
class Published:
    """What a writer keeps from version to version: the network as it was laid out last, and who makes days quick."""

    quickened: Quickened = field(default_factory=Quickened)
    last: LiveNetwork | None = None

    def of(self, network: Network) -> LiveNetwork | None:
        """The last one where it is of this network; of one that is over it is held no longer."""
        if self.last is not None and self.last.planned is not network:
            self.last = None
        return self.last


def publish(data: Path, network: Network, state: LiveState, now_s: int, published: Published | None = None) -> str:
    """Write the state, lay out its day, move the pointer of this network, then have the day made quick; the version,
    "" where nothing is known. Raises OSError."""
    before = published.of(network) if published else None
    if not (len(state.runs) or state.alerts or state.positions):
        if published:
            published.last = None
        pointer(data, network.version).unlink(missing_ok=True)  # by timetable alone, at the cost of that
        return ""
    version = write_state(data, state)
    if version != in_force(data, network.version):
        live = with_changes(network, state.runs, version, before)
        days = live_days(network_folder(data, network.version), live)
        today = local_date(now_s, ZoneInfo(network.zones[0]))
        reached = LiveDays(live, days, days).touches(today)
        if reached:
            days.on(today)
        put_in_force(data, network.version, version)
        if published:
            published.last = live
            if reached:
                published.quickened.take(days, today)
    return version


def forget(data: Path, network: Network) -> None:
    """What is no longer in force. Raises OSError."""
    forget_states(data, {network.version, *published_versions(data)})
    forget_live_days(network_folder(data, network.version))
