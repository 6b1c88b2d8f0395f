"""What a search writes while it runs: one set of arrays a thread, used again by every query of that thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.network.timetable import NEVER, DayTimetable, Int32s, UInt8s
from mobility.search.destination import UNKNOWN
from mobility.search.path import Path, Ride
from mobility.search.raptor import NOWHERE
from mobility.search.steps import MOST_RIDES

FEW_STOPS = 1 << 15
"""The bounds of so few are looked up all at once, rather than one by one as a query comes across them."""


@dataclass(slots=True, eq=False)
class TripLabels:
    """The same for trip-based routing (tripbased.py). Between two queries goal_first is -1, the first round of
    `reached` has the last positions of all trips, and, but of FEW_STOPS, every bound is UNKNOWN.

    bounded: the stops whose bounds are known just now; empty where all are
    left: by stop, what is at least left to the destination of a query, for who wants to know it of all of them
    """

    reached: UInt8s
    goal_first: Int32s
    goal: Int32s
    bound: Int32s
    latest_s: Int32s
    bounded: Int32s
    left: Int32s
    queue: Int32s

    @classmethod
    def of(cls, last_position: UInt8s, n_positions: int, n_patterns: int, n_stops: int) -> TripLabels:
        reached = np.empty(MOST_RIDES * len(last_position), np.uint8)
        reached[: len(last_position)] = last_position
        return cls(
            reached=reached,
            goal_first=np.full(n_patterns, -1, np.int32),
            goal=np.empty(3 * n_positions, np.int32),
            bound=np.full(n_stops, UNKNOWN, np.int32),
            latest_s=np.empty(n_stops, np.int32),
            bounded=np.empty(n_stops if n_stops > FEW_STOPS else 0, np.int32),
            left=np.empty(n_stops, np.int32),
            queue=np.empty(1 << 16, np.int32),
        )


@dataclass(slots=True, eq=False)
class Labels:
    """Between two queries every time is NEVER, every position of leaves_last -1, and nothing is marked. Of the size of
    one timetable.

    arrived, ready  int32[S * 16]  by ride k + 1 at a stop; able to get in there after k rides
    label, found, start            grow when a query needs more
    found                          for each path: departure, arrival, rides; then trip, in, out for each ride
    """

    arrived: Int32s
    ready: Int32s
    arrived_label: Int32s
    ready_label: Int32s
    egress_at: Int32s
    marked: UInt8s
    marked_stops: Int32s
    ridden: UInt8s
    ridden_stops: Int32s
    pattern_from: NDArray[np.int16]
    leaves_last: NDArray[np.int16]
    touched: Int32s
    all_patterns: UInt8s
    n_positions: int
    by_trip: TripLabels | None = None
    label: Int32s = field(default_factory=lambda: np.empty(1 << 16, np.int32))
    found: Int32s = field(default_factory=lambda: np.empty(1 << 12, np.int32))
    start: NDArray[np.int64] = field(default_factory=lambda: np.empty(1 << 10, np.int64))

    @classmethod
    def of(cls, timetable: DayTimetable) -> Labels:
        n_stops = timetable.n_stops
        return cls(
            arrived=np.full(n_stops * MOST_RIDES, NEVER, np.int32),
            ready=np.full(n_stops * MOST_RIDES, NEVER, np.int32),
            arrived_label=np.zeros(n_stops, np.int32),
            ready_label=np.zeros(n_stops, np.int32),
            egress_at=np.full(n_stops, NEVER, np.int32),
            marked=np.zeros(n_stops, np.uint8),
            marked_stops=np.zeros(n_stops, np.int32),
            ridden=np.zeros(n_stops, np.uint8),
            ridden_stops=np.zeros(n_stops, np.int32),
            pattern_from=np.full(timetable.n_patterns, NOWHERE, np.int16),
            leaves_last=np.full(timetable.n_patterns, -1, np.int16),
            touched=np.zeros(n_stops, np.int32),
            all_patterns=np.ones(timetable.n_patterns, np.uint8),
            n_positions=len(timetable.position_stop),
        )

    def of_trips(self, last_position: UInt8s) -> TripLabels:
        """last_position: by trip, of the day that the labels are for."""
        if self.by_trip is None:
            self.by_trip = TripLabels.of(last_position, self.n_positions, len(self.pattern_from), len(self.egress_at))
        return self.by_trip

    def grow(self) -> None:
        self.label = np.empty(2 * len(self.label), np.int32)
        self.found = np.empty(2 * len(self.found), np.int32)
        if self.by_trip is not None:
            self.by_trip.queue = np.empty(2 * len(self.by_trip.queue), np.int32)


_ride: Callable[[list[int]], Ride] = partial(tuple.__new__, Ride)
"""As Ride._make, which looks at the length of each of hundreds."""


def paths(found: list[int]) -> list[Path]:
    """The paths that a kernel wrote into `found`."""
    out: list[Path] = []
    at = 0
    while at < len(found):
        departure_s, arrival_s, n_rides = found[at : at + 3]
        after = at + 3 + 3 * n_rides
        rides = tuple([_ride(found[i : i + 3]) for i in range(at + 3, after, 3)])
        out.append(Path(departure_s, arrival_s, rides))
        at = after
    return out


@kernel
def earliest_of(found: Int32s, earliest_s: int) -> int:
    at = 0
    while at < len(found):
        earliest_s = min(earliest_s, found[at + 1])
        at += 3 + 3 * found[at + 2]
    return earliest_s


@kernel
def turned_round(
    found: Int32s, pattern_first_position: Int32s, pattern_first_trip: Int32s, trip_pattern: Int32s
) -> Int32s:
    """What was found on the mirrored day, in the numbers and times of the day itself."""
    out = np.empty_like(found)
    at = 0
    while at < len(found):
        n_rides = found[at + 2]
        out[at] = -found[at + 1]
        out[at + 1] = -found[at]
        out[at + 2] = n_rides
        for ride in range(n_rides):
            there = at + 3 + 3 * ride
            here = at + 3 + 3 * (n_rides - 1 - ride)
            pattern = trip_pattern[found[there]]
            last = pattern_first_position[pattern + 1] - pattern_first_position[pattern] - 1
            out[here] = pattern_first_trip[pattern] + pattern_first_trip[pattern + 1] - 1 - found[there]
            out[here + 1] = last - found[there + 2]
            out[here + 2] = last - found[there + 1]
        at += 3 + 3 * n_rides
    return out


@kernel
def on_foot(
    by_ride_s: Int32s,
    by_ride: Int32s,
    access_stop: Int32s,
    at_stop_s: Int32s,
    footpath_first: Int32s,
    footpath_to: Int32s,
    footpath_s: Int32s,
    time_s: Int32s,
    rides: Int32s,
) -> None:
    """Fill time_s and rides with the earliest at each stop: by access (at_stop_s), by ride, or by ride and a walk."""
    time_s[:] = by_ride_s
    rides[:] = by_ride
    for stop in range(len(by_ride_s)):
        if by_ride_s[stop] == NEVER:
            continue
        for walk in range(footpath_first[stop], footpath_first[stop + 1]):
            target, walked_s = footpath_to[walk], by_ride_s[stop] + footpath_s[walk]
            if walked_s < time_s[target] or (walked_s == time_s[target] and by_ride[stop] < rides[target]):
                time_s[target] = walked_s
                rides[target] = by_ride[stop]
    for row in range(len(access_stop)):
        if at_stop_s[row] <= time_s[access_stop[row]]:
            time_s[access_stop[row]] = at_stop_s[row]
            rides[access_stop[row]] = 0
