"""Deleted means gone: what a database keeps of rows that no query shows any more is overwritten, too."""

from __future__ import annotations

import time
from collections.abc import Iterable

from sqlalchemy import Table, text

from mobility.errors import StorageUnavailable
from mobility.storage.store import Store

PATIENCE_S = 30.0


def erase_traces(store: Store, tables: Iterable[Table]) -> None:
    """Of rows that were deleted or changed.

    SQLite zeroes them (secure_delete); here its journal is emptied into the file, so that no byte of them is left.
    PostgreSQL writes the tables anew (VACUUM FULL); its write-ahead log and its backups are the administrator's.
    Raises StorageUnavailable where readers of SQLite do not let go for half a minute.
    """
    if store.is_sqlite:
        empty_journal(store, PATIENCE_S)
        return
    with store.outside_transactions() as connection:
        for table in tables:
            connection.execute(text(f'VACUUM FULL "{table.name}"'))


def empty_journal(store: Store, patience_s: float) -> None:
    """Of SQLite. Raises StorageUnavailable where readers do not let go in time."""
    deadline = time.monotonic() + patience_s
    with store.outside_transactions() as connection:
        while connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]:
            if time.monotonic() > deadline:
                raise StorageUnavailable
            time.sleep(0.02)
