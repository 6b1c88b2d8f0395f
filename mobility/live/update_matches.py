"""From the updates of a feed to changed runs of the network: what each means, what cannot be matched and why.

A feed is the whole truth of its moment: what it does not say is as planned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gtfs.realtime.records import RealtimeFeed, TripRelation, TripUpdate
from mobility.live.found_runs import NoSuchRun, Reason, runs_meant
from mobility.live.new_runs import NewRun, new_run, runs_of_their_own
from mobility.live.retimed import PlannedUpdate, retimed
from mobility.live.timetable_index import PlannedRun, TimetableIndex
from mobility.network.changed_runs import ChangedRuns, RunState, joined

GONE = {TripRelation.CANCELED: RunState.CANCELLED, TripRelation.DELETED: RunState.REMOVED}
NEW = frozenset({TripRelation.NEW, TripRelation.ADDED})

RunKey = tuple[int, int]
"""Row of the planned trip, service day as ordinal."""


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """What a feed says of the network. updates: how many there were; matched: of them; reasons: why others changed
    nothing, or less than they say."""

    runs: ChangedRuns
    updates: int
    matched: int
    reasons: Mapping[Reason, int]


def matched(index: TimetableIndex, feed: RealtimeFeed, now_s: int, source: int = 0) -> Matched:
    """now_s: the moment of a feed that does not say its own. source: row of the version's sources."""
    found = FoundRuns(index, feed.timestamp_s or now_s)
    unmatched: Counter[Reason] = Counter()
    for update in feed.trip_updates:
        try:
            found.take(update)
        except NoSuchRun as error:
            unmatched[error.reason] += 1
    runs, reasons = found.runs(source)
    every = unmatched + reasons
    n_matched = len(feed.trip_updates) - unmatched.total() - reasons[Reason.ABSURD_DELAY]
    return Matched(runs, len(feed.trip_updates), n_matched, dict(every))


class FoundRuns:
    """Updates by the run they mean. Of two for one run the later one in the file holds."""

    def __init__(self, index: TimetableIndex, at_s: int) -> None:
        self._index, self._at_s = index, at_s
        self._planned: dict[RunKey, PlannedUpdate] = {}
        self._replaced: dict[RunKey, NewRun] = {}
        self._copies: dict[tuple[str, int], PlannedUpdate] = {}
        self._new: dict[tuple[str, int], NewRun] = {}

    def take(self, update: TripUpdate) -> None:
        """Raises NoSuchRun."""
        relation = update.trip.relation
        if relation is TripRelation.UNKNOWN:
            raise NoSuchRun(Reason.UNKNOWN_RELATION)
        if relation in NEW:
            added = new_run(self._index, update, self._at_s)
            self._new[added.id, added.day.toordinal()] = added
            return
        runs = runs_meant(self._index, update, self._at_s)
        if relation is TripRelation.DUPLICATED:
            copy = duplicate_of(self._index, update, runs[0])
            self._copies[copy.id, copy.run.day.toordinal()] = copy
            return
        for run in runs:
            self._change(update, run)

    def _change(self, update: TripUpdate, run: PlannedRun) -> None:
        key = run.trip, run.day.toordinal()
        if update.trip.relation is TripRelation.REPLACEMENT:
            self._replaced[key] = new_run(self._index, update, self._at_s, run)
            self._planned.pop(key, None)
        else:
            self._planned[key] = PlannedUpdate(run, update, GONE.get(update.trip.relation, RunState.RUNS))
            self._replaced.pop(key, None)

    def runs(self, source: int) -> tuple[ChangedRuns, Counter[Reason]]:
        """All that was taken, and what was not believed of it."""
        for run in before_in_block(self._index, {*self._planned, *self._replaced}):
            self._planned[run.trip, run.day.toordinal()] = PlannedUpdate(run)
        known = retimed(self._index, [*self._planned.values(), *self._copies.values()], source)
        own = runs_of_their_own(self._index, [*self._replaced.values(), *self._new.values()], source)
        return joined([known.runs, own]), known.reasons


def before_in_block(index: TimetableIndex, changed: set[RunKey]) -> list[PlannedRun]:
    """Runs whose vehicle goes on as a changed one: they are as planned, but what they go on as is another row."""
    before, ahead, seen, found = index.stays_before, list(changed), set(changed), []
    while ahead:
        trip, ordinal = ahead.pop()
        for earlier in before.get(trip, ()):
            if (earlier, ordinal) not in seen and index.runs_on(earlier, day := date.fromordinal(ordinal)):
                seen.add((earlier, ordinal))
                ahead.append((earlier, ordinal))
                found.append(index.run(earlier, day))
    return found


def duplicate_of(index: TimetableIndex, update: TripUpdate, run: PlannedRun) -> PlannedUpdate:
    """A copy of a planned run under another name, day or time. Raises NoSuchRun."""
    said = update.properties
    if said is None or not said.trip_id or said.start_s is None:
        raise NoSuchRun(Reason.UNREADABLE)
    if said.trip_id in index.trips:
        raise NoSuchRun(Reason.ID_TAKEN)
    copy = index.run(run.trip, said.start_date or run.day)
    later_s = said.start_s - index.first_departure_s[run.trip]
    return PlannedUpdate(copy, update, RunState.ADDED, later_s, said.trip_id)
