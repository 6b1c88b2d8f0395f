"""Deleted means gone: what a database keeps of rows that no query shows any more is overwritten, too."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable

from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import OperationalError

from mobility.errors import StorageUnavailable
from mobility.storage.store import Store

LOG = logging.getLogger("hent.storage")
PATIENCE_S = 30.0
LOCK_PATIENCE, LOCK_NOT_AVAILABLE = "500ms", "55P03"
"""Of PostgreSQL."""


def erase_traces(store: Store, tables: Iterable[Table]) -> None:
    """Of rows that were deleted or changed.

    SQLite zeroes them (secure_delete); here its journal is emptied into the file, so that no byte of them is left.
    PostgreSQL writes the tables anew (VACUUM FULL), but for those that somebody does not let go of, as a backup does;
    its write-ahead log and its backups are the administrator's.
    Raises StorageUnavailable where readers of SQLite do not let go for half a minute.
    """
    if store.is_sqlite:
        empty_journal(store, PATIENCE_S)
        return
    with store.outside_transactions() as connection:
        connection.execute(text("SELECT set_config('lock_timeout', :patience, false)"), {"patience": LOCK_PATIENCE})
        try:
            for table in tables:
                _write_anew(connection, table)
        finally:
            connection.execute(text("RESET lock_timeout"))


def _write_anew(connection: Connection, table: Table) -> None:
    """Whoever waits for a table keeps all others waiting: after a moment it is left for the next run."""
    try:
        connection.execute(text(f'VACUUM FULL "{table.name}"'))
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        LOG.warning("a table is in use: what was erased of it stays on the disk until the next run")


def empty_journal(store: Store, patience_s: float) -> None:
    """Of SQLite. Raises StorageUnavailable where readers do not let go in time."""
    deadline = time.monotonic() + patience_s
    with store.outside_transactions() as connection:
        while connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]:
            if time.monotonic() > deadline:
                raise StorageUnavailable
            time.sleep(0.02)
