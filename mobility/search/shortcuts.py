"""What is computed beforehand so that a day can be searched trip by trip: see transfers.py and bounds.py."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.network.timetable import DayTimetable, Footpaths, Int32s, UInt8s
from mobility.search.bounds import UInt16s, bounds
from mobility.search.parts import in_parts
from mobility.search.transfers import are_closed, hop_times, transfers_of

PARTS = 16
MOST_POSITIONS = 254


@dataclass(frozen=True, slots=True, eq=False)
class Shortcuts:
    """calls             int32[2E + 2]  arrival at the call; first of its changes in `target`
    trips             int32[4T]      first call, first position of the pattern, last trip of the pattern, pattern
    last_position     uint8[T]
    boarding          int32[5B]      call of the first trip, length, number of trips, first trip, position;
                                     by stop from boarding_first on, where one may get in
    alighting         int32[2A]      pattern, position; by stop from alighting_first on, where one may get out
    target            int32[]        (trip << position_bits) + position
    stop_cell, seconds, rides, stop_region, last_s      see bounds.py
    back_first, back_to, back_s      every walk the other way round
    position_bits
    must_be_closed    the walks are, and so must be the egress of a query
    walks_print       of the walks that they were made for
    """

    calls: Int32s
    trips: Int32s
    last_position: UInt8s
    boarding_first: Int32s
    boarding: Int32s
    alighting_first: Int32s
    alighting: Int32s
    target: Int32s
    stop_cell: Int32s
    seconds: UInt16s
    rides: UInt8s
    stop_region: Int32s
    last_s: Int32s
    back_first: Int32s
    back_to: Int32s
    back_s: Int32s
    position_bits: int
    must_be_closed: bool
    walks_print: int


def shortcuts(day: DayTimetable, footpaths: Footpaths, back: Footpaths, workers: int = 2) -> Shortcuts | None:
    """`back`: every walk the other way round. None where trips or positions are too many for packed numbers."""
    length = np.diff(day.pattern_first_position)
    longest = int(length.max(initial=1))
    position_bits = longest.bit_length()
    if longest > MOST_POSITIONS or day.n_trips >> (31 - position_bits) or not day.n_trips:
        return None
    closed = are_closed(footpaths.first, footpaths.to_stop, footpaths.duration_s)
    first, target = _transfers(day, footpaths, closed, position_bits, workers)
    bound = bounds(day, back, closed, workers)
    calls = np.zeros((len(day.arrival) + 1, 2), np.int32)
    calls[:-1, 0], calls[:, 1] = day.arrival, first
    boarding_first, boarding = _boarding(day, length)
    alighting_first, alighting = _alighting(day)
    return Shortcuts(
        calls=calls.ravel(),
        trips=_trips(day, length),
        last_position=(length[day.trip_pattern] - 1).astype(np.uint8),
        boarding_first=boarding_first,
        boarding=boarding,
        alighting_first=alighting_first,
        alighting=alighting,
        target=target,
        stop_cell=bound.stop_cell,
        seconds=bound.seconds,
        rides=bound.rides,
        stop_region=bound.stop_region,
        last_s=bound.last_s,
        back_first=back.first,
        back_to=back.to_stop,
        back_s=back.duration_s,
        position_bits=position_bits,
        must_be_closed=closed,
        walks_print=print_of(footpaths),
    )


def print_of(footpaths: Footpaths) -> int:
    """Differs, as good as surely, where walks or changes take another time."""
    return int(footpaths.duration_s.sum(dtype=np.int64) * 31 + footpaths.change_s.sum(dtype=np.int64))


def _transfers(
    day: DayTimetable, footpaths: Footpaths, closed: bool, position_bits: int, workers: int
) -> tuple[Int32s, Int32s]:
    """First transfer of each call, and all transfers. Threads take parts of about as many calls each in turn: calls in
    a dense part of a network cost more than others, and who has had such a part takes fewer."""
    hops = hop_times(
        day.pattern_first_position, day.pattern_first_trip, day.pattern_first_call, day.arrival, day.departure
    )
    n_transfers = np.zeros(len(day.arrival) + 1, np.int32)
    cuts = np.unique(np.searchsorted(day.pattern_first_call, np.linspace(0, len(day.arrival), PARTS + 1))).tolist()

    def of_part(part: int) -> Int32s:
        target = np.empty(max(1 << 12, 7 * len(day.arrival) // PARTS), np.int32)
        pattern, filled = cuts[part], 0
        while True:
            pattern, filled = transfers_of(
                day.pattern_first_position, day.position_stop, day.position_boards, day.position_alights,
                day.pattern_first_trip, day.pattern_first_call, day.arrival, day.departure,
                day.stop_first_visit, day.visit_pattern, day.visit_position,
                footpaths.first, footpaths.to_stop, footpaths.duration_s, footpaths.change_s,
                hops, closed, position_bits, pattern, cuts[part + 1], filled, target, n_transfers,
            )  # fmt: skip
            if pattern == cuts[part + 1]:
                return target[:filled].copy()
            target = np.concatenate((target[:filled], np.empty(len(target), np.int32)))

    parts = in_parts(of_part, len(cuts) - 1, workers)
    return np.cumsum(n_transfers, dtype=np.int32), _joined(parts)


def _joined(parts: list[Int32s]) -> Int32s:
    """The parts are given back as they are copied: at the size of a country they are most of what there is."""
    left = sum(map(len, parts))
    whole = np.empty(left, np.int32)
    while parts:
        part = parts.pop()
        whole[left - len(part) : left] = part
        left -= len(part)
    return whole


def _trips(day: DayTimetable, length: Int32s) -> Int32s:
    pattern = day.trip_pattern
    trips = np.empty((day.n_trips, 4), np.int32)
    in_pattern = np.arange(day.n_trips, dtype=np.int32) - day.pattern_first_trip[pattern]
    trips[:, 0] = day.pattern_first_call[pattern] + in_pattern * length[pattern]
    trips[:, 1] = day.pattern_first_position[pattern]
    trips[:, 2] = day.pattern_first_trip[pattern + 1] - 1
    trips[:, 3] = pattern
    return trips.ravel()


def _boarding(day: DayTimetable, length: Int32s) -> tuple[Int32s, Int32s]:
    pattern, position = day.visit_pattern, day.visit_position
    allowed = day.position_boards[day.pattern_first_position[pattern] + position].astype(np.bool_)
    first, (pattern, position) = _kept(day, allowed & (position < length[pattern] - 1))
    columns = (
        day.pattern_first_call[pattern] + position,
        length[pattern],
        np.diff(day.pattern_first_trip)[pattern],
        day.pattern_first_trip[pattern],
        position,
    )
    return first, np.stack(columns, axis=1).astype(np.int32).ravel()


def _alighting(day: DayTimetable) -> tuple[Int32s, Int32s]:
    pattern, position = day.visit_pattern, day.visit_position
    allowed = day.position_alights[day.pattern_first_position[pattern] + position].astype(np.bool_)
    first, columns = _kept(day, allowed & (position > 0))
    return first, np.stack(columns, axis=1).astype(np.int32).ravel()


def _kept(day: DayTimetable, chosen: NDArray[np.bool_]) -> tuple[Int32s, tuple[Int32s, Int32s]]:
    """The chosen visits, by stop."""
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(chosen)))
    first: Int32s = before[day.stop_first_visit].astype(np.int32)
    return first, (day.visit_pattern[chosen], day.visit_position[chosen])
