"""From the trips that run on a day to its DayTimetable: split into patterns without overtaking, sort, lay out.

Knows neither feeds nor calendars: who calls says which trips run and by how much each is shifted.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.network.csr import rows_of_entries
from mobility.network.timetable import DayTimetable, Footpaths, Int32s, UInt8s


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """The trips to lay out, T of them, in G groups of equal stops and equal flags. Calls of a trip lie side by side.

    group_first_position  int32[G+1]  positions of group g, in the next three (CSR)
    position_stop         int32[N]
    position_boards       uint8[N]    1 where one may get in
    position_alights      uint8[N]    1 where one may get out
    trip_group            int32[T]
    trip_row              int32[T]    carried over to DayTimetable.trip_row
    trip_day              int8[T]     carried over to DayTimetable.trip_day
    trip_shift_s          int32[T]    added to each of the trip's times, giving seconds from the day's anchor
    trip_first_call       int32[T]    the trip's first call in the next two; several trips may share calls
    arrival, departure    int32[E]    seconds of the service day
    """

    group_first_position: Int32s
    position_stop: Int32s
    position_boards: UInt8s
    position_alights: UInt8s
    trip_group: Int32s
    trip_row: Int32s
    trip_day: NDArray[np.int8]
    trip_shift_s: Int32s
    trip_first_call: Int32s
    arrival: Int32s
    departure: Int32s


def compile_day(day: date, anchor_s: int, n_stops: int, runs: Runs) -> DayTimetable:
    order = _in_order_of_time(runs)
    pattern, pattern_group = _split(
        order, runs.group_first_position, runs.trip_group, runs.trip_shift_s, runs.trip_first_call,
        runs.arrival, runs.departure,
    )  # fmt: skip
    by_pattern = np.argsort(pattern, kind="stable")
    order, pattern = order[by_pattern], pattern[by_pattern]
    length = np.diff(runs.group_first_position)[pattern_group]
    n_trips = np.bincount(pattern, minlength=len(pattern_group))
    first_position, first_call = _starts(length), _starts(n_trips * length)
    position = _rows_of(runs.group_first_position[pattern_group], length)
    arrival, departure = _lay_out(
        length[pattern], runs.trip_first_call[order], runs.trip_shift_s[order], runs.arrival, runs.departure
    )
    stop = runs.position_stop[position]
    return DayTimetable(
        day=day,
        anchor_s=anchor_s,
        n_stops=n_stops,
        pattern_first_position=first_position,
        position_stop=stop,
        position_boards=runs.position_boards[position],
        position_alights=runs.position_alights[position],
        pattern_first_trip=_starts(n_trips),
        pattern_first_call=first_call,
        trip_pattern=pattern.astype(np.int32),
        trip_row=runs.trip_row[order],
        trip_day=runs.trip_day[order],
        arrival=arrival,
        departure=departure,
        **_visits(n_stops, first_position, stop),
    )


def mirrored(day: DayTimetable) -> DayTimetable:
    """The same day run backwards: time t is -t, first stops are last, getting in is getting out.

    Pattern p stays p, its position i becomes length - 1 - i, its k-th trip becomes its k-th from the end.
    """
    length = np.diff(day.pattern_first_position)
    position = _rows_of(day.pattern_first_position[:-1], length, backwards=True)
    trip = _rows_of(day.pattern_first_trip[:-1], np.diff(day.pattern_first_trip), backwards=True)
    call = _rows_of(day.pattern_first_call[:-1], np.diff(day.pattern_first_call), backwards=True)
    stop = day.position_stop[position]
    return DayTimetable(
        day=day.day,
        anchor_s=day.anchor_s,
        n_stops=day.n_stops,
        pattern_first_position=day.pattern_first_position,
        position_stop=stop,
        position_boards=day.position_alights[position],
        position_alights=day.position_boards[position],
        pattern_first_trip=day.pattern_first_trip,
        pattern_first_call=day.pattern_first_call,
        trip_pattern=day.trip_pattern,
        trip_row=day.trip_row[trip],
        trip_day=day.trip_day[trip],
        arrival=-day.departure[call],
        departure=-day.arrival[call],
        **_visits(day.n_stops, day.pattern_first_position, stop),
    )


def mirrored_footpaths(footpaths: Footpaths) -> Footpaths:
    """Every walk the other way round."""
    n_stops = len(footpaths.first) - 1
    origin = rows_of_entries(footpaths.first)
    order = np.lexsort((origin, footpaths.duration_s, footpaths.to_stop))
    return Footpaths(
        first=_starts(np.bincount(footpaths.to_stop, minlength=n_stops)),
        to_stop=origin[order],
        duration_s=footpaths.duration_s[order],
        distance_m=footpaths.distance_m[order],
        change_s=footpaths.change_s,
    )


def _in_order_of_time(runs: Runs) -> NDArray[np.int64]:
    """Trips by group, first departure, last arrival, row."""
    last = np.diff(runs.group_first_position)[runs.trip_group] - 1
    leaves = runs.departure[runs.trip_first_call] + runs.trip_shift_s
    ends = runs.arrival[runs.trip_first_call + last] + runs.trip_shift_s
    return np.lexsort((runs.trip_row, ends, leaves, runs.trip_group))


def _starts(sizes: NDArray[np.signedinteger]) -> Int32s:
    """Offsets of rows of these sizes: one more than rows."""
    starts = np.zeros(len(sizes) + 1, np.int32)
    np.cumsum(sizes, out=starts[1:])
    return starts


def _rows_of(first: Int32s, size: Int32s, backwards: bool = False) -> Int32s:
    """The indices first[r] .. first[r] + size[r] - 1 of each row r, one row after the other."""
    starts = _starts(size)
    within = np.arange(starts[-1], dtype=np.int32) - np.repeat(starts[:-1], size)
    if backwards:
        within = np.repeat(size - 1, size).astype(np.int32) - within
    rows: Int32s = np.repeat(first, size).astype(np.int32) + within
    return rows


def _visits(n_stops: int, first_position: Int32s, stop: Int32s) -> dict[str, Int32s]:
    length = np.diff(first_position)
    pattern = np.repeat(np.arange(len(length), dtype=np.int32), length)
    within = np.arange(len(stop), dtype=np.int32) - np.repeat(first_position[:-1], length)
    order = np.argsort(stop, kind="stable")
    return {
        "stop_first_visit": _starts(np.bincount(stop, minlength=n_stops)),
        "visit_pattern": pattern[order],
        "visit_position": within[order],
    }


@kernel
def _split(
    order: NDArray[np.int64],
    group_first_position: Int32s,
    trip_group: Int32s,
    trip_shift_s: Int32s,
    trip_first_call: Int32s,
    arrival: Int32s,
    departure: Int32s,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give each trip, in order of time, to the first pattern of its group whose last trip it does not overtake."""
    pattern = np.empty(len(order), np.int64)
    pattern_group = np.empty(len(order), np.int64)
    last_trip = np.empty(len(order), np.int64)
    n_patterns = 0
    first_of_group = 0
    group = -1
    for k in range(len(order)):
        trip = order[k]
        if trip_group[trip] != group:
            group = trip_group[trip]
            first_of_group = n_patterns
        length = group_first_position[group + 1] - group_first_position[group]
        call = trip_first_call[trip]
        found = n_patterns
        for candidate in range(first_of_group, n_patterns):
            before = last_trip[candidate]
            ahead_s = trip_shift_s[trip] - trip_shift_s[before]
            call_before = trip_first_call[before]
            overtakes = False
            for i in range(length):
                if (
                    arrival[call + i] + ahead_s < arrival[call_before + i]
                    or departure[call + i] + ahead_s < departure[call_before + i]
                ):
                    overtakes = True
                    break
            if not overtakes:
                found = candidate
                break
        if found == n_patterns:
            pattern_group[n_patterns] = group
            n_patterns += 1
        pattern[k] = found
        last_trip[found] = trip
    return pattern, pattern_group[:n_patterns].copy()


@kernel
def _lay_out(
    length: NDArray[np.int64], trip_first_call: Int32s, shift_s: Int32s, arrival: Int32s, departure: Int32s
) -> tuple[Int32s, Int32s]:
    """Calls of the trips side by side, shifted."""
    n_calls = 0
    for trip in range(len(length)):
        n_calls += length[trip]
    arrivals = np.empty(n_calls, np.int32)
    departures = np.empty(n_calls, np.int32)
    call = 0
    for trip in range(len(length)):
        source = trip_first_call[trip]
        for i in range(length[trip]):
            arrivals[call] = arrival[source + i] + shift_s[trip]
            departures[call] = departure[source + i] + shift_s[trip]
            call += 1
    return arrivals, departures
