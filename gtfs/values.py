"""Texts of a column to numbers: each different text once, bad ones counted as missing (a rule reports them)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from gtfs.table import Column, Texts

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
    "price": number,
    "latitude": partial(number, most=90.0),
    "longitude": partial(number, most=180.0),
}


def integers(column: Column, kind: str, missing: int = MISSING) -> Int32s:
    values = _read(column, kind)
    return np.where(np.isnan(values), missing, values).astype(np.int32)[column.codes]


def floats(column: Column, kind: str = "number") -> Float64s:
    """NaN where missing."""
    return np.asarray(_read(column, kind)[column.codes])


def bad(column: Column, kind: str) -> Bools:
    """Rows with a text that its kind does not allow."""
    if parser(kind) is None:
        return np.zeros(len(column), bool)
    wrong = np.isnan(_read(column, kind)) & (column.values != "")
    return np.asarray(wrong[column.codes]) if wrong.any() else np.zeros(len(column), bool)


def _read(column: Column, kind: str) -> Float64s:
    """The different values of a column as numbers, NaN where blank or bad. float64 holds every whole number here."""
    if kind not in column.read:
        column.read[kind] = _times(column.values) if kind == "time" else _parsed(column.values, kind)
    return column.read[kind]


def _parsed(texts: Texts, kind: str) -> Float64s:
    parse = parser(kind)
    assert parse
    return np.array([math.nan if (value := parse(text)) is None else value for text in texts], np.float64)


def _times(texts: Texts) -> Float64s:
    """Many at once: texts of the form HH:MM:SS by their characters, the others one by one."""
    letters = texts.astype("U9").view(np.uint32).reshape(len(texts), 9).astype(np.int64)
    digits = letters[:, DIGITS] - ord("0")
    usual = (letters[:, 8] == 0) & np.all(letters[:, COLONS] == ord(":"), axis=1)
    usual &= np.all((digits >= 0) & (digits <= MOST), axis=1)
    seconds = (digits @ SECONDS).astype(np.float64)
    seconds[~usual] = _parsed(texts[~usual], "time")
    return np.asarray(seconds)


DIGITS, COLONS = [0, 1, 3, 4, 6, 7], [2, 5]
MOST = np.array([9, 9, 5, 9, 5, 9])
SECONDS = np.array([36000, 3600, 600, 60, 10, 1])


def rows_of(keys: Column, references: Column) -> Int32s:
    """The row of the key that each reference means; -1 where it is blank or there is no such key."""
    order = np.arange(len(keys), dtype=np.int32)[::-1]
    first = np.full(len(keys.values), -1, np.int32)
    first[keys.codes[::-1]] = order
    row_of = {value: int(row) for value, row in zip(keys.values, first, strict=True) if value}
    found = np.array([row_of.get(value, -1) for value in references.values], np.int32)
    return found[references.codes]
