"""What is no longer needed goes: a list of small rules, run one after the other, and then no byte of it is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, update

from mobility.storage.erase import erase_traces
from mobility.storage.store import Store
from mobility.storage.timers import TIMERS

GAPS = "gaps of erased accounts"


@dataclass(frozen=True, slots=True)
class Rule:
    """apply: erases what is due at `now` (epoch seconds) and says how many. tables: that it erases from."""

    name: str
    tables: tuple[Table, ...]
    apply: Callable[[Connection, int], int]


@dataclass(frozen=True, slots=True)
class Erased:
    rule: str
    count: int


def note_gaps(connection: Connection, now: int) -> None:
    """Rows were deleted by somebody else than a rule: the next run sees to it that no byte of them is left."""
    noted = TIMERS.c.name == GAPS
    if not connection.execute(update(TIMERS).where(noted).values(began_at=now)).rowcount:
        connection.execute(TIMERS.insert().values(name=GAPS, began_at=now))


def gaps(tables: tuple[Table, ...]) -> Rule:
    """To stand last: erases no row but the note, and so the traces in these tables."""
    return Rule(
        GAPS, tables, lambda connection, _: connection.execute(delete(TIMERS).where(TIMERS.c.name == GAPS)).rowcount
    )


def run(store: Store, rules: Sequence[Rule], now: int) -> tuple[Erased, ...]:
    """Each rule in its own transaction, so that a long one keeps nobody waiting. Raises StorageUnavailable."""
    erased = []
    tables: dict[str, Table] = {}
    for rule in rules:
        with store.writing() as connection:
            count = rule.apply(connection, now)
        erased.append(Erased(rule.name, count))
        if count:
            tables |= {table.name: table for table in rule.tables}
    erase_traces(store, tables.values())
    return tuple(erased)
