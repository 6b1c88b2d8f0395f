"""All rows of a database as plain values, and back: one form for SQLite and PostgreSQL, so that either takes what the
other gave. Columns hold numbers, texts and flags alone (metadata.py), which JSON gives back as they were."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, MetaData, Table, func, select, text
from sqlalchemy.exc import DatabaseError

from mobility.storage.migrate import begin_anew, go_on_to_head
from mobility.storage.revision import revision_of
from mobility.storage.store import Store

OF_ALEMBIC = "alembic_version"
AT_ONCE = 1000
"""Rows that are read and written together."""


class UnknownTable(Exception):
    """Rows of a table, or of a column, that the database does not have."""


@dataclass(frozen=True, slots=True)
class TableRows:
    name: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Dump:
    """revision: of the migrations. tables: to be read one after the other, each to its end."""

    revision: str
    tables: Iterator[TableRows]


@contextmanager
def dumped(store: Store, left_out: Collection[str]) -> Iterator[Dump]:
    """One moment of the database, whoever writes meanwhile. left_out: names of tables. Raises StorageUnavailable."""
    with store.reading() as connection:
        yield Dump(revision_of(connection) or "", _tables(connection, left_out))


def refill(store: Store, dump: Dump) -> None:
    """What stood in the database goes, the rows of the dump come, and the tables are brought to this version of Hent:
    all in one transaction, or nothing of it. Raises UnknownTable, StorageUnavailable."""
    with store.writing() as connection:
        begin_anew(connection, dump.revision)
        known = _reflected(connection)
        for one in dump.tables:
            _insert(connection, known.tables.get(one.name), one)
        if not store.is_sqlite:
            _count_on(connection, known)
        go_on_to_head(connection)


def is_empty(store: Store, but: Collection[str]) -> bool:
    """Whether no table has a row, those named aside. Raises StorageUnavailable."""
    with store.reading() as connection:
        tables = [table for table in _reflected(connection).sorted_tables if table.name not in (OF_ALEMBIC, *but)]
        return not any(connection.execute(select(table).limit(1)).first() for table in tables)


def is_readable(store: Store) -> bool:
    """Whether what stands there is a database at all. Raises StorageUnavailable."""
    try:
        with store.reading() as connection:
            _reflected(connection)
    except DatabaseError:
        return False
    return True


def _tables(connection: Connection, left_out: Collection[str]) -> Iterator[TableRows]:
    for table in _reflected(connection).sorted_tables:
        if table.name not in (OF_ALEMBIC, *left_out):
            read = connection.execution_options(yield_per=AT_ONCE).execute(select(table))
            yield TableRows(table.name, tuple(column.name for column in table.columns), (tuple(row) for row in read))


def _reflected(connection: Connection) -> MetaData:
    """The tables as they are: no package that defines some need be known here."""
    found = MetaData()
    found.reflect(connection)
    return found


def _insert(connection: Connection, table: Table | None, one: TableRows) -> None:
    if table is None or set(one.columns) != {column.name for column in table.columns}:
        raise UnknownTable(one.name)
    connection.execute(table.delete())  # of rows that migrations bring
    some: list[dict[str, Any]] = []
    for row in one.rows:
        some.append(dict(zip(one.columns, row, strict=True)))
        if len(some) == AT_ONCE:
            connection.execute(table.insert(), some)
            some = []
    if some:
        connection.execute(table.insert(), some)


def _count_on(connection: Connection, known: MetaData) -> None:
    """PostgreSQL numbers new rows by a counter beside the table, which knows nothing of rows that bring their own."""
    for table in known.sorted_tables:
        for column in table.primary_key.columns:
            if isinstance(column.type, Integer) and len(table.primary_key.columns) == 1:
                names = {"table": table.name, "column": column.name}
                counter = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), names)
                last = connection.scalar(select(func.max(column)))
                if counter and last:
                    connection.execute(text("SELECT setval(:counter, :last)"), {"counter": counter, "last": last})
