"""Water that only a timetable knows: where a boat goes between two quays and no map says what lies between.

A guessed way along a straight line from one quay to the other is no way, nor is one across the boat's course.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
WIDER = 1.01
"""By so much wider than on a sphere is what is only looked through, so that no rounding leaves anything out."""


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Intervals, by their sorted beginnings and their sorted ends."""

    low: Floats
    high: Floats

    @classmethod
    def of(cls, low: Floats, high: Floats) -> Spans:
        return cls(np.sort(low), np.sort(high))

    def meet(self, low: Floats, high: Floats) -> Bools:
        """Whether any has something in common with the interval from low to high: more have begun by its end than
        have ended before it."""
        begun, ended = np.searchsorted(self.low, high, side="right"), np.searchsorted(self.high, low)
        return np.asarray(begun > ended)


class Straits:
    """Asks many straight ways at once whether one of the straits lies across."""

    def __init__(self, straits: Sequence[Strait], quay_m: float) -> None:
        rows = np.array(straits, np.float64).reshape(-1, 5)
        self._near, self._far = _in_space(rows[:, 0:2]), _in_space(rows[:, 2:4])
        self._bank_m = BANK * np.linalg.norm(self._near - self._far, axis=1)
        sailed = rows[:, 4] == 1
        courses = _courses(rows[sailed, 0:2], rows[sailed, 2:4], quay_m)
        self._courses = shapely.STRtree(courses)
        west, south, east, north = shapely.bounds(courses).reshape(-1, 4).T
        self._lon, self._lat = Spans.of(west, east), Spans.of(south, north)
        latitude, bank = rows[:, [1, 3]], np.degrees(self._bank_m / EARTH_RADIUS_M)[:, None] * WIDER
        self._banks = Spans.of((latitude - bank).ravel(), (latitude + bank).ravel())

    def __bool__(self) -> bool:
        return len(self._near) > 0

    def lie_across(self, starts: Floats, ends: Floats) -> Bools:
        """starts, ends: (n, 2) lon, lat."""
        across = np.zeros(len(starts), bool)
        if not len(self._near) or not len(starts):
            return across
        near = np.flatnonzero(self._may_meet_a_course(starts, ends))
        ways = shapely.linestrings(np.stack([starts[near], ends[near]], axis=1))
        across[near[self._courses.query(ways, predicate="intersects")[0]]] = True
        beside = np.flatnonzero(self._banks.meet(starts[:, 1], starts[:, 1]) & self._banks.meet(ends[:, 1], ends[:, 1]))
        across[beside] |= self._lead_from_bank_to_bank(starts[beside], ends[beside])
        return across

    def _may_meet_a_course(self, starts: Floats, ends: Floats) -> Bools:
        """Most do not: to make a line of each takes longer than all else here."""
        west_south, east_north = np.minimum(starts, ends), np.maximum(starts, ends)
        return self._lat.meet(west_south[:, 1], east_north[:, 1]) & self._lon.meet(west_south[:, 0], east_north[:, 0])

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
