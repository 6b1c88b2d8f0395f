"""What changes between given vehicles are judged on, as columns that kernels read."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.network.timetable import Int32s, UInt8s

Int8s = NDArray[np.int8]
Int64s = NDArray[np.int64]


class GivenVehicles(NamedTuple):
    """Columns of the searched day. first_position, first_trip, first_call: by pattern; pattern: by trip; node, boards,
    alights: by position; arrival, departure: by call."""

    first_position: Int32s
    first_trip: Int32s
    first_call: Int32s
    pattern: Int32s
    node: Int32s
    boards: UInt8s
    alights: UInt8s
    arrival: Int32s
    departure: Int32s


class ChangeWalks(NamedTuple):
    """By node, as footpaths; change_s: at a node itself."""

    first: Int32s
    to_node: Int32s
    duration_s: Int32s
    distance_m: Int32s
    change_s: Int32s


class KnownWalks(NamedTuple):
    """has_street, station: of a node; then the walks that are known to be without steps."""

    has_street: UInt8s
    station: Int32s
    first: Int32s
    to_node: Int32s
    distance_m: Int32s


class EndWays(NamedTuple):
    """The ways at one end, as Ways. foot_s: of the seconds, those on foot, which alone are weighed."""

    node: Int32s
    seconds: Int32s
    foot_s: Int32s
    metres: Int32s
    estimated: NDArray[np.bool_]


class ChangeWeights(NamedTuple):
    """In thousandths: of a second on foot, of an unknown way, of one with steps."""

    foot: float
    unknown: float
    steps: float
    speed_mps: float


class StopCosts(NamedTuple):
    """Of getting in or out: at which of three states a node is, as Stops.wheelchair has it, and what each costs."""

    state: Int8s
    of_state: Int64s


class ChangeColumns(NamedTuple):
    """What changes between vehicles are judged on."""

    vehicles: GivenVehicles
    walks: ChangeWalks
    known: KnownWalks
    weights: ChangeWeights
    stops: StopCosts


class TripStretch(NamedTuple):
    """A trip: its first position, its first call, how many it has."""

    base: int
    call: int
    length: int
