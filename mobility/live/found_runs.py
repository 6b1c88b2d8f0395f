"""Which run an update means (TripDescriptor): a trip on a service day, never the trip alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from gtfs.realtime.descriptor import KNOWN_TRIPS
from gtfs.realtime.records import TripDescriptor, TripUpdate
from mobility.clock import days_after, local_date
from mobility.live.timetable_index import PlannedRun, TimetableIndex

NEAREST = (0, -1, 1)
"""Days from the one of the moment, in the order in which equally near runs are taken."""


class Reason(StrEnum):
    """Why an update changes nothing, or less than it says."""

    UNREADABLE = "unreadable"
    UNKNOWN_RELATION = "unknown_relation"
    UNKNOWN_TRIP = "unknown_trip"
    NOT_RUNNING = "not_running"
    SEVERAL_RUNS = "several_runs"
    OTHER_LINE = "other_line"
    UNKNOWN_LINE = "unknown_line"
    UNKNOWN_STOP = "unknown_stop"
    NO_TIMES = "no_times"
    ID_TAKEN = "id_taken"
    TOO_FAST = "too_fast"
    ABSURD_DELAY = "absurd_delay"
    CALL_LEFT_OUT = "call_left_out"
    STOPS_DISAGREE = "stop_and_sequence_disagree"
    SAID_TIME_BACK = "said_time_before_said_time"
    MASS_CANCELLATION = "mass_cancellation_held"
    FAULT = "fault"


class NoSuchRun(Exception):
    """A feed's mistake: it is counted and shown, and changes nothing."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def runs_meant(index: TimetableIndex, update: TripUpdate, at_s: int) -> list[PlannedRun]:
    """The run; several rows where the vehicle parts and each of its trips is one. at_s: the moment of the feed, for
    updates that say neither date nor time. Raises NoSuchRun."""
    return run_of_descriptor(index, update.trip, at_s, _first_moment(update, at_s))


def run_of_descriptor(
    index: TimetableIndex, trip: TripDescriptor, at_s: int, moment_s: int | None = None
) -> list[PlannedRun]:
    """moment_s: within the run, where the descriptor says no date. Raises NoSuchRun."""
    if not trip.is_sound:
        raise NoSuchRun(Reason.UNREADABLE)
    if trip.start_date is not None:
        return index.dated.get(trip) or _dated(index, trip, trip.start_date)
    return _nearest(index, _rows(index, trip), at_s if moment_s is None else moment_s, at_s)


def _dated(index: TimetableIndex, trip: TripDescriptor, day: date) -> list[PlannedRun]:
    """Kept, as a file names the runs that the one before it has named. Raises NoSuchRun."""
    running = [row for row in _rows(index, trip) if index.runs_on(row, day)]
    if not running:
        raise NoSuchRun(Reason.NOT_RUNNING)
    if len(index.dated) >= KNOWN_TRIPS:
        index.dated.clear()
    found = index.dated[trip] = [index.run(row, day) for row in _one_run(index, running)]
    return found


def _rows(index: TimetableIndex, trip: TripDescriptor) -> list[int]:
    """Rows of network.trips that the descriptor fits, on whatever day. Raises NoSuchRun."""
    if not trip.trip_id:
        return _without_id(index, trip)
    rows = list(index.trips.get(trip.trip_id, ()))
    if not rows:
        raise NoSuchRun(Reason.UNKNOWN_TRIP)
    if trip.route_id and index.lines.get(trip.route_id) != index.line_of(rows[0]):
        raise NoSuchRun(Reason.OTHER_LINE)
    if len({index.first_departure_s[row] for row in rows}) > 1:  # runs of frequencies.txt
        if trip.start_s is None:
            raise NoSuchRun(Reason.SEVERAL_RUNS)
        rows = [row for row in rows if index.first_departure_s[row] == trip.start_s]
        if not rows:
            raise NoSuchRun(Reason.NOT_RUNNING)
    return rows


def _without_id(index: TimetableIndex, trip: TripDescriptor) -> list[int]:
    """By line, direction and start: all three are needed. Raises NoSuchRun."""
    line = index.lines.get(trip.route_id)
    if line is None:
        raise NoSuchRun(Reason.UNKNOWN_LINE)
    if trip.start_s is None or trip.start_date is None:
        raise NoSuchRun(Reason.UNREADABLE)
    direction = index.network.trips.direction
    rows = [
        row
        for row in index.of_line(line)
        if index.first_departure_s[row] == trip.start_s and trip.direction in (None, int(direction[row]))
    ]
    if not rows:
        raise NoSuchRun(Reason.UNKNOWN_TRIP)
    return rows


def _one_run(index: TimetableIndex, rows: list[int]) -> list[int]:
    """All rows of one trip_id. Raises NoSuchRun where several fit."""
    id_row = index.network.trips.id_row
    if len({int(id_row[row]) for row in rows}) > 1:
        raise NoSuchRun(Reason.SEVERAL_RUNS)
    return rows


def _nearest(index: TimetableIndex, rows: list[int], moment_s: int, at_s: int) -> list[PlannedRun]:
    """Of the runs around the moment the one whose planned span holds it, else the nearest. Raises NoSuchRun."""
    today = local_date(at_s, index.zone(index.zone_of(rows[0])))
    near = [run for offset in NEAREST for run in _on(index, rows, days_after(today, offset))]
    if not near:
        raise NoSuchRun(Reason.NOT_RUNNING)
    best = min(near, key=lambda run: _apart_s(index, run, moment_s))
    return [run for run in near if run.day == best.day]


def _on(index: TimetableIndex, rows: list[int], day: date) -> Iterator[PlannedRun]:
    return (index.run(row, day) for row in rows if index.runs_on(row, day))


def _apart_s(index: TimetableIndex, run: PlannedRun, moment_s: int) -> int:
    first_s = run.start_s + index.first_departure_s[run.trip]
    last_s = run.start_s + index.last_arrival_s[run.trip]
    return max(0, first_s - moment_s, moment_s - last_s)


def _first_moment(update: TripUpdate, at_s: int) -> int:
    for call in update.calls:
        for event in (call.arrival, call.departure):
            if event is not None and event.time_s is not None:
                return event.time_s
    return update.timestamp_s or at_s
