"""One rule is one function that yields the places where it is broken; its name is the code of the notice.

The docstring says what is wrong, what becomes of it, and the source. docs/feed-rules.md lists every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from gtfs.feed import Feed
from gtfs.notice import Notice, Severity
from gtfs.table import Table


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule is broken. line 0: in the file as a whole."""

    file: str
    line: int = 0
    field: str = ""
    value: str = ""
    message: str = ""


Check = Callable[[Feed, date], Iterable[Place]]


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    severity: Severity
    check: Check

    def notices(self, feed: Feed, today: date) -> Iterator[Notice]:
        for place in self.check(feed, today):
            yield Notice(self.code, self.severity, place.file, place.line, place.field, place.value, place.message)


_rules: dict[str, Rule] = {}


def rule(severity: Severity) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        _rules[check.__name__] = Rule(check.__name__, severity, check)
        return check

    return register


def registered() -> tuple[Rule, ...]:
    return tuple(_rules.values())


def at_rows(table: Table, wrong: NDArray[np.bool_], field: str, message: str = "") -> Iterator[Place]:
    """A place for each row of a mask."""
    column = table[field]
    for row in np.flatnonzero(wrong):
        yield Place(table.file, int(table.lines[row]), field, str(column.values[column.codes[row]]), message)
