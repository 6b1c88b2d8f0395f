"""Keys and references of tables: which rows have a key that is there already, which ids name no row."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gtfs.calendar import service_ids
from gtfs.schema import TABLES, TableSchema
from gtfs.table import Column, Table
from gtfs.values import integers

Bools = NDArray[np.bool_]


def keys(tables: Mapping[str, Table], table: str) -> Column:
    """The values that references to a table may have; `services` are the service ids of both calendars."""
    return service_ids(tables) if table == "services" else tables[table][TABLES[table].key[0]]


def unknown(tables: Mapping[str, Table], column: Column, to: str) -> Bools:
    """Rows of a column that name no row of `to`."""
    known_ids = keys(tables, to)
    if to == "agency" and len(known_ids) == 1 and not any(known_ids.values):
        return np.zeros(len(column), bool)
    known = {"", *known_ids.values}
    return np.array([text not in known for text in column.values], bool)[column.codes]


def same_key(table: Table, schema: TableSchema) -> list[tuple[int, int]]:
    """Each row whose key is there already, with the row before it."""
    key, valid = _key(table, schema)
    if np.all(key[1:] > key[:-1]):
        return []
    rows = np.flatnonzero(valid)
    order = rows[np.argsort(key[rows], kind="stable")]
    again = np.flatnonzero(key[order[1:]] == key[order[:-1]])
    return sorted(zip(order[again + 1].tolist(), order[again].tolist(), strict=True))


def key_text(table: Table, schema: TableSchema, row: int) -> str:
    columns = [table[name] for name in schema.key]
    return " ".join(str(column.values[column.codes[row]]) for column in columns)


def are_equal(table: Table, row: int, other: int) -> bool:
    return all(column.codes[row] == column.codes[other] for column in table.columns.values())


def may_repeat(schema: TableSchema) -> bool:
    """Nothing refers to a key of several columns: word for word the same row changes nothing."""
    return len(schema.key) > 1


def _key(table: Table, schema: TableSchema) -> tuple[NDArray[np.int64], Bools]:
    """One number for each row's key, and which rows have one: blank or bad parts are told by other rules."""
    key, valid = np.zeros(len(table), np.int64), np.ones(len(table), bool)
    for name in schema.key:
        field, column = schema.fields[name], table[name]
        part = integers(column, "whole") if field.kind == "whole" else column.codes
        valid &= (part >= 0) & ~(column.blank() & field.required)
        base = int(part.max(initial=0)) + 2
        if int(key.max(initial=0)) > 2**62 // base:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
        key = key * base + part
    return key, valid
