"""What stands round a point, and how far it is to walk, cycle or drive there in a straight line times a factor.

Many ways are measured at once, so that an answer with forty itineraries can say what is round each of its stops
within a millisecond. None of them is a way on streets; none crosses water.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mobility.geo import Point, distance_m, distances_m
from mobility.network.place import AREAS, TerritoryPlace
from mobility.network.point_index import PointIndex
from mobility.network.terrain import Barriers, Terrain

Floats = NDArray[np.float64]


class StraightWays:
    """Measures ways over a terrain."""

    def __init__(self, terrain: Terrain) -> None:
        self._detour_factor = terrain.detour_factor
        self._barriers = Barriers.of(terrain)

    def metres(self, start: Point, ends: Sequence[Point]) -> list[float]:
        """The length of the way to each end, nan where water lies across."""
        if not ends:
            return []
        lat, lon = np.array([end.lat for end in ends]), np.array([end.lon for end in ends])
        straight_m = distances_m(start, lat, lon)
        starts = np.broadcast_to([start.lon, start.lat], (len(ends), 2))
        across = self._barriers.lie_across(starts, np.stack([lon, lat], 1), straight_m)
        found: list[float] = np.where(across, nan, straight_m * self._detour_factor).tolist()
        return found


@dataclass(frozen=True)
class Nearby:
    """The places of a territory, those of some kinds apart."""

    places: tuple[TerritoryPlace, ...]

    def around(self, point: Point, within_m: float, kinds: Sequence[str]) -> list[TerritoryPlace]:
        """The places of some of the kinds within a straight line, the nearest first."""
        if not self._points:
            return []
        found = [self._points[row] for row in self._index.within(point, within_m)]
        wanted = [place for place in found if place.kind in kinds]
        return sorted(wanted, key=lambda place: distance_m(point, place_point(place)))

    def holding(self, point: Point, kind: str, radius_m: float = 0.0) -> list[TerritoryPlace]:
        """The places of a kind whose outline holds the point, or which are as near as their radius_m (else the one
        given); the nearest to their middle first."""
        areas = self._areas.get(kind, ())
        if not areas:
            return []
        here = shapely.Point(point.lon, point.lat)
        held = [
            (metres, place)
            for place, area in areas
            for metres in [distance_m(point, place_point(place))]
            if (area.covers(here) if area is not None else metres <= _radius_m(place, radius_m))
        ]
        return [place for _, place in sorted(held, key=lambda one: one[0])]

    def of_kind(self, kind: str) -> list[TerritoryPlace]:
        return [place for place in self.places if place.kind == kind]

    @cached_property
    def _points(self) -> tuple[TerritoryPlace, ...]:
        """Those that one can go to: no commune, no zone."""
        return tuple(place for place in self.places if place.kind not in AREAS)

    @cached_property
    def _index(self) -> PointIndex:
        return PointIndex(*(np.array(column) for column in _degrees(self._points)))

    @cached_property
    def _areas(self) -> dict[str, list[tuple[TerritoryPlace, BaseGeometry | None]]]:
        found: dict[str, list[tuple[TerritoryPlace, BaseGeometry | None]]] = {}
        for place in self.places:
            area = shapely.from_wkt(place.area) if place.area else None
            found.setdefault(place.kind, []).append((place, _prepared(area)))
        return found


def place_point(place: TerritoryPlace) -> Point:
    return Point(place.lat, place.lon)


def _radius_m(place: TerritoryPlace, otherwise_m: float) -> float:
    try:
        return float(place.properties.get("radius_m", otherwise_m))
    except ValueError:
        return otherwise_m


def _degrees(places: Sequence[TerritoryPlace]) -> tuple[list[float], list[float]]:
    return [place.lat for place in places], [place.lon for place in places]


def _prepared(area: BaseGeometry | None) -> BaseGeometry | None:
    """Asked once, which lays out its index: that is not safe between threads."""
    if area is not None:
        shapely.prepare(area)
        area.covers(area.representative_point())
    return area
