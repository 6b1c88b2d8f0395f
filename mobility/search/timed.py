"""Paths with the stops and times of their rides, read off a timetable at once for all of them."""

from __future__ import annotations

from typing import NamedTuple

from gtfs.compiler import kernel
from mobility.network.timetable import DayTimetable, Int32s


class TimedRide(NamedTuple):
    trip: int
    from_stop: int
    departure_s: int
    to_stop: int
    arrival_s: int


class TimedPath(NamedTuple):
    departure_s: int
    arrival_s: int
    rides: tuple[TimedRide, ...]


def timed_paths(day: DayTimetable, found: Int32s) -> list[TimedPath]:
    """`found`: as a search leaves it in its labels (labels.py)."""
    numbers = with_times(
        day.pattern_first_position, day.position_stop, day.pattern_first_trip, day.pattern_first_call,
        day.trip_pattern, day.arrival, day.departure, found,
    ).tolist()  # fmt: skip
    paths: list[TimedPath] = []
    at = 0
    while at < len(numbers):
        departure_s, arrival_s, n_rides = numbers[at : at + 3]
        after = at + 3 + 5 * n_rides
        rides = tuple([TimedRide(*numbers[i : i + 5]) for i in range(at + 3, after, 5)])
        paths.append(TimedPath(departure_s, arrival_s, rides))
        at = after
    return paths


@kernel
def with_times(
    pattern_first_position: Int32s,
    position_stop: Int32s,
    pattern_first_trip: Int32s,
    pattern_first_call: Int32s,
    trip_pattern: Int32s,
    arrival: Int32s,
    departure: Int32s,
    found: Int32s,
) -> Int32s:
    """(departure, arrival, rides), then for each ride the five columns of TimedRide."""
    out = found.repeat(2)
    at = 0
    n_out = 0
    while at < len(found):
        n_rides = found[at + 2]
        out[n_out : n_out + 3] = found[at : at + 3]
        at += 3
        n_out += 3
        for _ in range(n_rides):
            trip, get_in, get_out = found[at], found[at + 1], found[at + 2]
            pattern = trip_pattern[trip]
            base = pattern_first_position[pattern]
            length = pattern_first_position[pattern + 1] - base
            call = pattern_first_call[pattern] + (trip - pattern_first_trip[pattern]) * length
            out[n_out], out[n_out + 1], out[n_out + 2] = trip, position_stop[base + get_in], departure[call + get_in]
            out[n_out + 3], out[n_out + 4] = position_stop[base + get_out], arrival[call + get_out]
            at += 3
            n_out += 5
    return out[:n_out]
