"""geofencing_zones of GBFS 2.x and 3.x -> RentalZones. Source: the GBFS reference (gbfs.org), geofencing_zones.json.

What cannot be read is left out and told as a finding; then the operator's word is not whole. A zone is the inside of
its outline. Version 2 says that corners in counterclockwise order mean the outside, GeoJSON the contrary, and feeds do
as they like: docs/decisions/0019-vehicles-tell-which-side-of-an-outline-is-meant.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from mobility.geo import Point
from mobility.rentals.gbfs_values import Json, Row, flag, moment, rows_in, text_in, whole
from mobility.rentals.zones import RentalZone, RentalZones, ZoneRule

FILE = "geofencing_zones"
MOST_ZONES = 5_000
MOST_CORNERS = 500_000
"""In one file."""
MOST_MENDED, MOST_MENDED_ALL = 1_000, 10_000
"""Corners of an outline that crosses itself, of all such in a file; and crossings: mending takes time with their
square."""
MOST_FINDINGS = 20
POLYGONS = ("Polygon", "MultiPolygon")
FINE_DEG = 3e-6
"""About a foot: what lies closer to a straight outline is left out."""
WORLD = shapely.box(-180, -90, 180, 90)
MOST = 0.5
"""Of the free vehicles."""


@dataclass(slots=True)
class _Reading:
    """What was found so far. corners, mended: how many more may be read."""

    languages: tuple[str, ...]
    corners: int = MOST_CORNERS
    mended: int = MOST_MENDED_ALL
    findings: list[str] = field(default_factory=list)

    def miss(self, where: str, what: str) -> None:
        self.findings.append(f"{FILE}: {where}: {what}")


def rental_zones(document: Row, languages: tuple[str, ...], vehicles: Sequence[Point]) -> RentalZones:
    """vehicles: where free ones stand that anyone may take."""
    reading = _Reading(languages)
    data = document.get("data")
    known: Row = data if isinstance(data, Mapping) else {}
    collection = known.get(FILE)
    features = collection.get("features") if isinstance(collection, Mapping) else None
    if not isinstance(features, list):
        reading.miss(f"data.{FILE}.features", "no list")
        features = []
    if len(features) > MOST_ZONES:
        reading.miss(f"features[{MOST_ZONES}]", f"more than {MOST_ZONES} zones; the rest is left out")
    turned = vehicles if str(document.get("version", "")).startswith("2") else ()
    zones = tuple(_zones(features[:MOST_ZONES], reading, turned))
    general = tuple(_rules(known.get("global_rules"), "global_rules", reading))
    findings = tuple(reading.findings[:MOST_FINDINGS])
    return RentalZones(zones, general, not reading.findings, findings)


def _zones(features: list[Json], reading: _Reading, vehicles: Sequence[Point]) -> Iterator[RentalZone]:
    for number, feature in enumerate(features):
        where = f"features[{number}]"
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        if not isinstance(properties, Mapping):
            reading.miss(f"{where}.properties", "no object")
            continue
        rules = tuple(_rules(properties.get("rules"), f"{where}.rules", reading))
        area = _area(feature.get("geometry"), f"{where}.geometry", reading)
        if area is not None and rules:
            yield RentalZone(
                text_in(properties.get("name"), reading.languages),
                _meant(area, rules, vehicles),
                rules,
                moment(properties.get("start")),
                moment(properties.get("end")),
            )


def _rules(rows: Json, where: str, reading: _Reading) -> Iterator[ZoneRule]:
    """A rule that does not say whether rides may start, end or pass is kept: then that is not known."""
    for number, row in enumerate(rows_in(rows)):
        both = flag(row.get("ride_allowed"))
        start, end = (flag(row.get(f"ride_{name}_allowed", both)) for name in ("start", "end"))
        through = flag(row.get("ride_through_allowed"))
        if None in (start, end, through):
            reading.miss(f"{where}[{number}]", "does not say what is allowed")
        yield ZoneRule(
            start=start,
            end=end,
            through=through,
            types=frozenset(_types(row.get("vehicle_type_ids", row.get("vehicle_type_id")))),
            at_stations=flag(row.get("station_parking")) is True,
            most_kph=whole(row.get("maximum_speed_kph")),
        )


def _types(value: Json) -> Iterable[str]:
    return [str(one) for one in value] if isinstance(value, list) else [value] if isinstance(value, str) else []


def _area(geometry: Json, where: str, reading: _Reading) -> BaseGeometry | None:
    """A valid polygon, or several; the finding says why there is none."""
    area = _outline(geometry)
    if area is None or area.is_empty:
        reading.miss(where, "no polygon")
        return None
    reading.corners -= int(shapely.get_num_coordinates(area))
    if reading.corners < 0:
        reading.miss(where, f"more than {MOST_CORNERS} corners in one file")
        return None
    if not np.isfinite(area.bounds).all() or not WORLD.contains(shapely.box(*area.bounds)):
        reading.miss(where, "outside the world")
        return None
    try:
        return _mended(area, where, reading)
    except shapely.GEOSException:
        reading.miss(where, "an outline that cannot be reckoned with")
        return None


def _outline(geometry: Json) -> BaseGeometry | None:
    if not isinstance(geometry, Mapping) or geometry.get("type") not in POLYGONS:
        return None
    try:
        area = shapely.from_geojson(orjson.dumps(geometry), on_invalid="ignore")
    except TypeError:  # too deep to be written
        return None
    return None if area is None else shapely.force_2d(area)


def _mended(area: BaseGeometry, where: str, reading: _Reading) -> BaseGeometry | None:
    """Without what is too fine; an outline that crosses itself is put right where that takes but a moment."""
    if area.is_valid:
        coarse = shapely.simplify(area, FINE_DEG, preserve_topology=False)
        return area if coarse.is_empty else coarse
    corners = int(shapely.get_num_coordinates(area))
    reading.mended -= corners
    if corners > MOST_MENDED or reading.mended < 0 or _crossings(area) > MOST_MENDED:
        reading.miss(where, "an outline that crosses itself too often")
        return None
    parts = shapely.get_parts(shapely.make_valid(area))
    found = shapely.union_all([part for part in parts if part.geom_type in POLYGONS])
    if found.is_empty:
        reading.miss(where, "no area")
        return None
    return found


def _crossings(area: BaseGeometry) -> int:
    outline = area.boundary
    return int(shapely.get_num_coordinates(shapely.unary_union(outline)) - shapely.get_num_coordinates(outline))


def _meant(area: BaseGeometry, rules: tuple[ZoneRule, ...], vehicles: Sequence[Point]) -> BaseGeometry:
    """The outside, where the corners say so and most vehicles that one may take would stand where one may not."""
    forbidden = all(rule.start is False for rule in rules)
    if not vehicles or not forbidden or any(not part.exterior.is_ccw for part in shapely.get_parts(area)):
        return area
    held = shapely.intersects_xy(area, [point.lon for point in vehicles], [point.lat for point in vehicles])
    return WORLD.difference(area) if held.mean() > MOST else area
