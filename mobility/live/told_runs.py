"""Changed runs as trip updates for others: each call with its time, so that nobody needs to infer what we have.

An additional run is ADDED, as readers of all ages know it; its calls, and those of a run that was replaced, bear no
stop_sequence, which would be another trip's. Where two calls fall on the same second the later one says its delay
alone: MobilityData's validator wants the times of a trip to increase (E022).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from gtfs.realtime.records import (
    CallRelation,
    StopTimeEvent,
    StopTimeUpdate,
    TripDescriptor,
    TripProperties,
    TripRelation,
    TripUpdate,
)
from mobility.live.timetable_index import TimetableIndex
from mobility.network.changed_runs import OCCUPANCY, ChangedRuns, RunState, Told

GONE = {RunState.CANCELLED: TripRelation.CANCELED, RunState.REMOVED: TripRelation.DELETED}


class ToldCall(NamedTuple):
    """A row of the calls of ChangedRuns."""

    stop: int
    planned_stop: int
    arrival_s: int
    departure_s: int
    planned_arrival_s: int
    planned_departure_s: int
    position: int
    told: int
    occupancy: int


def told_runs(index: TimetableIndex, runs: ChangedRuns, timestamp_s: int) -> Iterator[TripUpdate]:
    """Those of the feed of which something is known, each once."""
    of_feed = index.network.lines.feed[runs.line] == index.feed_row if len(runs) else np.empty(0, bool)
    seen = set[TripDescriptor]()
    for run in np.flatnonzero(of_feed).tolist():
        update = _update(index, runs, run, timestamp_s)
        if update is not None and update.trip not in seen:
            seen.add(update.trip)
            yield update


def _update(index: TimetableIndex, runs: ChangedRuns, run: int, timestamp_s: int) -> TripUpdate | None:
    """None where nothing is known of it: it is the vehicle of a block that goes on as another run."""
    state, calls = RunState(int(runs.state[run])), _calls(runs, run)
    trip = _descriptor(index, runs, run, calls)
    entity = f"run-{trip.trip_id}-{trip.start_date}-{trip.start_s or ''}"
    if state in GONE:
        return TripUpdate(entity, trip, timestamp_s=timestamp_s)
    if not any(call.told or call.stop != call.planned_stop for call in calls):
        return None
    start_s = index.day_start_s(int(runs.zone[run]), date.fromordinal(int(runs.day[run])))
    if trip.relation in (TripRelation.ADDED, TripRelation.REPLACEMENT):
        said = tuple(_own_call(index, call, start_s) for call in _stood(calls))
    else:
        said = tuple(_planned_calls(index, int(runs.trip[run]), calls, start_s))
    return TripUpdate(entity, trip, said, timestamp_s, properties=_properties(index, runs, run, trip))


def _calls(runs: ChangedRuns, run: int) -> list[ToldCall]:
    at = runs.calls_of(run)
    columns = (
        runs.stop, runs.planned_stop, runs.arrival, runs.departure, runs.planned_arrival, runs.planned_departure,
        runs.position, runs.told, runs.occupancy,
    )  # fmt: skip
    return [ToldCall(*row) for row in zip(*(column[at].tolist() for column in columns), strict=True)]


def _descriptor(index: TimetableIndex, runs: ChangedRuns, run: int, calls: list[ToldCall]) -> TripDescriptor:
    network, trip = index.network, int(runs.trip[run])
    day, line = date.fromordinal(int(runs.day[run])), index.local(network.lines.id[int(runs.line[run])])
    relation = _relation(index, runs, run, calls)
    if trip < 0:
        return TripDescriptor(index.local(runs.id[run]), line, None, day, None, relation)
    name = index.local(network.trips.id[int(network.trips.id_row[trip])])
    start_s = index.first_departure_s[trip] if index.is_repeated(name) else None
    return TripDescriptor(name, line, None, day, start_s, relation)


def _relation(index: TimetableIndex, runs: ChangedRuns, run: int, calls: list[ToldCall]) -> TripRelation:
    state, trip = RunState(int(runs.state[run])), int(runs.trip[run])
    if state in GONE:
        return GONE[state]
    if state is RunState.ADDED:
        return TripRelation.DUPLICATED if trip >= 0 else TripRelation.ADDED
    if all(call.position < 0 for call in calls):
        return TripRelation.REPLACEMENT
    is_headway = index.network.trips.headway_s[trip] > 0
    return TripRelation.UNSCHEDULED if is_headway else TripRelation.SCHEDULED


def _properties(index: TimetableIndex, runs: ChangedRuns, run: int, trip: TripDescriptor) -> TripProperties | None:
    headsign = runs.headsign[run]
    if trip.relation is TripRelation.DUPLICATED:
        first_s = int(runs.planned_departure[runs.first_call[run]])
        return TripProperties(index.local(runs.id[run]), trip.start_date, first_s, headsign)
    return TripProperties(headsign=headsign) if headsign else None


def _stood(calls: list[ToldCall]) -> list[ToldCall]:
    """A stop that follows itself is one long stop (E037)."""
    found: list[ToldCall] = []
    for call in calls:
        if found and found[-1].stop == call.stop:
            before = found.pop()
            call = call._replace(arrival_s=before.arrival_s, planned_arrival_s=before.planned_arrival_s)
        found.append(call)
    return found


def _own_call(index: TimetableIndex, call: ToldCall, start_s: int) -> StopTimeUpdate:
    """Of a run whose calls are its own."""
    return StopTimeUpdate(
        stop_id=index.local(index.network.stops.id[call.stop]),
        arrival=StopTimeEvent(start_s + call.arrival_s, None, start_s + call.planned_arrival_s),
        departure=StopTimeEvent(start_s + call.departure_s, None, start_s + call.planned_departure_s),
        occupancy=OCCUPANCY[call.occupancy],
    )


def _planned_calls(index: TimetableIndex, trip: int, calls: list[ToldCall], start_s: int) -> Iterator[StopTimeUpdate]:
    network, before_s, before = index.network, -(2**31), -1
    first = int(network.trips.first_call[trip])
    for call in calls:
        sequence = call.position + 1
        if len(network.calls.sequence):
            sequence = int(network.calls.sequence[first + call.position])
        # A stop that follows itself is named once (E037).
        stop_id = index.local(network.stops.id[call.planned_stop]) if call.planned_stop != before else ""
        before = call.planned_stop
        if call.told & Told.SKIPPED:
            yield StopTimeUpdate(sequence, stop_id, relation=CallRelation.SKIPPED)
            continue
        quay = index.local(network.stops.id[call.stop]) if call.stop != call.planned_stop else ""
        if not call.told & Told.KNOWN:
            yield StopTimeUpdate(sequence, stop_id, None, None, CallRelation.NO_DATA, quay)
            continue
        arrival, departure = _events(call, start_s, with_times=call.arrival_s > before_s)
        before_s = call.departure_s
        yield StopTimeUpdate(
            sequence, stop_id, arrival, departure, CallRelation.SCHEDULED, quay, "", OCCUPANCY[call.occupancy]
        )


def _events(call: ToldCall, start_s: int, with_times: bool) -> tuple[StopTimeEvent, StopTimeEvent]:
    arrives_s = start_s + call.arrival_s if with_times else None
    leaves_s = start_s + call.departure_s if with_times else None
    return (
        StopTimeEvent(arrives_s, call.arrival_s - call.planned_arrival_s),
        StopTimeEvent(leaves_s, call.departure_s - call.planned_departure_s),
    )
