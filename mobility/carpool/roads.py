"""Where a car goes from one place to another: over the streets, or an estimate where no map knows them.

The estimate is a straight line where the ground is dry. Else it goes from stop to stop: where a bus goes, and between
neighbours with no water between them, a car gets, too. Who comes from outside of what is served drives straight to a
stop that is near. A boat is never a road.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from mobility.geo import EARTH_RADIUS_M, Point, distance_m, distances_m, on_unit_sphere
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.network.terrain import Barriers
from mobility.network.ways import StreetRouter

LONGEST_S = 4 * 3600
MPS, FAST_MPS, FAST_AFTER_M = 12.0, 22.0, 20_000.0
"""Of an estimated drive, on average (43 km/h); and of what is longer than that, on main roads (79 km/h)."""
STRAIGHT, THROUGH_STOPS = 1.4, 1.1
"""So much longer than the line it is estimated by. A way estimated from stop to stop has most of its bends already."""
NEIGHBOURS, NEIGHBOUR_M, TO_STOP_M = 6, 1_500.0, 3_000.0
NEAR, FROM_OUTSIDE = 12, 400
"""Stops that are looked at round a place with stops near it, and from one without."""
ON_ROADS = ("BUS", "COACH")

Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Road:
    """The way of a car. line: its points, of which there are two or more."""

    line: tuple[Point, ...]
    seconds: int
    metres: int
    estimated: bool


class Roads:
    """Of one network. Safe between threads."""

    def __init__(self, network: Network, streets: StreetRouter) -> None:
        self.network, self.streets = network, streets
        self._barriers = Barriers(network.terrain.barriers, network.terrain.quay_m)

    def road(self, start: Point, end: Point) -> Road | None:
        """None where no car gets from one to the other within LONGEST_S."""
        way = None if self.streets.estimated else self.streets.way(start, end, LONGEST_S, 1.0, "CAR")
        if way is not None and not way.estimated and len(way.line) > 1:
            return Road(way.line, way.seconds, way.metres, estimated=False)
        guessed = self._straight(start, end) or self._from_stop_to_stop(start, end)
        return guessed if guessed and guessed.seconds <= LONGEST_S else None

    def is_dry(self, start: Point, ends: Floats) -> NDArray[np.bool_]:
        """ends: (n, 2) lon, lat. Whether no water lies between."""
        starts = np.broadcast_to([start.lon, start.lat], ends.shape)
        dry: NDArray[np.bool_] = ~self._barriers.lie_across(
            starts, ends, distances_m(start, ends[:, 1].copy(), ends[:, 0].copy())
        )
        return dry

    def _straight(self, start: Point, end: Point) -> Road | None:
        if not self.is_dry(start, np.array([[end.lon, end.lat]]))[0]:
            return None
        return _guessed((start, end), STRAIGHT * distance_m(start, end))

    def _from_stop_to_stop(self, start: Point, end: Point) -> Road | None:
        graph, lat, lon = self._stones
        first, last = (self._onto(place) for place in (start, end))
        if not len(first) or not len(last):
            return None
        ends_m = [distances_m(place, lat[near], lon[near]) for place, near in ((start, first), (end, last))]
        reached_m, before, _ = dijkstra(graph, indices=first, return_predecessors=True, min_only=True)
        # min_only starts from all first stops at no cost; the ways to them are short beside the whole.
        whole_m = reached_m[last] + ends_m[1]
        nearest = int(np.argmin(whole_m))
        if not np.isfinite(whole_m[nearest]):
            return None
        stops = [int(last[nearest])]
        while (came_from := int(before[stops[-1]])) >= 0:
            stops.append(came_from)
        between = (Point(float(lat[stop]), float(lon[stop])) for stop in reversed(stops))
        return _through((start, *between, end))

    def _onto(self, place: Point) -> Int64s:
        """Rows of the stops that one gets to from a place by a straight dry line; the nearest three. Where no stop is
        near, the place lies outside of what is served, and its nearest stop is where the territory begins."""
        _, lat, lon = self._stones
        away_m = distances_m(place, lat, lon)
        nearest = np.argsort(away_m, kind="stable")
        near = nearest[:NEAR][away_m[nearest[:NEAR]] <= TO_STOP_M]
        if not len(near):
            near = nearest[:FROM_OUTSIDE]
        dry: Int64s = near[self.is_dry(place, np.stack([lon[near], lat[near]], 1))]
        return dry[:3]

    @cached_property
    def _stones(self) -> tuple[csr_array, Floats, Floats]:
        """The stops as a graph weighed in metres, with their places."""
        stops = self.network.stops
        served = (stops.kind == 0) & (stops.modes != 0) & ~np.isnan(stops.lat)
        rows = np.flatnonzero(served)
        lat, lon = stops.lat[rows], stops.lon[rows]
        row_of = np.full(len(stops), -1, np.int64)
        row_of[rows] = np.arange(len(rows))
        hops = row_of[self._ridden()]
        pairs = np.concatenate([hops[(hops >= 0).all(axis=1)], self._neighbours(lat, lon)])
        pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
        metres = np.maximum(_between_m(lat, lon, pairs), 1.0)
        both = np.concatenate([pairs, pairs[:, ::-1]])
        graph = csr_array((np.tile(metres, 2), (both[:, 0], both[:, 1])), shape=(len(rows), len(rows)))
        return graph, lat, lon

    def _ridden(self) -> Int64s:
        """(n, 2) stops that a vehicle on roads goes between without another stop."""
        patterns, lines = self.network.patterns, self.network.lines
        on_roads = np.isin(lines.mode[patterns.line], [MODES.index(mode) for mode in ON_ROADS])
        lengths = np.diff(patterns.first_position)
        of_position = np.repeat(np.arange(len(lengths)), lengths)
        together = (of_position[:-1] == of_position[1:]) & on_roads[of_position[:-1]]
        return np.stack([patterns.stop[:-1][together], patterns.stop[1:][together]], 1).astype(np.int64)

    def _neighbours(self, lat: Floats, lon: Floats) -> Int64s:
        if len(lat) < 2:
            return np.empty((0, 2), np.int64)
        tree = cKDTree(on_unit_sphere(lat, lon))
        _, near = tree.query(tree.data, k=NEIGHBOURS + 1, distance_upper_bound=NEIGHBOUR_M / EARTH_RADIUS_M)
        pairs = np.stack([np.repeat(np.arange(len(lat)), near.shape[1]), near.ravel()], 1)
        pairs = pairs[(pairs[:, 1] < len(lat)) & (pairs[:, 0] < pairs[:, 1])]
        places = np.stack([lon, lat], 1)
        metres = _between_m(lat, lon, pairs)
        dry: Int64s = pairs[~self._barriers.lie_across(places[pairs[:, 0]], places[pairs[:, 1]], metres)]
        return dry


def _through(line: tuple[Point, ...]) -> Road:
    """line: from stop to stop but for both ends, whose ways may be long and have bends that nobody drew."""
    stretches = [distance_m(a, b) for a, b in pairwise(line)]
    far_m = sum(max(0.0, metres - TO_STOP_M) for metres in (stretches[0], stretches[-1]))
    return _guessed(line, THROUGH_STOPS * (sum(stretches) - far_m) + STRAIGHT * far_m)


def _guessed(line: tuple[Point, ...], metres: float) -> Road:
    seconds = min(metres, FAST_AFTER_M) / MPS + max(0.0, metres - FAST_AFTER_M) / FAST_MPS
    return Road(line, ceil(seconds), round(metres), estimated=True)


def _between_m(lat: Floats, lon: Floats, pairs: Int64s) -> Floats:
    """Great-circle metres of pairs of rows."""
    a, b = np.radians(lat[pairs[:, 0]]), np.radians(lat[pairs[:, 1]])
    half_lon = np.sin(np.radians(lon[pairs[:, 1]] - lon[pairs[:, 0]]) / 2)
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * half_lon**2
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, h)))
    return metres
