"""Transactions hold, on SQLite and on PostgreSQL alike; a deleted row leaves no byte behind."""

from __future__ import annotations

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import String, insert, inspect, select, table, text, update
from sqlalchemy import column as sql_column

from mobility.errors import InvalidConfig, StorageUnavailable
from mobility.storage.erase import erase_traces
from mobility.storage.metadata import METADATA
from mobility.storage.migrate import move_to, prepare
from mobility.storage.revision import is_prepared
from mobility.storage.store import Store, open_store, sqlite_url
from mobility.storage.timers import TIMERS, claim
from tests.forked import forked
from tests.storage import Cluster, bytes_on_disk

ROOT = Path(__file__).parent.parent.parent.parent
SECRET = "a-name-nobody-else-has"
PREPARE = "import sys; from mobility.storage import migrate, store; migrate.prepare(store.open_store(sys.argv[1]))"


def names(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.scalars(select(TIMERS.c.name).order_by(TIMERS.c.name)))


def add(store: Store, name: str) -> None:
    with store.writing() as connection:
        connection.execute(TIMERS.insert().values(name=name, began_at=0))


def test_what_is_committed_is_read(store: Store) -> None:
    add(store, "backup")
    assert names(store) == ["backup"]


def test_a_fault_in_the_middle_leaves_no_trace(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing() as connection:
        connection.execute(TIMERS.insert().values(name="half", began_at=0))
        raise RuntimeError
    assert names(store) == []


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.reading() as connection:
        assert connection.scalar(select(TIMERS.c.name)) is None
        add(store, "later")
        assert connection.scalar(select(TIMERS.c.name)) is None
    assert names(store) == ["later"]


def test_a_process_that_comes_and_goes_takes_nothing_from_a_store_opened_twice(tmp_path: Path) -> None:
    """A lock of a file is the whole process's: whoever opens and closes the file by hand gives it up."""
    url = sqlite_url(tmp_path / "hent.sqlite")
    first = open_store(url)
    prepare(first)
    with first.reading() as reading:
        assert reading.scalar(select(TIMERS.c.name)) is None
        open_store(url).close()
        assert forked(["-c", PREPARE, url]).wait(60) == 0
    add(first, "after it")
    assert names(first) == ["after it"]
    assert names(open_store(url)) == ["after it"], "and who opens it anew reads the same"


def test_no_increment_is_lost(store: Store) -> None:
    add(store, "counter")

    def increment(_: int) -> None:
        with store.writing() as connection:
            row = select(TIMERS.c.began_at).where(TIMERS.c.name == "counter").with_for_update()
            connection.execute(update(TIMERS).values(began_at=connection.scalars(row).one() + 1))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(increment, range(100)))
    with store.reading() as connection:
        assert connection.scalars(select(TIMERS.c.began_at)).one() == 100


def test_one_of_many_claims_what_is_due(store: Store) -> None:
    with ThreadPoolExecutor(6) as threads:
        won = list(threads.map(lambda _: claim(store, "retention", 1000, 60), range(6)))
    assert won.count(True) == 1
    assert not claim(store, "retention", 1059, 60)
    assert claim(store, "retention", 1060, 60)


def test_a_forked_child_has_connections_of_its_own(store: Store) -> None:
    add(store, "parent")
    child = os.fork()
    if not child:
        try:
            add(store, "child")
            os._exit(0)
        except BaseException:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert names(store) == ["child", "parent"]


def test_processes_that_start_together_prepare_once(empty_url: str) -> None:
    starting = [forked(["-c", PREPARE, empty_url]) for _ in range(3)]
    assert [process.wait(60) for process in starting] == [0, 0, 0]
    store = open_store(empty_url)
    assert names(store) == []
    store.close()


def test_the_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    for file in sorted(ROOT.glob("mobility/*/*tables.py")):
        import_module(f"mobility.{file.parent.name}.{file.stem}")
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_who_only_reads_is_told_whether_the_tables_are_of_this_version(empty_url: str) -> None:
    store = open_store(empty_url)
    assert not is_prepared(store)
    assert not is_prepared(store), "asking has made nothing"
    prepare(store)
    assert is_prepared(store)
    move_to(store, "base")
    assert not is_prepared(store)
    store.close()


def test_migrations_lead_back_and_forth(empty_url: str) -> None:
    store = open_store(empty_url)
    prepare(store)
    before = sorted(inspect(store.engine).get_table_names())
    move_to(store, "base")
    assert inspect(store.engine).get_table_names() == ["alembic_version"]
    prepare(store)
    assert sorted(inspect(store.engine).get_table_names()) == before
    store.close()


def test_an_upgrade_keeps_bookings_and_knows_of_some_who_ended_them(empty_url: str) -> None:
    store = open_store(empty_url)
    move_to(store, "0015")
    old = {"a": ("refused", 0), "b": ("cancelled", 5), "c": ("cancelled", 0), "d": ("expired", 0), "e": ("asked", 0)}
    with store.writing() as connection:
        columns = [column for column in METADATA.tables["bookings"].columns if not column.name.startswith("ended_")]
        for id, (status, given_up_at) in old.items():
            row = {column.name: "" if isinstance(column.type, String) else 0 for column in columns}
            row |= {"id": id, "status": status, "given_up_at": given_up_at}
            connection.execute(insert(table("bookings", *map(sql_column, row))).values(row))
    prepare(store)
    with store.reading() as connection:
        found = connection.execute(text("SELECT id, ended_by, ended_because FROM bookings ORDER BY id")).all()
    known = [("a", "driver"), ("b", "passenger"), ("c", ""), ("d", "clock"), ("e", "")]
    assert [tuple(row) for row in found] == [(id, by, "") for id, by in known]
    store.close()


def test_no_byte_of_a_deleted_row_is_left_in_sqlite(tmp_path: Path) -> None:
    store = open_store(sqlite_url(tmp_path / "hent.sqlite3"))
    prepare(store)
    add(store, SECRET)
    assert any(SECRET.encode() in file.read_bytes() for file in tmp_path.iterdir())
    with store.writing() as connection:
        connection.execute(TIMERS.delete())
    erase_traces(store, [TIMERS])
    assert not any(SECRET.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_no_byte_of_a_deleted_row_is_left_in_the_tables_of_postgresql(cluster: Cluster) -> None:
    store = open_store(cluster.url(cluster.new_database()))
    add(store, SECRET)
    with store.writing() as connection:
        connection.execute(TIMERS.delete())
    erase_traces(store, [TIMERS])
    with store.outside_transactions() as connection:
        connection.execute(text("CHECKPOINT"))
    tables = (cluster.folder / "data" / "base").rglob("*")
    assert not any(SECRET.encode() in file.read_bytes() for file in tables if file.is_file())
    store.close()


def test_a_table_that_a_backup_reads_keeps_nobody_waiting_and_is_written_anew_the_next_time(cluster: Cluster) -> None:
    store = open_store(cluster.url(cluster.new_database()))
    with store.writing() as connection:
        connection.execute(TIMERS.insert().values(name="zanflamme", began_at=1))
        connection.execute(TIMERS.delete())
    with store.reading() as backup:
        backup.execute(TIMERS.select()).all()
        began = time.monotonic()
        erase_traces(store, [TIMERS])
        assert time.monotonic() - began < 5
        assert b"zanflamme" in bytes_on_disk(store)
    erase_traces(store, [TIMERS])
    assert b"zanflamme" not in bytes_on_disk(store)
    with store.outside_transactions() as connection:
        assert connection.scalar(text("SHOW lock_timeout")) == "0"
    store.close()


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    store = open_store(sqlite_url(tmp_path / "hent.sqlite3"))
    prepare(store)
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("url", ["mysql://here/hent", "no address", "sqlite://"])
def test_an_address_of_no_database_is_refused(url: str) -> None:
    with pytest.raises(InvalidConfig, match=r"storage\.url"):
        open_store(url)


def test_a_database_that_cannot_be_reached_is_said_so(tmp_path: Path) -> None:
    store = open_store(f"postgresql+psycopg://hent@/hent?host={tmp_path}")
    with pytest.raises(StorageUnavailable), store.reading():
        pass
