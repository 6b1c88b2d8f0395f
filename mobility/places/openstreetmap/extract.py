"""What an extract of OpenStreetMap knows of names and addresses, in one reading: things with their tags and a point in
them, and the boundaries of communes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import osmium
import shapely
from shapely.geometry.base import BaseGeometry

from mobility.errors import ConfigFault, InvalidConfig
from mobility.geo import Point
from mobility.places.landmarks.kinds import KINDS, Tags, kind_of
from mobility.places.openstreetmap.communes import MappedCommune

Said = Callable[[str], None]

LANDMARK_KEYS = frozenset(tag.partition("=")[0] for kind in KINDS for tag in kind.tags)
KEYS = (*sorted(LANDMARK_KEYS | {"leisure"}), "addr:housenumber", "highway", "place", "boundary")
COMMUNE = "8"
"""The admin_level of a commune, in France as in most of Europe."""
TOWNS = frozenset({"city", "town", "village"})
HAMLETS = frozenset({"hamlet", "isolated_dwelling", "neighbourhood", "quarter", "locality"})
TOLD_EVERY = 100_000


@dataclass(frozen=True, slots=True)
class MappedThing:
    """id: `n12`, `w12`, `r12`. point: in the middle of a way, inside an area."""

    id: str
    tags: Tags
    point: Point


@dataclass
class Extract:
    """houses: with a number. ways: streets with a name. hamlets: named places without streets of their own."""

    landmarks: list[MappedThing] = field(default_factory=list)
    houses: list[MappedThing] = field(default_factory=list)
    ways: list[MappedThing] = field(default_factory=list)
    hamlets: list[MappedThing] = field(default_factory=list)
    communes: list[MappedCommune] = field(default_factory=list)
    towns: list[MappedCommune] = field(default_factory=list)


def read_extract(extract: Path, said: Said = lambda _: None) -> Extract:
    """Raises InvalidConfig, which names the file."""
    found = Extract()
    try:
        file = osmium.FileProcessor(extract).with_areas(osmium.filter.KeyFilter(*KEYS))
        for count, thing in enumerate(file.with_filter(osmium.filter.KeyFilter(*KEYS)), start=1):
            _add(found, thing)
            if count % TOLD_EVERY == 0:
                said(f"{count} things of the map looked at")
    except (RuntimeError, OSError) as error:
        raise InvalidConfig(extract.name, f"cannot be read as an extract: {error}", ConfigFault.BAD_FILE) from error
    return found


def date_of(extract: Path) -> str:
    """ISO: until when the extract knows of changes, else of the file."""
    try:
        with osmium.io.Reader(str(extract)) as reader:
            told = reader.header().get("osmosis_replication_timestamp")
    except (RuntimeError, OSError):
        told = ""
    return told[:10] or datetime.fromtimestamp(extract.stat().st_mtime, UTC).date().isoformat()


def said_communes(houses: Iterable[MappedThing]) -> list[MappedCommune]:
    """Those that addresses say they are of, each where the first of them stands."""
    return list(
        {city: MappedCommune(city, one.point) for one in houses if (city := one.tags.get("addr:city"))}.values()
    )


def _add(found: Extract, thing: object) -> None:
    """A closed way comes twice, as a way and as an area: only streets are taken as ways."""
    if isinstance(thing, osmium.osm.Node):
        point = Point(thing.location.lat, thing.location.lon)
        _add_node(found, MappedThing(f"n{thing.id}", dict(thing.tags), point))
    elif isinstance(thing, osmium.osm.Way):
        _add_way(found, thing)
    elif isinstance(thing, osmium.osm.Area):
        _add_area(found, thing)


def _add_node(found: Extract, thing: MappedThing) -> None:
    tags, name = thing.tags, thing.tags.get("name", "")
    if name and tags.get("place") in TOWNS:
        found.towns.append(_commune(thing, None))
    elif name and tags.get("place") in HAMLETS:
        found.hamlets.append(thing)
    _add_named(found, thing)


def _add_named(found: Extract, thing: MappedThing) -> None:
    if kind_of(thing.tags) is not None:
        found.landmarks.append(thing)
    if thing.tags.get("addr:housenumber") and (thing.tags.get("addr:street") or thing.tags.get("addr:place")):
        found.houses.append(thing)


def _add_way(found: Extract, way: osmium.osm.Way) -> None:
    if "name" not in way.tags or "highway" not in way.tags:
        return
    known = [node.location for node in way.nodes if node.location.valid()]
    if known:
        middle = known[len(known) // 2]
        found.ways.append(MappedThing(f"w{way.id}", dict(way.tags), Point(middle.lat, middle.lon)))


def _add_area(found: Extract, area: osmium.osm.Area) -> None:
    tags = dict(area.tags)
    is_commune = tags.get("boundary") == "administrative" and tags.get("admin_level") == COMMUNE and "name" in tags
    if not (is_commune or "addr:housenumber" in tags or kind_of(tags) is not None):
        return
    for shape in _shapes(area):
        inside = shape.representative_point()
        thing = MappedThing(f"{'w' if area.from_way() else 'r'}{area.orig_id()}", tags, Point(inside.y, inside.x))
        if is_commune:
            found.communes.append(_commune(thing, shape))
        else:
            _add_named(found, thing)


def _shapes(area: osmium.osm.Area) -> Iterator[BaseGeometry]:
    """None where the lines do not close."""
    try:
        yield shapely.from_wkb(osmium.geom.WKBFactory().create_multipolygon(area))
    except (RuntimeError, shapely.errors.GEOSException):
        return


def _commune(thing: MappedThing, shape: BaseGeometry | None) -> MappedCommune:
    tags = thing.tags
    code = tags.get("postal_code") or tags.get("addr:postcode") or ""
    return MappedCommune(tags["name"], thing.point, tags.get("ref:INSEE", ""), code.split(";")[0].strip(), shape)
