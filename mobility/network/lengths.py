"""How far a ride goes: from stop to stop as the crow flies, stretched by how much longer the vehicle's course is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.geo import EARTH_RADIUS_M
from mobility.network.network import Network

Floats = NDArray[np.float64]
Int64s = NDArray[np.int64]

MOST_STRETCH = 3.0
"""A shape longer than that leads somewhere else."""


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """Metres. along: of every position of every pattern, counted through; shape: of each shape from end to end."""

    along: Floats
    shape: Floats

    def of(self, network: Network, trip: Int64s, board: Int64s, alight: Int64s) -> Floats:
        """Of rides, given as columns: rows of network.trips and positions."""
        pattern, shape = network.trips.pattern[trip], network.trips.shape[trip]
        first = network.patterns.first_position[pattern].astype(np.int64)
        last = network.patterns.first_position[pattern + 1] - 1
        straight_m = self.along[first + alight] - self.along[first + board]
        whole_m = np.maximum(self.along[last] - self.along[first], 1.0)
        course_m = np.where(shape >= 0, self.shape[shape], 0.0) if len(self.shape) else np.zeros(len(trip))
        ridden_m: Floats = straight_m * np.clip(course_m / whole_m, 1.0, MOST_STRETCH)
        return ridden_m


def lengths(network: Network, shape_m: Floats | None = None) -> Lengths:
    """shape_m: of each shape, where it is known already."""
    stop = network.patterns.stop
    hops_m = _steps_m(network.stops.lat[stop], network.stops.lon[stop])
    hops_m[network.patterns.first_position[1:-1] - 1] = 0.0
    along_m = np.concatenate([[0.0], np.cumsum(hops_m)])
    if shape_m is not None:
        return Lengths(along_m, shape_m)
    lat, lon, first = network.shapes.lat, network.shapes.lon, network.shapes.first_point
    points_m = np.concatenate([[0.0], np.cumsum(_steps_m(lat.astype(np.float64), lon.astype(np.float64)))])
    return Lengths(along_m, _between(points_m, first))


def _between(points_m: Floats, first: Int64s) -> Floats:
    """A shape's last point is the one before the next shape's first."""
    if len(first) < 2:
        return np.empty(0)
    last = np.maximum(first[1:] - 1, first[:-1])
    metres: Floats = points_m[last] - points_m[np.minimum(first[:-1], len(points_m) - 1)]
    return metres


def _steps_m(lat: Floats, lon: Floats) -> Floats:
    """Between each point and the next, on a plane; 0 where one has no position."""
    lat, lon = np.radians(lat), np.radians(lon)
    east = np.diff(lon) * np.cos((lat[:-1] + lat[1:]) / 2)
    metres: Floats = np.nan_to_num(np.hypot(np.diff(lat), east) * EARTH_RADIUS_M)
    return metres
