"""The territory's own files: places as CSV or as GeoJSON points and polygons, barriers as GeoJSON polygons.

A CSV names a place's position in the columns `lat` and `lon` (in the carpool registry BNLC: `Ylat` and `Xlong`), its
name in `name` (`nom_lieu`), its id in the first column that is called `id` or ends or begins so (`insee` for communes).
Everything else is kept as it stands.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from shapely import from_geojson
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from mobility.errors import ConfigFault, InvalidConfig
from mobility.network.place import TerritoryPlace

Row = dict[str, str]


def read_places(kind: str, path: Path) -> tuple[TerritoryPlace, ...]:
    """The places of a file. kind: of mobility.network.place.KINDS.

    Raises InvalidConfig, which names the file and the line.
    """
    rows = _features(path) if path.suffix in {".geojson", ".json"} else _rows(path)
    return tuple(_place(kind, path, number, row) for number, row in rows)


def read_areas(path: Path) -> tuple[BaseGeometry, ...]:
    """The polygons of a GeoJSON file. Raises InvalidConfig, which names the file and the line."""
    return tuple(_area(path, number, feature) for number, feature in enumerate(_feature_list(path), start=1))


def read_lines(path: Path) -> tuple[BaseGeometry, ...]:
    """The lines of a GeoJSON file. Raises InvalidConfig, which names the file and the line."""
    features = enumerate(_feature_list(path), start=1)
    return tuple(_geometry(path, number, one, ("LineString", "MultiLineString"), "line") for number, one in features)


def _area(path: Path, number: int, feature: dict[str, Any]) -> BaseGeometry:
    return _geometry(path, number, feature, ("Polygon", "MultiPolygon"), "polygon")


def _geometry(path: Path, number: int, feature: dict[str, Any], kinds: tuple[str, str], called: str) -> BaseGeometry:
    try:
        found = from_geojson(json.dumps(feature.get("geometry")))
    except (GEOSException, AttributeError) as error:
        raise _fault(path, number, "the feature has no geometry") from error
    if found is None or found.geom_type not in kinds or not found.is_valid or found.is_empty:
        raise _fault(path, number, f"the feature is no valid {called}")
    return found


def _place(kind: str, path: Path, number: int, row: Row) -> TerritoryPlace:
    name = row.get("name") or row.get("nom_lieu") or ""
    if not name:
        raise _fault(path, number, "has no name")
    known = {key: value for key, value in row.items() if value and key not in {"name", "nom_lieu", AREA, *LAT, *LON}}
    return TerritoryPlace(
        kind=kind,
        id=_id(row) or name,
        name=name,
        lat=_degrees(path, number, row, LAT, 90),
        lon=_degrees(path, number, row, LON, 180),
        properties=known,
        area=row.get(AREA, ""),
    )


LAT, LON = ("lat", "Ylat"), ("lon", "Xlong")
AREA = "\0area"
"""No column is called so."""


def _fault(path: Path, number: int, reason: str) -> InvalidConfig:
    if not number:
        return InvalidConfig(path.name, reason, ConfigFault.BAD_FILE)
    return InvalidConfig(path.name, f"{number}: {reason}", ConfigFault.BAD_ROW, line=number)


def _id(row: Row) -> str:
    names = (key for key in row if key in {"id", "insee"} or key.endswith("_id") or key.startswith("id_"))
    return row.get(next(names, ""), "")


def _degrees(path: Path, number: int, row: Row, columns: tuple[str, ...], most: float) -> float:
    column = next((column for column in columns if column in row), columns[0])
    try:
        degrees = float(row.get(column, ""))
    except ValueError:
        raise _fault(path, number, f"{column} is no number") from None
    if not isfinite(degrees) or abs(degrees) > most:
        raise _fault(path, number, f"{column} lies outside -{most:g}..{most:g}")
    return degrees


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Line numbers as an editor counts them."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval="")
            for row in reader:
                yield reader.line_num, {key.strip(): str(value).strip() for key, value in row.items() if key}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _fault(path, 0, "cannot be read as CSV in UTF-8") from error


def _features(path: Path) -> Iterator[tuple[int, Row]]:
    for number, feature in enumerate(_feature_list(path), start=1):
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            raise _fault(path, number, "its properties are no object")
        known = {key: str(value) for key, value in properties.items() if value is not None}
        yield number, known | _position(path, number, feature)


def _position(path: Path, number: int, feature: dict[str, Any]) -> Row:
    """A point, or a point inside the polygon and its outline."""
    try:
        kind, coordinates = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        if kind == "Point":
            return {"lat": str(coordinates[1]), "lon": str(coordinates[0])}
    except (KeyError, TypeError, IndexError) as error:
        raise _fault(path, number, "the feature is no point") from error
    area = _area(path, number, feature)
    inside = area.representative_point()
    return {"lat": str(inside.y), "lon": str(inside.x), AREA: area.wkt}


def _feature_list(path: Path) -> list[dict[str, Any]]:
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _fault(path, 0, "cannot be read as a GeoJSON FeatureCollection") from error
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise _fault(path, 0, "its features are no list of objects")
    return features
