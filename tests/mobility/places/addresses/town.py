"""Addresses as one writes them: a street, its commune, its numbers; made into a file of the Base Adresse Nationale.

Rue du Port, 56100 Lorient: 1, 2, 2 bis, 12
Le Mané Bihan, 56590 Groix:
"""

from pathlib import Path

from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.ban import AddressFile
from mobility.places.addresses.build import AddressSource, build_addresses
from mobility.places.addresses.rank import find_addresses
from mobility.places.match import ANY, Wanted

HEADING = "id;numero;rep;nom_voie;code_postal;code_insee;nom_commune;nom_ancienne_commune;lon;lat"
CENTRES = {"Lorient": (47.746, -3.366), "Locmiquélic": (47.725, -3.342), "Groix": (47.64, -3.46)}
SOURCE = AddressSource("Town", "test", "2026-11-01")


def file_of(streets: str, folder: Path) -> Path:
    lines = [line.strip() for line in streets.strip().splitlines()]
    rows = [row for number, line in enumerate(lines) for row in _rows(number, line)]
    file = folder / "adresses.csv"
    file.write_text("\n".join([HEADING, *rows]), "utf-8")
    return file


def addresses(streets: str, folder: Path) -> AddressIndex:
    return build_addresses(AddressFile(file_of(streets, folder)).read(), SOURCE)


def found(index: AddressIndex, text: str, limit: int = 3, wanted: Wanted = ANY) -> list[str]:
    """As people read them: `12 Rue du Port, Lorient`; `?13` behind says what is not answered."""
    return [
        ", ".join([one.name, one.whereabouts, *(f"?{word}" for word in one.unanswered)])
        for one in find_addresses(index, text, limit, wanted)
    ]


def insee_of(commune: str) -> int:
    return 56000 + sum(map(ord, commune)) % 999


def _rows(street: int, line: str) -> list[str]:
    where, _, numbers = line.partition(":")
    name, _, area = where.partition(", ")
    code, _, commune = area.partition(" ")
    commune, _, part = commune.partition(" / ")
    lat, lon = CENTRES.get(commune, (47.8, -3.3))
    insee = insee_of(commune)
    rows = []
    for at, number in enumerate([one.strip() for one in numbers.split(",") if one.strip()] or ["9999"]):
        digits, _, repeat = number.partition(" ")
        own = f"{insee}_{street:04d}_{int(digits):05d}" + (f"_{repeat}" if repeat else "")
        place = f"{lon + street * 1e-3:.5f};{lat + at * 1e-4:.5f}"
        rows.append(f"{own};{digits};{repeat};{name};{code};{insee};{commune};{part};{place}")
    return rows
