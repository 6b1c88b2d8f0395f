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

from mobility.network.kernel import frozen, kernel

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]

UNSAID = -(2**62)
"""In columns of times: nothing is said."""
NO_STOP, UNKNOWN_STOP = -1, -2
SCHEDULED, SKIPPED, NO_DATA = 0, 1, 2
KNOWN_BIT, SKIPPED_BIT = 1, 2
"""Of mobility.network.changed_runs.Told."""
LEFT_OUT, WENT_BACK, DISAGREED = 0, 1, 2
"""What is counted: updates of calls that are not ahead; said times before said ones; sequence and stop that
disagree."""
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
    for each run, by how much what is said of it differs most. counts: see LEFT_OUT and those after it."""

    arrival: Int32s
    departure: Int32s
    told: UInt8s
    assigned: Int32s
    most_early_s: Int64s
    most_late_s: Int64s
    counts: Int64s


def expected(planned: PlannedRuns, said: SaidCalls) -> ExpectedCalls:
    return ExpectedCalls(
        *_expected(
            (frozen(planned.first), frozen(planned.delay_s)),
            (frozen(planned.stop), frozen(planned.sequence), frozen(planned.arrival), frozen(planned.departure)),
            frozen(said.first),
            (frozen(said.sequence), frozen(said.arrival_s), frozen(said.arrival_delay_s)),
            (frozen(said.departure_s), frozen(said.departure_delay_s)),
            (frozen(said.stop), frozen(said.assigned)),
            frozen(said.relation),
        )
    )


@kernel
def _expected(
    runs: tuple[Int64s, Int64s],
    plan: tuple[Int32s, Int32s, Int32s, Int32s],
    first_said: Int64s,
    of_call: tuple[Int64s, Int64s, Int64s],
    of_departure: tuple[Int64s, Int64s],
    stops: tuple[Int32s, Int32s],
    relation: UInt8s,
) -> tuple[Int32s, Int32s, UInt8s, Int32s, Int64s, Int64s, Int64s]:
    first, run_delay_s = runs
    planned_stop, planned_sequence, planned_arrival, planned_departure = plan
    sequence, arrival_s, arrival_delay_s = of_call
    departure_s, departure_delay_s = of_departure
    stop, said_assigned = stops
    n_calls = len(planned_stop)
    arrival, departure = planned_arrival.copy(), planned_departure.copy()
    told, assigned = np.zeros(n_calls, np.uint8), np.full(n_calls, NO_STOP, np.int32)
    update = np.full(n_calls, -1, np.int64)
    is_said = np.zeros(2 * n_calls, np.uint8)
    most_early_s, most_late_s = np.zeros(len(first) - 1, np.int64), np.zeros(len(first) - 1, np.int64)
    counts = np.zeros(COUNTS, np.int64)
    for run in range(len(first) - 1):
        begin, end = first[run], first[run + 1]
        last = begin - 1
        for row in range(first_said[run], first_said[run + 1]):
            call = _place(
                begin, end, last, sequence[row], stop[row], said_assigned[row], planned_sequence, planned_stop, counts
            )
            if call < 0:
                counts[LEFT_OUT] += 1
                continue
            update[call] = row
            last = call
        delay_s, is_known = run_delay_s[run], True
        if delay_s == UNSAID:
            delay_s, is_known = 0, False
        for call in range(begin, end):
            row = update[call]
            if row >= 0 and relation[row] == NO_DATA:
                delay_s, is_known = 0, False
            if row >= 0 and relation[row] == SKIPPED:
                told[call] |= SKIPPED_BIT
            if row >= 0 and said_assigned[row] >= 0:
                assigned[call] = said_assigned[row]
            at_arrival = planned_arrival[call] + delay_s
            at_departure = planned_departure[call] + delay_s
            if row >= 0 and relation[row] == SCHEDULED:
                found = _said(arrival_s[row], arrival_delay_s[row], planned_arrival[call])
                leaves = _said(departure_s[row], departure_delay_s[row], planned_departure[call])
                if found != UNSAID:
                    at_arrival, is_said[2 * call], is_known = found, 1, True
                    delay_s = at_arrival - planned_arrival[call]
                    at_departure = planned_departure[call] + delay_s
                if leaves != UNSAID:
                    at_departure, is_said[2 * call + 1], is_known = leaves, 1, True
                    delay_s = at_departure - planned_departure[call]
                if found != UNSAID or leaves != UNSAID:
                    early = min(at_arrival - planned_arrival[call], at_departure - planned_departure[call])
                    late = max(at_arrival - planned_arrival[call], at_departure - planned_departure[call])
                    most_early_s[run] = min(most_early_s[run], early)
                    most_late_s[run] = max(most_late_s[run], late)
            if is_known:
                told[call] |= KNOWN_BIT
            arrival[call], departure[call] = _int32(at_arrival), _int32(at_departure)
        _put_in_order(begin, end, arrival, departure, is_said, told, counts)
    return arrival, departure, told, assigned, most_early_s, most_late_s, counts


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


@kernel
def _put_in_order(
    begin: int, end: int, arrival: Int32s, departure: Int32s, is_said: UInt8s, told: UInt8s, counts: Int64s
) -> None:
    """Said times after said ones; inferred ones between those; no time before the one before it. Skipped calls take
    what is left to them."""
    highest = -(2**31) + 1
    for call in range(begin, end):
        for which in range(2):
            if is_said[2 * call + which]:
                times = arrival if which == 0 else departure
                if times[call] < highest:
                    times[call] = highest
                    counts[WENT_BACK] += 1
                highest = times[call]
    lowest = 2**31 - 1
    for back in range(end - begin):
        call = end - 1 - back
        for which in (1, 0):
            times = arrival if which == 0 else departure
            if is_said[2 * call + which]:
                lowest = times[call]
            elif times[call] > lowest:
                times[call] = lowest
    before = -(2**31) + 1
    for call in range(begin, end):
        if told[call] & SKIPPED_BIT:
            continue
        for which in range(2):
            times = arrival if which == 0 else departure
            if times[call] < before:
                times[call] = before
            before = times[call]
    _between_served(begin, end, arrival, departure, told)


@kernel
def _between_served(begin: int, end: int, arrival: Int32s, departure: Int32s, told: UInt8s) -> None:
    """A vehicle passes a skipped call no sooner than the call before, no later than the one after."""
    before = -(2**31) + 1
    for call in range(begin, end):
        if told[call] & SKIPPED_BIT:
            arrival[call] = max(arrival[call], before)
            departure[call] = max(departure[call], arrival[call])
        before = departure[call] if not told[call] & SKIPPED_BIT else max(before, departure[call])
    after = 2**31 - 1
    for back in range(end - begin):
        call = end - 1 - back
        if told[call] & SKIPPED_BIT:
            departure[call] = min(departure[call], after)
            arrival[call] = min(arrival[call], departure[call])
        after = arrival[call]
