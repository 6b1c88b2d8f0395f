"""The writer of live versions: one on each machine, whichever process holds the lock.

It looks at every source when it is time, makes a version of all that is said, lays out the day of today for all
workers, and then moves the pointer; the shortcuts of the day follow it. Nothing that fails here stops it or reaches a
traveller: the version before stays until what it says is too old.

DIR/live/.writing   held by the writer; the kernel opens it when the process ends, however it ends
"""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Thread
from typing import IO, Protocol

from mobility.clock import DAY_S
from mobility.errors import MobilityError, NetworkUnavailable
from mobility.live.composed import Composer, Sayings, SourceReport
from mobility.live.live_versions import Published, forget, publish
from mobility.live.messages import OperatorMessage
from mobility.live.raw import RawFolder, confirmed_feeds, kept_raw, kept_sayings
from mobility.live.source import RealtimeSource
from mobility.live.source_fault import unexpected
from mobility.live.source_status import SourceStatus
from mobility.live.sources import AGREE, Heard, asked, fresh, said
from mobility.live.watch import usual_after
from mobility.network.changed_runs import ChangedRuns
from mobility.network.current import Current
from mobility.network.free_memory import FreeMemory
from mobility.network.live_alerts import Texts
from mobility.network.live_files import live_folder, read_sources
from mobility.network.network import Network

LOG = logging.getLogger("hent.live")
NEXT_S, LIVELY_S, SETTLE_EVERY_S = 0.005, 1.0, 0.5
LOCK, LOOK_S, WAIT_S, MESSAGES_EVERY_S, OBSERVE_EVERY_S = ".writing", 0.1, 1.0, 1.0, 20.0


Typed = Sequence[tuple[OperatorMessage, Texts]]


class TypedMessages(Protocol):
    """Where messages are read from: the store, or a list in a test."""

    def revision(self) -> int:
        """Cheap: asked every second; never 0 where there are some."""

    def in_force(self, now_s: int) -> Typed:
        """Those that have not ended, with their texts in each language."""


class DelayObserver(Protocol):
    """Counts how late vehicles were (mobility/live/observed.py)."""

    def see(self, network: Network, runs: ChangedRuns, now_s: int) -> None: ...


class NoMessages:
    def revision(self) -> int:
        return 0

    def in_force(self, now_s: int) -> Typed:
        return ()


@dataclass
class Writer:
    """now: epoch seconds of the service's clock."""

    data: Path
    sources: Sequence[RealtimeSource]
    messages: TypedMessages = field(default_factory=NoMessages)
    now: Callable[[], float] = time.time
    observer: DelayObserver | None = None
    heard: dict[str, Heard] = field(default_factory=dict)
    reports: tuple[SourceReport, ...] = ()
    _composer: Composer | None = None
    _current: Current | None = None
    _said: object = None
    _published: Published = field(default_factory=Published)
    _is_untidy: bool = False
    _settle_due_s: float = float("-inf")
    _known: tuple[int, Typed] = (0, ())
    _typed_due_s: float = 0.0
    _mass: dict[str, tuple[int, int]] = field(default_factory=dict)
    _confirmed: frozenset[str] = frozenset()
    _called_true: frozenset[str] = frozenset()
    _usual: dict[str, float | None] = field(default_factory=dict)
    _told: ChangedRuns | None = None
    _observed_due_s: float = 0.0
    _put_s: float = float("-inf")
    _freed: FreeMemory = field(default_factory=FreeMemory)

    def __post_init__(self) -> None:
        self._raw, self._status = RawFolder(self.data), SourceStatus(self.data, self.sources)

    def start(self) -> None:
        """In a thread of this process: waits for the lock, then writes until the process ends."""
        Thread(target=self.run, name="live", daemon=True).start()

    def run(self, ended: Event | None = None) -> None:
        ended = ended or Event()
        while not ended.is_set():
            lock = self._lock()
            if lock is None:
                ended.wait(WAIT_S)
                continue
            with lock:
                self._begin()
                while not ended.wait(self._rest_s()):
                    self._look_on()

    def _rest_s(self) -> float:
        """Where one version has just been written the next may be near."""
        return NEXT_S if time.monotonic() - self._put_s < LIVELY_S else LOOK_S

    def _begin(self) -> None:
        self._usual = {one["feed"]: one.get("usualRate") for one in read_sources(self.data).get("feeds", ())}
        try:
            self.heard = kept_raw(self.data, self.sources, int(self.now()))
        except Exception as error:  # without it all is asked anew
            LOG.error("what was believed cannot be read", extra={"fault": type(error).__name__})

    def _look_on(self) -> None:
        try:
            self._tell()
            if time.monotonic() >= self._settle_due_s:
                self._settle()
        except NetworkUnavailable:
            return
        except Exception as error:
            LOG.error("the live state cannot be written", extra={"fault": type(error).__name__})
            self._tidy()
            time.sleep(WAIT_S)

    def look(self) -> str | None:
        """Ask what is due; the version that was put in force, None where nothing is new. Raises OSError,
        MobilityError."""
        written = self._tell()
        self._settle()
        return written

    def _tell(self) -> str | None:
        now_s = self.now()
        for source in self.sources:
            for place in source.places():
                self._ask(source, place, now_s)
        network = self._network()
        sayings, mark = self._sayings(network, int(now_s))
        written = None
        if mark != self._said or now_s >= self._observed_due_s:
            self._observe(int(now_s))
        if mark != self._said:
            self._is_untidy = True
            written = self._put(network, sayings, int(now_s))
            self._said = mark
            self._put_s = time.monotonic()
        return written

    def _settle(self) -> None:
        """What nobody waits for, so not after each of many versions: on a busy disk it takes longer than they do."""
        self._settle_due_s = time.monotonic() + SETTLE_EVERY_S
        is_new = self._is_untidy
        self._tidy()
        self._raw.settle(self.heard)
        now_s = self.now()
        if is_new or self._status.is_due(now_s):
            feeds = [report.told | {"usualRate": self._usual.get(report.feed)} for report in self.reports]
            self._status.write(self._raw.with_faults(self.heard), feeds, int(now_s))

    def _tidy(self) -> None:
        """First of all, and also where a version could not be written: on a full disk what is over makes the room."""
        if not self._is_untidy or self._composer is None:
            return
        try:
            forget(self.data, self._composer.network)
        except OSError as error:
            LOG.error("what is over cannot be removed", extra={"fault": type(error).__name__})
        self._freed.give_back()
        self._is_untidy = False

    def _observe(self, now_s: int) -> None:
        """What was told until now, before something else is. A fault of it stops nobody."""
        self._observed_due_s = now_s + OBSERVE_EVERY_S
        if self.observer is None or self._told is None or self._composer is None:
            return
        try:
            self.observer.see(self._composer.network, self._told, now_s)
        except Exception as error:
            LOG.warning("delays cannot be counted", extra={"fault": type(error).__name__})

    def _ask(self, source: RealtimeSource, place: str, now_s: float) -> None:
        """A fault of one source is its own: it rests, the others are asked."""
        before = self.heard.get(place, Heard())
        try:
            after = self.heard[place] = asked(source, place, before, now_s)
            if after.serial != before.serial:
                self._raw.take(place, source)
        except Exception as error:
            LOG.error("a source cannot be read", extra={"feed": source.feed, "fault": type(error).__name__})
            heard = self.heard.get(place, before)
            self.heard[place] = replace(heard, due_s=now_s + source.every_s, fault=unexpected(error))

    def _network(self) -> Network:
        self._current = self._current or Current(self.data)
        return self._current.network()

    def _sayings(self, network: Network, now_s: int) -> tuple[Sayings, object]:
        """What is said now, and a value that is equal as long as it says the same."""
        feeds = {source.feed: said(source, self.heard, now_s) for source in self.sources}
        revision, typed = self._typed(now_s)
        confirmed = self._confirmed | self._called_true
        told = [
            (place, kind, self.heard[place].serial)
            for source in self.sources
            for place, kind in fresh(source, self.heard, now_s)
        ]
        day = now_s // DAY_S if typed else 0  # each day another one is laid out
        mark = network.version, revision, day, tuple(message.id for message, _ in typed), tuple(told), confirmed
        return Sayings(feeds, typed, confirmed), mark

    def _typed(self, now_s: int) -> tuple[int, Typed]:
        """Asked once a second. While the database is away what was typed before holds, as long as it says."""
        if time.monotonic() >= self._typed_due_s:
            self._typed_due_s = time.monotonic() + MESSAGES_EVERY_S
            try:
                revision = self.messages.revision()
                if revision != self._known[0]:
                    self._known = revision, self.messages.in_force(now_s)
                self._called_true = confirmed_feeds(self.data, now_s)
            except MobilityError as error:
                LOG.warning("messages cannot be read", extra={"fault": type(error).__name__})
        return self._known[0], [one for one in self._known[1] if one[0].holds(now_s)]

    def _put(self, network: Network, sayings: Sayings, now_s: int) -> str:
        if self._composer is None or self._composer.network is not network:
            self._composer = Composer(network)
        self._raw.say(sayings.messages)
        state, self.reports = self._composer.state(sayings, now_s)
        self._told = state.runs
        self._count_files()
        return publish(self.data, network, state, now_s, self._published)

    def _count_files(self) -> None:
        """Mass cancellations are confirmed by as many files as agree, until they are over, and each file moves the
        usual rate; a state composed anew is no file."""
        serials = {one.feed: self.heard.get(one.trip_updates, Heard()).serial for one in self.sources}
        for report in self.reports:
            agreed, counted = self._mass.get(report.feed, (0, -1))
            serial = serials.get(report.feed, 0)
            self._mass[report.feed] = (agreed + (serial != counted) if report.mass else 0), serial
            if serial != counted:
                usual = self._usual.get(report.feed)
                self._usual[report.feed] = usual_after(usual, report.updates, report.matched)
        self._confirmed = frozenset(feed for feed, (agreed, _) in self._mass.items() if agreed > AGREE)

    def _lock(self) -> IO[str] | None:
        try:
            live_folder(self.data).mkdir(parents=True, exist_ok=True)
            lock = (live_folder(self.data) / LOCK).open("w")
        except OSError:
            return None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return None
        return lock


def match_anew(data: Path, network: Network, now_s: int) -> None:
    """What was said last, matched with a network that is about to be published. Raises OSError."""
    if not live_folder(data).is_dir():
        return
    state, _ = Composer(network).state(kept_sayings(data, now_s), now_s)
    publish(data, network, state, now_s)
