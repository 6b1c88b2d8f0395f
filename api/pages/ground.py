"""What lies under the lines of a map: the water of the territory, and land and streets of a PMTiles archive where the
config names one. It is read here and drawn into the page, so that the map needs no script and prints.

Source: the PMTiles specification, version 3; Mapbox Vector Tiles 2.1; layer names of OpenMapTiles and Protomaps.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import asinh, log2, pi, radians, tan
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from api.pages.sheet import Floats, Sheet
from mobility.errors import InvalidConfig

FAR = 1.0
"""Degrees beyond the sheet: as far as water is drawn that ends where its outline was cut off."""
NEAR_EDGE = 1e-9
SIDES_OF_A_SEA = 2
MOST_TILES = 16
EXTENT = 4096
LAYERS = {
    "water": "water", "ocean": "water", "waterway": "river", "landuse": "land", "landcover": "land", "park": "land",
    "transportation": "street", "roads": "street", "streets": "street",
}  # fmt: skip
GREEN = frozenset({"park", "forest", "wood", "grass", "nature_reserve", "meadow", "national_park", "recreation_ground"})
KINDS = ("kind", "class", "landuse", "natural", "pmap:kind")
WIDTH_OF_TILES = 300.0
"""Units across which one tile is drawn, about."""


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
    frame = shapely.box(sheet.west - FAR / 4, sheet.south - FAR / 4, sheet.east + FAR / 4, sheet.north + FAR / 4)
    for area in barriers:
        whole = shapely.transform(shapely.make_valid(area), lambda corners: _beyond(corners, edge))
        seen = shapely.simplify(shapely.intersection(shapely.make_valid(whole), frame), sheet.unit)
        yield from (path for part in shapely.get_parts(seen) if (path := _path(part, sheet)))


def tiles(archive: Path | None, sheet: Sheet) -> tuple[Patch, ...]:
    """Land and streets in sight. Raises InvalidConfig where the archive cannot be read."""
    if archive is None:
        return ()
    with _opened(archive) as reader:
        header = reader.header()
        zoom = _zoom(sheet, int(header["min_zoom"]), int(header["max_zoom"]))
        squeezed = getattr(header["tile_compression"], "name", "") == "GZIP"
        found = [patch for x, y in _in_sight(sheet, zoom) for patch in _tile(reader, (zoom, x, y), sheet, squeezed)]
    order = ("water", "green", "river", "street")
    return tuple(sorted(found, key=lambda patch: order.index(patch.kind)))


@contextmanager
def _opened(archive: Path) -> Iterator[Any]:
    try:
        from pmtiles.reader import MmapSource, Reader
    except ImportError as error:
        raise InvalidConfig("map.tiles", "needs the extra `map`: pip install 'hent[map]'") from error
    try:
        with archive.open("rb") as file:
            yield Reader(MmapSource(file))  # type: ignore[no-untyped-call]
    except OSError as error:
        raise InvalidConfig("map.tiles", "cannot be read") from error


def _tile(reader: Any, at: tuple[int, int, int], sheet: Sheet, squeezed: bool) -> Iterator[Patch]:
    from mapbox_vector_tile import decode

    body = reader.get(*at)
    if not body:
        return
    layers = decode(gzip.decompress(body) if squeezed else body, default_options={"y_coord_down": True})
    for name, layer in layers.items():
        for feature in layer["features"] if name in LAYERS else ():
            if kind := _kind(LAYERS[name], feature["properties"]):
                yield from _drawn(feature["geometry"], kind, (at, layer.get("extent", EXTENT)), sheet)


def _kind(layer: str, known: Mapping[str, Any]) -> str:
    """ "" of what is not drawn."""
    if layer == "land":
        return "green" if GREEN & {str(known.get(name)) for name in KINDS} else ""
    return layer


def _drawn(geometry: Any, kind: str, of: tuple[tuple[int, int, int], int], sheet: Sheet) -> Iterator[Patch]:
    at, extent = of
    placed = shapely.transform(shape(geometry), lambda points: _degrees(points, at, extent))
    for part in shapely.get_parts(shapely.simplify(placed, sheet.unit / 2)):
        is_area = part.geom_type == "Polygon"
        if is_area == (kind in ("water", "green")) and (path := _path(part, sheet)):
            yield Patch(path, kind)


def _path(part: BaseGeometry, sheet: Sheet) -> str:
    """ "" of a point, or of nothing."""
    if part.is_empty or part.geom_type not in ("Polygon", "LineString"):
        return ""
    closes = part.geom_type == "Polygon"
    rings = [part.exterior, *part.interiors] if closes else [part]  # type: ignore[attr-defined]
    corners = [np.asarray(ring.coords) for ring in rings]
    return "".join(sheet.path(one[:, 1], one[:, 0]) + ("Z" if closes else "") for one in corners)


def _beyond(corners: Floats, edge: Floats) -> Floats:
    """The sea, which meets several sides of all water, goes on out of sight; a river that meets one ends there.

    edge: west, south, east, north.
    """
    low, high = corners <= edge[:2] + NEAR_EDGE, corners >= edge[2:] - NEAR_EDGE
    if low.any(0).sum() + high.any(0).sum() < SIDES_OF_A_SEA:
        return corners
    return np.asarray(corners - FAR * low + FAR * high)


def _zoom(sheet: Sheet, least: int, most: int) -> int:
    """At which few tiles fill the sheet."""
    zoom = round(log2(360 / ((sheet.east - sheet.west) * WIDTH_OF_TILES / sheet.size[0])))
    zoom = max(least, min(most, zoom))
    while zoom > least and len(list(_in_sight(sheet, zoom))) > MOST_TILES:
        zoom -= 1
    return zoom


def _in_sight(sheet: Sheet, zoom: int) -> Iterator[tuple[int, int]]:
    (west, north), (east, south) = _tile_at(sheet.north, sheet.west, zoom), _tile_at(sheet.south, sheet.east, zoom)
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            yield x, y


def _tile_at(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    """Web Mercator."""
    count = 2**zoom
    y = (1 - asinh(tan(radians(lat))) / pi) / 2 * count
    return min(count - 1, max(0, int((lon + 180) / 360 * count))), min(count - 1, max(0, int(y)))


def _degrees(points: Floats, at: tuple[int, int, int], extent: int) -> Floats:
    """Points of a tile, y downwards, as longitude and latitude."""
    zoom, x, y = at
    across = (points / extent + (x, y)) / 2**zoom
    return np.stack([across[:, 0] * 360 - 180, np.degrees(np.arctan(np.sinh(pi * (1 - 2 * across[:, 1]))))], 1)
