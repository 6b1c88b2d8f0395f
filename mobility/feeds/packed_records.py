"""A frozen dataclass with all that it holds as arrays by name: columns as they are, texts of a column once each with a
number a row, and records, which are small, as one JSON document. Read back by the types of its fields.

Knows neither feeds nor folders. Not a number is null in JSON; a field that may hold either says so by its type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from math import nan
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import numpy as np
import orjson
from numpy.typing import NDArray

DOCUMENT = "document"

NamedArrays = dict[str, NDArray[Any]]
Made = TypeVar("Made")


def packed(record: Any) -> NamedArrays:
    arrays: NamedArrays = {}
    document = orjson.dumps(_plain(record, "", arrays), option=orjson.OPT_SERIALIZE_NUMPY)
    return arrays | {DOCUMENT: np.frombuffer(document, np.uint8)}


def unpacked(kind: type[Made], arrays: Mapping[str, NDArray[Any]]) -> Made:
    """Raises ValueError, KeyError or TypeError where they hold no such record."""
    found: Made = _record(kind, orjson.loads(arrays[DOCUMENT].tobytes()), "", arrays)
    return found


def _plain(value: Any, name: str, arrays: NamedArrays) -> Any:
    """What JSON is to hold of it; columns go to the arrays."""
    if isinstance(value, np.ndarray):
        arrays[name], texts = _numbered(value) if value.dtype == object else (value, None)
        return texts
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name), _within(name, one.name), arrays) for one in fields(value)}
    return value


def _numbered(texts: NDArray[np.object_]) -> tuple[NDArray[np.int32], list[str]]:
    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(text, len(numbers)) for text in texts.tolist()]
    return np.array(codes, np.int32), list(numbers)


def _record(kind: Any, document: dict[str, Any], name: str, arrays: Mapping[str, NDArray[Any]]) -> Any:
    hints = _hints(kind)
    return kind(*(_value(hints[key], value, _within(name, key), arrays) for key, value in document.items()))


def _value(hint: Any, value: Any, name: str, arrays: Mapping[str, NDArray[Any]]) -> Any:
    if get_origin(hint) is np.ndarray:
        return arrays[name] if value is None else np.array(value, object)[arrays[name]]
    if is_dataclass(hint):
        return _record(hint, value, name, arrays)
    read = _reader(hint)
    return read(value) if read else value


@cache
def _reader(hint: Any) -> Callable[[Any], Any] | None:
    """What makes of JSON what it was; None where it is that already."""
    if hint is float:
        return lambda value: nan if value is None else value
    if date in (hint, *get_args(hint)):
        return lambda value: date.fromisoformat(value) if value else None
    if get_origin(hint) is tuple:
        return _rows_reader(*get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _record_reader(hint) if is_dataclass(hint) else None


def _rows_reader(hint: Any, *more: Any) -> Callable[[Any], Any]:
    read = _reader(hint) if more == (...,) else None
    return (lambda rows: tuple(map(read, rows))) if read else tuple


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    read = [(row, one) for row, hint in enumerate(_hints(kind).values()) if (one := _reader(hint))]

    def record(document: dict[str, Any]) -> Any:
        values = list(document.values())
        for row, one in read:
            values[row] = one(values[row])
        return kind(*values)

    return record


@cache
def _hints(kind: Any) -> dict[str, Any]:
    known = get_type_hints(kind)
    return {one.name: known[one.name] for one in fields(kind)}


def _within(name: str, field: str) -> str:
    return f"{name}.{field}" if name else field
