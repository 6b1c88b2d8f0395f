"""The meeting points along the way of an offer: where its driver can take people in and let them out.

Cheap tests come before costly ones: first what lies in a corridor round the way, then what a car reaches without
turning back, then the most useful of these, spaced along the way; the streets are asked for those few only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians

import numpy as np
import shapely
from numpy.typing import NDArray

from mobility.carpool.driven_line import PRECISION, thinned
from mobility.carpool.offer import MeetingPoint, PointKind, Waypoint
from mobility.carpool.roads import MPS, Road, Roads
from mobility.geo import METRES_A_DEGREE, Point
from mobility.network.modes import BOAT, TRAINS, mode_bits
from mobility.polyline import encode

DETOUR_SHARE, DETOUR_S = 0.25, 900
"""What a driver's detour is held to beside their own limit."""
CORRIDOR_M = 600.0
"""Of a meeting point from the way; farther ones cost more than they bring."""
APART_M, MADE_FOR_IT_APART_M = 700.0, 200.0
BESIDE_M = 40.0
"""So near to the way that serving it is no detour."""
BEFORE_M = 400.0
"""From so far before a meeting point to so far behind it the way is measured with it and without."""
MOST_TURN = radians(60)

Floats = NDArray[np.float64]
Int64s = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OfferDrive:
    """The way of an offer. See Offer and Waypoint. line: the road from the first waypoint to the last, as a polyline
    (mobility/carpool/driven_line.py)."""

    waypoints: tuple[Waypoint, ...]
    line: str
    drive_s: int
    drive_m: int
    estimated: bool


def allowed_detour_s(longest_detour_s: int, drive_s: int) -> int:
    """The driver's own limit, a quarter of the drive and 15 minutes: the least of them."""
    return min(longest_detour_s, int(DETOUR_SHARE * drive_s), DETOUR_S)


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """Meeting points near a way: their rows, how far along it they lie and how far off it, in straight metres."""

    row: Int64s
    along_m: Floats
    off_m: Floats

    def kept(self, where: NDArray[np.generic]) -> Beside:
        return Beside(self.row[where], self.along_m[where], self.off_m[where])


class Plane:
    """Metres east and north on the ground round a place; good enough for a territory."""

    def __init__(self, middle: Point) -> None:
        self._lat, self._lon = METRES_A_DEGREE, METRES_A_DEGREE * cos(radians(middle.lat))

    def metres(self, lat: Floats, lon: Floats) -> Floats:
        return np.stack([lon * self._lon, lat * self._lat], axis=-1)

    def point(self, east_m: float, north_m: float) -> Point:
        return Point(north_m / self._lat, east_m / self._lon)


@dataclass(frozen=True, slots=True)
class LaidRoad:
    """A road laid on the plane. seconds and metres of the road are spread evenly along the line."""

    road: Road
    plane: Plane
    line: shapely.LineString

    def at(self, along_m: Floats) -> Floats:
        """(n, 2) places on the line, so many straight metres from its start."""
        places: Floats = shapely.get_coordinates(shapely.line_interpolate_point(self.line, along_m))
        return places

    @property
    def seconds_a_metre(self) -> float:
        return self.road.seconds / max(self.line.length, 1.0)

    @property
    def metres_a_metre(self) -> float:
        return self.road.metres / max(self.line.length, 1.0)


class WaypointFinder:
    """points: all meeting points of the territory, blurred ones apart."""

    def __init__(self, points: Sequence[MeetingPoint], roads: Roads, most: int = 20) -> None:
        self.points, self.roads, self.most = tuple(points), roads, most
        self._lat = np.array([one.point.lat for one in points], np.float64)
        self._lon = np.array([one.point.lon for one in points], np.float64)

    def drive(self, start: MeetingPoint, end: MeetingPoint, longest_detour_s: int) -> OfferDrive | None:
        """None where no car gets from one to the other."""
        road = self.roads.road(start.point, end.point)
        if road is None:
            return None
        course = _course(road)
        allowed_s = allowed_detour_s(longest_detour_s, road.seconds)
        chosen = self._chosen(course, allowed_s, {start.id, end.id})
        between = self._waypoints(course, chosen, allowed_s)
        ends = (Waypoint(start, 0, 0, drop_off=False), Waypoint(end, road.seconds, road.metres, pickup=False))
        first, last = (tuple(one for one in (end,) if one.meeting_point.kind is not PointKind.BLURRED) for end in ends)
        waypoints = (*first, *between, *last)
        return OfferDrive(waypoints, _kept(course, waypoints), road.seconds, road.metres, road.estimated)

    def _chosen(self, course: LaidRoad, allowed_s: int, ends: set[str]) -> Beside:
        """Those worth measuring, in order along the way."""
        beside = self._beside(course)
        ended = np.array([self.points[row].id not in ends for row in beside.row.tolist()], bool)
        beside = beside.kept(ended & (_least_detour_s(beside) <= allowed_s))
        beside = beside.kept(_on_course(course, self._places(course, beside), beside))
        chosen = self._spaced(beside, self.most - len(ends))
        return beside.kept(np.array(sorted(chosen, key=lambda row: float(beside.along_m[row])), np.int64))

    def _beside(self, course: LaidRoad) -> Beside:
        place = course.plane.metres(self._lat, self._lon)
        west, south, east, north = course.line.bounds
        inside = (place[:, 0] >= west - CORRIDOR_M) & (place[:, 0] <= east + CORRIDOR_M)
        inside &= (place[:, 1] >= south - CORRIDOR_M) & (place[:, 1] <= north + CORRIDOR_M)
        rows = np.flatnonzero(inside)
        spots: NDArray[np.object_] = np.asarray(shapely.points(place[rows]))
        near = shapely.dwithin(course.line, spots, CORRIDOR_M)
        rows, spots = rows[near], spots[near]
        return Beside(rows, shapely.line_locate_point(course.line, spots), shapely.distance(course.line, spots))

    def _places(self, course: LaidRoad, beside: Beside) -> Floats:
        return course.plane.metres(self._lat[beside.row], self._lon[beside.row])

    def _spaced(self, beside: Beside, most: int) -> list[int]:
        """Rows of `beside`: the most useful first, none close to another."""
        rank = self._usefulness[beside.row] - beside.off_m / (10 * CORRIDOR_M)
        chosen: list[int] = []
        for row in np.argsort(-rank, kind="stable").tolist():
            if len(chosen) == most:
                break
            apart_m = MADE_FOR_IT_APART_M if rank[row] > 1 else APART_M
            if all(abs(beside.along_m[row] - beside.along_m[other]) >= apart_m for other in chosen):
                chosen.append(row)
        return chosen

    @cached_property
    def _usefulness(self) -> Floats:
        """Above 2: made for carpools; above 1: where boats or trains go; else by the number of calls."""
        stops = self.roads.network.stops
        onward = mode_bits({BOAT} | TRAINS)
        useful = []
        for point in self.points:
            stop = stops.id.find(point.id) if point.kind is PointKind.STOP else None
            if stop is None:
                useful.append(2.5)
            else:
                useful.append(float(stops.importance[stop]) + (1.2 if int(stops.modes[stop]) & onward else 0.0))
        return np.array(useful, np.float64)

    def _waypoints(self, course: LaidRoad, chosen: Beside, allowed_s: int) -> list[Waypoint]:
        found = []
        for row, along_m, off_m in zip(*(column.tolist() for column in _columns(chosen)), strict=True):
            point = self.points[row]
            detour_s = self._detour_s(course, point.point, along_m, off_m)
            if detour_s is not None and detour_s <= allowed_s:
                after_s = round(along_m * course.seconds_a_metre + detour_s / 2)
                found.append(Waypoint(point, after_s, round(along_m * course.metres_a_metre), detour_s))
        return sorted(found, key=lambda one: (one.after_s, one.along_m))

    def _detour_s(self, course: LaidRoad, point: Point, along_m: float, off_m: float) -> int | None:
        """What it costs to go by a point; None where one does not get there."""
        if off_m <= BESIDE_M:
            return 0
        span = np.array([max(along_m - BEFORE_M, 0.0), min(along_m + BEFORE_M, course.line.length)])
        before, on_it, behind = (
            course.plane.point(*place) for place in course.at(np.insert(span, 1, along_m)).tolist()
        )
        if course.road.estimated:
            ends = np.array([[on_it.lon, on_it.lat]])
            away_m = 2 * off_m * self.roads.network.terrain.detour_factor
            return round(away_m / MPS) if self.roads.is_dry(point, ends)[0] else None
        streets, bound_s = self.roads.streets, DETOUR_S
        ways = [streets.way(a, b, bound_s, 1.0, "CAR") for a, b in ((before, point), (point, behind))]
        if any(way is None for way in ways):
            return None
        without_s = float(span[1] - span[0]) * course.seconds_a_metre
        return max(0, round(sum(way.seconds for way in ways if way) - without_s))


def _course(road: Road) -> LaidRoad:
    lat, lon = (np.array([getattr(point, name) for point in road.line], np.float64) for name in ("lat", "lon"))
    plane = Plane(road.line[0])
    whole = shapely.LineString(plane.metres(lat, lon))
    line = shapely.LineString(shapely.get_coordinates(shapely.simplify(whole, 10.0)))
    shapely.prepare(line)
    return LaidRoad(road, plane, line)


def _kept(course: LaidRoad, waypoints: Sequence[Waypoint]) -> str:
    """Between those where people get in and out: never to a blurred end."""
    if len(waypoints) < 2:
        return ""
    first_m, last_m = (waypoints[at].along_m / course.metres_a_metre for at in (0, -1))
    places = thinned(course.line, first_m, last_m).tolist()
    return encode((course.plane.point(*place) for place in places), PRECISION)


def _least_detour_s(beside: Beside) -> Floats:
    """There and back at a car's usual pace."""
    cost_s: Floats = np.where(beside.off_m <= BESIDE_M, 0.0, 2 * beside.off_m / (1.5 * MPS))
    return cost_s


def _on_course(course: LaidRoad, place: Floats, beside: Beside) -> NDArray[np.bool_]:
    """Whether a car turns by no more than MOST_TURN towards the point, and back onto its way: no U-turns."""
    before = course.at(np.maximum(beside.along_m - BEFORE_M, 0.0))
    behind = course.at(np.minimum(beside.along_m + BEFORE_M, course.line.length))
    ahead = behind - before
    open_way: NDArray[np.bool_] = (_turn(ahead, place - before) <= MOST_TURN) & (
        _turn(ahead, behind - place) <= MOST_TURN
    )
    return open_way | (beside.off_m <= BESIDE_M)


def _turn(a: Floats, b: Floats) -> Floats:
    """Angles between directions, radians from 0 to pi."""
    cross = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    angles: Floats = np.abs(np.arctan2(cross, (a * b).sum(axis=1)))
    return angles


def _columns(beside: Beside) -> tuple[NDArray[np.generic], ...]:
    return beside.row, beside.along_m, beside.off_m
