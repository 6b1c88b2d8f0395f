"""The sheet that a map is drawn on: degrees to units, and how much of the world it shows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WIDE = 720.0
"""Units across every drawing."""
ASPECT = 1.12
"""Width to height of every drawing: fits beside cards as well as under them."""
MARGIN = 0.05
LEAST_SPAN = 0.012
"""Degrees: even a short walk is shown with its surroundings."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Degrees -> units: a plane that is true to shape at the middle latitude."""

    south: float
    west: float
    north: float
    east: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.west, self.south, self.east, self.north

    @property
    def squeeze(self) -> float:
        return cos(radians((self.south + self.north) / 2))

    @property
    def unit(self) -> float:
        """Degrees of latitude."""
        return (self.east - self.west) * self.squeeze / WIDE

    @property
    def size(self) -> tuple[float, float]:
        return WIDE, round((self.north - self.south) / self.unit, 1)

    def at(self, lat: Floats, lon: Floats) -> Floats:
        """(n, 2)."""
        return np.stack([(lon - self.west) * self.squeeze, self.north - lat], 1) / self.unit

    def path(self, lat: Floats, lon: Floats) -> str:
        """Rounded to a unit; points that fall together are one."""
        points = np.rint(self.at(lat, lon)).astype(int).tolist()
        kept = [points[0], *(after for before, after in pairwise(points) if before != after)]
        return "M" + "L".join(f"{x} {y}" for x, y in kept)

    def meets(self, lat: Floats, lon: Floats) -> bool:
        """Whether the box round the points is in sight."""
        return bool(
            lat.max() >= self.south and lat.min() <= self.north and lon.max() >= self.west and lon.min() <= self.east
        )


def sheet_round(lat: Floats, lon: Floats) -> Sheet:
    """What holds all the points with a margin, in the shape of every drawing."""
    middle = float(lat.min() + lat.max()) / 2, float(lon.min() + lon.max()) / 2
    squeeze = cos(radians(middle[0]))
    span = max(float(np.ptp(lat)), float(np.ptp(lon)) * squeeze / ASPECT)
    high = max(LEAST_SPAN, span * (1 + 2 * MARGIN))
    wide = high * ASPECT / squeeze
    return Sheet(middle[0] - high / 2, middle[1] - wide / 2, middle[0] + high / 2, middle[1] + wide / 2)
