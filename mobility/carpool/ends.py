"""From the place that a driver names to the one that the registry keeps: a meeting point near it, or a blurred place.

The place named is somebody's home. It stays in memory while the answer is made and reaches no disk, log or message.
"""

from __future__ import annotations

from math import cos, floor, radians

from mobility.carpool.meeting_points import MeetingPoints
from mobility.carpool.offer import MeetingPoint, PointKind
from mobility.geo import Point, distance_m
from mobility.network.place import TerritoryPlace

BLUR_M = 300.0
"""STANDARDS: public coordinates are rounded so that a home is known to no better than that."""
CELL_LAT = 2.2 * BLUR_M / 111_195
"""Degrees: half a cell, the distance from its middle to the nearest side, is a tenth more than BLUR_M."""
COMMUNE_M = 10_000.0
"""Who is farther than that from the centre of every known commune lives in another one."""


def snapped(point: Point, points: MeetingPoints, snap_m: float, communes: tuple[TerritoryPlace, ...]) -> MeetingPoint:
    """The nearest meeting point on this side of the water within snap_m, else the blurred place."""
    near = points.near(point, snap_m)
    return near[0] if near else blurred(point, communes)


def blurred(point: Point, communes: tuple[TerritoryPlace, ...]) -> MeetingPoint:
    """The middle of a cell of a fixed grid: whoever registers the same home again and again tells no more of it.

    Its name is that of the commune whose centre is nearest, "" where none near is known.
    """
    lat = (floor(point.lat / CELL_LAT) + 0.5) * CELL_LAT
    cell_lon = CELL_LAT / max(cos(radians(lat)), 0.01)
    lon = (floor(point.lon / cell_lon) + 0.5) * cell_lon
    middle = Point(round(lat, 4), round(lon, 4))
    return MeetingPoint(f"{middle.lat:.4f},{middle.lon:.4f}", _commune(middle, communes), middle, PointKind.BLURRED)


def _commune(point: Point, communes: tuple[TerritoryPlace, ...]) -> str:
    away_m = {one.name: distance_m(point, Point(one.lat, one.lon)) for one in communes}
    nearest = min(away_m, key=away_m.__getitem__, default="")
    return nearest if away_m.get(nearest, COMMUNE_M) < COMMUNE_M else ""
