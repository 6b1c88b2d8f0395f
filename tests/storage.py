"""Databases for tests: `store` is a SQLite file, then a PostgreSQL database, each with all tables and no rows.

A test that takes `store` runs twice. `store_url` is its address, for tests that start processes. The PostgreSQL
cluster is made once in a session, in a temporary folder, reached by a socket in it; it dies with the tests. A database
is emptied after a test and given to the next: to copy and drop one took 20 times as long as the rows of a test. Whoever
reads its files is marked `own_database`, as deleted rows stand in them for a while.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from mobility.storage.migrate import prepare
from mobility.storage.store import Store, open_store, sqlite_url

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")
TEMPLATE = "hent_template"
LEFT_ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"""
EMPTY = """
DO $$ DECLARE one text; BEGIN
  SET LOCAL session_replication_role = replica;  -- in any order, whatever refers to what
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE CASE one WHEN 'alembic_version' THEN 'SELECT 1' WHEN 'revisions' THEN 'UPDATE revisions SET value = 0'
      ELSE format('DELETE FROM %I', one) END;
  END LOOP;
  FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    PERFORM setval(one::regclass, 1, false);
  END LOOP;
END $$"""
NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Cluster:
    """emptied: databases that no test has at the moment. connected: by database, a connection is kept for the next."""

    folder: Path
    emptied: list[str] = field(default_factory=list)
    connected: dict[str, Engine] = field(default_factory=dict)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://hent@/{database}?host={self.folder}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        if database not in self.connected:
            url, settings = self.url(database), {"isolation_level": "AUTOCOMMIT", "pool_pre_ping": True}
            self.connected[database] = create_engine(url, **settings)
        with self.connected[database].connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def disconnect(self) -> None:
        """A server that is told to end waits for those who are there."""
        for engine in self.connected.values():
            engine.dispose()

    def new_database(self) -> str:
        name = f"hent_{next(NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        return name

    def empty(self, database: str) -> None:
        """As it was when it was new; whoever still holds it, a service that a test killed, is put out."""
        self.run(LEFT_ALONE, EMPTY, database=database)
        self.emptied.append(database)

    def drop(self, database: str) -> None:
        self.run(f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running() as found:
        yield found


@contextmanager
def running() -> Iterator[Cluster]:
    """A cluster of one's own, skipped where PostgreSQL is not installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: no initdb")
    folder = Path(tempfile.mkdtemp(prefix="hent-pg-"))
    as_other = _as_other(folder)
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "hent", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run([*as_other, *initdb], check=True, stdout=subprocess.DEVNULL)
    settings = [part for setting in QUICK for part in ("-c", setting)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [*as_other, programs / "postgres", "-D", data, "-k", folder, *settings], stdout=log, stderr=log
        )
    found = Cluster(folder)
    try:
        _wait_for(found, folder / "log")
        _make_template(found)
        yield found
    finally:
        found.disconnect()
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows, to be copied: every migration is run once, not once a test."""
    file = tmp_path_factory.mktemp("prepared") / "hent.sqlite3"
    store = open_store(sqlite_url(file))
    prepare(store)
    store.close()
    assert [one.name for one in file.parent.iterdir()] == [file.name], "the journal is part of the file"
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path, prepared_file: Path) -> Iterator[str]:
    """An address with all tables and no rows."""
    if request.param == "sqlite":
        yield sqlite_url(shutil.copy(prepared_file, tmp_path / "hent.sqlite3"))
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    if request.node.get_closest_marker("own_database"):
        name = cluster.new_database()
        yield cluster.url(name)
        cluster.drop(name)
        return
    name = cluster.emptied.pop() if cluster.emptied else cluster.new_database()
    yield cluster.url(name)
    cluster.empty(name)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = open_store(store_url)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address without any table."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "empty.sqlite3")
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"hent_{next(NUMBERS)}"
    cluster.run(f"CREATE DATABASE {name} TEMPLATE template0")
    yield cluster.url(name)
    cluster.drop(name)


def backup(store: Store, file: Path) -> bytes:
    """What an administrator's backup holds: the SQLite file copied while in use, or the text of pg_dump."""
    if store.is_sqlite:
        with store.outside_transactions() as connection:
            connection.execute(text("VACUUM INTO :file"), {"file": str(file)})
        return file.read_bytes()
    programs, url = _programs(), store.engine.url
    assert programs
    dump = [programs / "pg_dump", "-U", "hent", "-h", str(url.query["host"]), str(url.database)]
    return subprocess.run(dump, check=True, capture_output=True).stdout


def _programs() -> Path | None:
    """The folder of the newest PostgreSQL; Debian keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _as_other(folder: Path) -> list[str]:
    """PostgreSQL refuses to be run by root. The server ends with the tests even where those are killed."""
    if os.getuid() != 0:
        return []
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--pdeathsig=INT"]


def _wait_for(cluster: Cluster, log: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            return cluster.run("SELECT 1")
        except OperationalError:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)


def _make_template(cluster: Cluster) -> None:
    cluster.run(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
    store = open_store(cluster.url(TEMPLATE))
    prepare(store)
    store.close()


def bytes_on_disk(store: Store) -> bytes:
    """Of SQLite the file and its journals; of PostgreSQL every file of the database, after a checkpoint."""
    if store.is_sqlite:
        files = list(Path(str(store.engine.url.database)).parent.iterdir())
    else:
        with store.outside_transactions() as connection:
            connection.execute(text("CHECKPOINT"))
            number = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
            folder = connection.scalar(text("SHOW data_directory"))
        files = list((Path(str(folder)) / "base" / str(number)).iterdir())
    return b"".join(file.read_bytes() for file in files if file.is_file())
