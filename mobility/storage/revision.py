"""Which tables a database has, told without what moves it from one revision to the next (migrate.py)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

from mobility.storage.store import Store

MIGRATIONS = Path(__file__).parent / "migrations"
KEPT = Table("alembic_version", MetaData(), Column("version_num", String(32)))


def is_prepared(store: Store) -> bool:
    """Whether it has the tables of this version. Raises StorageUnavailable."""
    with store.reading() as connection:
        return revision_of(connection) == head()


def revision_of(connection: Connection) -> str | None:
    """None of a database without tables of ours."""
    if not inspect(connection).has_table(KEPT.name):
        return None
    found: str | None = connection.scalar(select(KEPT.c.version_num))
    return found


def head() -> str:
    """The latest revision that this version of Hent knows; files are named by their number."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
