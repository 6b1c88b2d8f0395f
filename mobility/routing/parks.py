"""The car parks of a territory with the stops that one can walk to from each: measured once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point
from mobility.network.place import TerritoryPlace
from mobility.network.ways import StreetRouter
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


def park_table(
    streets: StreetRouter, places: Sequence[TerritoryPlace], longest_m: float, speed_mps: float, mode: str
) -> ParkTable:
    """mode: of the walks, WALK or STEP_FREE."""
    points = tuple(place_point(place) for place in places)
    near = [streets.access(point, int(longest_m / speed_mps), speed_mps, mode) for point in points]
    counts = [len(reach.stop) for reach in near]
    none = np.empty(0, np.int32)
    return ParkTable(
        places=tuple(places),
        points=points,
        lat=np.array([point.lat for point in points]),
        lon=np.array([point.lon for point in points]),
        park=np.repeat(np.arange(len(points), dtype=np.int32), counts),
        stop=np.concatenate([none, *(reach.stop for reach in near)]),
        metres=np.concatenate([none, *(reach.metres for reach in near)]),
        estimated=np.concatenate([none.astype(bool), *(reach.estimated for reach in near)]),
    )
