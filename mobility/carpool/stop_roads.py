"""A graph of stops by which drives are guessed where no map knows the roads: a bus goes between them, or they are
neighbours with no water between. scipy is imported with it, which only a service without streets needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from mobility.geo import EARTH_RADIUS_M, on_unit_sphere
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.network.terrain import Barriers

NEIGHBOURS, NEIGHBOUR_M = 6, 1_500.0
ON_ROADS = ("BUS", "COACH")

Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]


class StopRoads:
    """lat, lon: of the stops that are served, whose rows the ways are told by."""

    def __init__(self, network: Network, barriers: Barriers) -> None:
        stops = network.stops
        served = np.flatnonzero((stops.kind == 0) & (stops.modes != 0) & ~np.isnan(stops.lat))
        self.lat, self.lon = stops.lat[served], stops.lon[served]
        row_of = np.full(len(stops), -1, np.int64)
        row_of[served] = np.arange(len(served))
        hops = row_of[_ridden(network)]
        pairs = np.concatenate([hops[(hops >= 0).all(axis=1)], self._neighbours(barriers)])
        pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
        metres = np.maximum(self._between_m(pairs), 1.0)
        both = np.concatenate([pairs, pairs[:, ::-1]])
        self._graph = csr_array((np.tile(metres, 2), (both[:, 0], both[:, 1])), shape=(len(served), len(served)))

    def way(self, first: Int64s, last: Int64s, last_m: Floats) -> list[int]:
        """Stops in driving order from one of the first to one of the last, of which the whole with last_m is shortest;
        empty where there is none."""
        reached_m, before, _ = dijkstra(self._graph, indices=first, return_predecessors=True, min_only=True)
        # min_only starts from all first stops at no cost; the ways to them are short beside the whole.
        whole_m = reached_m[last] + last_m
        nearest = int(np.argmin(whole_m))
        if not np.isfinite(whole_m[nearest]):
            return []
        stops = [int(last[nearest])]
        while (came_from := int(before[stops[-1]])) >= 0:
            stops.append(came_from)
        return stops[::-1]

    def _neighbours(self, barriers: Barriers) -> Int64s:
        lat, lon = self.lat, self.lon
        if len(lat) < 2:
            return np.empty((0, 2), np.int64)
        tree = cKDTree(on_unit_sphere(lat, lon))
        _, near = tree.query(tree.data, k=NEIGHBOURS + 1, distance_upper_bound=NEIGHBOUR_M / EARTH_RADIUS_M)
        pairs = np.stack([np.repeat(np.arange(len(lat)), near.shape[1]), near.ravel()], 1)
        pairs = pairs[(pairs[:, 1] < len(lat)) & (pairs[:, 0] < pairs[:, 1])]
        places = np.stack([lon, lat], 1)
        dry: Int64s = pairs[~barriers.lie_across(places[pairs[:, 0]], places[pairs[:, 1]], self._between_m(pairs))]
        return dry

    def _between_m(self, pairs: Int64s) -> Floats:
        """Great-circle metres of pairs of rows."""
        a, b = np.radians(self.lat[pairs[:, 0]]), np.radians(self.lat[pairs[:, 1]])
        half_lon = np.sin(np.radians(self.lon[pairs[:, 1]] - self.lon[pairs[:, 0]]) / 2)
        h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * half_lon**2
        metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, h)))
        return metres


def _ridden(network: Network) -> Int64s:
    """(n, 2) stops that a vehicle on roads goes between without another stop."""
    patterns, lines = network.patterns, network.lines
    on_roads = np.isin(lines.mode[patterns.line], [MODES.index(mode) for mode in ON_ROADS])
    lengths = np.diff(patterns.first_position)
    of_position = np.repeat(np.arange(len(lengths)), lengths)
    together = (of_position[:-1] == of_position[1:]) & on_roads[of_position[:-1]]
    return np.stack([patterns.stop[:-1][together], patterns.stop[1:][together]], 1).astype(np.int64)
