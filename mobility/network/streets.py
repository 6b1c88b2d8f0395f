"""Ways under one's own steam between any two points: a protocol, and its simplest router, the straight line."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from mobility.geo import EARTH_RADIUS_M, Point, distance_m, distances_m
from mobility.network.network import Network
from mobility.network.terrain import Barriers

Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Stops (rows of Network.stops, in no order) with the seconds and metres of the way to each.

    estimated: the ways are no ways on streets.
    """

    stop: Int32s
    seconds: Int32s
    metres: Int32s
    estimated: bool


class StreetRouter(Protocol):
    @property
    def estimated(self) -> bool:
        """Whether metres are estimated, not measured on streets."""

    def access(self, point: Point, longest_s: int, speed_mps: float) -> Reach:
        """The stops served by a line within longest_s of the point; also the ways from those stops to the point."""

    def direct(self, start: Point, end: Point) -> float | None:
        """Metres on foot, None where there is no way."""


class StraightLine:
    """Straight lines times the detour factor, refused where a barrier lies across.

    A query costs microseconds: a KD-tree of the stops on the unit sphere and prepared barriers.
    """

    estimated = True

    def __init__(self, network: Network) -> None:
        stops = network.stops
        self._terrain = network.terrain
        self._barriers = Barriers(self._terrain.barriers, self._terrain.quay_m)
        served = (stops.kind == 0) & (stops.modes != 0) & ~np.isnan(stops.lat)
        self._stop = np.flatnonzero(served).astype(np.int32)
        self._lat, self._lon = stops.lat[self._stop], stops.lon[self._stop]
        self._tree = cKDTree(on_unit_sphere(self._lat, self._lon))

    def access(self, point: Point, longest_s: int, speed_mps: float) -> Reach:
        longest_m = longest_s * speed_mps / self._terrain.detour_factor
        near = self._within(point, longest_m)
        lat, lon = self._lat[near], self._lon[near]
        straight_m = distances_m(point, lat, lon)
        start = np.broadcast_to([point.lon, point.lat], (len(near), 2))
        open_way = (straight_m <= longest_m) & ~self._barriers.lie_across(start, np.stack([lon, lat], 1), straight_m)
        metres = straight_m[open_way] * self._terrain.detour_factor
        seconds = np.ceil(metres / speed_mps).astype(np.int32)
        return Reach(self._stop[near[open_way]], seconds, np.round(metres).astype(np.int32), self.estimated)

    def direct(self, start: Point, end: Point) -> float | None:
        straight_m = distance_m(start, end)
        ends = np.array([[start.lon, start.lat]]), np.array([[end.lon, end.lat]])
        if self._barriers.lie_across(*ends, np.array([straight_m]))[0]:
            return None
        return straight_m * self._terrain.detour_factor

    def _within(self, point: Point, longest_m: float) -> NDArray[np.int64]:
        here = on_unit_sphere(np.array([point.lat]), np.array([point.lon]))[0]
        return np.array(self._tree.query_ball_point(here, longest_m / EARTH_RADIUS_M), np.int64)


def on_unit_sphere(lat: Floats, lon: Floats) -> Floats:
    """(n, 3): a chord between two of them is, for a walk, as long as the way over the ground in earth radii."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def seconds_on_foot(metres: float, speed_mps: float) -> int:
    return ceil(metres / speed_mps)
