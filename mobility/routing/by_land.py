"""The nearest of some places by the way that one can go: what is near as the gull flies may lie across the harbour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point, distances_m
from mobility.routing.territory import Territory

LONGEST_S = 45 * 60
"""On foot: farther off, the straight line that no water parts decides."""


def nearest_by_land(territory: Territory, point: Point, places: Sequence[Point]) -> int | None:
    """Its row. Where no way to any of them is known, the nearest as the crow flies; None where there are none."""
    if not places:
        return None
    found = territory.streets.towards(point, tuple(places), LONGEST_S, territory.network.terrain.speed_mps, "WALK")
    if len(found.stop):
        return int(found.stop[np.argmin(found.metres)])
    far_m = distances_m(point, *(np.array([getattr(one, of) for one in places]) for of in ("lat", "lon")))
    row = np.flatnonzero(open_first(territory, point, places))
    return int(row[np.argmin(far_m[row])])


def open_first(territory: Territory, point: Point, places: Sequence[Point]) -> NDArray[np.bool_]:
    """Those that no water parts from the point on a straight line; all of them where it parts all."""
    is_open: NDArray[np.bool_] = ~np.isnan(territory.neighbourhood.ground.metres(point, places))
    return is_open if is_open.any() else np.ones(len(places), bool)
