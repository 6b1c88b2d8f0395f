"""Google's encoded polyline, to and fro.

Source: developers.google.com/maps/documentation/utilities/polylinealgorithm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point

Floats = NDArray[np.float64]


def encode(points: Iterable[Point], precision: int) -> str:
    """precision: decimal places."""
    scale = 10**precision
    scaled = [(round(point.lat * scale), round(point.lon * scale)) for point in points]
    steps = ((lat - before[0], lon - before[1]) for before, (lat, lon) in zip([(0, 0), *scaled], scaled, strict=False))
    return "".join(map(letters, chain.from_iterable(steps)))


def letters(value: int) -> str:
    """Of one step."""
    rest = ~(value << 1) if value < 0 else value << 1
    found = []
    while rest >= 32:
        found.append(chr((32 | (rest & 31)) + 63))
        rest >>= 5
    found.append(chr(rest + 63))
    return "".join(found)


def decode(code: str, precision: int) -> tuple[Floats, Floats]:
    """Latitudes and longitudes. Raises ValueError for what is no polyline."""
    steps = np.array(list(_steps(code)), np.float64)
    scaled = np.cumsum(steps.reshape(-1, 2), axis=0) / 10**precision
    return scaled[:, 0], scaled[:, 1]


def points_of(code: str, precision: int) -> tuple[Point, ...]:
    """Raises ValueError for what is no polyline."""
    return tuple(Point(*place) for place in np.stack(decode(code, precision), axis=1).tolist())


def _steps(code: str) -> Iterator[int]:
    value = shift = 0
    for character in code:
        chunk = ord(character) - 63
        if not 0 <= chunk < 64:
            raise ValueError("no polyline")
        value |= (chunk & 31) << shift
        shift += 5
        if chunk < 32:
            yield ~(value >> 1) if value & 1 else value >> 1
            value = shift = 0
