"""Values that would reach people unsafely or falsely: they count as blank, or are put right where it is plain what is
meant, and each is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from gtfs.notice import Notice, Severity
from gtfs.schema import TABLES
from gtfs.table import Column, Table
from gtfs.values import number
from gtfs.zones import is_timezone, zone_in_any_case

COLOR = re.compile(r"[0-9A-Fa-f]{6}")
URL = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
BLANKED: Mapping[str, Severity] = {
    "invalid_url": Severity.WARNING,
    "invalid_color": Severity.WARNING,
    "negative_price": Severity.ERROR,
    "timezone_case": Severity.WARNING,
}
Allowed = Callable[[str], object]
BY_KIND: Mapping[str, tuple[str, Allowed]] = {
    "url": ("invalid_url", URL.fullmatch),
    "color": ("invalid_color", COLOR.fullmatch),
    "price": ("negative_price", lambda text: (number(text) or 0) >= 0),
}
"""Code, and what a value of this kind may be; anything else is blank from here on."""


def without_unsafe(tables: Mapping[str, Table]) -> tuple[dict[str, Table], list[Notice]]:
    safe, notices = dict(tables), list[Notice]()
    for name, schema in TABLES.items():
        for field in schema.fields.values():
            if field.kind in BY_KIND and field.name in safe[name]:
                notices += _blanked(safe, name, field.name, BY_KIND[field.kind])
            if field.kind == "timezone" and field.name in safe[name]:
                notices += _in_known_case(safe, name, field.name)
    return safe, notices


def _blanked(tables: dict[str, Table], name: str, field: str, kind: tuple[str, Allowed]) -> Iterator[Notice]:
    (code, allowed), table, column = kind, tables[name], tables[name][field]
    wrong = np.array([text != "" and not allowed(text) for text in column.values], bool)
    if not wrong.any():
        return
    rows = np.flatnonzero(wrong[column.codes])
    for row in rows.tolist():
        yield Notice(code, BLANKED[code], table.file, int(table.lines[row]), field, _text(column, row))
    tables[name] = _with(table, field, column.blanked(rows))


def _in_known_case(tables: dict[str, Table], name: str, field: str) -> Iterator[Notice]:
    table, column = tables[name], tables[name][field]
    meant = [text if is_timezone(text) else zone_in_any_case(text) or text for text in column.values]
    if meant == column.values.tolist():
        return
    for row, code in enumerate(column.codes.tolist()):
        if meant[code] != column.values[code]:
            known = "timezone_case", BLANKED["timezone_case"], table.file, int(table.lines[row]), field
            yield Notice(*known, _text(column, row), f"read as {meant[code]}")
    tables[name] = _with(table, field, column.read_as(meant))


def _with(table: Table, field: str, column: Column) -> Table:
    return replace(table, columns={**table.columns, field: column})


def _text(column: Column, row: int) -> str:
    return str(column.values[column.codes[row]])
