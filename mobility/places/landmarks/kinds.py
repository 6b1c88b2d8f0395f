"""Kinds of places that people name, by the tags that OpenStreetMap has them under, and what people call them in
French, Breton and English.

Source: wiki.openstreetmap.org, "Map features"; words of Breton as equal_words.py has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LandmarkKind:
    """tags: `key=value`, any of which makes one. called: what people say of any of them. importance: 0..1, of two that
    a text may mean."""

    name: str
    tags: frozenset[str]
    called: str
    importance: float


def _kind(name: str, tags: str, called: str, importance: float) -> LandmarkKind:
    return LandmarkKind(name, frozenset(tags.split()), called, importance)


KINDS = (
    _kind("town_hall", "amenity=townhall", "mairie hôtel de ville ti-kêr town hall", 0.7),
    _kind("hospital", "amenity=hospital healthcare=hospital", "hôpital centre hospitalier ospital hospital", 0.8),
    _kind("clinic", "amenity=clinic healthcare=clinic", "clinique klinikenn clinic", 0.6),
    _kind("university", "amenity=university amenity=college", "université skol-veur university", 0.6),
    _kind("high_school", "", "lycée lise high school", 0.5),
    _kind("school", "amenity=school", "école collège skol skolaj school", 0.3),
    _kind("railway_station", "railway=station railway=halt", "gare sncf train ti-gar train station", 0.8),
    _kind("bus_station", "amenity=bus_station", "gare routière bus station", 0.5),
    _kind("airport", "aeroway=aerodrome", "aéroport avion aerborzh airport", 0.8),
    _kind("harbour", "leisure=marina harbour=yes industrial=port landuse=harbour", "port porzh harbour marina", 0.5),
    _kind("swimming_pool", "leisure=water_park", "piscine poull-neuial swimming pool", 0.5),
    _kind("beach", "natural=beach leisure=beach_resort", "plage traezhenn beach", 0.5),
    _kind("library", "amenity=library", "bibliothèque médiathèque levraoueg library", 0.5),
    _kind("cinema", "amenity=cinema", "cinéma sinema cinema", 0.5),
    _kind("museum", "tourism=museum", "musée mirdi museum", 0.5),
    _kind("church", "amenity=place_of_worship", "église chapelle iliz chapel church", 0.3),
    _kind("place_of_worship", "", "lieu de culte place of worship", 0.3),
    _kind("supermarket", "shop=supermarket", "supermarché courses gourmarc'had supermarket", 0.4),
    _kind("pharmacy", "amenity=pharmacy", "pharmacie apotikerezh pharmacy", 0.3),
    _kind("post_office", "amenity=post_office", "poste bureau de poste ti-post post office", 0.4),
    _kind("car_park", "amenity=parking", "parking parklec'h car park", 0.1),
    _kind("toilets", "amenity=toilets", "toilettes wc privezioù toilets", 0.0),
)  # fmt: skip
"""The first that fits counts."""
NAMELESS = {
    "town_hall": ("Mairie", "Ti-kêr", "Town hall"),
    "library": ("Bibliothèque", "Levraoueg", "Library"),
    "pharmacy": ("Pharmacie", "Apotikerezh", "Pharmacy"),
    "post_office": ("Bureau de poste", "Ti-post", "Post office"),
    "swimming_pool": ("Piscine", "Poull-neuial", "Swimming pool"),
    "toilets": ("Toilettes publiques", "Privezioù", "Public toilets"),
}
"""What one without a name is called, in French, Breton and English; of other kinds it is no place that people name."""
BY_NAME = {kind.name: kind for kind in KINDS}
PRIVATE = frozenset({"private", "no", "customers"})
ASKS_WHO = frozenset({"car_park", "toilets", "swimming_pool"})
"""Kinds of which many are not for everybody; a school is private, too, and yet one goes there."""
POOLS = frozenset({"sports_centre", "swimming_pool"})


def kind_of(tags: Tags) -> LandmarkKind | None:
    """None of what nobody goes to by its name, or may not."""
    found = _of_tags(tags)
    return None if found and found.name in ASKS_WHO and tags.get("access") in PRIVATE else found


def _of_tags(tags: Tags) -> LandmarkKind | None:
    found = next((kind for kind in KINDS if any(f"{key}={value}" in kind.tags for key, value in tags.items())), None)
    if found is None:
        return BY_NAME["swimming_pool"] if _is_public_pool(tags) else None
    if found.name == "school" and _is_high_school(tags):
        return BY_NAME["high_school"]
    if found.name == "church" and tags.get("religion", "christian") != "christian":
        return BY_NAME["place_of_worship"]
    return found


def _is_public_pool(tags: Tags) -> bool:
    """A bath that one goes to: most that are drawn as swimming pools lie in gardens."""
    swims = "swimming" in tags.get("sport", "").split(";") or tags.get("leisure") == "swimming_pool"
    return tags.get("leisure") in POOLS and swims and bool(tags.get("name"))


def _is_high_school(tags: Tags) -> bool:
    return tags.get("school:FR") == "lycée" or tags.get("name", "").casefold().startswith("lycée")
