"""Where two answers differ: the members of JSON by their paths, but for those that are said to differ."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

IGNORED = frozenset(
    {
        "hent.network",  # a hash of the network's arrays: one column more is another version
        "hent.dataUse.version",  # a hash of the register's words, which name modules
        "hent.removed[].count",  # counts the losses that had no code before, too (issue 13, section 2)
        "hent.removed[].sentence",  # the one list of codes gave each its sentence (there, too)
        "debugOutput.removed",  # their sum
    }
)
MAY_GROW = frozenset({"hent.removed", "hent.dropped"})
"""Each loss gets a code (issue 13, section 2): what the first tells the second tells, too, and may tell more."""
SHOWN = 90


def differences(first: object, second: object, path: str = "") -> Iterator[str]:
    """One line for each member, its path and both values. Numbers, `true` and texts are not each other."""
    where = _anywhere(path)
    if where in IGNORED:
        return
    if isinstance(first, dict) and isinstance(second, dict):
        yield from _of_objects(first, second, path)
    elif isinstance(first, list) and isinstance(second, list):
        yield from _missing(first, second, path) if where in MAY_GROW else _of_lists(first, second, path)
    elif json.dumps(first) != json.dumps(second):
        yield f"{path}: {_cut(first)} | {_cut(second)}"


def _of_objects(first: dict[str, object], second: dict[str, object], path: str) -> Iterator[str]:
    for name in dict.fromkeys([*first, *second]):
        inner = f"{path}.{name}" if path else name
        if name in first and name in second:
            yield from differences(first[name], second[name], inner)
        elif _anywhere(inner) not in IGNORED:
            yield f"{inner}: {_cut(first[name])} | -" if name in first else f"{inner}: - | {_cut(second[name])}"


def _of_lists(first: list[object], second: list[object], path: str) -> Iterator[str]:
    if len(first) != len(second):
        yield f"{path}: {len(first)} of them | {len(second)} of them"
    for number, (one, other) in enumerate(zip(first, second, strict=False)):
        yield from differences(one, other, f"{path}[{number}]")


def _missing(first: list[object], second: list[object], path: str) -> Iterator[str]:
    for number, one in enumerate(first):
        if all(any(differences(one, other, f"{path}[{number}]")) for other in second):
            yield f"{path}[{number}]: {_cut(one)} | -"


def _anywhere(path: str) -> str:
    """The path without the numbers of entries."""
    return re.sub(r"\[\d+\]", "[]", path)


def _cut(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
