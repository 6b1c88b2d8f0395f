"""Texts of a column to numbers: each different text once, bad ones counted as missing (a rule reports them)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from gtfs.table import Column

Bools = NDArray[np.bool_]
Int32s = NDArray[np.int32]
Float64s = NDArray[np.float64]
Parse = Callable[[str], float | None]

MISSING = -1
"""A whole number, time or date that is blank or bad; neither can be negative."""
TIME = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
WHOLE = re.compile(r"\+?0*(\d{1,10})(?:\.0+)?", re.ASCII)
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def time_s(text: str) -> int | None:
    """H:MM:SS, HH:MM:SS or HHH:MM:SS as seconds of the service day; H:MM and HH:MM too, as some publish."""
    found = TIME.fullmatch(text)
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def day(text: str) -> int | None:
    """YYYYMMDD as date.toordinal()."""
    found = DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).toordinal() if found else None
    except ValueError:
        return None


def whole(text: str, least: int = 0, most: int = 2**31 - 1) -> int | None:
    found = WHOLE.fullmatch(text)
    return int(found[1]) if found and least <= int(found[1]) <= most else None


def number(text: str, most: float = math.inf) -> float | None:
    value = float(text) if NUMBER.fullmatch(text) else math.nan
    return value if abs(value) <= most and math.isfinite(value) else None


def parser(kind: str) -> Parse | None:
    """How a kind of the schema is read; None for kinds that stay text."""
    if "-" in kind:
        least, most = kind.split("-")
        return partial(whole, least=int(least), most=int(most))
    return PARSERS.get(kind)


PARSERS: Mapping[str, Parse] = {
    "time": time_s,
    "date": day,
    "whole": whole,
    "number": number,
    "latitude": partial(number, most=90.0),
    "longitude": partial(number, most=180.0),
}


def integers(column: Column, kind: str, missing: int = MISSING) -> Int32s:
    parse = parser(kind)
    assert parse
    return np.array([_or(parse(text), missing) for text in column.values], np.int32)[column.codes]


def floats(column: Column, kind: str = "number") -> Float64s:
    """NaN where missing."""
    parse = parser(kind)
    assert parse
    return np.array([_or(parse(text), math.nan) for text in column.values], np.float64)[column.codes]


def bad(column: Column, kind: str) -> Bools:
    """Rows with a text that its kind does not allow."""
    parse = parser(kind)
    wrong = np.array([text != "" and parse is not None and parse(text) is None for text in column.values], bool)
    return wrong[column.codes] if wrong.any() else np.zeros(len(column), bool)


def rows_of(keys: Column, references: Column) -> Int32s:
    """The row of the key that each reference means; -1 where it is blank or there is no such key."""
    order = np.arange(len(keys), dtype=np.int32)[::-1]
    first = np.full(len(keys.values), -1, np.int32)
    first[keys.codes[::-1]] = order
    row_of = {value: int(row) for value, row in zip(keys.values, first, strict=True) if value}
    found = np.array([row_of.get(value, -1) for value in references.values], np.int32)
    return found[references.codes]


def _or(value: float | None, missing: float) -> float:
    return missing if value is None else value
