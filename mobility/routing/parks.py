"""The car parks of a territory with the stops that one can walk to from each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point
from mobility.network.network import Network
from mobility.network.place import TerritoryPlace
from mobility.network.place_ways import STEP_FREE
from mobility.places.nearby import place_point

Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ParkTable:
    """lat, lon: of the places. By walk: row of the place, row of the stop, metres, and whether these are a guess."""

    places: tuple[TerritoryPlace, ...]
    points: tuple[Point, ...]
    lat: Floats
    lon: Floats
    park: Int32s
    stop: Int32s
    metres: Int32s
    estimated: NDArray[np.bool_]


def park_table(network: Network, longest_m: float, mode: str) -> ParkTable:
    """mode: of the walks, WALK or STEP_FREE."""
    ways, is_park = network.place_ways, np.array([place.kind == "car_park" for place in network.places], bool)
    near = ways.seconds <= int(longest_m / network.terrain.speed_mps)
    row = np.flatnonzero(near & (ways.step_free == (mode == STEP_FREE)) & is_park[ways.place])
    row = row[np.argsort(ways.place[row], kind="stable")]
    places = tuple(place for place in network.places if place.kind == "car_park")
    points = tuple(place_point(place) for place in places)
    return ParkTable(
        places=places,
        points=points,
        lat=np.array([point.lat for point in points]),
        lon=np.array([point.lon for point in points]),
        park=(np.cumsum(is_park, dtype=np.int32) - np.int32(1))[ways.place[row]],
        stop=ways.stop[row],
        metres=ways.metres[row],
        estimated=ways.estimated[row],
    )
