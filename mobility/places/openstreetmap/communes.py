"""In which commune a point of an extract lies: inside a boundary of it; else, as the thing itself says; else the one
with the nearest centre, which is approximate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mobility.geo import Point, distances_m
from mobility.places.landmarks.kinds import Tags
from mobility.places.words import folded

Floats = NDArray[np.float64]

LARGEST_M = 20_000.0


@dataclass(frozen=True, slots=True)
class MappedCommune:
    """insee, post_code: "" where they are not known. area: its boundary, longitude first; None of a mere centre."""

    name: str
    centre: Point
    insee: str = ""
    post_code: str = ""
    area: BaseGeometry | None = None


@dataclass(frozen=True)
class MappedCommunes:
    """Those of an extract and of a territory's own file together."""

    known: Sequence[MappedCommune]

    def of(self, point: Point, tags: Tags) -> MappedCommune | None:
        """tags: of the thing at the point."""
        return self._around(point) or self._named(tags.get("addr:city", "")) or self._nearest(point)

    def _around(self, point: Point) -> MappedCommune | None:
        areas, tree = self._areas
        found = tree.query(shapely.Point(point.lon, point.lat), predicate="intersects")
        return areas[int(found[0])] if len(found) else None

    def _named(self, name: str) -> MappedCommune | None:
        if not name:
            return None
        return self._by_name.get(folded(name)) or MappedCommune(name, Point(0, 0))

    def _nearest(self, point: Point) -> MappedCommune | None:
        lat, lon = self._centres
        if not len(lat):
            return None
        metres = distances_m(point, lat, lon)
        nearest = int(metres.argmin())
        return self.known[nearest] if metres[nearest] <= LARGEST_M else None

    @cached_property
    def _areas(self) -> tuple[list[MappedCommune], shapely.STRtree]:
        bounded = [(one, one.area) for one in self.known if one.area is not None]
        return [one for one, _ in bounded], shapely.STRtree([area for _, area in bounded])

    @cached_property
    def _by_name(self) -> dict[str, MappedCommune]:
        return {folded(one.name): one for one in reversed(self.known)}

    @cached_property
    def _centres(self) -> tuple[Floats, Floats]:
        return np.array([one.centre.lat for one in self.known]), np.array([one.centre.lon for one in self.known])


def together(mapped: Iterable[MappedCommune], own: Sequence[MappedCommune]) -> MappedCommunes:
    """own: of the territory's file, whose post codes count where the extract has none."""
    codes = {folded(one.name): one.post_code for one in own}
    known = [replace(one, post_code=one.post_code or codes.get(folded(one.name), "")) for one in mapped]
    there = {folded(one.name) for one in known}
    return MappedCommunes([*known, *(one for one in own if folded(one.name) not in there)])
