"""Water that only a timetable knows: where a boat goes between two quays and no map says what lies between.

A guessed way along a straight line from one quay to the other is no way, nor is one across the boat's course.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from mobility.geo import EARTH_RADIUS_M

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Strait = tuple[float, ...]
"""lon, lat of one quay, lon, lat of the other, 1 where the boat goes straight from one to the other, else 0."""

BANK_M = 150.0
"""Quays that are nearer to each other than twice this may stand on one bank."""
BANK = 0.3
"""Of the distance between two quays: who is so near to one of them stands on its bank."""
AT_ONCE = 2000


class Straits:
    """Asks many straight ways at once whether one of the straits lies across."""

    def __init__(self, straits: Sequence[Strait], quay_m: float) -> None:
        rows = np.array(straits, np.float64).reshape(-1, 5)
        self._near, self._far = _in_space(rows[:, 0:2]), _in_space(rows[:, 2:4])
        self._bank_m = BANK * np.linalg.norm(self._near - self._far, axis=1)
        sailed = rows[:, 4] == 1
        self._courses = shapely.STRtree(_courses(rows[sailed, 0:2], rows[sailed, 2:4], quay_m))

    def __bool__(self) -> bool:
        return len(self._near) > 0

    def lie_across(self, starts: Floats, ends: Floats) -> Bools:
        """starts, ends: (n, 2) lon, lat."""
        across = np.zeros(len(starts), bool)
        if not len(self._near) or not len(starts):
            return across
        ways = shapely.linestrings(np.stack([starts, ends], axis=1))
        across[self._courses.query(ways, predicate="intersects")[0]] = True
        return across | self._lead_from_bank_to_bank(starts, ends)

    def _lead_from_bank_to_bank(self, starts: Floats, ends: Floats) -> Bools:
        """Many ways have few ends, most of them on no bank."""
        lon, lat = np.concatenate([starts, ends]).T
        points, row = np.unique(lon + 1j * lat, return_inverse=True)
        start, end = row.reshape(2, -1)
        near, far = self._are_beside(np.stack([points.real, points.imag], axis=1))
        on_a_bank = np.any(near | far, axis=1)
        leads: Bools = on_a_bank[start] & on_a_bank[end]
        start, end = start[leads], end[leads]
        leads[leads] = np.any(near[start] & far[end] | far[start] & near[end], axis=1)
        return leads

    def _are_beside(self, points: Floats) -> tuple[Bools, Bools]:
        """(points, straits): one quay of each, and the other."""
        near, far = (np.zeros((len(points), len(self._near)), bool) for _ in range(2))
        for first in range(0, len(points), AT_ONCE):
            part = slice(first, first + AT_ONCE)
            here = _in_space(points[part])[:, None]
            near[part] = np.linalg.norm(here - self._near, axis=2) <= self._bank_m
            far[part] = np.linalg.norm(here - self._far, axis=2) <= self._bank_m
        return near, far


def _courses(near: Floats, far: Floats, quay_m: float) -> NDArray[np.object_]:
    """The lines from quay to quay, without quay_m at either end."""
    metres = np.linalg.norm(_in_space(near) - _in_space(far), axis=1)[:, None]
    margin = np.minimum(quay_m / np.maximum(metres, 1.0), 0.5) * (far - near)
    return np.asarray(shapely.linestrings(np.stack([near + margin, far - margin], axis=1)))


def _in_space(lon_lat: Floats) -> Floats:
    """(n, 3) metres from the middle of the earth."""
    lon, lat = np.radians(lon_lat[:, 0]), np.radians(lon_lat[:, 1])
    unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    metres: Floats = unit * EARTH_RADIUS_M
    return metres
