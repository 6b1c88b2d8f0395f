"""Single rides: every vehicle that leads from one end to another without a change, in order of time.

What a search proves to be best leaves out a ride that leaves as another does and is there later; who looks for what may
take a ride's place wants that one, too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gtfs.compiler import kernel
from mobility.network.timetable import DayTimetable, Int32s, UInt8s
from mobility.search.path import Ends, Path, Ride
from mobility.search.searchday import SearchDay
from mobility.search.steps import NEVER, first_caught

COLUMNS = 5


class Vehicles(NamedTuple):
    """Columns of DayTimetable."""

    first_position: Int32s
    node: Int32s
    boards: UInt8s
    alights: UInt8s
    first_trip: Int32s
    first_call: Int32s
    arrival: Int32s
    departure: Int32s
    first_visit: Int32s
    visit_pattern: Int32s


def direct_rides(
    day: SearchDay, ends: Ends, span: tuple[int, int], most: int, allowed: UInt8s | None = None, latest: bool = False
) -> list[Path]:
    """Rides that leave the origin and are at the destination within a span (seconds of the day, its end included),
    soonest there first, or, with latest, those that leave last first. Of each pattern `most` at the most; each with
    the stops between which the ride and twice the ways at its ends take least."""
    timetable = day.ahead.timetable
    allowed = np.ones(timetable.n_patterns, np.uint8) if allowed is None else allowed
    found = rides_between(
        _vehicles(timetable),
        (ends.access_stop, ends.access_s),
        (ends.egress_stop, ends.egress_s),
        allowed,
        (max(span[0], -NEVER), min(span[1], NEVER)),
        most,
        latest,
    )
    ridden = [Path(leaves, there, (Ride(*ride),)) for leaves, there, *ride in found.tolist()]
    return sorted(ridden, key=_leaves_last if latest else _there_first)


def _leaves_last(path: Path) -> tuple[int, int]:
    return -path.departure_s, path.arrival_s


def _there_first(path: Path) -> tuple[int, int]:
    return path.arrival_s, -path.departure_s


def _vehicles(day: DayTimetable) -> Vehicles:
    return Vehicles(
        day.pattern_first_position,
        day.position_stop,
        day.position_boards,
        day.position_alights,
        day.pattern_first_trip,
        day.pattern_first_call,
        day.arrival,
        day.departure,
        day.stop_first_visit,
        day.visit_pattern,
    )


@kernel
def rides_between(
    vehicles: Vehicles,
    access: tuple[Int32s, Int32s],
    egress: tuple[Int32s, Int32s],
    allowed: UInt8s,
    span: tuple[int, int],
    most: int,
    latest: bool,
) -> Int32s:
    """Rows of: leaving the origin, being at the destination, trip, positions of boarding and alighting.

    access, egress: stops and seconds of the ways. Each pattern that calls near the origin is looked at once.
    """
    n_stops, n_visits = len(vehicles.first_visit) - 1, 0
    enter_s, leave_s = np.full(n_stops, NEVER, np.int32), np.full(n_stops, NEVER, np.int32)
    enter_s[access[0]], leave_s[egress[0]] = access[1], egress[1]
    for stop in access[0]:
        n_visits += vehicles.first_visit[stop + 1] - vehicles.first_visit[stop]
    rows = np.empty((n_visits * most, COLUMNS), np.int32)
    seen = np.zeros(len(vehicles.first_trip) - 1, np.uint8)
    n_rows = 0
    for stop in access[0]:
        for visit in range(vehicles.first_visit[stop], vehicles.first_visit[stop + 1]):
            pattern = vehicles.visit_pattern[visit]
            if not seen[pattern] and allowed[pattern]:
                seen[pattern] = 1
                n_rows = _of_pattern(vehicles, pattern, (enter_s, leave_s), span, (most, latest), rows, n_rows)
    return rows[:n_rows]


@kernel
def _of_pattern(
    vehicles: Vehicles,
    pattern: int,
    ways: tuple[Int32s, Int32s],
    span: tuple[int, int],
    wanted: tuple[int, bool],
    rows: Int32s,
    n_rows: int,
) -> int:
    """The rides of one pattern, from the first that can be caught on, or back from the last that is there in time."""
    (most, latest), (from_s, until_s) = wanted, span
    n_trips = vehicles.first_trip[pattern + 1] - vehicles.first_trip[pattern]
    length = vehicles.first_position[pattern + 1] - vehicles.first_position[pattern]
    trip = _begin(vehicles, pattern, ways, span, latest)
    n_found = 0
    while 0 <= trip < n_trips and n_found < most:
        call = vehicles.first_call[pattern] + trip * length
        is_beyond = vehicles.arrival[call + length - 1] < from_s if latest else vehicles.departure[call] > until_s
        if is_beyond:
            break  # trips do not overtake: all further ones are, too
        leaves, there, board, alight = _best_of_trip(vehicles, pattern, call, ways, span)
        if board >= 0:
            rows[n_rows, 0], rows[n_rows, 1] = leaves, there
            rows[n_rows, 2] = vehicles.first_trip[pattern] + trip
            rows[n_rows, 3], rows[n_rows, 4] = board, alight
            n_rows, n_found = n_rows + 1, n_found + 1
        trip += -1 if latest else 1
    return n_rows


@kernel
def _begin(vehicles: Vehicles, pattern: int, ways: tuple[Int32s, Int32s], span: tuple[int, int], latest: bool) -> int:
    """The trip of the pattern to begin with: -1 or their number where none leads there in time."""
    (enter_s, leave_s), (from_s, until_s) = ways, span
    first = vehicles.first_position[pattern]
    length = vehicles.first_position[pattern + 1] - first
    n_trips = vehicles.first_trip[pattern + 1] - vehicles.first_trip[pattern]
    nowhere = -1 if latest else n_trips
    begin, gets_in, gets_out = nowhere, False, False
    for i in range(length):
        call, node = vehicles.first_call[pattern] + i, vehicles.node[first + i]
        gets_out = gets_out or (gets_in and bool(vehicles.alights[first + i]) and leave_s[node] != NEVER)
        gets_in = gets_in or (bool(vehicles.boards[first + i]) and enter_s[node] != NEVER)
        if latest and vehicles.alights[first + i] and leave_s[node] != NEVER:
            last = first_caught(vehicles.arrival, call, length, n_trips, until_s - leave_s[node] + 1) - 1
            begin = max(begin, last)
        elif not latest and vehicles.boards[first + i] and enter_s[node] != NEVER:
            begin = min(begin, first_caught(vehicles.departure, call, length, n_trips, from_s + enter_s[node]))
    return begin if gets_out else nowhere


@kernel
def _best_of_trip(
    vehicles: Vehicles, pattern: int, call: int, ways: tuple[Int32s, Int32s], span: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Leaving the origin, being at the destination, and the positions between which the ride and twice the ways at its
    ends take least; positions of -1 where it leads nowhere in time."""
    (enter_s, leave_s), (from_s, until_s) = ways, span
    first = vehicles.first_position[pattern]
    length = vehicles.first_position[pattern + 1] - first
    board, board_cost, best_board, alight, cost = -1, 0, -1, -1, 0
    for i in range(length):
        node = vehicles.node[first + i]
        if board >= 0 and vehicles.alights[first + i] and leave_s[node] != NEVER:
            there = np.int64(vehicles.arrival[call + i]) + leave_s[node]
            so_far = board_cost + there + leave_s[node]
            if there <= until_s and (alight < 0 or so_far < cost):
                best_board, alight, cost = board, i, so_far
        if vehicles.boards[first + i] and enter_s[node] != NEVER:
            leaves = np.int64(vehicles.departure[call + i]) - enter_s[node]
            if leaves >= from_s and (board < 0 or enter_s[node] - leaves < board_cost):
                board, board_cost = i, enter_s[node] - leaves
    if alight < 0:
        return 0, 0, -1, -1
    leaves = np.int64(vehicles.departure[call + best_board]) - enter_s[vehicles.node[first + best_board]]
    there = np.int64(vehicles.arrival[call + alight]) + leave_s[vehicles.node[first + alight]]
    return leaves, there, best_board, alight
