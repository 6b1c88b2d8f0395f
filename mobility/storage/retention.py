"""What is no longer needed goes: a list of small rules, run one after the other, and then no byte of it is left."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DatabaseError

from mobility.storage.erase import erase_traces
from mobility.storage.store import Store

LOG = logging.getLogger("hent.storage")


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """apply: erases what is due at `now` (epoch seconds) and says how many. tables: that it erases from."""

    name: str
    tables: tuple[Table, ...]
    apply: Callable[[Connection, int], int]


@dataclass(frozen=True, slots=True)
class Erased:
    rule: str
    count: int


def run(store: Store, rules: Sequence[RetentionRule], now: int) -> tuple[Erased, ...]:
    """Each rule in its own transaction, so that a long one keeps nobody waiting. What the database refuses (it has a
    clock of its own, and keeps the operators' log by that) is logged, and its turn comes again. Raises
    StorageUnavailable."""
    erased = []
    for rule in rules:
        try:
            with store.writing() as connection:
                erased.append(Erased(rule.name, rule.apply(connection, now)))
        except DatabaseError as error:
            LOG.warning("the database refuses to erase", extra={"chore": rule.name, "fault": type(error).__name__})
    # Always: rows go and change in other ways, too, as a letter does that was sent.
    erase_traces(store, {table.name: table for rule in rules for table in rule.tables}.values())
    return tuple(erased)
