"""An installation as one file, taken while it serves, and put back: the data folder, the database, the config.

Trips go on being answered meanwhile, and accounts and offers being written: the database is read as of one moment. Only
loads of timetables wait until their files are read.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from mobility.backup.archive import CONFIG, FOLDER, Backup, Manifest, writing
from mobility.backup.errors import FolderInUse, OtherSecret, UnsoundBackup
from mobility.backup.folder import ASIDE, parts, put_in_place, what_stands
from mobility.carpool.sealing import FILE as SECRET
from mobility.carpool.sealing import Sealing, read_secret
from mobility.feeds.lock import alone, folder_faults
from mobility.feeds.progress import Watch
from mobility.feeds.state import feeds_in_service, left_out, write_record
from mobility.network.current import published_versions
from mobility.network.files import OWN, READABLE
from mobility.storage.dump import Dump, UnknownTable, dumped, is_empty, is_readable, refill
from mobility.storage.migrate import is_known, prepare
from mobility.storage.store import Store, open_store, sqlite_file

NOT_KEPT = ("sign_ins", "buckets", "timers", "operator_sessions")
"""Codes of a quarter of an hour, counts of who asked how often, turns of recurring work, sessions of a few hours: of no
use on another day."""
OF_ITSELF = ("revisions",)
"""A new database has rows of it."""
JOURNALS = ("-wal", "-shm")
MARKED = "backup"


@dataclass(frozen=True, slots=True)
class Installation:
    """url: of the database. secret: of the environment, "" where it stands in the folder."""

    data: Path
    url: str
    secret: str = ""

    @property
    def database(self) -> Path | None:
        """The file of a SQLite database."""
        return sqlite_file(self.url)


@dataclass(frozen=True, slots=True)
class Contents:
    """rows: by table."""

    files: int
    config_files: int
    rows: Mapping[str, int]
    holds_secret: bool


def back_up(here: Installation, config: Mapping[str, Path], file: Path, now: int, watch: Watch) -> Contents:
    """config: files by the names that they have beside config.toml. now: epoch seconds.

    Raises UnsoundBackup where another file has that name, StorageUnavailable, FolderUnavailable, OSError.
    """
    secret = read_secret(here.secret or None, here.data)
    with writing(file) as to:
        with alone(here.data, watch):
            _note_feeds(here.data)
            kept = [one for one in parts(here.data) if one[0] != SECRET or not here.secret]
            for name, path in kept:
                to.add_file(FOLDER + name, path)
        for name, path in config.items():
            to.add_file(CONFIG + name, path)
        with _moment(here) as dump:
            rows = {table.name: to.add_table(table) for table in dump.tables}
        to.finish(Manifest(now, dump.revision, Sealing(secret).mark(MARKED, ""), not here.secret))
    return Contents(len(kept), len(config), rows, not here.secret)


def _note_feeds(data: Path) -> None:
    """Of a network that an older Hent published only the network itself knows them, and that stays behind."""
    if published := published_versions(data):
        write_record(data, published[0], feeds_in_service(data), left_out(data))


@contextmanager
def _moment(here: Installation) -> Iterator[Dump]:
    if here.database is not None and not here.database.is_file():
        yield Dump("", iter(()))
        return
    with closing(open_store(here.url)) as store, dumped(store, NOT_KEPT) as dump:
        yield dump


def put_back(backup: Backup, here: Installation, force: bool, watch: Watch) -> None:
    """The config aside. Raises BackupError, FolderUnavailable, StorageUnavailable; then nothing has changed, unless the
    disk fails where files take their places: then the folder is not in service, and it can be done again."""
    _look_first(backup, here)
    if not force:
        _refuse_what_is_in_use(here)
    with alone(here.data, watch), folder_faults(here.data):
        shutil.rmtree(here.data / ASIDE, ignore_errors=True)
        try:
            for name in backup.names(FOLDER):
                of_it = name.removeprefix(FOLDER)
                backup.put(name, here.data / ASIDE / of_it, OWN if of_it == SECRET else READABLE)
            _fill(backup, here)
        except BaseException:
            shutil.rmtree(here.data / ASIDE, ignore_errors=True)
            raise
        put_in_place(here.data)


def _look_first(backup: Backup, here: Installation) -> None:
    known = backup.manifest
    if known.revision and not is_known(known.revision):
        raise UnsoundBackup("this backup is of a newer Hent: its database has tables that are not known here")
    own = backup.read(FOLDER + SECRET).decode("ascii").strip() if known.holds_secret else here.secret
    if not own or Sealing(own).mark(MARKED, "") != known.secret_mark or (here.secret and own != here.secret):
        raise OtherSecret


def _refuse_what_is_in_use(here: Installation) -> None:
    """Raises FolderInUse."""
    if found := what_stands(here.data):
        raise FolderInUse(f"{here.data} is in use: {found} stands there")
    if here.database is not None and not here.database.is_file():
        return
    with closing(open_store(here.url)) as store:
        if not is_readable(store) or not is_empty(store, (*NOT_KEPT, *OF_ITSELF)):
            raise FolderInUse("the database is in use: there are rows in it")


def _fill(backup: Backup, here: Installation) -> None:
    """A database that can be read is filled anew in one transaction: services on it see all of it or nothing."""
    store = _usable(here)
    try:
        if backup.manifest.revision:
            refill(store, Dump(backup.manifest.revision, backup.tables()))
        prepare(store)
    except UnknownTable as error:
        raise UnsoundBackup(f"this backup has rows of a table that is not known: {error}") from error
    finally:
        store.close()


def _usable(here: Installation) -> Store:
    store = open_store(here.url)
    if here.database is not None and not is_readable(store):
        store.close()
        for journal in JOURNALS:
            Path(f"{here.database}{journal}").unlink(missing_ok=True)
        here.database.unlink()
        return open_store(here.url)
    return store
