"""Distances and lines on the ground, in metres and degrees (WGS 84)."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_M = 6_371_008.8
METRES_A_DEGREE = 111_195.0
"""Of latitude."""


@dataclass(frozen=True, slots=True)
class Point:
    lat: float
    lon: float


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance (haversine)."""
    half_lat = sin(radians(b.lat - a.lat) / 2)
    half_lon = sin(radians(b.lon - a.lon) / 2)
    h = half_lat * half_lat + cos(radians(a.lat)) * cos(radians(b.lat)) * half_lon * half_lon
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, h)))


def distances_m(point: Point, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distance from one point to many."""
    lat = np.radians(lats)
    half_lat = np.sin((lat - radians(point.lat)) / 2)
    half_lon = np.sin(np.radians(lons - point.lon) / 2)
    h = half_lat**2 + cos(radians(point.lat)) * np.cos(lat) * half_lon**2
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, h)))
    return metres


def distances_between_m(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, m): from each of n to each of m; both as columns of lon, lat."""
    (from_lon, from_lat), (to_lon, to_lat) = np.radians(starts).T, np.radians(ends).T
    half_lat = np.sin((to_lat - from_lat[:, None]) / 2)
    half_lon = np.sin((to_lon - from_lon[:, None]) / 2)
    h = half_lat**2 + np.cos(from_lat)[:, None] * np.cos(to_lat) * half_lon**2
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, h)))
    return metres


def on_unit_sphere(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 3): a chord between two of them is, for a walk, as long as the way over the ground in earth radii."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def point_on_unit_sphere(point: Point) -> tuple[float, float, float]:
    lat, lon = radians(point.lat), radians(point.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)
