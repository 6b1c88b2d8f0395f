"""What walking is like in a territory while no streets are known: how fast, how far, and where nobody can walk.

A barrier is an area, mostly water. A stop often stands on a quay, at or just over the edge of the area that was
drawn, so the part of a way that lies close to one of its ends may touch the barrier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from threading import Lock

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mobility.geo import METRES_A_DEGREE
from mobility.network.straits import Strait, Straits

Floats = NDArray[np.float64]
Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """Metres are along a straight line; the way walked is detour_factor times longer.

    change_s: least time between two rides, at one stop and on a walk between two. quay_m: a way may touch a barrier
    within this distance from its ends. only_transfers: transfers.txt is the whole transfer graph, nobody walks else.
    on_streets: walks between stops were found on streets, where both stops have one near. station_change_s,
    stop_change_s: least time between two vehicles, by row of MODES, at one station and elsewhere; empty: change_s.
    straits: water that no barrier shows, see straits.py.
    """

    barriers: tuple[BaseGeometry, ...] = ()
    detour_factor: float = 1.3
    speed_mps: float = 1.33
    longest_m: float = 600.0
    change_s: int = 60
    quay_m: float = 50.0
    only_transfers: bool = False
    on_streets: bool = False
    station_change_s: tuple[int, ...] = ()
    stop_change_s: tuple[int, ...] = ()
    straits: tuple[Strait, ...] = ()


OPEN_GROUND = Terrain()

ROUNDING_S = 1
"""A walk's seconds follow from its metres before they are rounded."""


def at_speed(duration_s: Int32s, distance_m: Int32s, terrain: Terrain, speed_mps: float) -> Int32s:
    """Of walks at terrain.speed_mps those at another speed. Times that transfers.txt sets grow for who is slower and
    stay for who is faster: they hold more than the walk."""
    usual_s = np.maximum(np.ceil(distance_m / terrain.speed_mps), terrain.change_s)
    own_s = np.maximum(np.ceil(distance_m / speed_mps), terrain.change_s)
    ruled_s = np.ceil(duration_s * max(1.0, terrain.speed_mps / speed_mps))
    walked = np.abs(duration_s - usual_s) <= ROUNDING_S
    return np.where(walked, own_s, ruled_s).astype(np.int32)


def on_foot_s(duration_s: int, distance_m: int, speed_mps: float) -> int:
    """Of a walk between two stops: what a change takes beyond the way itself is no walk, but margin."""
    return min(duration_s, ceil(distance_m / speed_mps))


CROSSING_M = 50.0
"""Who would go over the water so near to a bridge goes over the bridge."""


def opened_at(areas: Iterable[BaseGeometry], crossings: Iterable[BaseGeometry]) -> tuple[BaseGeometry, ...]:
    """The areas without what lies within CROSSING_M of a crossing."""
    gaps = shapely.unary_union([_gap(line) for line in crossings])
    left = (shapely.difference(area, gaps) for area in areas)
    return tuple(area for area in left if not area.is_empty)


def _gap(line: BaseGeometry) -> BaseGeometry:
    """lon, lat are as long as each other only on the equator: widened on flat ground."""
    narrow = np.cos(np.radians(line.centroid.y))
    ground = shapely.transform(line, lambda lon_lat: lon_lat * [narrow, 1.0])
    wide = shapely.buffer(ground, CROSSING_M / METRES_A_DEGREE)
    return shapely.transform(wide, lambda lon_lat: lon_lat / [narrow, 1.0])


class Barriers:
    """Asks many straight ways at once whether a barrier lies across them. Safe between threads: they take turns,
    since two that ask GEOS for lines in one prepared area at the same time crash the process."""

    def __init__(self, areas: Iterable[BaseGeometry], quay_m: float, straits: Sequence[Strait] = ()) -> None:
        self._area = shapely.unary_union(list(areas))
        self._straits = Straits(straits, quay_m)
        self._quay_m = quay_m
        self._turn = Lock()
        shapely.prepare(self._area)

    def __bool__(self) -> bool:
        return bool(self._straits) or not self._area.is_empty

    def are_straits(self, starts: Floats, ends: Floats) -> Bools:
        """Whether it is a strait that lies across."""
        return self._straits.lie_across(starts, ends)

    @classmethod
    def of(cls, terrain: Terrain) -> Barriers:
        """All that nobody walks across: what the map shows, and what only boats tell."""
        return cls(terrain.barriers, terrain.quay_m, terrain.straits)

    def lie_across(self, starts: Floats, ends: Floats, length_m: Floats) -> Bools:
        """starts, ends: (n, 2) lon, lat.

        Of a long way the middle, which is more than quay_m from both ends, must be dry. Where the margins of both
        ends overlap, a barrier lies across if it fills the whole overlap: it then reaches beyond both margins.
        """
        across = self._straits.lie_across(starts, ends)
        if self._area.is_empty:
            return across
        share = self._quay_m / np.maximum(length_m, max(self._quay_m, 0.01))
        near, far = np.minimum(share, 1 - share), np.maximum(share, 1 - share)
        step = ends - starts
        middles: NDArray[np.object_] = np.asarray(
            shapely.linestrings(np.stack([starts + near[:, None] * step, starts + far[:, None] * step], axis=1))
        )
        long, medium = length_m > 2 * self._quay_m, (length_m > self._quay_m) & (length_m <= 2 * self._quay_m)
        with self._turn:
            across[long] |= shapely.intersects(self._area, middles[long])
            across[medium] |= shapely.covers(self._area, middles[medium])
        return across
