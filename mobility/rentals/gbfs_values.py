"""Values in GBFS documents of every version, each read as leniently as it can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from math import isfinite
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from mobility.geo import Point

Json = Any
Row = Mapping[str, Json]

MOST_ROWS = 50_000
AREAS = "Polygon", "MultiPolygon"
MOST = 1e15
"""Beyond this a number is none."""


def rows_in(value: Json) -> list[Row]:
    return [row for row in value[:MOST_ROWS] if isinstance(row, Mapping)] if isinstance(value, list) else []


def text_in(value: Json, languages: Iterable[str]) -> str:
    """A text, or of a text in several languages the first one wanted."""
    if isinstance(value, str):
        return value.strip()
    texts = {str(row.get("language")): row.get("text") for row in rows_in(value)}
    found = (text for one in [*languages, *texts] if isinstance(text := texts.get(one), str))
    return next(found, "").strip()


def link(value: Json) -> str:
    """Only what a link may lead to."""
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else ""


def id_of(value: Json) -> str:
    """Raises ValueError for none at all."""
    if value in (None, ""):
        raise ValueError("no id")
    return str(value)


def point_of(row: Row) -> Point:
    """Raises ValueError outside the world."""
    lat, lon = float(row["lat"]), float(row["lon"])
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("outside the world")
    return Point(lat, lon)


def count_of(row: Row, *names: str) -> int | None:
    found = next((row[name] for name in names if name in row), None)
    count = whole(found)
    return None if count is None else max(0, count)


def whole(value: Json) -> int | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if number and -MOST < value < MOST else None


def number(value: Json) -> float:
    """Also of a text, as prices were written before version 2.2. Raises ValueError."""
    number = float(value)
    if not -MOST < number < MOST:
        raise ValueError("no number")
    return number


def exact(value: Json) -> Decimal:
    """A price, as it is written. Raises ValueError."""
    number(value)
    return Decimal(str(value))


def area_of(value: Json) -> BaseGeometry | None:
    """A GeoJSON area, None for what is none."""
    try:
        area = shape(value)
    except (AttributeError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError):
        return None
    return area if area.geom_type in AREAS and not area.is_empty else None


def flag(value: Json) -> bool | None:
    """true, false, and the 1 and 0 of version 1."""
    return bool(value) if isinstance(value, bool | int) else None


def moment(value: Json) -> int | None:
    """POSIX seconds, or RFC 3339 since version 3."""
    if isinstance(value, str):
        try:
            return int(datetime.fromisoformat(value).timestamp())
        except (ValueError, OverflowError):
            return None
    return whole(value)
