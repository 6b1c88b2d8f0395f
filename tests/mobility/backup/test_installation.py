"""What a backup and a restore leave behind, however they end: no open database, no secret that others can read."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import IO

import pytest

from mobility.backup.archive import opened
from mobility.backup.errors import FolderInUse
from mobility.backup.installation import Installation, back_up, put_back
from mobility.carpool.offer import AccountId
from mobility.feeds.progress import unwatched
from mobility.storage.migrate import prepare
from mobility.storage.store import open_store, sqlite_url
from tests.mobility.carpool.conftest import add_account

NOW = 1_780_000_000


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    """With one account, and the secret in its folder."""
    found = Installation(tmp_path / "data", sqlite_url(tmp_path / "hent.sqlite3"))
    found.data.mkdir()
    store = open_store(found.url)
    prepare(store)
    add_account(store, AccountId("anna"))
    store.close()
    return found


def is_open(file: Path) -> bool:
    held = [one for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    return file in [one.readlink() for one in held]


def test_a_restore_that_is_refused_holds_no_database(here: Installation, tmp_path: Path) -> None:
    back_up(here, {}, tmp_path / "b.zip", NOW, unwatched)
    shutil.rmtree(here.data)
    with opened(tmp_path / "b.zip") as backup, pytest.raises(FolderInUse, match="there are rows in it"):
        put_back(backup, here, force=False, watch=unwatched)
    assert here.database is not None and not is_open(here.database)


def test_the_secret_is_nobody_elses_from_its_first_byte_on(
    here: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(here, {}, tmp_path / "b.zip", NOW, unwatched)
    shutil.rmtree(here.data)
    modes, copied = [], shutil.copyfileobj

    def noting(source: IO[bytes], file: IO[bytes], length: int) -> None:
        modes.append(stat.S_IMODE(os.fstat(file.fileno()).st_mode))
        copied(source, file, length)

    before = os.umask(0)
    try:
        with opened(tmp_path / "b.zip") as backup, monkeypatch.context() as patch:
            patch.setattr(shutil, "copyfileobj", noting)
            put_back(backup, here, force=True, watch=unwatched)
    finally:
        os.umask(before)
    assert modes == [0o600]
    assert stat.S_IMODE((here.data / "secret.key").stat().st_mode) == 0o600
