"""Things of an extract as places that people name, under all their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from mobility.geo import Point, distance_m
from mobility.places.landmarks.kinds import NAMELESS, LandmarkKind, Tags, kind_of
from mobility.places.landmarks.landmark import Landmark
from mobility.places.landmarks.table import several
from mobility.places.openstreetmap.communes import MappedCommunes
from mobility.places.openstreetmap.extract import MappedThing
from mobility.places.words import folded

OTHER_NAMES = (
    "name:fr", "name:br", "name:en", "alt_name", "alt_name:br", "old_name", "short_name", "official_name", "loc_name",
    "brand",
)  # fmt: skip
SAME_M = 400.0
"""Two of one kind and name so near are one: a hospital and the building of it."""


def landmarks_of(things: Iterable[MappedThing], communes: MappedCommunes) -> list[Landmark]:
    """Areas go before points, as they hold the middle of what is meant."""
    kept: defaultdict[tuple[str, str], list[Landmark]] = defaultdict(list)
    for thing in sorted(things, key=lambda one: one.id[0] == "n"):
        for found in _landmarks(thing, communes):
            same = kept[found.kind, folded(found.name)]
            if "name" not in thing.tags or not any(_is_near(one, found) for one in same):
                same.append(found)
    return [one for same in kept.values() for one in same]


def _landmarks(thing: MappedThing, communes: MappedCommunes) -> Iterator[Landmark]:
    """None where it is no place that people name."""
    kind, tags = kind_of(thing.tags), thing.tags
    names = _names(kind, tags) if kind else None
    if kind is None or names is None:
        return
    commune = communes.of(thing.point, tags)
    yield Landmark(
        kind=kind.name,
        id=thing.id,
        name=names[0],
        lat=thing.point.lat,
        lon=thing.point.lon,
        commune=commune.name if commune else "",
        also=tuple(dict.fromkeys(one for key in OTHER_NAMES for one in several(tags.get(key, "")) if one != names[0])),
        name_br=names[1],
        name_en=names[2],
    )


def _names(kind: LandmarkKind, tags: Tags) -> tuple[str, str, str] | None:
    """In the language of the place, in Breton and in English."""
    name = tags.get("name") or tags.get("name:fr") or tags.get("official_name") or tags.get("brand")
    return (name, tags.get("name:br", ""), tags.get("name:en", "")) if name else NAMELESS.get(kind.name)


def _is_near(one: Landmark, other: Landmark) -> bool:
    return distance_m(Point(one.lat, one.lon), Point(other.lat, other.lon)) <= SAME_M
