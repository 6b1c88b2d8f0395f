"""What the network's columns say of the rides of an answer, read once for all itineraries that share them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from mobility.network.lengths import Lengths
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.routing.itinerary import Itinerary, RideLeg

RideKey = tuple[int, int, int]


class RideFacts(NamedTuple):
    """vehicle, board_stop, alight_stop: step-free as in GTFS, 0 unknown, 1 yes, 2 no; unknown, steps: how many of the
    three are so."""

    mode: str
    metres: float
    vehicle: int
    board_stop: int
    alight_stop: int
    unknown: int
    steps: int


Facts = dict[RideKey, RideFacts]


def key_of(ride: RideLeg) -> RideKey:
    return ride.trip, ride.board, ride.alight


def ride_facts(network: Network, lengths: Lengths, itineraries: Iterable[Itinerary]) -> Facts:
    keys = list(dict.fromkeys(key_of(ride) for one in itineraries for ride in one.rides))
    if not keys:
        return {}
    trip, board, alight = np.array(keys, np.int64).T
    pattern = network.trips.pattern[trip]
    first = network.patterns.first_position[pattern]
    wheelchair = network.stops.wheelchair
    states = (
        network.trips.wheelchair[trip].tolist(),
        wheelchair[network.patterns.stop[first + board]].tolist(),
        wheelchair[network.patterns.stop[first + alight]].tolist(),
    )
    counted = [(three.count(0), three.count(2)) for three in zip(*states, strict=True)]
    metres = lengths.of(network, trip, board, alight).tolist()
    modes = [MODES[mode] for mode in network.lines.mode[network.patterns.line[pattern]].tolist()]
    rows = zip(modes, metres, *states, *zip(*counted, strict=True), strict=True)
    return {key: RideFacts(*row) for key, row in zip(keys, rows, strict=True)}
