"""Tables, columns, keys, references and values as the format says. The blocking faults are here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from gtfs.calls import flexible_rows
from gtfs.counted import counted
from gtfs.feed import Feed
from gtfs.keys import are_equal, key_text, may_repeat, same_key, unknown
from gtfs.notice import Severity
from gtfs.rules.registry import Place, at_rows, rule
from gtfs.schema import OTHER_FILES, REQUIRED_TABLES, TABLES, TableSchema
from gtfs.table import Column, Table
from gtfs.values import bad, floats

Bools = NDArray[np.bool_]


@rule(Severity.ERROR)
def missing_required_file(feed: Feed, today: date) -> Iterator[Place]:
    """A file without which there are no trips is not there. Source: GTFS reference, Dataset Files."""
    for table in REQUIRED_TABLES:
        zones_only = table == "stops" and "locations.geojson" in feed.files
        if not feed.has(table) and not zones_only:
            yield Place(f"{table}.txt")


@rule(Severity.ERROR)
def missing_calendar_and_calendar_date_files(feed: Feed, today: date) -> Iterator[Place]:
    """Neither file is there that says on which days trips run. Source: GTFS reference, Dataset Files."""
    if not feed.has("calendar") and not feed.has("calendar_dates"):
        yield Place("calendar.txt", message="neither is calendar_dates.txt")


@rule(Severity.ERROR)
def missing_required_column(feed: Feed, today: date) -> Iterator[Place]:
    """A column without which a file says nothing is not there. Source: GTFS reference, Field Definitions."""
    for name, schema in TABLES.items():
        table = feed.tables[name]
        if feed.has(name) and (table.columns or name in REQUIRED_TABLES):
            for column in schema.required:
                if column not in table:
                    yield Place(table.file, 1, column)
    stop_times = feed.tables["stop_times"]
    if stop_times.columns and not {"stop_id", "location_id", "location_group_id"} & set(stop_times.columns):
        yield Place(stop_times.file, 1, "stop_id")


@rule(Severity.ERROR)
def duplicate_key(feed: Feed, today: date) -> Iterator[Place]:
    """Two rows have the same key, so that references to it are ambiguous. Source: GTFS reference, Primary key."""
    for name, schema in TABLES.items():
        if schema.key and len(feed.tables[name]):
            yield from _again(feed.tables[name], schema, identical=False)


@rule(Severity.WARNING)
def repeated_row(feed: Feed, today: date) -> Iterator[Place]:
    """A row stands twice, word for word, where that changes nothing; one is read. Source: Hent."""
    for name, schema in TABLES.items():
        if may_repeat(schema) and len(feed.tables[name]):
            yield from _again(feed.tables[name], schema, identical=True)


def _again(table: Table, schema: TableSchema, *, identical: bool) -> Iterator[Place]:
    """Rows with the key of an earlier one; identical: those that are equal to it as a whole, else the other ones."""
    for row, earlier in same_key(table, schema):
        if identical == (may_repeat(schema) and are_equal(table, row, earlier)):
            yield Place(table.file, int(table.lines[row]), " ".join(schema.key), key_text(table, schema, row))


@rule(Severity.ERROR)
def foreign_key_violation(feed: Feed, today: date) -> Iterator[Place]:
    """An id names a row that does not exist. Source: GTFS reference, "Foreign ID"."""
    for name, schema in TABLES.items():
        for field in schema.references:
            if _is_there(feed, field.to) and len(feed.tables[name]):
                wrong = unknown(feed.tables, feed.tables[name][field.name], field.to)
                yield from at_rows(feed.tables[name], wrong, field.name, f"not in {field.to}")


@rule(Severity.WARNING)
def reference_to_missing_file(feed: Feed, today: date) -> Iterator[Place]:
    """Ids of an optional file that was not published are ignored. Source: GTFS reference, Dataset Files."""
    for name, schema in TABLES.items():
        for field in schema.references:
            column = feed.tables[name][field.name]
            if not _is_there(feed, field.to) and field.to not in REQUIRED_TABLES and any(column.values):
                yield Place(f"{name}.txt", 0, field.name, message=f"there is no {_file(field.to)}")


def _file(table: str) -> str:
    return "calendar.txt nor calendar_dates.txt" if table == "services" else f"{table}.txt"


def _is_there(feed: Feed, table: str) -> bool:
    if table == "services":
        return feed.has("calendar") or feed.has("calendar_dates")
    return feed.has(table)


@rule(Severity.ERROR)
def no_usable_trip(feed: Feed, today: date) -> Iterator[Place]:
    """Not one trip can be ridden, and there are no on-demand trips either. Source: Hent."""
    if not feed.ridden.any() and not feed.calls.flexible:
        yield Place("trips.txt", message=f"{counted(len(feed.tables['trips']), 'trip')}, none with two usable calls")


@rule(Severity.ERROR)
def missing_required_field(feed: Feed, today: date) -> Iterator[Place]:
    """A value that every row must have is blank; the row is left out. Source: GTFS reference, "Required"."""
    for name, schema in TABLES.items():
        table = feed.tables[name]
        for column in schema.required:
            if column in table and "" in table[column].values:
                yield from at_rows(table, table[column].blank(), column)
    stop_times = feed.tables["stop_times"]
    yield from at_rows(stop_times, stop_times["stop_id"].blank() & ~flexible_rows(stop_times), "stop_id")


EXPECTED = {"whole": "whole number from 0 on", "date": "date as YYYYMMDD", "time": "time as HH:MM:SS"}
NUMBERS = ("number", "price", "latitude", "longitude", "whole")
SIGNED = re.compile(r"[+-]?\d+")


@rule(Severity.ERROR)
def invalid_time(feed: Feed, today: date) -> Iterator[Place]:
    """A time that cannot be read; it counts as blank. Source: GTFS reference, Time."""
    yield from _unreadable(feed, ("time",))


@rule(Severity.ERROR)
def invalid_date(feed: Feed, today: date) -> Iterator[Place]:
    """A date that cannot be read, or that no calendar has; it counts as blank. Source: GTFS reference, Date."""
    yield from _unreadable(feed, ("date",))


@rule(Severity.ERROR)
def invalid_integer(feed: Feed, today: date) -> Iterator[Place]:
    """No whole number; it counts as blank. Source: GTFS reference, Integer."""
    yield from _unreadable(feed, ("whole",), in_range=True)


@rule(Severity.ERROR)
def invalid_float(feed: Feed, today: date) -> Iterator[Place]:
    """No number; it counts as blank. Source: GTFS reference, Float, Latitude, Longitude."""
    yield from _unreadable(feed, ("number", "price", "latitude", "longitude"), in_range=True)


@rule(Severity.ERROR)
def number_out_of_range(feed: Feed, today: date) -> Iterator[Place]:
    """A number that its field cannot have; it counts as blank. Source: GTFS reference, Field Types."""
    yield from _unreadable(feed, NUMBERS, in_range=False)


def _unreadable(feed: Feed, kinds: tuple[str, ...], in_range: bool | None = None) -> Iterator[Place]:
    """in_range: only what is no number at all; False: only numbers that are too large or small."""
    for name, schema in TABLES.items():
        table = feed.tables[name]
        for field in schema.fields.values():
            if field.kind in kinds and field.name in table:
                wrong = bad(table[field.name], field.kind)
                if in_range is not None and wrong.any():
                    wrong &= _is_number(table[field.name], field.kind) != in_range
                yield from at_rows(table, wrong, field.name, f"no {EXPECTED.get(field.kind, field.kind)}")


def _is_number(column: Column, kind: str) -> Bools:
    if kind == "whole":
        return np.array([bool(SIGNED.fullmatch(text)) for text in column.values], bool)[column.codes]
    return ~np.isnan(floats(column, "number"))


@rule(Severity.WARNING)
def unexpected_enum_value(feed: Feed, today: date) -> Iterator[Place]:
    """A number beyond the options of its field; the default holds. Source: GTFS reference, "Enum"."""
    for name, schema in TABLES.items():
        for field in schema.fields.values():
            if "-" in field.kind and field.name in feed.tables[name]:
                table = feed.tables[name]
                yield from at_rows(table, bad(table[field.name], field.kind), field.name, f"not in {field.kind}")


@rule(Severity.INFO)
def unknown_column(feed: Feed, today: date) -> Iterator[Place]:
    """A column that the format does not know; it is ignored. Source: canonical validator, unknown_column."""
    for name, table in feed.tables.items():
        for column in table.columns:
            if column not in TABLES[name].fields:
                yield Place(table.file, 1, column)


@rule(Severity.INFO)
def unknown_file(feed: Feed, today: date) -> Iterator[Place]:
    """A file that the format does not know; it is ignored. Source: canonical validator, unknown_file."""
    for file in sorted(feed.files - OTHER_FILES - {f"{table}.txt" for table in TABLES}):
        yield Place(file)
