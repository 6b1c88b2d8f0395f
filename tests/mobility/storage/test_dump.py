"""All rows of a database as plain values, and back into the same kind of database or the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select

from mobility.carpool.tables import ACCOUNTS
from mobility.errors import StorageUnavailable
from mobility.operators.log import Action, actions, write_down
from mobility.storage.dump import Dump, TableRows, UnknownTable, dumped, is_empty, is_readable, refill
from mobility.storage.revision import is_prepared
from mobility.storage.store import Store, open_store, sqlite_url
from mobility.storage.timers import TIMERS, claim


def everything(store: Store) -> tuple[str, list[TableRows]]:
    with dumped(store, ()) as dump:
        return dump.revision, [TableRows(one.name, one.columns, list(one.rows)) for one in dump.tables]


def with_rows(store: Store) -> None:
    claim(store, "retention", 1_800_000_000, 3600)
    for name in ("Anna", "Bob"):
        write_down(store, Action(name, "load", "izilo"), 1_800_000_000)


def test_what_was_dumped_stands_again_in_either_kind_of_database(store: Store, empty_url: str) -> None:
    with_rows(store)
    revision, tables = everything(store)
    other = open_store(empty_url)
    refill(other, Dump(revision, iter(tables)))
    assert everything(other) == (revision, tables)
    assert is_prepared(other)
    other.close()


def test_what_stood_there_goes_and_new_lines_are_numbered_on(store: Store) -> None:
    with_rows(store)
    revision, tables = everything(store)
    write_down(store, Action("Carol", "load", "izilo"), 1_800_000_001)
    refill(store, Dump(revision, iter(tables)))
    write_down(store, Action("Dora", "load", "izilo"), 1_800_000_002)
    assert [one.operator for one in actions(store)] == ["Dora", "Bob", "Anna"]


def test_a_dump_is_of_one_moment(store: Store) -> None:
    with_rows(store)
    with dumped(store, ()) as dump:
        tables = dump.tables
        first = next(tables)
        with store.writing() as connection:
            connection.execute(delete(TIMERS))
        found = {one.name: list(one.rows) for one in (first, *tables)}
    assert found["timers"] == [("retention", 1_800_000_000)]


def test_rows_of_an_unknown_table_leave_all_as_it_was(store: Store) -> None:
    with_rows(store)
    before = everything(store)
    foreign = [TableRows("timers", ("name", "began_at"), [("x", 1)]), TableRows("coffee", ("cup",), [(1,)])]
    with pytest.raises(UnknownTable):
        refill(store, Dump(before[0], iter(foreign)))
    assert everything(store) == before


def test_an_older_dump_is_brought_to_the_tables_of_today(store: Store) -> None:
    """Revision 0003 knows no operators."""
    refill(store, Dump("0003", iter([TableRows("timers", ("name", "began_at"), [("retention", 7)])])))
    assert is_prepared(store)
    with store.reading() as connection:
        assert connection.execute(select(TIMERS.c.name, TIMERS.c.began_at)).all() == [("retention", 7)]
        assert connection.execute(select(ACCOUNTS.c.id)).all() == []


def test_a_database_is_empty_until_somebody_has_stored_something(store: Store) -> None:
    new = ("timers", "revisions")
    claim(store, "retention", 1, 1)
    assert is_empty(store, new)
    write_down(store, Action("Anna", "load"), 1_800_000_000)
    assert not is_empty(store, new)


def test_a_file_of_something_else_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "hent.sqlite3").write_bytes(b"a letter to grandmother, not a database" * 100)
    assert not is_readable(open_store(sqlite_url(tmp_path / "hent.sqlite3")))


def test_a_database_that_is_away_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable):
        is_readable(open_store(f"postgresql+psycopg://hent@/none?host={tmp_path}"))
