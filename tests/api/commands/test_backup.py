"""`hent backup` and `hent restore`: an installation as one file, taken while it serves; killed, lost, put back."""

from __future__ import annotations

import json
import shutil
import stat
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from api.web.storage import SECRET, URL, ready_store
from mobility.carpool.sealing import FILE as SECRET_FILE
from mobility.errors import TokenNeeded
from mobility.network.current import published_versions
from mobility.operators.tokens import Operators
from mobility.storage.migrate import move_to
from mobility.storage.store import open_store, sqlite_file
from tests.api.conftest import config
from tests.api.serving import serving
from tests.api.terminal import hent, zipped
from tests.api.test_config import MINIMAL
from tests.api.test_upgrade import options, trip
from tests.kept import unpacked

PLACES = MINIMAL + '\n[places]\ncounters = "lists/counters.csv"\n'
COUNTERS = "id,name,lat,lon\n1,Mairie,60.17,24.93\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """An installation with a town's timetable, an operator, and a list of counters beside its config."""
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "counters.csv").write_text(COUNTERS)
    (tmp_path / "config.toml").write_text(PLACES)
    town = zipped(tmp_path)
    assert hent("feeds", "load", town, "--licence", "CC0", *options(tmp_path)).exit_code == 0
    return tmp_path


def told(result: str) -> str:
    return result.removeprefix("hent: ").strip()


def refused(*words: object) -> str:
    result = hent(*words)
    assert result.exit_code == 1
    return told(result.stderr)


def lost(folder: Path) -> None:
    """Workers of a service that was killed write on until they notice."""
    until = time.monotonic() + 20
    while (folder / "var").exists() and time.monotonic() < until:
        shutil.rmtree(folder / "var", ignore_errors=True)
        time.sleep(0.05)
    assert not (folder / "var").exists()
    shutil.rmtree(folder / "lists", ignore_errors=True)
    (folder / "config.toml").unlink()


def lose_database(url: str) -> None:
    if file := sqlite_file(url):
        for one in file.parent.glob(f"{file.name}*"):
            one.unlink()
    else:
        store = open_store(url)
        move_to(store, "base")
        store.close()


def test_killed_lost_restored_and_served_again(tmp_path: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is one that Hent of another day left behind, on SQLite; it comes into the database in question by a
    backup, too."""
    older, folder, files = tmp_path / "older", tmp_path / "hent", [tmp_path / "first.zip", tmp_path / "second.zip"]
    unpacked(older)
    assert hent("backup", files[0], *options(older)).exit_code == 0
    monkeypatch.setenv(URL, empty_url)
    folder.mkdir()
    assert hent("restore", files[0], *options(folder)).exit_code == 0
    with serving(folder / "var", folder / "config.toml", workers=1) as served:
        before = trip(served, "bus"), trip(served, "boat"), served.get("/health/ready").body["network"]
        token = hent("operators", "add", "harbour office", *options(folder)).stdout.strip()
        assert hent("backup", files[1], *options(folder)).exit_code == 0
        served.process.kill()
    lost(folder)
    lose_database(empty_url)
    assert hent("restore", files[1], *options(folder)).exit_code == 0
    with serving(folder / "var", folder / "config.toml", workers=1) as served:
        assert (trip(served, "bus"), trip(served, "boat"), served.get("/health/ready").body["network"]) == before
        assert Operators(ready_store(config(), folder / "var")).of(token, 0).name == "harbour office"
        account, alias = hent("carpool", "accounts", *options(folder)).stdout.split()
        (offer,) = json.loads(hent("carpool", "offers", "--account", account, *options(folder)).stdout)["offers"]
        assert (alias, offer["from"]["id"], offer["to"]["id"]) == ("Anna", "bus_A", "bus_B")
        feeds = json.loads(hent("feeds", "list", "--json", *options(folder)).stdout)
        assert [(feed["id"], feed["firstDay"]) for feed in feeds["waiting"]] == [("boat", "2035-01-01")]
        assert hent("feeds", "rollback", "bus", *options(folder)).exit_code == 0


def test_the_config_and_the_files_it_names_come_back_with_it(here: Path) -> None:
    said = hent("backup", here / "b.zip", *options(here)).stdout
    assert "2 of the config" in said and "personal data" in said
    lost(here)
    assert hent("restore", here / "b.zip", *options(here)).exit_code == 0
    assert (here / "config.toml").read_text() == PLACES
    assert (here / "lists" / "counters.csv").read_text() == COUNTERS


def test_a_config_that_stands_stays_and_is_told_of(here: Path) -> None:
    hent("backup", here / "b.zip", *options(here))
    shutil.rmtree(here / "var")
    (here / "config.toml").write_text(PLACES + "\n# another machine\n")
    said = hent("restore", here / "b.zip", *options(here))
    assert (said.exit_code, "config.toml stands there already and stays" in said.stderr) == (0, True)
    assert "another machine" in (here / "config.toml").read_text()


def test_versions_keep_their_order(here: Path) -> None:
    newer = zipped(
        here, "newer.zip", stops="stop_id,stop_name,stop_lat,stop_lon\nA,Tori,60.17,24.93\nB,Uusi,60.2,24.93"
    )
    assert hent("feeds", "load", newer, "--feed", "town", *options(here)).exit_code == 0
    before = hent("feeds", "show", "town", "--json", *options(here)).stdout
    hent("backup", here / "b.zip", *options(here))
    lost(here)
    hent("restore", here / "b.zip", *options(here))
    assert hent("feeds", "show", "town", "--json", *options(here)).stdout == before


def test_only_its_owner_may_read_it(here: Path) -> None:
    hent("backup", here / "b.zip", *options(here))
    hent("backup", here / "b.zip", *options(here))
    assert stat.S_IMODE((here / "b.zip").stat().st_mode) == 0o600
    shutil.rmtree(here / "var")
    hent("restore", here / "b.zip", *options(here))
    for name in (SECRET_FILE, "hent.sqlite3"):
        assert stat.S_IMODE((here / "var" / name).stat().st_mode) == 0o600


def test_it_takes_the_place_of_no_other_file(here: Path) -> None:
    (here / "b.zip").write_text("holidays")
    assert "is no backup of Hent" in refused("backup", here / "b.zip", *options(here))
    assert (here / "b.zip").read_text() == "holidays"


def test_a_folder_in_use_is_refused_until_it_is_forced(here: Path) -> None:
    hent("backup", here / "b.zip", *options(here))
    hent("operators", "add", "later", *options(here))
    shutil.rmtree(here / "var" / "feeds")
    assert "--force" in refused("restore", here / "b.zip", *options(here))
    assert "later" in hent("operators", "list", *options(here)).stdout
    assert hent("restore", here / "b.zip", "--force", *options(here)).exit_code == 0
    assert "later" not in hent("operators", "list", *options(here)).stdout
    assert hent("feeds", "show", "town", *options(here)).exit_code == 0


def test_a_database_with_rows_is_in_use_though_the_folder_is_new(here: Path) -> None:
    hent("backup", here / "b.zip", *options(here))
    hent("operators", "add", "other", "--data", here / "new", "--config", here / "config.toml")
    assert "the database is in use" in refused("restore", here / "b.zip", *options(here)[:2], "--data", here / "new")


def test_a_damaged_database_is_replaced_where_it_is_forced(here: Path) -> None:
    hent("operators", "add", "harbour office", *options(here))
    hent("backup", here / "b.zip", *options(here))
    (here / "var" / "hent.sqlite3").write_bytes(b"no database" * 1000)
    assert hent("restore", here / "b.zip", "--force", *options(here)).exit_code == 0
    assert "harbour office" in hent("operators", "list", *options(here)).stdout


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-300])


def flipped(file: Path) -> None:
    """One byte of a timetable, which is stored as it is."""
    content = bytearray(file.read_bytes())
    content[content.index(b"PK\x03\x04", 200) + 60] ^= 1
    file.write_bytes(content)


def foreign(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("stops.txt", "stop_id\n")


def newer(file: Path) -> None:
    changed(file, revision="9999")


def of_another_form(file: Path) -> None:
    changed(file, version=2)


def elsewhere(file: Path) -> None:
    changed(
        file,
        parts=lambda parts: {name.replace("folder/current", "folder/../../current"): parts[name] for name in parts},
    )


def changed(file: Path, **members: object) -> None:
    with zipfile.ZipFile(file) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(kept.pop("manifest.json"))
    for name, value in members.items():
        manifest[name] = value(manifest[name]) if callable(value) else value
    with zipfile.ZipFile(file, "w") as archive:
        for (_, content), name in zip(kept.items(), manifest["parts"], strict=True):
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))


def absolute(file: Path) -> None:
    """Once `folder/` is taken off, it is a path from the root."""
    at = f"folder/{file.parent.absolute()}/current"
    changed(file, parts=lambda parts: {name.replace("folder/current", at): part for name, part in parts.items()})


SPOILT = [cut, flipped, foreign, newer, of_another_form, elsewhere, absolute]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_damaged_or_foreign_file_is_refused_before_anything_is_touched(
    here: Path, spoil: Callable[[Path], None]
) -> None:
    hent("backup", here / "b.zip", *options(here))
    spoil(here / "b.zip")
    lost(here)
    said = refused("restore", here / "b.zip", "--force", *options(here))
    assert "backup" in said and said.endswith("nothing has changed")
    assert not (here / "var").exists() and not (here / "config.toml").exists() and not (here / "current").exists()


def test_a_file_that_its_config_does_not_name_is_put_nowhere(here: Path) -> None:
    hent("backup", here / "b.zip", *options(here))
    profile = "config/lists/counters.csv", "config/.profile"
    changed(here / "b.zip", parts=lambda parts: {name.replace(*profile): part for name, part in parts.items()})
    lost(here)
    assert hent("restore", here / "b.zip", *options(here)).exit_code == 0
    assert ((here / ".profile").exists(), (here / "config.toml").exists()) == (False, True)


def test_a_secret_of_the_environment_stays_out_and_is_asked_for(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET, "a secret that the administrator keeps elsewhere")
    said = hent("backup", here / "b.zip", *options(here)).stdout
    assert "HENT_SECRET_KEY, which unseals them, is not in it" in said
    with zipfile.ZipFile(here / "b.zip") as archive:
        assert f"folder/{SECRET_FILE}" not in archive.namelist()
    shutil.rmtree(here / "var")
    monkeypatch.setenv(SECRET, "another secret of more than thirty-two characters")
    assert "set HENT_SECRET_KEY" in refused("restore", here / "b.zip", *options(here))
    monkeypatch.delenv(SECRET)
    assert "set HENT_SECRET_KEY" in refused("restore", here / "b.zip", *options(here))
    monkeypatch.setenv(SECRET, "a secret that the administrator keeps elsewhere")
    assert hent("restore", here / "b.zip", *options(here)).exit_code == 0


def test_codes_and_counts_of_who_asked_are_not_in_it(here: Path) -> None:
    """A code is good for a quarter of an hour; counts are of addresses."""
    hent("operators", "add", "harbour office", *options(here))
    hent("backup", here / "b.zip", *options(here))
    with zipfile.ZipFile(here / "b.zip") as archive:
        tables = {name for name in archive.namelist() if name.startswith("database/")}
    assert "database/operators.json" in tables and "database/accounts.json" in tables
    assert not tables & {"database/sign_ins.json", "database/buckets.json", "database/timers.json"}


def test_an_address_is_in_it_sealed_alone(here: Path) -> None:
    code = hent("carpool", "code", "anna.canary@example.org", *options(here)).stdout.split()[-1]
    signed = hent("carpool", "sign-in", code, "--alias", "Anna", "--adult", *options(here))
    assert signed.exit_code == 0, signed.stderr
    hent("backup", here / "b.zip", *options(here))
    with zipfile.ZipFile(here / "b.zip") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b'"Anna"' in content and b"canary" not in content


def test_what_comes_into_force_again_is_named(here: Path) -> None:
    token = hent("operators", "add", "harbour office", *options(here)).stdout.strip()
    hent("backup", here / "b.zip", *options(here))
    hent("operators", "revoke", "harbour office", *options(here))
    with pytest.raises(TokenNeeded):
        Operators(ready_store(config(), here / "var", {})).of(token, 0)
    said = hent("restore", here / "b.zip", "--force", *options(here)).stderr
    assert "revoke what ended since: harbour office" in said


def test_a_network_still_on_disk_is_served_at_once(here: Path) -> None:
    hent("backup", here / "b.zip", *options(here))
    before = published_versions(here / "var")
    assert hent("restore", here / "b.zip", "--force", *options(here)).exit_code == 0
    assert published_versions(here / "var") == before
