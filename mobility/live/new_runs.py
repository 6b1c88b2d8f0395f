"""Runs whose calls are those of the update alone: NEW, ADDED, and REPLACEMENT in the place of a planned run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np

from gtfs.realtime.records import CallRelation, StopTimeEvent, StopTimeUpdate, TripUpdate
from mobility.clock import local_date
from mobility.geo import distance_m
from mobility.ids import namespaced
from mobility.live.found_runs import NoSuchRun, Reason
from mobility.live.retimed import OCCUPIED
from mobility.live.timetable_index import PlannedRun, TimetableIndex
from mobility.network.changed_runs import BYTES, EACH, OF_RUNS, ChangedRuns, RunState, Told
from mobility.network.columns import Texts

FASTEST_MPS, NEAR_M = 100.0, 2_000.0
"""No vehicle goes faster between two stops that are farther apart."""
EARLIEST_S, LATEST_S = -86_400, 10 * 86_400
"""Of its service day no run has calls before or after."""


class NewCall(NamedTuple):
    """Seconds of the service day. planned_*: as they were to be, the same where nothing is said of that."""

    stop: int
    arrival_s: int
    departure_s: int
    planned_arrival_s: int
    planned_departure_s: int
    occupancy: int


@dataclass(frozen=True, slots=True)
class NewRun:
    """trip: the planned one whose place it takes, -1 none. id: of the feed, "" where it takes a place."""

    id: str
    day: date
    zone: int
    line: int
    calls: tuple[NewCall, ...]
    headsign: str = ""
    trip: int = -1


def new_run(index: TimetableIndex, update: TripUpdate, at_s: int, instead: PlannedRun | None = None) -> NewRun:
    """Raises NoSuchRun: a call without time or at an unknown stop, a line or a name that cannot be, a ride too fast."""
    trip = update.trip
    if not trip.is_sound:
        raise NoSuchRun(Reason.UNREADABLE)
    line = index.line_of(instead.trip) if instead else index.lines.get(trip.route_id, -1)
    if line < 0:
        raise NoSuchRun(Reason.UNKNOWN_LINE)
    id = "" if instead else (update.properties.trip_id if update.properties else "") or trip.trip_id
    if not instead and (not id or id in index.trips):
        raise NoSuchRun(Reason.ID_TAKEN)
    zone = index.zone_of(instead.trip) if instead else index.zone_of_line(line)
    served = [call for call in update.calls if call.relation is not CallRelation.SKIPPED]
    moments = [_moment(call.arrival, call.departure) for call in served]
    day = instead.day if instead else trip.start_date or local_date(moments[0] if moments else at_s, index.zone(zone))
    start_s = index.day_start_s(zone, day)
    calls = _in_order([_call(index, call, start_s) for call in served])
    if len(calls) < 2:
        raise NoSuchRun(Reason.NO_TIMES)
    if not all(EARLIEST_S <= time_s <= LATEST_S for call in calls for time_s in call[1:5]):
        raise NoSuchRun(Reason.ABSURD_DELAY)
    if any(_is_too_fast(index, before, after) for before, after in pairwise(calls)):
        raise NoSuchRun(Reason.TOO_FAST)
    headsign = update.properties.headsign if update.properties else ""
    calls = _as_was_planned(index, calls, instead) if instead else calls
    return NewRun(id, day, zone, line, tuple(calls), headsign, instead.trip if instead else -1)


def _call(index: TimetableIndex, said: StopTimeUpdate, start_s: int) -> NewCall:
    """Raises NoSuchRun."""
    stop = index.stops.get(said.assigned_stop_id or said.stop_id)
    if stop is None:
        raise NoSuchRun(Reason.UNKNOWN_STOP)
    arrival_s, departure_s = _moment(said.arrival, said.departure), _moment(said.departure, said.arrival)
    planned = _scheduled(said.arrival, said.departure), _scheduled(said.departure, said.arrival)
    return NewCall(
        stop,
        arrival_s - start_s,
        departure_s - start_s,
        (planned[0] or arrival_s) - start_s,
        (planned[1] or departure_s) - start_s,
        OCCUPIED.get(said.occupancy, 0),
    )


def _moment(first: StopTimeEvent | None, other: StopTimeEvent | None) -> int:
    """Epoch seconds: the time, else the scheduled one, of one event, else of the other. Raises NoSuchRun."""
    for event in (first, other):
        if event is not None and (found := event.time_s or event.scheduled_s):
            return found
    raise NoSuchRun(Reason.NO_TIMES)


def _scheduled(first: StopTimeEvent | None, other: StopTimeEvent | None) -> int | None:
    return next((event.scheduled_s for event in (first, other) if event and event.scheduled_s), None)


def _in_order(calls: list[NewCall]) -> list[NewCall]:
    """No time before the one before it."""
    times = list(accumulate((time for call in calls for time in (call.arrival_s, call.departure_s)), max))
    return [call._replace(arrival_s=times[2 * row], departure_s=times[2 * row + 1]) for row, call in enumerate(calls)]


def _is_too_fast(index: TimetableIndex, before: NewCall, after: NewCall) -> bool:
    stops = index.network.stops
    apart_m = distance_m(stops.point(before.stop), stops.point(after.stop))
    return apart_m > NEAR_M and apart_m > FASTEST_MPS * (after.arrival_s - before.departure_s)


def _as_was_planned(index: TimetableIndex, calls: list[NewCall], run: PlannedRun) -> list[NewCall]:
    """With the planned times of the calls that the planned run makes at the same stops, in its order."""
    network = index.network
    pattern, first_call = int(network.trips.pattern[run.trip]), int(network.trips.first_call[run.trip])
    first, after = (int(one) for one in network.patterns.first_position[pattern : pattern + 2])
    stops, position, found = network.patterns.stop[first:after].tolist(), 0, []
    for call in calls:
        there = next((at for at in range(position, len(stops)) if stops[at] == call.stop), None)
        if there is None:
            found.append(call)
            continue
        position = there + 1
        times = int(network.calls.arrival[first_call + there]), int(network.calls.departure[first_call + there])
        found.append(call._replace(planned_arrival_s=times[0], planned_departure_s=times[1]))
    return found


def runs_of_their_own(index: TimetableIndex, new: Sequence[NewRun], source: int = 0) -> ChangedRuns:
    calls = [call for run in new for call in run.calls]
    columns: dict[str, Any] = {
        "trip": [run.trip for run in new],
        "day": [run.day.toordinal() for run in new],
        "state": [RunState.RUNS if run.trip >= 0 else RunState.ADDED for run in new],
        "pattern": [-1] * len(new),
        "line": [run.line for run in new],
        "zone": [run.zone for run in new],
        "source": [source] * len(new),
        "stop": [call.stop for call in calls],
        "planned_stop": [call.stop for call in calls],
        "arrival": [call.arrival_s for call in calls],
        "departure": [call.departure_s for call in calls],
        "planned_arrival": [call.planned_arrival_s for call in calls],
        "planned_departure": [call.planned_departure_s for call in calls],
        "position": [-1] * len(calls),
        "told": [Told.KNOWN] * len(calls),
        "occupancy": [call.occupancy for call in calls],
    }
    columns |= {name: [0] * len(calls) for name in EACH if name not in columns and name not in OF_RUNS}
    typed = {name: np.array(values, np.uint8 if name in BYTES else np.int32) for name, values in columns.items()}
    sizes = [len(run.calls) for run in new]
    named: dict[str, Any] = dict(typed)
    return ChangedRuns(
        first_call=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        id=Texts.of([namespaced(index.feed, run.id) if run.id else "" for run in new]),
        headsign=Texts.of([run.headsign for run in new]),
        **named,
    )
