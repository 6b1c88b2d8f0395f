"""What lies under the lines of a map: the water of the territory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from api.pages.sheet import Floats, Sheet

FAR = 1.0
"""Degrees beyond the sheet: as far as water is drawn that ends where its outline was cut off."""
BESIDE = 2.0
"""Widths of the sheet, on each side: what a strip on a telephone shows beside a way from north to south."""
NEAR_EDGE = 1e-9
ROUND = 14.0
"""Units of the sheet."""
SIDES_OF_A_SEA = 2


@dataclass(frozen=True, slots=True)
class Patch:
    """d: an SVG path. kind: water, river, green, street."""

    d: str
    kind: str


def water(barriers: tuple[BaseGeometry, ...], sheet: Sheet) -> Iterator[str]:
    """Paths of what nobody walks across. Where the outline of all water was cut off, it goes on."""
    if not barriers:
        return
    edge = np.asarray(shapely.total_bounds(list(barriers)))
    beside = min(FAR, max(FAR / 4, BESIDE * (sheet.east - sheet.west)))
    frame = shapely.box(sheet.west - beside, sheet.south - FAR / 4, sheet.east + beside, sheet.north + FAR / 4)
    for area in barriers:
        whole = shapely.transform(shapely.make_valid(area), lambda corners: _beyond(corners, edge))
        seen = shapely.simplify(shapely.intersection(shapely.make_valid(whole), frame), sheet.unit)
        yield from (drawn for part in shapely.get_parts(seen) if (drawn := _smooth(part, sheet)))


def _smooth(part: BaseGeometry, sheet: Sheet) -> str:
    """Water with round corners: an outline of few points is no coast of facets."""
    if not isinstance(part, Polygon):
        return path(part, sheet)
    rings = [np.asarray(ring.coords) for ring in (part.exterior, *part.interiors)]
    return "".join(_rounded(sheet.at(ring[:, 1], ring[:, 0])) for ring in rings)


def _rounded(corners: Floats) -> str:
    """corners: (n, 2) in units, the last one the first. Each is cut ROUND before it and after it, at most half way."""
    at = corners[:-1]
    before, after = np.roll(at, 1, 0) - at, np.roll(at, -1, 0) - at
    begins, ends = (at + step * _share(step) for step in (before, after))
    steps = np.rint(np.concatenate([begins, at, ends], 1)).astype(int).tolist()
    return "".join(f"{'L' if i else 'M'}{a} {b}Q{c} {d} {e} {f}" for i, (a, b, c, d, e, f) in enumerate(steps)) + "Z"


def _share(steps: Floats) -> Floats:
    """(n, 1): of the way to the next corner."""
    return np.minimum(0.5, ROUND / np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1.0))[:, None]


def path(part: BaseGeometry, sheet: Sheet) -> str:
    """An SVG path; none for a point, or for nothing."""
    if part.is_empty or not isinstance(part, Polygon | LineString):
        return ""
    rings = [part] if isinstance(part, LineString) else [part.exterior, *part.interiors]
    corners = [np.asarray(ring.coords) for ring in rings]
    end = "Z" if isinstance(part, Polygon) else ""
    return "".join(sheet.path(one[:, 1], one[:, 0]) + end for one in corners)


def _beyond(corners: Floats, edge: Floats) -> Floats:
    """The sea, which meets several sides of all water, goes on out of sight; a river that meets one ends there.

    edge: west, south, east, north.
    """
    low, high = corners <= edge[:2] + NEAR_EDGE, corners >= edge[2:] - NEAR_EDGE
    if low.any(0).sum() + high.any(0).sum() < SIDES_OF_A_SEA:
        return corners
    return np.asarray(corners - FAR * low + FAR * high)
