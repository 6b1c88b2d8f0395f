"""The archive of the ground: what of it is in sight of a sheet, drawn into the page, and its tiles as they lie in it.

Source: the PMTiles specification, version 3; Mapbox Vector Tiles 2.1; layer names of OpenMapTiles and Protomaps.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from math import asinh, log2, pi, radians, tan
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from api.pages.ground import Patch, path
from api.pages.sheet import Floats, Sheet
from mobility.errors import ConfigFault, InvalidConfig

MOST_TILES = 16
MOST_ZOOM = 26
KEPT_TILES = 128
EXTENT = 4096
LAYERS = {
    "water": "water", "ocean": "water", "waterway": "river", "landuse": "land", "landcover": "land", "park": "land",
    "transportation": "street", "roads": "street", "streets": "street",
}  # fmt: skip
GREEN = frozenset({"park", "forest", "wood", "grass", "nature_reserve", "meadow", "national_park", "recreation_ground"})
KINDS = ("kind", "class", "landuse", "natural", "pmap:kind")
AREAS, ORDER = ("water", "green"), ("water", "green", "river", "street")
WIDTH_OF_TILES = 300.0
"""Units across which one tile is drawn, about."""
Tile = tuple[int, int, int]
"""Zoom, column, row."""
PlacedAreas = tuple[tuple[str, BaseGeometry], ...]
"""Kinds with their shapes in degrees."""


def ground_of_archive(archive: Path | None, sheet: Sheet) -> tuple[Patch, ...]:
    """Raises InvalidConfig where the archive cannot be read."""
    if archive is None:
        return ()
    zoom = _zoom(sheet, *zooms_of(archive))
    changed_ns = archive.stat().st_mtime_ns
    seen = [one for x, y in _in_sight(sheet, zoom) for one in _placed(archive, changed_ns, (zoom, x, y))]
    found = [patch for kind, placed in seen for patch in _patches(kind, placed, sheet)]
    return tuple(sorted(found, key=lambda patch: ORDER.index(patch.kind)))


def _patches(kind: str, placed: BaseGeometry, sheet: Sheet) -> Iterator[Patch]:
    for part in shapely.get_parts(shapely.simplify(placed, sheet.unit / 2)):
        is_area = part.geom_type == "Polygon"
        if is_area == (kind in AREAS) and (drawn := path(part, sheet)):
            yield Patch(drawn, kind)


@contextmanager
def _opened(archive: Path) -> Iterator[Any]:
    try:
        from pmtiles.reader import MmapSource, Reader
    except ImportError as error:
        raise InvalidConfig(
            "map.tiles", "needs the extra `map`: pip install 'hent[map]'", ConfigFault.MISSING_EXTRA, extra="hent[map]"
        ) from error
    try:
        with archive.open("rb") as file:
            yield Reader(MmapSource(file))  # type: ignore[no-untyped-call]
    except OSError as error:
        raise InvalidConfig("map.tiles", "cannot be read", ConfigFault.BAD_FILE) from error


def version_of(archive: Path) -> str:
    """Another after each change of the file, so that a tile under it never changes."""
    status = archive.stat()
    return sha256(f"{archive.name} {status.st_mtime_ns} {status.st_size}".encode()).hexdigest()[:12]


def zooms_of(archive: Path) -> tuple[int, int]:
    """The first and the last that it has tiles of. Raises InvalidConfig where it cannot be read."""
    with _opened(archive) as reader:
        header = reader.header()
    return int(header["min_zoom"]), int(header["max_zoom"])


def read_tile(archive: Path, at: Tile) -> bytes | None:
    """As it lies in the archive; None where it has none there. Raises InvalidConfig where it cannot be read."""
    zoom, x, y = at
    if zoom > MOST_ZOOM or max(x, y) >= 2**zoom:
        return None
    with _opened(archive) as reader:
        body: bytes | None = reader.get(zoom, x, y)
    return body


@lru_cache(KEPT_TILES)
def _placed(archive: Path, changed_ns: int, at: Tile) -> PlacedAreas:
    """What of a tile is drawn. changed_ns: of the archive, so that a new one is read anew."""
    from mapbox_vector_tile import decode

    with _opened(archive) as reader:
        body = reader.get(*at)
        squeezed = getattr(reader.header()["tile_compression"], "name", "") == "GZIP"
    if not body:
        return ()
    layers = decode(gzip.decompress(body) if squeezed else body, default_options={"y_coord_down": True})
    return tuple(one for name in layers.keys() & LAYERS for one in _of_layer(LAYERS[name], layers[name], at))


def _of_layer(meaning: str, layer: Mapping[str, Any], at: Tile) -> Iterator[tuple[str, BaseGeometry]]:
    extent = layer.get("extent", EXTENT)
    for feature in layer["features"]:
        if kind := _kind(meaning, feature["properties"]):
            yield kind, shapely.transform(shape(feature["geometry"]), lambda points: _degrees(points, at, extent))


def _kind(meaning: str, known: Mapping[str, Any]) -> str:
    """Nothing for land that is not green: it is not drawn."""
    if meaning == "land":
        return "green" if GREEN & {str(known.get(name)) for name in KINDS} else ""
    return meaning


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


def _degrees(points: Floats, at: Tile, extent: int) -> Floats:
    """Points of a tile, y downwards, as longitude and latitude."""
    zoom, x, y = at
    across = (points / extent + (x, y)) / 2**zoom
    return np.stack([across[:, 0] * 360 - 180, np.degrees(np.arctan(np.sinh(pi * (1 - 2 * across[:, 1]))))], 1)
