"""Rides, which are numbers of one searched day, as rows of the network's tables: looked up at once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen, kernel
from mobility.network.network import Network
from mobility.network.timetable import DayTimetable, Int32s
from mobility.search.path import Ride

Int8s = NDArray[np.int8]
Int64s = NDArray[np.int64]
COLUMNS = 11


class RideRow(NamedTuple):
    """trip, pattern, line, first_call, service: rows of the network. day: offset of the service day; departure_s,
    arrival_s: from its start. n_calls: of the trip; a ride that alights later goes on as another trip."""

    trip: int
    pattern: int
    line: int
    first_call: int
    service: int
    day: int
    departure_s: int
    arrival_s: int
    n_calls: int
    board_node: int
    alight_node: int


def ride_rows(day: DayTimetable, network: Network, rides: Sequence[Ride]) -> list[RideRow]:
    trips, patterns, calls = network.trips, network.patterns, network.calls
    rows = np.empty((len(rides), COLUMNS), np.int64)
    look_up(
        np.array([(ride.trip, ride.board, ride.alight) for ride in rides], np.int64).reshape(-1, 3),
        (frozen(day.pattern_first_position), frozen(day.trip_pattern), frozen(day.position_stop)),
        (frozen(day.trip_row), frozen(day.trip_day)),
        (frozen(trips.pattern), frozen(trips.first_call), frozen(trips.service)),
        (frozen(patterns.first_position), frozen(patterns.line)),
        (frozen(calls.departure), frozen(calls.arrival)),
        rows,
    )
    return list(map(RideRow._make, rows.tolist()))


@kernel
def look_up(
    rides: Int64s,
    of_day: tuple[Int32s, Int32s, Int32s],
    trip_of_day: tuple[Int32s, Int8s],
    of_trip: tuple[Int32s, Int64s, Int32s],
    of_pattern: tuple[Int32s, Int32s],
    times: tuple[Int32s, Int32s],
    rows: Int64s,
) -> None:
    """Fill in the columns of RideRow. rides: trip, position of boarding and of alighting, as the searched day numbers
    them."""
    first_position_of_day, pattern_of_day, position_stop = of_day
    row_of_trip, day_of_trip = trip_of_day
    pattern_of, first_call_of, service_of = of_trip
    first_position, line_of = of_pattern
    departure, arrival = times
    for i in range(len(rides)):
        searched, board, alight = rides[i]
        first, trip = first_position_of_day[pattern_of_day[searched]], row_of_trip[searched]
        pattern, call = pattern_of[trip], first_call_of[trip]
        n_calls = first_position[pattern + 1] - first_position[pattern]
        rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3] = trip, pattern, line_of[pattern], call
        rows[i, 4], rows[i, 5] = service_of[trip], day_of_trip[searched]
        rows[i, 6] = departure[call + min(board, n_calls - 1)]
        rows[i, 7] = arrival[call + min(alight, n_calls - 1)]
        rows[i, 8] = n_calls
        rows[i, 9], rows[i, 10] = position_stop[first + board], position_stop[first + alight]
