"""Cells of the fare tables, row by row, with the doubts that arise on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from gtfs.fares.records import UNKNOWN, Doubt
from gtfs.feed import Feed
from gtfs.schema import TABLES
from gtfs.table import Table
from gtfs.values import time_s, whole

TELLING = ("_name", "_desc", "_description", "_url", "_text", "_color", "_note")
"""How the names of columns end that say something to people and change no price."""


@dataclass(slots=True)
class Row:
    """A row while it is read. sound: nothing in it was doubtful so far."""

    file: str
    line: int
    cells: Mapping[str, str]
    doubts: list[Doubt]
    sound: bool = True

    def __getitem__(self, name: str) -> str:
        return self.cells[name]

    def doubt(self, name: str, message: str) -> None:
        self.sound = False
        self.doubts.append(Doubt(self.file, self.line, name, self.cells.get(name, ""), message))

    def number(self, name: str, empty: int, most: int = 2**31 - 1) -> int:
        """A whole number; `empty` where the cell is."""
        return self._read(name, empty, lambda text: whole(text, most=most))

    def seconds(self, name: str, empty: int) -> int:
        return self._read(name, empty, time_s)

    def _read(self, name: str, empty: int, read: Callable[[str], int | None]) -> int:
        if not self[name]:
            return empty
        value = read(self[name])
        if value is None:
            self.doubt(name, "cannot be read")
        return empty if value is None else value


@dataclass(frozen=True, slots=True)
class Reader:
    feed: Feed
    doubts: list[Doubt] = field(default_factory=list)

    def rows(self, name: str) -> Iterator[Row]:
        table, names = self.feed.tables[name], list(TABLES[name].fields)
        columns = (table[one].texts().tolist() for one in names)
        for line, cells in zip(table.lines.tolist(), zip(*columns, strict=True), strict=True):
            yield Row(f"{name}.txt", line, dict(zip(names, cells, strict=True)), self.doubts)

    def row_of(self, table: str) -> Mapping[str, int]:
        """The row of each key of a table; the first one where a key is there twice."""
        found: dict[str, int] = {}
        for row, text in enumerate(self.feed.keys(table).texts().tolist()):
            found.setdefault(text, row)
        return found


def row_or_none(rows: Mapping[str, int], text: str) -> int:
    return rows.get(text, UNKNOWN) if text else -1


def unread_columns(table: Table) -> Iterator[str]:
    """Columns that the format does not know and that are filled in."""
    for name, column in table.columns.items():
        unread = name not in TABLES[table.name].fields and not name.endswith(TELLING)
        if unread and any(column.values[code] for code in set(column.codes.tolist())):
            yield name
