"""Outlines of on-demand zones (locations.geojson). One that crosses itself is put right where that takes but a moment.

Source: GTFS reference, locations.geojson; RFC 7946.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

MOST_CORNERS = 1_000
"""Of an outline that crosses itself."""
MOST_CROSSINGS, MOST_CROSSINGS_ALL = 1_000, 10_000
"""Of an outline, of all in a file: mending takes time with their square."""
POLYGONS = ("Polygon", "MultiPolygon")


def outlines(text: bytes) -> Iterator[tuple[str, BaseGeometry | None]]:
    """Of each feature with an id and an outline that can be read; None where it crosses itself too often."""
    left = MOST_CROSSINGS_ALL
    for id, area in _read(text):
        if area.is_valid:
            yield id, area
            continue
        crossings = _crossings(area) if left > 0 else MOST_CROSSINGS
        left -= crossings
        yield id, shapely.make_valid(area) if crossings < MOST_CROSSINGS else None


def _read(text: bytes) -> Iterator[tuple[str, BaseGeometry]]:
    try:
        features: Any = json.loads(text or b"{}").get("features", [])
        shapes = [(one.get("id"), json.dumps(one.get("geometry"))) for one in features]
    except (ValueError, AttributeError, TypeError, RecursionError):
        return
    for id, shape in shapes:
        area = shapely.from_geojson(shape, on_invalid="ignore")
        if id is not None and area is not None and area.geom_type in POLYGONS:
            yield str(id), area


def _crossings(area: BaseGeometry) -> int:
    """Pairs of sides that meet elsewhere than where one follows the other, as far as it is worth counting."""
    if shapely.get_num_coordinates(area) > MOST_CORNERS:
        return MOST_CROSSINGS
    rings = [shapely.get_coordinates(ring) for part in shapely.get_parts(area) for ring in shapely.get_rings(part)]
    ends = np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings])
    sides: NDArray[np.object_] = np.asarray(shapely.linestrings(ends))
    meeting = len(shapely.STRtree(sides).query(sides, "intersects").T)
    return min(MOST_CROSSINGS, max(0, (meeting - 3 * len(sides)) // 2))
