"""Which of many points lie near one, as the crow flies. They are kept in the order of their latitudes, so that a band
is looked through; no pole or date line is an exception.

A KD-tree does the same, and importing that of scipy takes a tenth of the start of a service.
"""

from __future__ import annotations

from math import asin, cos, degrees, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen, kernel
from mobility.geo import EARTH_RADIUS_M, Point, on_unit_sphere, point_on_unit_sphere

Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]

ROUNDING = 1e-9
"""Degrees by which the band is wider than it must be: a tenth of a millimetre."""


class PointIndex:
    """lat, lon: degrees, none of them nan."""

    def __init__(self, lat: Floats, lon: Floats) -> None:
        self._row = np.argsort(lat, kind="stable").astype(np.int32)
        self._lat = frozen(lat[self._row])
        self._places = frozen(on_unit_sphere(self._lat, lon[self._row]))
        self._angles = frozen(np.radians(np.stack([self._lat, lon[self._row]], axis=1)))

    def within(self, point: Point, longest_m: float) -> Int32s:
        """Rows of the points to which a straight line, through the ground, is no longer; in ascending order."""
        chord = longest_m / EARTH_RADIUS_M
        found = find_near(self._lat, self._places, _band(point, longest_m), point_on_unit_sphere(point), chord)
        return np.sort(self._row[found])

    def measured(self, point: Point, longest_m: float) -> tuple[Int32s, Floats]:
        """Rows of the points that are no farther over the ground, in ascending order, and how far they are."""
        here = radians(point.lat), radians(point.lon)
        found, metres = measure_near(self._lat, self._angles, _band(point, longest_m), here, longest_m)
        row = self._row[found]
        order = np.argsort(row)
        return row[order], metres[order]


def _band(point: Point, longest_m: float) -> tuple[float, float]:
    """Degrees of latitude."""
    half = degrees(2 * asin(min(1.0, longest_m / EARTH_RADIUS_M / 2))) + ROUNDING
    return point.lat - half, point.lat + half


@kernel
def find_near(
    lat: Floats, places: Floats, band: tuple[float, float], here: tuple[float, float, float], chord: float
) -> Int32s:
    """Rows of the band. places: (n, 3) on the unit sphere, as here; chord: in radii."""
    first, last = np.searchsorted(lat, band[0]), np.searchsorted(lat, band[1])
    found = np.empty(last - first, np.int32)
    count = 0
    for row in range(first, last):
        dx, dy, dz = places[row, 0] - here[0], places[row, 1] - here[1], places[row, 2] - here[2]
        if dx * dx + dy * dy + dz * dz <= chord * chord:
            found[count] = row
            count += 1
    return found[:count]


@kernel
def measure_near(
    lat: Floats, angles: Floats, band: tuple[float, float], here: tuple[float, float], longest_m: float
) -> tuple[Int32s, Floats]:
    """The same with the great-circle distance of each, as geo.distance_m has it. angles: (n, 2) in radians, as here."""
    first, last = np.searchsorted(lat, band[0]), np.searchsorted(lat, band[1])
    found, metres = np.empty(last - first, np.int32), np.empty(last - first, np.float64)
    count = 0
    for row in range(first, last):
        half_lat, half_lon = sin((angles[row, 0] - here[0]) / 2), sin((angles[row, 1] - here[1]) / 2)
        h = half_lat * half_lat + cos(here[0]) * cos(angles[row, 0]) * half_lon * half_lon
        away_m = 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, h)))
        if away_m <= longest_m:
            found[count] = row
            metres[count] = away_m
            count += 1
    return found[:count], metres[:count]
