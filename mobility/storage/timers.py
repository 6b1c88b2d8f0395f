"""Work that recurs, done by one process of all that share the database."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ColumnElement, String, Table, delete, false, or_, select, update

from mobility.clock import SKEW_S
from mobility.storage.metadata import METADATA
from mobility.storage.store import Store

TIMERS = Table(
    "timers",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("began_at", BigInteger, nullable=False),
)


def claim(store: Store, name: str, now: int, every_s: int) -> bool:
    """Whether the caller is to do it now: nobody else began less than every_s ago, as the clock is now (is_over in
    mobility/clock.py). Raises StorageUnavailable.

    Who dies while at it has had its turn; the next is due every_s later.
    """
    is_over = or_(TIMERS.c.began_at <= now - every_s, TIMERS.c.began_at > now + SKEW_S)
    return _claim(store, name, now, is_over)


def claim_once(store: Store, name: str, now: int) -> bool:
    """Whether nobody has done it yet, whatever the clock was then. Raises StorageUnavailable."""
    return _claim(store, name, now, false())


def _claim(store: Store, name: str, now: int, is_over: ColumnElement[bool]) -> bool:
    is_due = (TIMERS.c.name == name) & is_over
    with store.writing() as connection:
        if not store.is_sqlite:
            connection.exec_driver_sql("LOCK TABLE timers IN EXCLUSIVE MODE")
        if connection.execute(update(TIMERS).where(is_due).values(began_at=now)).rowcount:
            return True
        if connection.execute(select(TIMERS.c.name).where(TIMERS.c.name == name)).first():
            return False
        connection.execute(TIMERS.insert().values(name=name, began_at=now))
        return True


def give_back(store: Store, name: str) -> None:
    """Who claimed it could not do it: it is due at once. Raises StorageUnavailable."""
    with store.writing() as connection:
        connection.execute(delete(TIMERS).where(TIMERS.c.name == name))
