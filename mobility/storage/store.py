"""A database as transactions: `with store.writing() as connection:` commits at the end, or leaves no trace.

On SQLite writers queue up from their first statement on (BEGIN IMMEDIATE), so none reads what another is about to
change. On PostgreSQL a writer that decides by what it has read takes those rows with `.with_for_update()`, which
SQLite ignores; a reader sees one moment of the database throughout.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES
from pathlib import Path
from typing import Any
from weakref import ref

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError

from mobility.errors import ConfigFault, InvalidConfig, StorageUnavailable

BUSY_S = 10
"""How long a writer waits for the writers before it."""
WRITING, OUTSIDE = "hent_writing", "hent_outside"
SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class Store:
    """Safe between threads; a forked child opens connections of its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction. Raises StorageUnavailable where the database cannot be reached or stays busy."""
        with _faults(), self.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the database. Raises StorageUnavailable."""
        options = {} if self.is_sqlite else SNAPSHOT
        with _faults(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def outside_transactions(self) -> Iterator[Connection]:
        """For what a database refuses inside of one: VACUUM, checkpoints. Raises StorageUnavailable."""
        options = {OUTSIDE: True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        with _faults(), self.engine.connect().execution_options(**options) as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def open_store(url: str) -> Store:
    """A SQLite file (`sqlite:////folder/file`), made where there is none, or `postgresql+psycopg://…`.

    Nothing is connected yet. Raises InvalidConfig for an address that is neither.
    """
    store = Store(_engine(_address(url)))
    _part_at_fork(store)
    return store


def sqlite_url(file: Path) -> str:
    return URL.create("sqlite", database=str(file.absolute())).render_as_string()


def sqlite_file(url: str) -> Path | None:
    """None of another database. Raises InvalidConfig as open_store."""
    address = _address(url)
    return Path(str(address.database)) if address.get_backend_name() == "sqlite" else None


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise InvalidConfig("storage.url", "is no database address") from None
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise InvalidConfig("storage.url", "begins with sqlite: or postgresql+psycopg:")
    if address.get_backend_name() == "sqlite" and not address.database:
        raise InvalidConfig("storage.url", "names no file")
    return address


def _engine(address: URL) -> Engine:
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    try:
        return create_engine(address, pool_pre_ping=True, hide_parameters=True)
    except (ImportError, NoSuchModuleError):
        raise InvalidConfig(
            "storage.url",
            "needs the driver: pip install 'hent[postgres]'",
            ConfigFault.MISSING_EXTRA,
            extra="hent[postgres]",
        ) from None


def _sqlite(address: URL) -> Engine:
    _make_private(Path(str(address.database)))
    engine = create_engine(address, connect_args={"timeout": BUSY_S, "isolation_level": None}, hide_parameters=True)
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(file: Path) -> None:
    """The file holds personal data: nobody but its owner reads it, nor the journals that SQLite makes beside it.

    A file that is there is not opened: to close it again would take every lock that this process holds on it, and
    the next process to leave would delete the journals under our feet (sqlite.org/howtocorrupt.html, 2.2).
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if not os.access(file, os.R_OK | os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES), str(file)) from None


def _settle(connection: Any, record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """The driver itself begins nothing (isolation_level None)."""
    options = connection.get_execution_options()
    if not options.get(OUTSIDE):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITING) else "BEGIN")


@contextmanager
def _faults() -> Iterator[None]:
    """What the database says of a fault may quote what is stored, so that nothing of it is passed on."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise StorageUnavailable from error


def _part_at_fork(store: Store) -> None:
    """A connection shared by two processes would mix up what they say."""
    here = ref(store)

    def close() -> None:
        if store := here():
            store.engine.dispose()

    def forget() -> None:
        if store := here():
            store.engine.dispose(close=False)

    os.register_at_fork(before=close, after_in_child=forget)
