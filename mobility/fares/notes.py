"""What a timetable cannot say of prices: returns, residents and children, free weeks, passes, what must be booked.

The operator writes it down in a table, each line with the day it was read and where; both are shown with it.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mobility.errors import ConfigFault, InvalidConfig
from mobility.money import Amount, minor_units

KINDS = ("return", "reduction", "free", "carnet", "pass", "book", "card", "other")
NEEDED = ("agency", "kind", "text_fr", "date", "source")
COLUMNS = (*NEEDED, "network", "line", "first_day", "last_day", "text_br", "text_en", "price", "currency", "trips")
LANGUAGES = ("fr", "br", "en")


class NotedRide(NamedTuple):
    """What of a ride a note may name. agency, line: ids as in the network, `feed_id`; networks: of its fares, ids of
    the feed."""

    agency: str
    line: str
    networks: frozenset[str]


@dataclass(frozen=True, slots=True)
class FareNote:
    """agency: its id in the feed, or in the network. network: of fares, line: "" for all of the agency's. texts: by
    language. read_on, source: when and where. first_day, last_day: None where it holds at all times. amount, trips: of
    a carnet the price of so many trips, of a pass (0 trips) that of a month."""

    agency: str
    kind: str
    texts: Mapping[str, str]
    read_on: date
    source: str
    network: str = ""
    line: str = ""
    first_day: date | None = None
    last_day: date | None = None
    amount: Amount | None = None
    trips: int = 0

    def text(self, language: str) -> str:
        return self.texts.get(language[:2]) or self.texts["fr"]

    def holds(self, rides: Iterable[NotedRide], day: date) -> bool:
        begins = self.first_day is None or self.first_day <= day
        ends = self.last_day is None or day <= self.last_day
        return begins and ends and any(map(self.is_of, rides))

    def is_of(self, ride: NotedRide) -> bool:
        """One and the same ride is of the operator, of the line and paid by the fares that it names."""
        of_line = not self.line or is_named(self.line, [ride.line])
        of_fares = not self.network or self.network in ride.networks
        return of_line and of_fares and is_named(self.agency, [ride.agency])


def is_named(name: str, ids: Collection[str]) -> bool:
    """name: as the feed has it, or as the network does, which puts the feed before it."""
    return any(one == name or one.partition("_")[2] == name for one in ids)


def read_notes(path: Path) -> tuple[FareNote, ...]:
    """Raises InvalidConfig, which names file, line, column and value."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            if missing := [name for name in NEEDED if name not in (table.fieldnames or ())]:
                raise InvalidConfig(
                    path.name, f"has no column {', '.join(missing)}", ConfigFault.BAD_COLUMN, columns=", ".join(missing)
                )
            if unknown := [name for name in table.fieldnames or () if name not in COLUMNS]:
                raise InvalidConfig(
                    path.name,
                    f"has a column that is not known: {', '.join(unknown)}",
                    ConfigFault.BAD_COLUMN,
                    columns=", ".join(unknown),
                )
            return tuple(_rows(path, table))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidConfig(path.name, "cannot be read as UTF-8", ConfigFault.BAD_FILE) from error


def _rows(path: Path, table: csv.DictReader[str]) -> Iterator[FareNote]:
    for row in table:
        known = {name: (value or "").strip() for name, value in row.items() if name}
        yield _note(known, f"{path.name}:{table.line_num}")


def _note(row: Mapping[str, str], where: str) -> FareNote:
    for name in NEEDED:
        if not row[name]:
            raise InvalidConfig(where, f"{name} is empty", ConfigFault.BAD_ROW, line=where.rpartition(":")[2])
    if row["kind"] not in KINDS:
        raise InvalidConfig(
            where,
            f"kind: {row['kind']!r} is none of {', '.join(KINDS)}",
            ConfigFault.BAD_ROW,
            line=where.rpartition(":")[2],
        )
    read_on = _day(row, "date", where)
    assert read_on
    return FareNote(
        agency=row["agency"],
        kind=row["kind"],
        texts={one: text for one in LANGUAGES if (text := row.get(f"text_{one}", ""))},
        read_on=read_on,
        source=row["source"],
        network=row.get("network", ""),
        line=row.get("line", ""),
        first_day=_day(row, "first_day", where),
        last_day=_day(row, "last_day", where),
        amount=_amount(row, where),
        trips=_trips(row, where),
    )


def _day(row: Mapping[str, str], name: str, where: str) -> date | None:
    text = row.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidConfig(
            where, f"{name}: {text!r} is no day, YYYY-MM-DD", ConfigFault.BAD_ROW, line=where.rpartition(":")[2]
        ) from None


def _amount(row: Mapping[str, str], where: str) -> Amount | None:
    price, currency = row.get("price", ""), row.get("currency", "")
    if not price:
        return None
    minor = minor_units(price, currency)
    if minor is None or minor < 0 or len(currency) != 3:
        raise InvalidConfig(
            where,
            f"price: {price!r} {currency!r} is no amount of a currency",
            ConfigFault.BAD_ROW,
            line=where.rpartition(":")[2],
        )
    return Amount(minor, currency)


def _trips(row: Mapping[str, str], where: str) -> int:
    text = row.get("trips", "") or "0"
    if not text.isdecimal():
        raise InvalidConfig(where, f"trips: {text!r} is no number", ConfigFault.BAD_ROW, line=where.rpartition(":")[2])
    return int(text)
