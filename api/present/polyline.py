"""Google's encoded polyline. A line's code is the code of its first point, then of each step: so parts of a line that
is encoded once are cut out of its code.

Source: developers.google.com/maps/documentation/utilities/polylinealgorithm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point
from mobility.network.course import Course
from mobility.polyline import letters

Int64s = NDArray[np.int64]
CHUNKS = np.arange(7)


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """The steps between the points of a course: step i, from point i to i + 1, is code[ends[i]:ends[i + 1]]. starts: by
    position, the code of the point where a line begins there."""

    code: str
    ends: list[int]
    lat: list[int]
    lon: list[int]
    at: list[int]
    starts: list[str]

    def between(self, board: int, alight: int, after: tuple[int, int] = (0, 0)) -> tuple[str, int, tuple[int, int]]:
        """Code and number of points from one position of the pattern to another, and the last point (scaled).

        after: the point (scaled) at which the line that this one continues ended.
        """
        first, last = self.at[board], self.at[alight]
        is_first = after == (0, 0)
        start = (
            self.starts[board] if is_first else _code(self.lat[first] - after[0]) + _code(self.lon[first] - after[1])
        )
        code = start + self.code[self.ends[first] : self.ends[last]]
        return code, last - first + 1, (self.lat[last], self.lon[last])


def encoded(course: Course, precision: int) -> Encoded:
    lat, lon = _scaled(course.lat, precision), _scaled(course.lon, precision)
    steps = np.column_stack([np.diff(lat), np.diff(lon)]).ravel()
    zigzag = np.where(steps < 0, ~(steps << 1), steps << 1)
    parts = zigzag[:, None] >> (5 * CHUNKS)
    used = (parts > 0) | (CHUNKS == 0)
    goes_on = np.zeros_like(used)
    goes_on[:, :-1] = used[:, 1:]
    letters = ((parts & 31) | (goes_on * 32)) + 63
    ends = np.concatenate([[0], np.cumsum(used.sum(axis=1))[1::2]])
    code = letters[used].astype(np.uint8).tobytes().decode("ascii")
    starts = [
        _code(lat_at) + _code(lon_at)
        for lat_at, lon_at in zip(lat[course.at].tolist(), lon[course.at].tolist(), strict=True)
    ]
    return Encoded(code, ends.tolist(), lat.tolist(), lon.tolist(), course.at.tolist(), starts)


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A line of a few points: the scaled places, and the code of the way to each from the one before."""

    lat: list[int]
    lon: list[int]
    codes: list[str]

    def between(self, first: int, last: int) -> str:
        return _code(self.lat[first]) + _code(self.lon[first]) + "".join(self.codes[first + 1 : last + 1])


def written(points: Sequence[Point], precision: int) -> Written:
    """For whole shapes see `encoded`."""
    scale = 10**precision
    lat, lon = [round(point.lat * scale) for point in points], [round(point.lon * scale) for point in points]
    ways = zip(pairwise(lat), pairwise(lon), strict=True)
    codes = [_code(lat_b - lat_a) + _code(lon_b - lon_a) for (lat_a, lat_b), (lon_a, lon_b) in ways]
    return Written(lat, lon, ["", *codes])


def encode(points: Sequence[Point], precision: int) -> str:
    return written(points, precision).between(0, len(points) - 1) if points else ""


def _scaled(degrees: NDArray[np.float64], precision: int) -> Int64s:
    scaled: Int64s = np.rint(degrees * 10**precision).astype(np.int64)
    return scaled


def _code(value: int) -> str:
    return NEAR_CODES[value + NEAR] if -NEAR <= value < NEAR else letters(value)


NEAR = 4096
NEAR_CODES = tuple(letters(value) for value in range(-NEAR, NEAR))
"""Of the steps between neighbouring points."""
