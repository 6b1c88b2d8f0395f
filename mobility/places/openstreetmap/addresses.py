"""Addresses and street names of an extract as rows of an address file, for where there is no other.

A number is taken as it stands (`2`, `2 bis`, `2;4`); of a range (`2-6`) both ends, as what lies between is not said. A
street without numbers is a row of its own, and so is a hamlet.
Source: wiki.openstreetmap.org, "Key:addr:*".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from mobility.places.addresses.address_index import number_id
from mobility.places.addresses.ban import LARGEST, AddressArea, AddressRow
from mobility.places.openstreetmap.communes import MappedCommune, MappedCommunes
from mobility.places.openstreetmap.extract import Extract, MappedThing
from mobility.places.words import words

NUMBER = re.compile(r"(?P<number>\d{1,5})\s*(?P<repeat>bis|ter|quater|quinquies|[a-z])?", re.IGNORECASE)
BETWEEN = re.compile(r"[;,/–-]")


def addresses_of(extract: Extract, communes: MappedCommunes) -> Iterator[AddressRow]:
    """A street has one post code in a commune: that of most of its numbers, else the commune's."""
    houses = [(house, _commune(communes, house)) for house in extract.houses]
    codes = _PostCodes(houses)
    known: set[tuple[str, str]] = set()
    for house, commune in houses:
        street = _street(house)
        known.add((commune.name, _key(street)))
        yield from _house_rows(house, street, codes.area(commune, street))
    for way in (*extract.ways, *extract.hamlets):
        commune, street = _commune(communes, way), way.tags["name"]
        if (commune.name, _key(street)) not in known:
            known.add((commune.name, _key(street)))
            yield _row(way, street, codes.area(commune, street))


class _PostCodes:
    """The code that most numbers of a street, or of a commune, are said to have."""

    def __init__(self, houses: Iterable[tuple[MappedThing, MappedCommune]]) -> None:
        self._of_street: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._of_commune: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for house, commune in houses:
            if code := house.tags.get("addr:postcode", ""):
                self._of_street[commune.name, _key(_street(house))][code] += 1
                self._of_commune[commune.name][code] += 1

    def area(self, commune: MappedCommune, street: str) -> AddressArea:
        of_street, of_commune = self._of_street.get((commune.name, _key(street))), self._of_commune.get(commune.name)
        code = _most(of_street) or commune.post_code or _most(of_commune)
        return AddressArea(commune.insee, commune.name, "", code, "")


def _most(counted: Counter[str] | None) -> str:
    return counted.most_common(1)[0][0] if counted else ""


def _house_rows(house: MappedThing, street: str, area: AddressArea) -> Iterator[AddressRow]:
    for part in BETWEEN.split(house.tags["addr:housenumber"]):
        said = NUMBER.fullmatch(part.strip())
        if said and int(said["number"]) <= LARGEST:
            yield _row(house, street, area, (int(said["number"]), (said["repeat"] or "").lower()))


def _row(thing: MappedThing, street: str, area: AddressArea, house: tuple[int, str] | None = None) -> AddressRow:
    street_id = f"osm_{area.insee or _key(area.name)}_{_key(street)}"
    return AddressRow(
        street_id=street_id,
        id=street_id if house is None else number_id(street_id, *house),
        street=street,
        number=house[0] if house else None,
        repeat=house[1] if house else "",
        area=area,
        lat=thing.point.lat,
        lon=thing.point.lon,
        also=thing.tags.get("name:br", "") if house is None else thing.tags.get("addr:street:br", ""),
        at_door=thing.id[0] == "n",
    )


def _street(house: MappedThing) -> str:
    return house.tags.get("addr:street") or house.tags["addr:place"]


def _commune(communes: MappedCommunes, thing: MappedThing) -> MappedCommune:
    found = communes.of(thing.point, thing.tags)
    return found or MappedCommune("", thing.point)


def _key(name: str) -> str:
    return "-".join(word.text for word in words(name))
