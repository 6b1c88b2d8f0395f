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
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point, distance_m, distances_m
from mobility.network.network import Network
from mobility.network.terrain import Barriers
from mobility.network.ways import StreetRouter

if TYPE_CHECKING:
    from mobility.carpool.stop_roads import StopRoads

LONGEST_S = 4 * 3600
MPS, FAST_MPS, FAST_AFTER_M = 12.0, 22.0, 20_000.0
"""Of an estimated drive, on average (43 km/h); and of what is longer than that, on main roads (79 km/h)."""
STRAIGHT, THROUGH_STOPS = 1.4, 1.1
"""So much longer than the line it is estimated by. A way estimated from stop to stop has most of its bends already."""
TO_STOP_M = 3_000.0
NEAR, FROM_OUTSIDE = 12, 400
"""Stops that are looked at round a place with stops near it, and from one without."""

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
        known = self._stop_roads
        first, last = (self._onto(place) for place in (start, end))
        if not len(first) or not len(last):
            return None
        stops = known.way(first, last, distances_m(end, known.lat[last], known.lon[last]))
        if not stops:
            return None
        between = (Point(float(known.lat[stop]), float(known.lon[stop])) for stop in stops)
        return _through((start, *between, end))

    def _onto(self, place: Point) -> Int64s:
        """Rows of the stops that one gets to from a place by a straight dry line; the nearest three. Where no stop is
        near, the place lies outside of what is served, and its nearest stop is where the territory begins."""
        lat, lon = self._stop_roads.lat, self._stop_roads.lon
        away_m = distances_m(place, lat, lon)
        nearest = np.argsort(away_m, kind="stable")
        near = nearest[:NEAR][away_m[nearest[:NEAR]] <= TO_STOP_M]
        if not len(near):
            near = nearest[:FROM_OUTSIDE]
        dry: Int64s = near[self.is_dry(place, np.stack([lon[near], lat[near]], 1))]
        return dry[:3]

    @cached_property
    def _stop_roads(self) -> StopRoads:
        from mobility.carpool.stop_roads import StopRoads

        return StopRoads(self.network, self._barriers)


def _through(line: tuple[Point, ...]) -> Road:
    """line: from stop to stop but for both ends, whose ways may be long and have bends that nobody drew."""
    stretches = [distance_m(a, b) for a, b in pairwise(line)]
    far_m = sum(max(0.0, metres - TO_STOP_M) for metres in (stretches[0], stretches[-1]))
    return _guessed(line, THROUGH_STOPS * (sum(stretches) - far_m) + STRAIGHT * far_m)


def _guessed(line: tuple[Point, ...], metres: float) -> Road:
    seconds = min(metres, FAST_AFTER_M) / MPS + max(0.0, metres - FAST_AFTER_M) / FAST_MPS
    return Road(line, ceil(seconds), round(metres), estimated=True)
