"""Which kernel answers which question, and the call of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.clock import FOR_EVER_NS
from mobility.network.timetable import NEVER, Int32s, UInt8s
from mobility.search.destination import OPEN, left_to
from mobility.search.labels import Labels
from mobility.search.path import Ends
from mobility.search.raptor import ride_and_walk
from mobility.search.searchday import Direction
from mobility.search.steps import FULL, MOST_RIDES
from mobility.search.tripbased import change_trips
from mobility.search.window import starts_within


@dataclass(frozen=True, slots=True, eq=False)
class SearchLimits:
    """most_rides: up to MOST_RIDES. pattern_allowed: uint8, 1 for each pattern that may be ridden; None: all. until_ns:
    of time.monotonic_ns(), when a search ends with what it has found."""

    most_rides: int = MOST_RIDES
    pattern_allowed: UInt8s | None = None
    until_ns: int = FOR_EVER_NS


@dataclass(frozen=True, slots=True, eq=False)
class KnownAnswers:
    """What leaves little to search. worst_s: by departure (or one row for all) and number of rides, from when on an
    arrival is of no use. bound: by stop, what is at least left to the destination (destination.py); empty where that is
    not known."""

    worst_s: Int32s
    bound: Int32s


NO_LIMITS = SearchLimits()
INT32 = np.dtype(np.int32)
NO_STARTS = np.empty(0, np.int64)
NOT_WANTED = (np.empty(0, np.int32), np.empty(0, np.int32))
NO_BOUND = np.empty(0, np.int32)
NOTHING_KNOWN = KnownAnswers(np.full((1, MOST_RIDES + 1), NEVER, np.int32), NO_BOUND)


def leave_at(direction: Direction, ends: Ends, departure_s: int, limits: SearchLimits, labels: Labels) -> int:
    """Leaves what it finds in labels.found; returns how much of that is filled."""
    if not len(ends.egress_stop):
        return 0
    if _may_go_by_trips(direction, limits):
        n_found = _change_trips(direction, ends, limits, labels, None, departure_s)
        if n_found != OPEN:
            return n_found
    return _ride_and_walk(direction, ends, limits, labels, _all_at(ends, departure_s), False, NOT_WANTED)


def ride_each(
    direction: Direction, ends: Ends, departures_s: Sequence[int], limits: SearchLimits, labels: Labels,
    known: KnownAnswers,
) -> int:  # fmt: skip
    """As leave_at, always by rounds, for each of these departures, latest first, and only what is no worse than what is
    known of it."""
    access = np.arange(len(ends.access_stop), dtype=np.int64)
    start = ((np.array(departures_s, np.int64)[:, None] << 32) + access).ravel()
    return _ride_and_walk(direction, ends, limits, labels, start, True, NOT_WANTED, known)


def least_left(direction: Direction, ends: Ends, labels: Labels) -> Int32s:
    """By stop, for KnownAnswers; until the labels are used for another destination. The shortcuts know it."""
    ready = direction.shortcuts
    if ready is None:
        return NO_BOUND
    left = labels.of_trips(ready.last_position).left
    left_to(
        _column(ends.egress_stop), _column(ends.egress_s), ready.stop_cell, ready.seconds, ready.rides,
        ready.back_first, ready.back_to, ready.back_s, labels.egress_at, left,
    )  # fmt: skip
    return left


def leave_within(
    direction: Direction, ends: Ends, span_s: tuple[int, int], limits: SearchLimits, labels: Labels, waits: bool
) -> int:
    """As leave_at, for every departure in span_s[0] .. span_s[1], latest first.

    Unless it `waits`, what leaves at the end of the span or later is looked at first, as it may dominate, and told as
    leaving at the end; else it is left out.
    """
    if not len(ends.egress_stop):
        return 0
    start = _starts(direction, ends, span_s, limits, labels)
    if not waits:
        start = np.concatenate((_all_at(ends, span_s[1]), start))
    if _may_go_by_trips(direction, limits):
        n_found = _change_trips(direction, ends, limits, labels, start)
        if n_found != OPEN:
            return n_found
    return _ride_and_walk(direction, ends, limits, labels, start, True, NOT_WANTED)


def leave_each(
    direction: Direction, ends: Ends, leaves_s: NDArray[np.int64], limits: SearchLimits, labels: Labels
) -> int:
    """As leave_within, each row of the access at its own moment. By rounds, be there shortcuts or not: what is told of
    these paths, with the rows where they begin, is what this search comes across first (choice.py)."""
    start = np.sort((leaves_s << 32) + np.arange(len(leaves_s), dtype=np.int64))[::-1]
    return _ride_and_walk(direction, ends, limits, labels, np.ascontiguousarray(start), True, NOT_WANTED)


def reach_from(
    direction: Direction, ends: Ends, departure_s: int, limits: SearchLimits, labels: Labels
) -> tuple[Int32s, Int32s]:
    """Earliest ride to each stop, NEVER where there is none, and its number of rides."""
    reached = np.empty(direction.timetable.n_stops, np.int32), np.empty(direction.timetable.n_stops, np.int32)
    _ride_and_walk(direction, ends, limits, labels, _all_at(ends, departure_s), False, reached)
    return reached


def _may_go_by_trips(direction: Direction, limits: SearchLimits) -> bool:
    """Unless the egress is not closed where it must be: that is found out on the way."""
    return direction.shortcuts is not None and limits.pattern_allowed is None


def _change_trips(
    direction: Direction,
    ends: Ends,
    limits: SearchLimits,
    labels: Labels,
    start: NDArray[np.int64] | None,
    departure_s: int = 0,
) -> int:
    """start: of a window, else there is one departure. OPEN where the shortcuts do not hold for this egress."""
    ready = direction.shortcuts
    assert ready is not None
    mine, most_rides = labels.of_trips(ready.last_position), min(limits.most_rides, MOST_RIDES)
    while True:
        n_found = change_trips(
            ready.calls, direction.timetable.departure, ready.trips, ready.last_position,
            direction.timetable.position_stop, ready.boarding_first, ready.boarding, ready.alighting_first,
            ready.alighting, ready.target, ready.position_bits, _column(ends.access_stop), _column(ends.access_s),
            _column(ends.egress_stop), _column(ends.egress_s), ends.walk_s, departure_s,
            NO_STARTS if start is None else start, start is not None,
            most_rides, limits.until_ns, ready.back_first, ready.back_to, ready.back_s, ready.must_be_closed,
            labels.egress_at, ready.stop_cell, ready.seconds, ready.rides, ready.stop_region, ready.last_s,
            mine.bound, mine.latest_s, mine.bounded, mine.reached, mine.goal_first, mine.goal, mine.queue, labels.found,
        )  # fmt: skip
        if n_found != FULL:
            return n_found
        labels.grow()


def _all_at(ends: Ends, departure_s: int) -> NDArray[np.int64]:
    return (departure_s << 32) + np.arange(len(ends.access_stop), dtype=np.int64)


def _starts(
    direction: Direction, ends: Ends, span_s: tuple[int, int], limits: SearchLimits, labels: Labels
) -> NDArray[np.int64]:
    day = direction.timetable
    while True:
        n_starts = starts_within(
            day.pattern_first_position, day.position_boards, day.pattern_first_trip, day.pattern_first_call,
            day.departure, day.stop_first_visit, day.visit_pattern, day.visit_position,
            _column(ends.access_stop), _column(ends.access_s), *span_s,
            _allowed(limits, labels), labels.start,
        )  # fmt: skip
        if n_starts != FULL:
            return labels.start[:n_starts]
        labels.start = np.empty(2 * len(labels.start), np.int64)


def _ride_and_walk(
    direction: Direction,
    ends: Ends,
    limits: SearchLimits,
    labels: Labels,
    start: NDArray[np.int64],
    is_window: bool,
    reached: tuple[Int32s, Int32s],
    known: KnownAnswers = NOTHING_KNOWN,
) -> int:
    day, walks = direction.timetable, direction.footpaths
    while True:
        n_found = ride_and_walk(
            day.pattern_first_position, day.position_stop, day.position_boards, day.position_alights,
            day.pattern_first_trip, day.pattern_first_call, day.trip_pattern, day.arrival, day.departure,
            day.stop_first_visit, day.visit_pattern, day.visit_position,
            walks.first, walks.to_stop, walks.duration_s, walks.change_s,
            _column(ends.access_stop), _column(ends.access_s), _column(ends.egress_stop), _column(ends.egress_s),
            ends.walk_s, start, is_window, min(limits.most_rides, MOST_RIDES),
            known.worst_s, known.bound, _allowed(limits, labels), limits.until_ns,
            labels.arrived, labels.ready, labels.arrived_label, labels.ready_label, labels.egress_at,
            labels.marked, labels.marked_stops, labels.ridden, labels.ridden_stops, labels.pattern_from,
            labels.leaves_last, labels.touched, labels.label, labels.found, *reached,
        )  # fmt: skip
        if n_found != FULL:
            return n_found
        labels.grow()


def _allowed(limits: SearchLimits, labels: Labels) -> UInt8s:
    if limits.pattern_allowed is None:
        return labels.all_patterns
    return np.array(limits.pattern_allowed, np.uint8)


def _column(numbers: Int32s) -> Int32s:
    """As the kernels were compiled for: contiguous, writable int32."""
    if numbers.flags.carray and numbers.dtype == INT32:
        return numbers
    return np.array(numbers, np.int32)
