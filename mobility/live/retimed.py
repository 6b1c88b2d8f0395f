"""Planned runs with the updates of their calls: as columns, for a feed at one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gtfs.realtime.records import CallRelation, StopTimeEvent, TripUpdate
from mobility.ids import namespaced
from mobility.live.found_runs import Reason
from mobility.live.time_order import DISAGREED, LEFT_OUT, WENT_BACK
from mobility.live.times import (
    NO_DATA,
    NO_STOP,
    SCHEDULED,
    SKIPPED,
    UNKNOWN_STOP,
    UNSAID,
    ExpectedCalls,
    PlannedRuns,
    SaidCalls,
    expected,
)
from mobility.live.timetable_index import PlannedRun, TimetableIndex
from mobility.network.changed_runs import OCCUPANCY, ChangedRuns, RunState, Told, taken
from mobility.network.columns import Texts
from mobility.network.csr import ranges

Int64s = NDArray[np.int64]

MOST_EARLY_S, MOST_LATE_S = 1800, 36 * 3600
"""What is said to be earlier or later is not believed: the producer has matched another run."""
NOBODY = 1
RELATIONS = {
    CallRelation.SCHEDULED: SCHEDULED,
    CallRelation.UNSCHEDULED: SCHEDULED,
    CallRelation.SKIPPED: SKIPPED,
    CallRelation.NO_DATA: NO_DATA,
    CallRelation.UNKNOWN: NO_DATA,
}
OCCUPIED = {state: row for row, state in enumerate(OCCUPANCY)}
COUNTED = {LEFT_OUT: Reason.CALL_LEFT_OUT, DISAGREED: Reason.STOPS_DISAGREE, WENT_BACK: Reason.SAID_TIME_BACK}


@dataclass(frozen=True, slots=True)
class PlannedUpdate:
    """A planned run and what is said of it; without update nothing is. later_s, id: of a copy of it (ADDED)."""

    run: PlannedRun
    update: TripUpdate | None = None
    state: RunState = RunState.RUNS
    later_s: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Retimed:
    runs: ChangedRuns
    reasons: Counter[Reason]


def retimed(index: TimetableIndex, updates: Sequence[PlannedUpdate], source: int = 0) -> Retimed:
    planned, at = _planned(index, updates)
    said, occupancy = _said(index, updates)
    found = expected(planned, said)
    runs = _as_runs(index, updates, _Expected(planned, at, found, _occupied(planned, said, occupancy)), source)
    is_absurd = (found.most_early_s < -MOST_EARLY_S) | (found.most_late_s > MOST_LATE_S)
    reasons = Counter({reason: int(found.counts[row]) for row, reason in COUNTED.items() if found.counts[row]})
    if is_absurd.any():
        reasons[Reason.ABSURD_DELAY] = int(is_absurd.sum())
        runs = taken(runs, np.flatnonzero(~is_absurd))
    return Retimed(runs, reasons)


@dataclass(frozen=True, slots=True, eq=False)
class _Expected:
    """at: rows of network.calls."""

    planned: PlannedRuns
    at: Int64s
    found: ExpectedCalls
    occupancy: NDArray[np.uint8]


def _planned(index: TimetableIndex, updates: Sequence[PlannedUpdate]) -> tuple[PlannedRuns, Int64s]:
    network = index.network
    trip = np.array([one.run.trip for one in updates], np.int64)
    pattern, first_position = network.trips.pattern[trip], network.patterns.first_position
    sizes = (first_position[pattern + 1] - first_position[pattern]).astype(np.int64)
    at = ranges(network.trips.first_call[trip], sizes)
    later_s = np.repeat(np.array([one.later_s for one in updates], np.int32), sizes)
    positions = ranges(first_position[pattern].astype(np.int64), sizes)
    within = positions - np.repeat(first_position[pattern], sizes)
    sequence = network.calls.sequence[at] if len(network.calls.sequence) else within + 1
    delays = [UNSAID if one.update is None or one.update.delay_s is None else one.update.delay_s for one in updates]
    runs = PlannedRuns(
        first=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        stop=network.patterns.stop[positions].astype(np.int32),
        sequence=sequence.astype(np.int32),
        arrival=network.calls.arrival[at] + later_s,
        departure=network.calls.departure[at] + later_s,
        delay_s=np.array(delays, np.int64),
    )
    return runs, at


def _said(index: TimetableIndex, updates: Sequence[PlannedUpdate]) -> tuple[SaidCalls, NDArray[np.uint8]]:
    """The updates of calls, and the occupancy that each says."""
    stop_row, first, rows = index.stops, [0], list[tuple[int, ...]]()
    for one in updates:
        start_s = one.run.start_s
        for call in one.update.calls if one.update and one.state in (RunState.RUNS, RunState.ADDED) else ():
            number, stop_id, arrives, departs, relates, assigned_id, _, state = call
            rows.append(
                (
                    -1 if number is None else number,
                    stop_row.get(stop_id, UNKNOWN_STOP) if stop_id else NO_STOP,
                    *_times(arrives, start_s),
                    *_times(departs, start_s),
                    RELATIONS[relates],
                    stop_row.get(assigned_id, NO_STOP) if assigned_id else NO_STOP,
                    OCCUPIED.get(state, 0),
                )
            )
        first.append(len(rows))
    columns = np.array(rows, np.int64).reshape(-1, 9).T
    sequence, stop, arrival, arrival_delay, departure, departure_delay, relation, assigned, occupied = columns
    said = SaidCalls(
        first=np.array(first, np.int64),
        sequence=np.ascontiguousarray(sequence),
        stop=stop.astype(np.int32),
        arrival_s=np.ascontiguousarray(arrival),
        arrival_delay_s=np.ascontiguousarray(arrival_delay),
        departure_s=np.ascontiguousarray(departure),
        departure_delay_s=np.ascontiguousarray(departure_delay),
        relation=relation.astype(np.uint8),
        assigned=assigned.astype(np.int32),
    )
    return said, occupied.astype(np.uint8)


def _times(event: StopTimeEvent | None, start_s: int) -> tuple[int, int]:
    if event is None:
        return UNSAID, UNSAID
    time_s, delay_s, _ = event
    return (UNSAID if time_s is None else time_s - start_s), (UNSAID if delay_s is None else delay_s)


def _occupied(planned: PlannedRuns, said: SaidCalls, occupancy: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """By call, where its sequence or its stop is said alone in the run."""
    found = np.zeros(len(planned.stop), np.uint8)
    for row in np.flatnonzero(occupancy).tolist():
        run = int(np.searchsorted(said.first, row, side="right")) - 1
        calls = slice(int(planned.first[run]), int(planned.first[run + 1]))
        there = planned.stop[calls] == said.stop[row]
        if said.sequence[row] >= 0:
            there = planned.sequence[calls] == said.sequence[row]
        found[calls][there] = occupancy[row]
    return found


def _as_runs(index: TimetableIndex, updates: Sequence[PlannedUpdate], now: _Expected, source: int) -> ChangedRuns:
    network, planned, found = index.network, now.planned, now.found
    trip = np.array([one.run.trip for one in updates], np.int32)
    sizes = np.diff(planned.first)
    state = np.array([one.state for one in updates], np.uint8)
    skipped = (found.told & Told.SKIPPED) != 0
    served = _sums(~skipped, planned.first)
    state[(served < 2) & (state != RunState.REMOVED)] = RunState.CANCELLED
    pattern = network.trips.pattern[trip]
    positions = ranges(network.patterns.first_position[pattern].astype(np.int64), sizes)
    pickup = network.patterns.pickup[positions].astype(np.uint8)
    drop_off = network.patterns.drop_off[positions].astype(np.uint8)
    moved = found.assigned >= 0
    closed = skipped | np.repeat(state == RunState.CANCELLED, sizes)
    as_planned = _sums(moved | closed, planned.first) == 0
    return ChangedRuns(
        trip=trip,
        day=np.array([one.run.day.toordinal() for one in updates], np.int32),
        state=state,
        pattern=np.where(as_planned, pattern, -1).astype(np.int32),
        line=network.patterns.line[pattern].astype(np.int32),
        zone=network.services.zone[network.trips.service[trip]].astype(np.int32),
        first_call=planned.first,
        id=Texts.of([namespaced(index.feed, one.id) if one.id else "" for one in updates]),
        headsign=Texts.of([_headsign(one) for one in updates]),
        source=np.full(len(updates), source, np.int32),
        stop=np.where(moved, found.assigned, planned.stop).astype(np.int32),
        planned_stop=planned.stop,
        arrival=found.arrival,
        departure=found.departure,
        planned_arrival=planned.arrival,
        planned_departure=planned.departure,
        pickup=np.where(closed, np.uint8(NOBODY), pickup),
        drop_off=np.where(closed, np.uint8(NOBODY), drop_off),
        planned_pickup=pickup,
        planned_drop_off=drop_off,
        position=(positions - np.repeat(network.patterns.first_position[pattern], sizes)).astype(np.int32),
        told=found.told,
        occupancy=now.occupancy,
    )


def _headsign(one: PlannedUpdate) -> str:
    return one.update.properties.headsign if one.update and one.update.properties else ""


def _sums(flags: NDArray[np.bool_], first: Int64s) -> Int64s:
    """How many are set in each run."""
    before = np.concatenate(([0], np.cumsum(flags)))
    sums: Int64s = before[first[1:]] - before[first[:-1]]
    return sums
