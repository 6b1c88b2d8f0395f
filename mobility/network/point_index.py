"""Which of many points lie near one, as the crow flies. They are kept in the order of their latitudes, so that a band
is looked through; no pole or date line is an exception.

A KD-tree does the same, and importing that of scipy takes a tenth of the start of a service.
"""

from __future__ import annotations

from math import asin, degrees

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
        self._lat = lat[self._row]
        self._places = frozen(on_unit_sphere(self._lat, lon[self._row]))

    def within(self, point: Point, longest_m: float) -> Int32s:
        """Rows of the points to which a straight line, through the ground, is no longer; in ascending order."""
        chord = longest_m / EARTH_RADIUS_M
        half = degrees(2 * asin(min(1.0, chord / 2))) + ROUNDING
        first, last = np.searchsorted(self._lat, (point.lat - half, point.lat + half)).tolist()
        found = np.empty(last - first, np.int32)
        count = find_near(self._places, (first, last), point_on_unit_sphere(point), chord, found)
        return np.sort(self._row[found[:count]])


@kernel
def find_near(
    places: Floats, band: tuple[int, int], here: tuple[float, float, float], chord: float, found: Int32s
) -> int:
    """How many rows of the band were written to found. places: (n, 3) on the unit sphere, as here; chord: in radii."""
    count = 0
    for row in range(band[0], band[1]):
        dx, dy, dz = places[row, 0] - here[0], places[row, 1] - here[1], places[row, 2] - here[2]
        if dx * dx + dy * dy + dz * dz <= chord * chord:
            found[count] = row
            count += 1
    return count
