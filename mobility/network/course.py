"""Where a vehicle goes on the ground: the points of its shape, and which of them is at which stop."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from mobility.geo import METRES_A_DEGREE
from mobility.network.network import Network

FARTHEST_STOP_M = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """at[i]: index of the point at position i of the pattern; never decreasing."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    at: NDArray[np.int64]


def course(network: Network, pattern: int, shape: int) -> Course:
    """Along the shape; straight from stop to stop where there is none, or none that comes near every stop. One that
    begins after the first stops, or ends before the last, is followed between: to it and from it goes straight."""
    first = network.patterns.first_position
    stops = network.patterns.stop[first[pattern] : first[pattern + 1]]
    lat, lon = network.stops.lat[stops], network.stops.lon[stops]
    straight = Course(lat, lon, np.arange(len(stops)))
    if shape < 0:
        return straight
    points = slice(network.shapes.first_point[shape], network.shapes.first_point[shape + 1])
    shape_lat = network.shapes.lat[points].astype(np.float64)
    shape_lon = network.shapes.lon[points].astype(np.float64)
    if len(shape_lat) < 2:
        return straight
    off_m = _distances_m((lat, lon), (shape_lat, shape_lon))
    near = np.flatnonzero(off_m.min(axis=1) <= FARTHEST_STOP_M)
    if len(near) < 2:
        return straight
    begin, end = int(near[0]), int(near[-1]) + 1
    at = _in_order(off_m[begin:end] ** 2)
    if off_m[np.arange(begin, end), at].max() > FARTHEST_STOP_M:
        return straight
    first_point, last_point = (int(at[0]), int(at[-1]) + 1) if len(near) < len(stops) else (0, len(shape_lat))
    followed = slice(first_point, last_point)
    rest = np.arange(len(stops) - end) + begin + last_point - first_point
    return Course(
        np.concatenate([lat[:begin], shape_lat[followed], lat[end:]]),
        np.concatenate([lon[:begin], shape_lon[followed], lon[end:]]),
        np.concatenate([np.arange(begin), at - first_point + begin, rest]),
    )


Coordinates = tuple[NDArray[np.float64], NDArray[np.float64]]


def _distances_m(stops: Coordinates, points: Coordinates) -> NDArray[np.float64]:
    """[stop, point], on a plane: right to 1 % over the few hundred metres that matter here."""
    north = (stops[0][:, None] - points[0][None, :]) * METRES_A_DEGREE
    east = (stops[1][:, None] - points[1][None, :]) * METRES_A_DEGREE * cos(radians(float(points[0][0])))
    metres: NDArray[np.float64] = np.hypot(north, east)
    return metres


def _in_order(cost: NDArray[np.float64]) -> NDArray[np.int64]:
    """The cheapest point for each stop such that no stop comes before the one before it (dynamic programme)."""
    reached = [cost[0]]
    for row in cost[1:]:
        reached.append(row + np.minimum.accumulate(reached[-1]))
    at = np.empty(len(cost), np.int64)
    last = cost.shape[1]
    for position in range(len(cost) - 1, -1, -1):
        at[position] = int(np.argmin(reached[position][:last]))
        last = int(at[position]) + 1
    return at
