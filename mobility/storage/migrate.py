"""Brings a database to the tables of this version of Hent, and back."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from mobility.storage.revision import MIGRATIONS, revision_of
from mobility.storage.store import Store

LOCK = 0x48656E74
"""Of PostgreSQL's advisory locks, the one that migrations take."""


def prepare(store: Store) -> None:
    """All migrations that were not run yet, in one transaction; processes that start together wait for the first.

    Raises StorageUnavailable.
    """
    move_to(store, "head")


def move_to(store: Store, revision: str) -> None:
    """Up or down to a revision; `base` has no tables. Raises StorageUnavailable."""
    with store.writing() as connection:
        _alone(connection)
        if revision == "base":
            command.downgrade(_settings(connection), revision)
        else:
            command.upgrade(_settings(connection), revision)


def is_known(revision: str) -> bool:
    """Whether this version of Hent knows it: none of a newer one."""
    return any(script.revision == revision for script in _revisions().walk_revisions())


def begin_anew(connection: Connection, revision: str) -> None:
    """Without any row, with the tables of a revision, within the caller's transaction."""
    _alone(connection)
    if revision_of(connection) is not None:
        command.downgrade(_settings(connection), "base")
    command.upgrade(_settings(connection), revision)


def go_on_to_head(connection: Connection) -> None:
    """To the tables of this version of Hent, within the caller's transaction."""
    command.upgrade(_settings(connection), "head")


def _alone(connection: Connection) -> None:
    """SQLite lets one write at a time as it is."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _revisions() -> ScriptDirectory:
    return ScriptDirectory.from_config(_located())


def _settings(connection: Connection) -> Config:
    settings = _located()
    settings.attributes["connection"] = connection
    return settings


def _located() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return settings
