"""The addresses round a point."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from mobility.geo import METRES_A_DEGREE, Point, distances_m
from mobility.places.addresses.address_index import E7, AddressIndex
from mobility.places.addresses.rank import address_match
from mobility.places.match import Match

WIDTHS_M = (150.0, 600.0, 2_400.0)
"""Half the side of the square that is looked at; the next where none is in it."""
MOST = 12


def nearest_addresses(index: AddressIndex, point: Point, within_m: float) -> Iterator[Match]:
    """The nearest houses first, or streets without numbers; score: 1 there, less with distance."""
    for width_m in WIDTHS_M:
        found = sorted(_around(index, point, min(width_m, within_m)))
        if found:
            yield from (address_match(index, street, house, 1 / (1 + m / 1000)) for m, street, house in found[:MOST])
            return


def _around(index: AddressIndex, point: Point, width_m: float) -> Iterator[tuple[float, int, int | None]]:
    """Metres, street, and row of the number if it is one."""
    numbers = index.numbers
    for row, metres in _inside(point, numbers.lat, numbers.lon, width_m):
        yield metres, int(np.searchsorted(numbers.first, row, side="right")) - 1, row
    for street, metres in _inside(point, index.lat, index.lon, width_m):
        if not len(numbers.rows(street)):
            yield metres, street, None


def _inside(
    point: Point, lat: NDArray[np.int32], lon: NDArray[np.int32], width_m: float
) -> Iterator[tuple[int, float]]:
    high = width_m / METRES_A_DEGREE * E7
    wide = high / max(cos(radians(point.lat)), 0.01)
    rows = np.flatnonzero(np.abs(lat - point.lat * E7) <= high)
    rows = rows[np.abs(lon[rows] - point.lon * E7) <= wide]
    metres = distances_m(point, lat[rows] / E7, lon[rows] / E7)
    kept = metres <= width_m
    return zip(rows[kept].tolist(), metres[kept].tolist(), strict=True)
