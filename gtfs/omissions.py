"""What is left out of optional tables, so that one dangling price or shape refuses no timetable; each is told.

What rides are made of is not touched, nor what would give another ride if it were left out (an ambiguous frequency,
transfer or booking rule): that refuses the feed (gtfs/validate.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gtfs.keys import are_equal, key_text, may_repeat, same_key, unknown
from gtfs.notice import Notice, Severity
from gtfs.schema import REQUIRED_TABLES, TABLES, Field
from gtfs.table import MOST_TOLD, Column, Table, empty_table

ROW, TABLE, REFERENCE = "optional_row_left_out", "optional_table_left_out", "optional_reference_ignored"
LEFT_OUT: Mapping[str, Severity] = {ROW: Severity.ERROR, TABLE: Severity.ERROR, REFERENCE: Severity.WARNING}

RIDES = frozenset({*REQUIRED_TABLES, "calendar", "calendar_dates"})
UNAMBIGUOUS = RIDES | {"frequencies", "transfers", "booking_rules", "location_groups"}
"""Tables of which neither a row may have the key of another, nor a column be missing."""
BESIDE_RIDES = (("trips", "shape_id"), ("stops", "level_id"))
"""References of required tables that a ride does well without."""

Tables = Mapping[str, Table]


def without_unusable(tables: Tables, files: frozenset[str]) -> tuple[dict[str, Table], frozenset[str], list[Notice]]:
    """The tables, the files that count as published, and what was left out."""
    kept, notices = dict(tables), []
    for name in [one for one in TABLES if one not in UNAMBIGUOUS and f"{one}.txt" in files]:
        if missing := [column for column in TABLES[name].required if kept[name].columns and column not in kept[name]]:
            notices.append(
                Notice(TABLE, LEFT_OUT[TABLE], f"{name}.txt", 1, missing[0], message="there is no such column")
            )
            kept[name], files = empty_table(name), files - {f"{name}.txt"}
    for name in [one for one in TABLES if one not in UNAMBIGUOUS and len(kept[one])]:
        notices += _without_again(kept, name)
    while found := [notice for name in TABLES if name not in RIDES for notice in _without_dangling(kept, name, files)]:
        notices += found
    for name, column in BESIDE_RIDES:
        notices += _without_reference(kept, TABLES[name].fields[column], name, files)
    return kept, files, notices


def _without_again(tables: dict[str, Table], name: str) -> Iterator[Notice]:
    table, schema = tables[name], TABLES[name]
    again = [
        row
        for row, earlier in (same_key(table, schema) if schema.key else ())
        if not (may_repeat(schema) and are_equal(table, row, earlier))
    ]
    if again:
        values = {row: key_text(table, schema, row) for row in again[:MOST_TOLD]}
        yield from _told(ROW, table, again, (" ".join(schema.key), values, "its key is there already"))
        tables[name] = _without(table, np.array(again))


def _without_dangling(tables: dict[str, Table], name: str, files: frozenset[str]) -> Iterator[Notice]:
    for field in TABLES[name].references:
        rows = _dangling(tables, name, field, files)
        if len(rows):
            values = _values(tables[name][field.name], rows)
            yield from _told(ROW, tables[name], rows.tolist(), (field.name, values, f"not in {field.to}"))
            tables[name] = _without(tables[name], rows)


def _without_reference(tables: dict[str, Table], field: Field, name: str, files: frozenset[str]) -> Iterator[Notice]:
    table, rows = tables[name], _dangling(tables, name, field, files)
    if len(rows):
        column = table[field.name]
        yield from _told(REFERENCE, table, rows.tolist(), (field.name, _values(column, rows), f"not in {field.to}"))
        tables[name] = replace(table, columns={**table.columns, field.name: column.blanked(rows)})


def _dangling(tables: Tables, name: str, field: Field, files: frozenset[str]) -> NDArray[np.int64]:
    """Rows of a reference that names nothing, where there is a table to name something of."""
    there = {"calendar.txt", "calendar_dates.txt"} if field.to == "services" else {f"{field.to}.txt"}
    if not there & files or not len(tables[name]):
        return np.zeros(0, np.int64)
    return np.flatnonzero(unknown(tables, tables[name][field.name], field.to))


def _values(column: Column, rows: NDArray[np.int64]) -> dict[int, str]:
    return {row: str(column.values[column.codes[row]]) for row in rows[:MOST_TOLD].tolist()}


def _told(code: str, table: Table, rows: list[int], said: tuple[str, dict[int, str], str]) -> Iterator[Notice]:
    """One notice a row, and from the hundredth on one for all the rest. said: field, values by row, message."""
    field, values, message = said
    for row in rows[:MOST_TOLD]:
        yield Notice(code, LEFT_OUT[code], table.file, int(table.lines[row]), field, values[row], message)
    if len(rows) > MOST_TOLD:
        more = f"{message}; and {len(rows) - MOST_TOLD} more rows"
        yield Notice(code, LEFT_OUT[code], table.file, field=field, message=more)


def _without(table: Table, rows: NDArray[np.int64]) -> Table:
    left = table.take(np.delete(np.arange(len(table)), rows))
    return replace(left, columns={name: column.compact() for name, column in left.columns.items()})
