"""All that is said, put in order, as one live state: the operator's typed word before every feed, and each feed for its
own trips alone. The order in which it came changes nothing."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np

from gtfs.realtime.records import RealtimeFeed, VehiclePosition
from mobility.clock import service_day_start
from mobility.live.alert_scopes import live_alerts
from mobility.live.found_runs import NoSuchRun, Reason, run_of_descriptor
from mobility.live.messages import (
    Closure,
    OperatorMessage,
    alert_of,
    calling_runs,
    cancelled_lines,
    closures,
    near,
    typed_updates,
)
from mobility.live.quays import QuayMove, at_other_quays, moved_runs, quay_moves
from mobility.live.retimed import PlannedUpdate, retimed
from mobility.live.timetable_index import PlannedRun, TimetableIndex
from mobility.live.update_matches import before_in_block, matched
from mobility.network.changed_runs import ChangedRuns, RunState, Told, joined, no_runs, taken
from mobility.network.live_alerts import LiveAlert, Texts
from mobility.network.live_files import LivePosition, LiveState
from mobility.network.network import Network

LOG = logging.getLogger("hent.live")
OPERATOR = 0
"""Row of the sources: the operator's typed word."""
FEWEST_CANCELLED = 10
"""Below so many cancelled runs of a day it is no mass cancellation."""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What was made of a feed's files. updates, matched: trip updates, and those that were. mass: cancellations that
    are more than half of a day's runs; held: of them those that are not believed yet."""

    feed: str
    updates: int = 0
    matched: int = 0
    alerts: int = 0
    positions: int = 0
    held: int = 0
    mass: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def told(self) -> dict[str, object]:
        """As JSON."""
        return {
            "feed": self.feed,
            "updates": self.updates,
            "matched": self.matched,
            "alerts": self.alerts,
            "positions": self.positions,
            "held": self.held,
            "reasons": dict(self.reasons),
        }


@dataclass(frozen=True, slots=True)
class Sayings:
    """feeds: by the feed's id, what its files say. messages: typed, with their texts by language. confirmed: feeds
    whose mass cancellation an operator, or the files since, have confirmed."""

    feeds: Mapping[str, RealtimeFeed] = field(default_factory=dict)
    messages: Sequence[tuple[OperatorMessage, Texts]] = ()
    confirmed: frozenset[str] = frozenset()


class Composer:
    """Of one network; what it looks up by name is looked up once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._indices: dict[str, TimetableIndex] = {}

    def index(self, feed: str) -> TimetableIndex:
        if feed not in self._indices:
            self._indices[feed] = TimetableIndex(self.network, feed)
        return self._indices[feed]

    def state(self, sayings: Sayings, now_s: int) -> tuple[LiveState, tuple[SourceReport, ...]]:
        holding = [one for one in sayings.messages if one[0].holds(now_s)]
        typed = near((message for message, _ in holding), now_s)
        known = {feed.id for feed in self.network.feeds}
        parts, alerts, positions, reports = [self._typed(typed)], list(self._told(holding)), [], []
        for row, (feed, said) in enumerate(sayings.feeds.items(), start=1):
            if feed not in known:
                reports.append(SourceReport(feed, len(said.trip_updates)))
                continue
            try:
                found = self._of_feed(feed, said, (row, now_s), feed in sayings.confirmed)
            except Exception as error:  # of this feed alone: the others, and what operators type, go out
                LOG.error("a feed's real time cannot be told", extra={"feed": feed, "fault": type(error).__name__})
                reports.append(SourceReport(feed, len(said.trip_updates), reasons={str(Reason.FAULT): 1}))
                continue
            parts.append(found.runs)
            alerts += found.alerts
            positions += found.positions
            reports.append(found.report)
        runs = self._closed(_without_added(self.network, _ranked(parts), typed), closures(self.network, typed))
        runs = self._at_other_quays(runs, quay_moves(self.network, typed))
        state = LiveState(
            network=self.network.version,
            runs=self._with_blocks(runs),
            alerts=tuple(alerts),
            positions=tuple(positions),
            sources=("operator", *sayings.feeds),
        )
        return state, tuple(reports)

    def _of_feed(self, feed: str, said: RealtimeFeed, at: tuple[int, int], is_confirmed: bool) -> _OfFeed:
        """at: row of the source, the moment."""
        index, (row, now_s) = self.index(feed), at
        found = matched(index, said, now_s, row)
        without, mass = _without_mass_cancellation(index, found.runs)
        runs, held = (found.runs, 0) if is_confirmed else (without, mass)
        alerts, reasons = live_alerts(index, said.alerts, row)
        positions = [_position(index, one, said.timestamp_s or now_s) for one in said.positions]
        every = Counter(found.reasons) + reasons
        if held:
            every[Reason.MASS_CANCELLATION] = held
        report = SourceReport(
            feed,
            found.updates,
            found.matched,
            len(alerts),
            len(positions),
            held,
            mass,
            {str(reason): count for reason, count in sorted(every.items())} | dict(said.left_out),
        )
        return _OfFeed(runs, alerts, positions, report)

    def _told(self, messages: Iterable[tuple[OperatorMessage, Texts]]) -> Iterable[LiveAlert]:
        found = (alert_of(self.network, message, texts) for message, texts in messages)
        return (alert for alert in found if alert is not None)

    def _typed(self, messages: Sequence[OperatorMessage]) -> ChangedRuns:
        if not messages:
            return no_runs()
        parts = []
        for feed in self.network.feeds:
            index = self.index(feed.id)
            parts.append(retimed(index, typed_updates(index, messages), OPERATOR).runs)
        return joined(parts)

    def _closed(self, runs: ChangedRuns, closed: Sequence[Closure]) -> ChangedRuns:
        """Calls at closed stops are skipped, also of runs that nobody else speaks of."""
        if not closed:
            return runs
        for feed in self.network.feeds:
            index = self.index(feed.id)
            runs = _with_planned(index, runs, (run for one in closed for run in calling_runs(index, one)))
        return _skipping(self.network, runs, closed)

    def _at_other_quays(self, runs: ChangedRuns, moves: Sequence[QuayMove]) -> ChangedRuns:
        if not moves:
            return runs
        for feed in self.network.feeds:
            index = self.index(feed.id)
            runs = _with_planned(index, runs, moved_runs(index, moves))
        return at_other_quays(self.network, runs, moves)

    def _with_blocks(self, runs: ChangedRuns) -> ChangedRuns:
        """With the runs whose vehicle goes on as a changed one: they are as planned, what they go on as is not."""
        if not np.any(self.network.trips.stays_as >= 0):
            return runs
        index = next(iter(self._indices.values()), None) or self.index(self.network.feeds[0].id)
        before = [PlannedUpdate(run) for run in before_in_block(index, _keys(runs))]
        return joined([runs, retimed(index, before).runs]) if before else runs


@dataclass(frozen=True, slots=True, eq=False)
class _OfFeed:
    runs: ChangedRuns
    alerts: tuple[LiveAlert, ...]
    positions: list[LivePosition]
    report: SourceReport


def _keys(runs: ChangedRuns) -> set[tuple[int, int]]:
    stands = runs.state != RunState.ADDED
    return set(zip(runs.trip[stands].tolist(), runs.day[stands].tolist(), strict=True))


def _with_planned(index: TimetableIndex, runs: ChangedRuns, named: Iterable[PlannedRun]) -> ChangedRuns:
    """With those of which nothing was said, as planned."""
    known = _keys(runs)
    fresh = [PlannedUpdate(run) for run in dict.fromkeys(named) if (run.trip, run.day.toordinal()) not in known]
    return joined([runs, retimed(index, fresh, OPERATOR).runs])


def _ranked(parts: Sequence[ChangedRuns]) -> ChangedRuns:
    """Of two that speak of one run the first holds, whatever came last."""
    runs, names = joined(list(parts)), dict[str, int]()
    of_run = (runs.day.astype(np.int64) << 32) + runs.trip
    for row in np.flatnonzero(runs.state == RunState.ADDED).tolist():
        of_run[row] = -1 - names.setdefault(f"{runs.id[row]} {runs.day[row]}", len(names))
    first = np.unique(of_run, return_index=True)[1]
    return runs if len(first) == len(runs) else taken(runs, np.sort(first))


def _without_added(network: Network, runs: ChangedRuns, typed: Sequence[OperatorMessage]) -> ChangedRuns:
    """Of a line that an operator has cancelled the feed's own runs, new ones and copies, do not leave either."""
    spans = cancelled_lines(network, typed)
    if not spans:
        return runs
    gone = np.zeros(len(runs), bool)
    for run in np.flatnonzero(runs.state == RunState.ADDED).tolist():
        leaves_s = _start_s(network, runs, run) + int(runs.departure[runs.calls_of(run).start])
        gone[run] = any(from_s <= leaves_s < until_s for from_s, until_s in spans.get(int(runs.line[run]), ()))
    return taken(runs, np.flatnonzero(~gone)) if gone.any() else runs


def _skipping(network: Network, runs: ChangedRuns, closed: Sequence[Closure]) -> ChangedRuns:
    told, pickup, drop_off = runs.told.copy(), runs.pickup.copy(), runs.drop_off.copy()
    pattern, state = runs.pattern.copy(), runs.state.copy()
    for run in np.flatnonzero(runs.state != RunState.REMOVED).tolist():
        calls = runs.calls_of(run)
        start_s = _start_s(network, runs, run)
        shut = np.zeros(calls.stop - calls.start, bool)
        for one in closed:
            leaves_s = start_s + runs.departure[calls].astype(np.int64)
            there = np.isin(runs.stop[calls], list(one.stops))
            shut |= there & (leaves_s >= one.from_s) & (leaves_s < one.until_s)
        if shut.any():
            told[calls] |= np.where(shut, np.uint8(Told.SKIPPED), np.uint8(0))
            pickup[calls], drop_off[calls] = np.where(shut, 1, pickup[calls]), np.where(shut, 1, drop_off[calls])
            pattern[run] = -1
            if np.count_nonzero(told[calls] & Told.SKIPPED == 0) < 2:
                state[run] = RunState.CANCELLED
                pickup[calls] = drop_off[calls] = 1
    return replace(runs, told=told, pickup=pickup, drop_off=drop_off, pattern=pattern, state=state)


def _start_s(network: Network, runs: ChangedRuns, run: int) -> int:
    return service_day_start(date.fromordinal(int(runs.day[run])), ZoneInfo(network.zones[int(runs.zone[run])]))


def _without_mass_cancellation(index: TimetableIndex, runs: ChangedRuns) -> tuple[ChangedRuns, int]:
    """More than half of a day's runs cancelled at once: a strike or a fault, not believed before it is confirmed."""
    cancelled = runs.state == RunState.CANCELLED
    held = np.zeros(len(runs), bool)
    for day in np.unique(runs.day[cancelled]).tolist():
        of_day = cancelled & (runs.day == day)
        count = int(of_day.sum())
        if count >= FEWEST_CANCELLED and 2 * count > index.running_on(day):
            held |= of_day
    if not held.any():
        return runs, 0
    return taken(runs, np.flatnonzero(~held)), int(held.sum())


def _position(index: TimetableIndex, said: VehiclePosition, at_s: int) -> LivePosition:
    trip, day = -1, 0
    if said.trip is not None:
        try:
            run: PlannedRun = run_of_descriptor(index, said.trip, said.timestamp_s or at_s)[0]
            trip, day = run.trip, run.day.toordinal()
        except NoSuchRun:
            trip = -1
    return LivePosition(trip, day, said.lat, said.lon, said.bearing, said.timestamp_s, said.occupancy)
