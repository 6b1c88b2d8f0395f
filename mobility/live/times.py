"""Which call an update means, and what the times of the other calls are then: the rules of GTFS-Realtime, made exact.

A call is found by stop_sequence where stop_id agrees or is not said, else by stop_id after the last call found.
A delay holds until the next call that is SCHEDULED or NO_DATA; SKIPPED does not stop it. What is said beats what is
inferred: a said time before an earlier said one becomes that one, an inferred time after a later said one becomes
that one, and then no time is before the one before it. Source: gtfs-realtime/spec/en/trip-updates.md; the last rule is
OpenTripPlanner's (forward "default", backward "required-no-data"), as the specification leaves it open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen, kernel
from mobility.live.time_order import DISAGREED, LEFT_OUT, SKIPPED_BIT, put_in_order

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]

UNSAID = -(2**62)
"""In columns of times: nothing is said."""
NO_STOP, UNKNOWN_STOP = -1, -2
SCHEDULED, SKIPPED, NO_DATA = 0, 1, 2
KNOWN_BIT = 1
"""Of mobility.network.changed_runs.Told."""
COUNTS = 3


@dataclass(frozen=True, slots=True, eq=False)
class SaidCalls:
    """Updates of calls, those of run r at first[r] .. first[r + 1]. Times are seconds of the service day."""

    first: Int64s
    sequence: Int64s
    stop: Int32s
    arrival_s: Int64s
    arrival_delay_s: Int64s
    departure_s: Int64s
    departure_delay_s: Int64s
    relation: UInt8s
    assigned: Int32s


@dataclass(frozen=True, slots=True, eq=False)
class PlannedRuns:
    """Runs and the calls that the plan gives them, those of run r at first[r] .. first[r + 1]. sequence: as published.
    delay_s: of the whole run, UNSAID where nothing is."""

    first: Int64s
    stop: Int32s
    sequence: Int32s
    arrival: Int32s
    departure: Int32s
    delay_s: Int64s


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedCalls:
    """For each planned call. assigned: another stop, NO_STOP where it is the planned one. most_early_s, most_late_s:
    for each run, by how much what is said of it differs most. counts: see mobility/live/time_order.py."""

    arrival: Int32s
    departure: Int32s
    told: UInt8s
    assigned: Int32s
    most_early_s: Int64s
    most_late_s: Int64s
    counts: Int64s


def expected(planned: PlannedRuns, said: SaidCalls) -> ExpectedCalls:
    """Run by run: each update is placed, then the delay is carried from call to call, then times are put in order."""
    return ExpectedCalls(
        *_expected(
            (frozen(planned.first), frozen(planned.delay_s)),
            (frozen(planned.stop), frozen(planned.sequence)),
            (frozen(planned.arrival), frozen(planned.departure)),
            frozen(said.first),
            (frozen(said.sequence), frozen(said.stop), frozen(said.assigned), frozen(said.relation)),
            (
                frozen(said.arrival_s),
                frozen(said.arrival_delay_s),
                frozen(said.departure_s),
                frozen(said.departure_delay_s),
            ),
        )
    )


@kernel
def _expected(
    runs: tuple[Int64s, Int64s],
    planned_calls: tuple[Int32s, Int32s],
    timetabled: tuple[Int32s, Int32s],
    first_said: Int64s,
    said_calls: tuple[Int64s, Int32s, Int32s, UInt8s],
    said_times: tuple[Int64s, Int64s, Int64s, Int64s],
) -> tuple[Int32s, Int32s, UInt8s, Int32s, Int64s, Int64s, Int64s]:
    """Tuples of columns as `expected` fills them: runs by run, planned_calls and timetabled by planned call, said_calls
    and said_times by update. Source of the rules: the module's."""
    first, run_delay_s = runs
    timetabled_arrival, timetabled_departure = timetabled
    n_runs, n_calls = len(first) - 1, len(timetabled_arrival)
    estimated = timetabled_arrival.copy(), timetabled_departure.copy()
    told, assigned = np.zeros(n_calls, np.uint8), np.full(n_calls, NO_STOP, np.int32)
    update, is_said = np.full(n_calls, -1, np.int64), np.zeros(2 * n_calls, np.uint8)
    most_early_s, most_late_s = np.zeros(n_runs, np.int64), np.zeros(n_runs, np.int64)
    counts = np.zeros(COUNTS, np.int64)
    for run in range(n_runs):
        calls = first[run], first[run + 1]
        _find_calls(calls, (first_said[run], first_said[run + 1]), planned_calls, said_calls, update, counts)
        _mark_calls(calls, update, said_calls, told, assigned)
        most_early_s[run], most_late_s[run] = _carry_delay(
            calls, run_delay_s[run], update, said_calls[3], said_times, timetabled, estimated, is_said, told
        )
        put_in_order(calls[0], calls[1], estimated[0], estimated[1], is_said, told, counts)
    return estimated[0], estimated[1], told, assigned, most_early_s, most_late_s, counts


@kernel
def _find_calls(
    calls: tuple[int, int],
    rows: tuple[int, int],
    planned_calls: tuple[Int32s, Int32s],
    said_calls: tuple[Int64s, Int32s, Int32s, UInt8s],
    update: Int64s,
    counts: Int64s,
) -> None:
    """The update of each call of a run into `update`. rows: the run's updates."""
    planned_stop, planned_sequence = planned_calls
    sequence, stop, said_assigned, _ = said_calls
    begin, end = calls
    last = begin - 1
    for row in range(rows[0], rows[1]):
        call = _place(
            begin, end, last, sequence[row], stop[row], said_assigned[row], planned_sequence, planned_stop, counts
        )
        if call < 0:
            counts[LEFT_OUT] += 1
        else:
            update[call], last = row, call


@kernel
def _mark_calls(
    calls: tuple[int, int],
    update: Int64s,
    said_calls: tuple[Int64s, Int32s, Int32s, UInt8s],
    told: UInt8s,
    assigned: Int32s,
) -> None:
    """What is said of calls beside their times: that one is skipped, or is at another stop."""
    _, _, said_assigned, relation = said_calls
    for call in range(calls[0], calls[1]):
        row = update[call]
        if row >= 0 and relation[row] == SKIPPED:
            told[call] |= SKIPPED_BIT
        if row >= 0 and said_assigned[row] >= 0:
            assigned[call] = said_assigned[row]


@kernel
def _carry_delay(
    calls: tuple[int, int],
    run_delay_s: int,
    update: Int64s,
    relation: UInt8s,
    said_times: tuple[Int64s, Int64s, Int64s, Int64s],
    timetabled: tuple[Int32s, Int32s],
    estimated: tuple[Int32s, Int32s],
    is_said: UInt8s,
    told: UInt8s,
) -> tuple[int, int]:
    """A delay holds until the next call that is SCHEDULED or NO_DATA. By how much what is said differs most: early, and
    late."""
    arrival_s, arrival_delay_s, departure_s, departure_delay_s = said_times
    delay_s, is_known = run_delay_s, True
    if run_delay_s == UNSAID:
        delay_s, is_known = 0, False
    most_early_s, most_late_s = 0, 0
    for call in range(calls[0], calls[1]):
        row = update[call]
        if row >= 0 and relation[row] == NO_DATA:
            delay_s, is_known = 0, False
        timetabled_arrival, timetabled_departure = timetabled[0][call], timetabled[1][call]
        estimated_arrival, estimated_departure = timetabled_arrival + delay_s, timetabled_departure + delay_s
        if row >= 0 and relation[row] == SCHEDULED:
            said_arrival = _said(arrival_s[row], arrival_delay_s[row], timetabled_arrival)
            said_departure = _said(departure_s[row], departure_delay_s[row], timetabled_departure)
            if said_arrival != UNSAID:
                estimated_arrival, is_said[2 * call] = said_arrival, 1
                delay_s = estimated_arrival - timetabled_arrival
                estimated_departure = timetabled_departure + delay_s
            if said_departure != UNSAID:
                estimated_departure, is_said[2 * call + 1] = said_departure, 1
                delay_s = estimated_departure - timetabled_departure
            if said_arrival != UNSAID or said_departure != UNSAID:
                is_known = True
                late_s = estimated_arrival - timetabled_arrival, estimated_departure - timetabled_departure
                most_early_s = min(most_early_s, late_s[0], late_s[1])
                most_late_s = max(most_late_s, late_s[0], late_s[1])
        if is_known:
            told[call] |= KNOWN_BIT
        estimated[0][call], estimated[1][call] = _int32(estimated_arrival), _int32(estimated_departure)
    return most_early_s, most_late_s


@kernel
def _int32(time_s: int) -> int:
    """Beyond any timetable all times are alike."""
    return max(-(2**30), min(2**30, time_s))


@kernel
def _said(time_s: int, delay_s: int, planned_s: int) -> int:
    """`time` before `delay`."""
    if time_s != UNSAID:
        return time_s
    return planned_s + delay_s if delay_s != UNSAID else UNSAID


@kernel
def _place(
    begin: int,
    end: int,
    last: int,
    sequence: int,
    stop: int,
    assigned: int,
    planned_sequence: Int32s,
    planned_stop: Int32s,
    counts: Int64s,
) -> int:
    """The call that is meant, -1 where none is ahead."""
    if sequence >= 0:
        for call in range(begin, end):
            if planned_sequence[call] == sequence:
                if stop == NO_STOP or planned_stop[call] == stop or assigned >= 0:
                    return call
                counts[DISAGREED] += 1
                break
    if stop < 0:
        return -1
    for call in range(last + 1, end):
        if planned_stop[call] == stop:
            return call
    return -1
