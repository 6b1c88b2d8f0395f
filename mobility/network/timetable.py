"""The rides of one searched day as flat arrays in the RAPTOR layout: all that a search reads.

Layout after Delling, Pajor, Werneck 2012, section 3. Every time is int32 seconds from `anchor_s` (epoch seconds, the
start of the day searched, in the territory's zone). All arrays are C-contiguous and may be memory-mapped read-only.
A pattern is a sequence of stops whose trips never overtake each other: sorted, each trip is nowhere earlier than the
one before it. Trips of a pattern lie side by side, and so do the calls of a trip.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]

NEVER = np.int32(2**31 - 1)
"""A time that is not reached."""


@dataclass(frozen=True, slots=True, eq=False)
class DayTimetable:
    """With S stops, P patterns, T trips, E calls and N the sum of all patterns' lengths:

    pattern_first_position  int32[P+1]   positions of pattern p: pattern_first_position[p] .. [p+1], in the next three
    position_stop           int32[N]     stop at each position
    position_boards         uint8[N]     1 where one may get in
    position_alights        uint8[N]     1 where one may get out
    pattern_first_trip      int32[P+1]   trips of pattern p, in order of time
    pattern_first_call      int32[P+1]   call (k-th trip of p, position i) = pattern_first_call[p] + k * length + i
    trip_pattern            int32[T]     pattern of a trip
    trip_row                int32[T]     the trip in the network's table `trips`
    trip_day                int8[T]      service day of the trip relative to `day`: -1, 0, +1
    arrival, departure      int32[E]
    stop_first_visit        int32[S+1]   the visits of stop s, in the next two (CSR)
    visit_pattern           int32[N]     pattern that calls at the stop
    visit_position          int32[N]     at this position (0-based within the pattern)
    """

    day: date
    anchor_s: int
    n_stops: int
    pattern_first_position: Int32s
    position_stop: Int32s
    position_boards: UInt8s
    position_alights: UInt8s
    pattern_first_trip: Int32s
    pattern_first_call: Int32s
    trip_pattern: Int32s
    trip_row: Int32s
    trip_day: NDArray[np.int8]
    arrival: Int32s
    departure: Int32s
    stop_first_visit: Int32s
    visit_pattern: Int32s
    visit_position: Int32s

    @property
    def n_patterns(self) -> int:
        return len(self.pattern_first_position) - 1

    @property
    def n_trips(self) -> int:
        return len(self.trip_row)

    def call_of(self, trip: int, position: int) -> int:
        """Of a trip at a position of its pattern."""
        pattern = int(self.trip_pattern[trip])
        length = self.pattern_first_position[pattern + 1] - self.pattern_first_position[pattern]
        row = trip - self.pattern_first_trip[pattern]
        return int(self.pattern_first_call[pattern] + row * length + position)

    def stop_of(self, trip: int, position: int) -> int:
        return int(self.position_stop[self.pattern_first_position[self.trip_pattern[trip]] + position])


@dataclass(frozen=True, slots=True, eq=False)
class Footpaths:
    """Walks between stops as CSR, sorted by duration within a stop; the walk from a stop to itself is not among them.

    change_s[s]: least time between getting out at s and getting in again at s. A walk's duration already holds
    every minimum that applies to it. Walks are not chained: between two rides there is one walk, or a change.
    """

    first: Int32s
    to_stop: Int32s
    duration_s: Int32s
    distance_m: Int32s
    change_s: Int32s

    def of(self, stop: int) -> range:
        return range(int(self.first[stop]), int(self.first[stop + 1]))


NO_FOOTPATHS = Footpaths(*(np.empty(0, np.int32) for _ in range(5)))
"""None are known, not even that there are none."""
