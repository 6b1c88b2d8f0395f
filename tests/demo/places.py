"""Land and water on a flat map in metres round Lorient, for the tests."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from pathlib import Path
from typing import Any

from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as FlatPoint
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from demo.records import Point

LAT, LON = 47.73, -3.37
M_PER_DEGREE = 111_195


def flat(lon: float, lat: float) -> tuple[float, float]:
    return (lon - LON) * M_PER_DEGREE * cos(radians(LAT)), (lat - LAT) * M_PER_DEGREE


def flat_point(point: Point) -> FlatPoint:
    return FlatPoint(flat(point[1], point[0]))


def flat_line(points: Iterable[Point]) -> LineString:
    return LineString([flat(lon, lat) for lat, lon in points])


def _flat_shape(geometry: dict[str, Any]) -> BaseGeometry:
    rings = [[flat(lon, lat) for lon, lat in ring] for ring in geometry["coordinates"]]
    return Polygon(rings[0], rings[1:])


@dataclass(frozen=True, slots=True)
class Water:
    """The polygons one by one, and all of them together."""

    polygons: tuple[BaseGeometry, ...]
    everywhere: BaseGeometry

    @classmethod
    def read(cls, path: Path) -> "Water":
        features = json.loads(path.read_text("utf-8"))["features"]
        polygons = tuple(_flat_shape(feature["geometry"]) for feature in features)
        return cls(polygons, unary_union(polygons))

    def between(self, a: Point, b: Point) -> bool:
        return bool(flat_line((a, b)).intersects(self.everywhere))

    def holds(self, point: Point) -> bool:
        return bool(self.everywhere.contains(flat_point(point)))

    def distance_m(self, point: Point) -> float:
        return float(self.everywhere.distance(flat_point(point)))
