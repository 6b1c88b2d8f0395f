"""Brings a database to the tables of this version of Hent, and back."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from mobility.storage.store import Store

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x48656E74
"""Of PostgreSQL's advisory locks, the one that migrations take."""


def prepare(store: Store) -> None:
    """All migrations that were not run yet, in one transaction; processes that start together wait for the first.

    Raises StorageUnavailable.
    """
    move_to(store, "head")


def is_prepared(store: Store) -> bool:
    """Whether it has the tables of this version. Raises StorageUnavailable."""
    with store.reading() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        return current == ScriptDirectory.from_config(_settings(connection)).get_current_head()


def move_to(store: Store, revision: str) -> None:
    """Up or down to a revision; `base` has no tables. Raises StorageUnavailable."""
    with store.writing() as connection:
        if not store.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if revision == "base":
            command.downgrade(_settings(connection), revision)
        else:
            command.upgrade(_settings(connection), revision)


def _settings(connection: Connection) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings
