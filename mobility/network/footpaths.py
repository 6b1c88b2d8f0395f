"""Walks between the places of the search: found on the ground, ordered as the search reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mobility.geo import EARTH_RADIUS_M, on_unit_sphere
from mobility.network.csr import rows_of_entries
from mobility.network.network import Stops
from mobility.network.terrain import Barriers, Terrain, at_speed
from mobility.network.timetable import Footpaths

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]

FORBIDDEN_S = 100_000_000
"""The change time of a stop where one may not change: later than any trip."""


@dataclass(frozen=True, slots=True, eq=False)
class Walks:
    """One row a walk, in one direction, each pair at most once."""

    start: Int32s
    end: Int32s
    duration_s: Int32s
    distance_m: Int32s

    def __len__(self) -> int:
        return len(self.start)

    def taken(self, rows: NDArray[np.generic]) -> Walks:
        return Walks(self.start[rows], self.end[rows], self.duration_s[rows], self.distance_m[rows])


NO_WALKS = Walks(*(np.empty(0, np.int32) for _ in range(4)))


def joined(first: Walks, second: Walks) -> Walks:
    return Walks(
        np.concatenate([first.start, second.start]),
        np.concatenate([first.end, second.end]),
        np.concatenate([first.duration_s, second.duration_s]),
        np.concatenate([first.distance_m, second.distance_m]),
    )


def walks_on_the_ground(stops: Stops, terrain: Terrain) -> Walks:
    """Both ways between all stops within terrain.longest_m, and between all stops of one station."""
    near = _pairs_within(stops, terrain.longest_m).astype(np.int32)
    at_station = stops.kind[stops.parent[near[:, 0]]] == 1 if len(near) else np.empty(0, bool)
    near = near[~(are_of_one_station(stops, near[:, 0], near[:, 1]) & at_station)]
    near = near[are_walkable(stops, terrain, near[:, 0], near[:, 1])]
    a, b = np.concatenate([near, _pairs_in_stations(stops)]).astype(np.int32).T
    return walks_between(stops, terrain, np.concatenate([a, b]), np.concatenate([b, a]))


def walks_between(stops: Stops, terrain: Terrain, start: Int32s, end: Int32s) -> Walks:
    """Straight lines times the detour factor; no change is shorter than terrain.change_s."""
    metres = straight_m(stops, start, end) * terrain.detour_factor
    seconds = np.maximum(np.ceil(metres / terrain.speed_mps), terrain.change_s)
    return Walks(start, end, seconds.astype(np.int32), np.round(metres).astype(np.int32))


def with_least_times(stops: Stops, terrain: Terrain, walks: Walks) -> Walks:
    """None is shorter than a change takes between the vehicles that call at its two ends."""
    least_s = least_change_s(stops, terrain, walks.start, walks.end)
    return replace(walks, duration_s=np.maximum(walks.duration_s, least_s))


def least_change_s(stops: Stops, terrain: Terrain, start: Int32s, end: Int32s) -> Int32s:
    """By what calls there: a change takes long where only vehicles call that take long to change between, at both."""
    indoors = are_of_one_station(stops, start, end)
    at_station, elsewhere = (_least_s(stops, by_mode) for by_mode in (terrain.station_change_s, terrain.stop_change_s))
    return np.where(
        indoors, np.minimum(at_station[start], at_station[end]), np.minimum(elsewhere[start], elsewhere[end])
    )


def _least_s(stops: Stops, by_mode: Sequence[int]) -> Int32s:
    """By stop, of the modes that call the least; 0 where none does."""
    longest = np.iinfo(np.int32).max
    least_s = np.full(len(stops), longest, np.int32)
    for mode, seconds in enumerate(by_mode):
        calls = (stops.modes >> mode) & 1 == 1
        least_s[calls] = np.minimum(least_s[calls], seconds)
    least_s[least_s == longest] = 0
    return least_s


def guessed_between(stops: Stops, terrain: Terrain, start: Int32s, end: Int32s) -> tuple[Walks, NDArray[np.bool_]]:
    """The straight line of each pair, and whether anybody would walk it: near enough, no barrier across."""
    near = straight_m(stops, start, end) <= 2 * terrain.longest_m
    return walks_between(stops, terrain, start, end), near & are_walkable(stops, terrain, start, end)


def are_walkable(stops: Stops, terrain: Terrain, start: Int32s, end: Int32s) -> NDArray[np.bool_]:
    barriers = Barriers.of(terrain)
    lon_lat = np.stack([stops.lon, stops.lat], axis=1)
    return ~barriers.lie_across(lon_lat[start], lon_lat[end], straight_m(stops, start, end))


def are_of_one_station(stops: Stops, start: Int32s, end: Int32s) -> NDArray[np.bool_]:
    """Whether both are stops of the same station."""
    same: NDArray[np.bool_] = (stops.parent[start] >= 0) & (stops.parent[start] == stops.parent[end])
    return same


def straight_m(stops: Stops, start: Int32s, end: Int32s) -> Floats:
    """Great-circle metres; 0 where a stop has no position."""
    lat_a, lat_b = np.radians(stops.lat[start]), np.radians(stops.lat[end])
    half_lon = np.sin(np.radians(stops.lon[end] - stops.lon[start]) / 2)
    h = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * half_lon**2
    metres: Floats = np.nan_to_num(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, h))))
    return metres


def in_order(n_nodes: int, walks: Walks, change_s: Int32s) -> Footpaths:
    """As CSR, the shortest first within a node."""
    order = np.argsort(_shortest_first(n_nodes, walks))
    first = np.zeros(n_nodes + 1, np.int32)
    np.cumsum(np.bincount(walks.start, minlength=n_nodes), out=first[1:])
    return Footpaths(first, walks.end[order], walks.duration_s[order], walks.distance_m[order], change_s)


def _shortest_first(n_nodes: int, walks: Walks) -> Int64s:
    """One number a walk, by which they are sorted sooner than by three. Seconds of walks that nobody
    walks, by which it would not fit, are all the same."""
    longest_s = np.iinfo(np.int64).max // max(1, n_nodes) ** 2 - 1
    duration_s = np.minimum(walks.duration_s.astype(np.int64), longest_s)
    return (walks.start.astype(np.int64) * (int(duration_s.max(initial=0)) + 1) + duration_s) * n_nodes + walks.end


def at_pace(footpaths: Footpaths, terrain: Terrain, speed_mps: float) -> Footpaths:
    """The same walks at another speed than terrain.speed_mps."""
    if speed_mps == terrain.speed_mps:
        return footpaths
    duration_s = at_speed(footpaths.duration_s, footpaths.distance_m, terrain, speed_mps)
    start = rows_of_entries(footpaths.first)
    walks = Walks(start, footpaths.to_stop, duration_s, footpaths.distance_m)
    return in_order(len(footpaths.change_s), walks, footpaths.change_s)


def _pairs_within(stops: Stops, longest_m: float) -> Int64s:
    """(n, 2) rows of stops, each pair once. Only who builds a network needs the library of this."""
    from scipy.spatial import cKDTree

    rows = np.flatnonzero((stops.kind == 0) & ~np.isnan(stops.lat))
    tree = cKDTree(on_unit_sphere(stops.lat[rows], stops.lon[rows]))
    return rows[tree.query_pairs(longest_m / EARTH_RADIUS_M, output_type="ndarray")].reshape(-1, 2)


def _pairs_in_stations(stops: Stops) -> Int64s:
    pairs = [
        (a, b)
        for station in np.flatnonzero(stops.kind == 1).tolist()
        for platforms in [[child for child in stops.children(station) if stops.kind[child] == 0]]
        for number, a in enumerate(platforms)
        for b in platforms[number + 1 :]
    ]
    return np.sort(np.array(pairs, np.int64).reshape(-1, 2), axis=1)
