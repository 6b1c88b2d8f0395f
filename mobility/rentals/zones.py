"""Where vehicles for hire may be taken, ridden and left: the zones that their operator draws, and the rules in them.

Knows nothing of GBFS (mobility/rentals/gbfs_zones.py reads that). None: it is not known. The first zone that holds a
place and has a rule for a kind of vehicle decides there; where there is none, the operator's general rules do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from threading import Lock
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mobility.geo import METRES_A_DEGREE, Point

EDGE_M = 15.0
"""So far inside the allowed area one is told to park: receivers of satellites err by some ten metres."""
GAP_M = 0.5
"""What is narrower than twice that is a gap between two outlines, no place."""
NEAR_M = 150.0
"""Most edges are near: first one looks no further."""


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """types: ids of the kinds of vehicles that it is about, all of them where it names none. Of vehicles that stand
    free: start, end. through: riding. at_stations: free parking is forbidden, stations are not."""

    start: bool | None = None
    end: bool | None = None
    through: bool | None = None
    types: frozenset[str] = frozenset()
    at_stations: bool = False
    most_kph: int | None = None

    def is_about(self, type: str) -> bool:
        return not self.types or type in self.types

    @property
    def parking(self) -> bool | None:
        """Whether a vehicle may be left there, at no station."""
        return False if self.at_stations else self.end


FREE = ZoneRule(True, True, True)
UNKNOWN = ZoneRule()


@dataclass(frozen=True, slots=True, eq=False)
class RentalZone:
    """start_s, end_s: epoch seconds between which it is there; None: always."""

    name: str
    area: BaseGeometry
    rules: tuple[ZoneRule, ...]
    start_s: int | None = None
    end_s: int | None = None

    def rule(self, type: str, at_s: float) -> ZoneRule | None:
        if at_s < (self.start_s or 0) or (self.end_s is not None and at_s >= self.end_s):
            return None
        return _first(self.rules, type)


class Stretch(NamedTuple):
    """A part of a straight way. share: of its length."""

    rule: ZoneRule
    share: float


@dataclass(frozen=True, eq=False)
class RentalZones:
    """In the order in which they decide. whole: all that was published could be read; else nobody knows what holds
    where no zone is. findings: what could not be read.

    Safe between threads: they take turns, as those that ask for Barriers do (mobility/network/terrain.py).
    """

    zones: tuple[RentalZone, ...] = ()
    general: tuple[ZoneRule, ...] = ()
    whole: bool = True
    findings: tuple[str, ...] = ()
    _turn: Lock = field(default_factory=Lock, repr=False)
    _tree: shapely.STRtree = field(init=False, repr=False)

    def __post_init__(self) -> None:
        tree = shapely.STRtree([zone.area for zone in self.zones])
        tree.query(shapely.Point(0, 0))  # laid out here, before threads share it
        object.__setattr__(self, "_tree", tree)

    def rules(self, asked: Sequence[tuple[Point, str]], at_s: float) -> list[ZoneRule]:
        """Of each place and kind of vehicle. at_s: epoch seconds."""
        found: list[ZoneRule | None] = [None] * len(asked)
        points = shapely.points(np.array([(point.lon, point.lat) for point, _ in asked]).reshape(-1, 2))
        with self._turn:
            pairs = self._tree.query(points, "intersects")
        for row, zone in pairs[:, np.lexsort(pairs[::-1])].T.tolist():
            found[row] = found[row] or self.zones[zone].rule(asked[row][1], at_s)
        return [rule or self._elsewhere(type) for rule, (_, type) in zip(found, asked, strict=True)]

    def rule(self, point: Point, type: str, at_s: float) -> ZoneRule:
        return self.rules([(point, type)], at_s)[0]

    def stretches(self, start: Point, end: Point, type: str, at_s: float) -> list[Stretch]:
        """Of the straight way from start to end, in no order; none of no way."""
        if start == end:
            return []
        way = shapely.LineString([(start.lon, start.lat), (end.lon, end.lat)])
        with self._turn:
            return [Stretch(rule, piece.length / way.length) for rule, piece in self._pieces(way, type, at_s)]

    def parking_near(self, point: Point, type: str, at_s: float, within_m: float) -> Point | None:
        """The nearest place where a vehicle is known to be allowed to stay."""
        scale = METRES_A_DEGREE * np.array([np.cos(np.radians(point.lat)), 1.0])
        here = np.array([point.lon, point.lat])
        for reach_m in (min(NEAR_M, within_m), within_m):
            box = shapely.box(*(here - reach_m / scale), *(here + reach_m / scale))
            with self._turn:
                allowed = self._parking(box, type, at_s)
            east_north = _nearest_m(shapely.transform(allowed, lambda degrees: (degrees - here) * scale))
            if east_north is not None and np.hypot(*east_north) <= reach_m:
                lon, lat = here + east_north / scale
                return Point(float(lat), float(lon))
        return None

    def _parking(self, box: BaseGeometry, type: str, at_s: float) -> BaseGeometry:
        """Where in a box one may park: painted from the last rule to the first, which covers the others."""
        rows = sorted(self._tree.query(box, "intersects").tolist(), reverse=True)
        rules = [(row, rule) for row in rows if (rule := self.zones[row].rule(type, at_s))]
        allowed = box if self._elsewhere(type).parking else shapely.Polygon()
        for is_allowed, group in groupby(rules, lambda one: one[1].parking is True):
            area = _surface(shapely.intersection([self.zones[row].area for row, _ in group], box))
            allowed = allowed.union(area) if is_allowed else allowed.difference(area)
        return allowed

    def _pieces(self, shape: BaseGeometry, type: str, at_s: float) -> Iterator[tuple[ZoneRule, BaseGeometry]]:
        """What of a shape each rule is about."""
        for row in sorted(self._tree.query(shape, "intersects").tolist()):
            rule = self.zones[row].rule(type, at_s)
            if rule is not None:
                yield rule, shape.intersection(self.zones[row].area)
                shape = shape.difference(self.zones[row].area)
        yield self._elsewhere(type), shape

    def _elsewhere(self, type: str) -> ZoneRule:
        return (_first(self.general, type) or FREE) if self.whole else UNKNOWN


def _first(rules: Sequence[ZoneRule], type: str) -> ZoneRule | None:
    return next((rule for rule in rules if rule.is_about(type)), None)


def _surface(shapes: NDArray[np.object_]) -> BaseGeometry:
    """All of them but lines and points, where outlines only touch."""
    parts = shapely.get_parts(shapely.get_parts(shapes))
    return shapely.union_all(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def _nearest_m(plan: BaseGeometry) -> NDArray[np.float64] | None:
    """Of an area on a plan in metres, the point nearest to the middle of the plan: EDGE_M inside, or in the midst of a
    part that is too small for that."""
    parts = shapely.get_parts(plan)
    parts = parts[~shapely.is_empty(shapely.buffer(parts, -GAP_M))]
    inside = shapely.buffer(parts, -EDGE_M)
    places = np.where(shapely.is_empty(inside), shapely.point_on_surface(parts), inside)
    if not len(places):
        return None
    middle = shapely.Point(0, 0)
    nearest = places[np.argmin(shapely.distance(places, middle))]
    found: NDArray[np.float64] = shapely.get_coordinates(shapely.shortest_line(nearest, middle))[0]
    return found
