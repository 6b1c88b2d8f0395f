"""Where vehicles for hire may be taken, ridden and left: the zones that their operator draws, and the rules in them.

Knows nothing of GBFS (mobility/feeds/gbfs_zones.py reads that). None: it is not known. The first zone that holds a
place and has a rule for a kind of vehicle decides there; where there is none, the operator's general rules do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mobility.geo import METRES_A_DEGREE, Point

EDGE_M = 15.0
"""So far inside the allowed area one is told to park: receivers of satellites err by some ten metres."""


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
        """The nearest place within a square round the point where a vehicle is known to be allowed to stay."""
        scale = METRES_A_DEGREE * np.array([np.cos(np.radians(point.lat)), 1.0])
        here = np.array([point.lon, point.lat])
        west, south = here - within_m / scale
        east, north = here + within_m / scale
        with self._turn:
            pieces = self._pieces(shapely.box(west, south, east, north), type, at_s)
            allowed = shapely.union_all([piece for rule, piece in pieces if rule.parking])
        plan = shapely.transform(allowed, lambda degrees: (degrees - here) * scale).buffer(-EDGE_M)
        if plan.is_empty:
            return None
        lon, lat = here + _nearest_m(plan) / scale
        return Point(float(lat), float(lon))

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


def _nearest_m(plan: BaseGeometry) -> NDArray[np.float64]:
    """The point of an area on a plan in metres that is nearest to the middle of the plan."""
    found: NDArray[np.float64] = shapely.get_coordinates(shapely.shortest_line(plan, shapely.Point(0, 0)))[0]
    return found
