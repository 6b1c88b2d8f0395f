"""Files of the Base Adresse Nationale as rows: `adresses-NN.csv(.gz)` and `lieux-dits-NN-beta.csv(.gz)`.

Columns are read by name: older files have fewer, in another order; those of others may be parted by commas. A number
of 9999 stands for none.
Source: https://adresse.data.gouv.fr, "Format CSV".
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import IO, NamedTuple

from mobility.errors import ConfigFault, InvalidConfig
from mobility.places.addresses.text import id_tail

NO_NUMBER = 9999
LARGEST = 65_535
NAMED = {
    "nom_voie": ("id", "numero", "nom_voie", "code_postal", "code_insee", "nom_commune", "lon", "lat"),
    "nom_lieu_dit": ("id", "nom_lieu_dit", "code_postal", "code_insee", "nom_commune", "lon", "lat"),
}
"""The column that tells the kind of file, and those that it must have."""
MOST_SKIPPED = 0.05
MOST_TOLD = 5


class AddressArea(NamedTuple):
    """part: the former commune. delivery: what the post office calls it."""

    insee: str
    name: str
    part: str
    post_code: str
    delivery: str


class AddressRow(NamedTuple):
    """number: None of a street or hamlet without. street_id: what its id begins with; lat, lon: degrees. also: another
    name of the street."""

    street_id: str
    id: str
    street: str
    number: int | None
    repeat: str
    area: AddressArea
    lat: float
    lon: float
    also: str
    at_door: bool


@dataclass
class AddressFile:
    """One file while it is read: how many rows, and which were left out and why."""

    path: Path
    rows: int = 0
    skipped: int = 0
    told: list[str] = field(default_factory=list)

    def read(self) -> Iterator[AddressRow]:
        """Raises InvalidConfig, which names the file, and the line where there is one."""
        try:
            with _opened(self.path) as file:
                yield from self._rows(file)
        except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
            raise InvalidConfig(
                self.path.name, "cannot be read as CSV in UTF-8, plain or as .gz", ConfigFault.BAD_FILE
            ) from error
        if self.skipped > MOST_SKIPPED * self.rows:
            raise InvalidConfig(
                self.path.name,
                f"{self.skipped} of {self.rows} rows cannot be read: {self.told[0]}",
                ConfigFault.BAD_FILE,
            )

    def _rows(self, file: IO[str]) -> Iterator[AddressRow]:
        first = file.readline()
        reader = csv.reader(file, delimiter=";" if ";" in first else ",")
        heading = [name.strip() for name in first.split(reader.dialect.delimiter)]
        read_row = _reader(self.path, heading)
        for values in reader:
            self.rows += 1
            try:
                yield read_row(values)
            except _Unreadable as fault:
                self.skipped += 1
                if len(self.told) < MOST_TOLD:
                    self.told.append(f"{self.path.name}, line {reader.line_num + 1}: {fault}")


class _Unreadable(Exception):
    """The field and its value."""


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _reader(path: Path, heading: list[str]) -> Callable[[list[str]], AddressRow]:
    kind = next((kind for kind in NAMED if kind in heading), None)
    if kind is None:
        raise InvalidConfig(
            path.name,
            f"has neither a column {' nor '.join(NAMED)}; columns are parted by ; or ,",
            ConfigFault.BAD_COLUMN,
            columns=", ".join(NAMED),
        )
    if missing := [name for name in NAMED[kind] if name not in heading]:
        raise InvalidConfig(path.name, f"has no column {missing[0]}", ConfigFault.BAD_COLUMN, columns=missing[0])
    column = {name: number for number, name in enumerate(heading)}

    def value(values: list[str], name: str) -> str:
        number = column.get(name)
        return values[number].strip() if number is not None and number < len(values) else ""

    return lambda values: _row(kind, lambda name: value(values, name))


def _row(kind: str, value: Callable[[str], str]) -> AddressRow:
    number, repeat = _number(value("numero")), value("rep").lower()
    own_id, street = value("id"), value(kind)
    if not street:
        raise _Unreadable(f"{kind} is empty")
    area = AddressArea(
        value("code_insee"),
        value("nom_commune"),
        value("nom_ancienne_commune"),
        value("code_postal"),
        value("libelle_acheminement"),
    )
    return AddressRow(
        street_id=_street_id(own_id, value, street),
        id=own_id,
        street=street,
        number=number,
        repeat=repeat,
        area=area,
        lat=_degrees("lat", value("lat"), 90),
        lon=_degrees("lon", value("lon"), 180),
        also=value("alias"),
        at_door=value("type_position") in ("entrée", ""),
    )


def _number(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or int(text) > LARGEST:
        raise _Unreadable(f"numero is {text!r}")
    return None if int(text) == NO_NUMBER else int(text)


def _street_id(own_id: str, value: Callable[[str], str], street: str) -> str:
    """What the id of a number begins with: 56121_0010 of 56121_0010_00002_bis."""
    numero, repeat = value("numero"), value("rep").lower()
    tail = id_tail(numero, repeat)
    if numero and own_id.lower().endswith(tail):
        return own_id[: -len(tail)]
    return (value("id_fantoir") if numero else own_id) or f"{value('code_insee')}_{street}"


def _degrees(name: str, text: str, most: float) -> float:
    try:
        degrees = float(text)
    except ValueError:
        raise _Unreadable(f"{name} is {text!r}") from None
    if not isfinite(degrees) or abs(degrees) > most:
        raise _Unreadable(f"{name} is {text!r}")
    return degrees
