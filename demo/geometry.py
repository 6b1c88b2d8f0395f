"""Distances, and the way that a vehicle takes between two stops."""

from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from demo.records import Point, Territory

EARTH_RADIUS_M = 6_371_008.8


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance in metres. Source: haversine formula."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(h))


def way(territory: Territory, a: str, b: str) -> tuple[Point, ...]:
    """From stop a to stop b: through the points of ways.geojson where it has the pair, else straight."""
    return (territory.stops[a].point, *territory.ways.get((a, b), ()), territory.stops[b].point)


def length_m(points: tuple[Point, ...]) -> float:
    """Length of a line of points in metres."""
    return sum(distance_m(a, b) for a, b in pairwise(points))
