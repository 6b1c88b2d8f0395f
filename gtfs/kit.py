"""The same tables as a gtfs_kit.Feed. The only module that imports gtfs_kit (0.7 s), and only when it is asked."""

from __future__ import annotations

from collections.abc import Mapping

import gtfs_kit
import pandas as pd
from gtfs_kit.constants import DTYPES

from gtfs.table import Column, Table
from gtfs.values import floats, number


def kit_feed(tables: Mapping[str, Table], dist_units: str = "km") -> gtfs_kit.Feed:
    """Tables that gtfs_kit knows, with its types; a value that its type does not allow is missing there."""
    frames = {name: _frame(tables[name], types) for name, types in DTYPES.items() if name in tables}
    return gtfs_kit.Feed(dist_units=dist_units, **frames)


def _frame(table: Table, types: Mapping[str, str]) -> pd.DataFrame | None:
    """None for a table without a row, as gtfs_kit has it. Columns that it does not know stay text."""
    if not len(table):
        return None
    return pd.DataFrame({name: _series(column, types.get(name, "string")) for name, column in table.columns.items()})


def _series(column: Column, kind: str) -> pd.Series:
    if kind == "string":
        categories = pd.array([text or None for text in column.values], dtype="string")
        return pd.Series(categories.take(column.codes))
    if kind == "float":
        return pd.Series(floats(column))
    values = [_whole(text) for text in column.values]
    return pd.Series(pd.array(values, dtype="Int32").take(column.codes))


def _whole(text: str) -> int | None:
    """Int32 also where gtfs_kit says Int16: 40 000 s between two buses are no reason to lose a feed."""
    value = number(text)
    return int(value) if value is not None and abs(value) < 2**31 and value == int(value) else None
