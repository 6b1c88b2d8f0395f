"""What a search is asked and what it finds, in the numbers of one DayTimetable."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.network.timetable import NEVER

Int32s = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Both ends of a search: stops with the seconds to reach them from the origin, and from them to the destination.

    `walk_s`: seconds to go all the way without a ride, NEVER if that is not possible. A stop stands at most once in
    each list.
    """

    access_stop: Int32s
    access_s: Int32s
    egress_stop: Int32s
    egress_s: Int32s
    walk_s: int = int(NEVER)


class Ride(NamedTuple):
    """A trip (its number in the DayTimetable) from one position of its pattern to a later one."""

    trip: int
    board: int
    alight: int


class Path(NamedTuple):
    """One Pareto-optimal answer. departure_s: leaving the origin (first boarding minus access); arrival_s: at the
    destination. No rides: the direct walk."""

    departure_s: int
    arrival_s: int
    rides: tuple[Ride, ...]
