"""Zips and folders that are accepted, and those that are refused before a byte of them is used."""

import hashlib
import stat
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from gtfs.archive import ReadLimits
from gtfs.errors import UnreadableFeed
from gtfs.feed import Feed
from gtfs.load import load
from tests.gtfs import tiny

LIMITS = ReadLimits()


def read(path: Path, limits: ReadLimits = LIMITS) -> Feed:
    return load(path, tiny.SOURCE, limits)


def refusal(path: Path, limits: ReadLimits = LIMITS) -> str:
    with pytest.raises(UnreadableFeed) as caught:
        read(path, limits)
    return str(caught.value)


def zipped(tmp_path: Path, prefix: str = "", more: dict[str, bytes] | None = None) -> Path:
    contents = {prefix + name: content for name, content in tiny.files().items()}
    return tiny.packed(contents | (more or {}), tmp_path / "f.zip")


def test_a_zip_and_its_folder_hold_the_same_feed(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    for name, content in tiny.files().items():
        (folder / name).write_bytes(content)
    assert read(folder).tables["stops"]["stop_name"].texts().tolist() == ["Alpha", "Beta", "Gamma"]
    assert read(zipped(tmp_path)).files == read(folder).files


@pytest.mark.parametrize("prefix", ["gtfs/", "a/b/", "windows\\"])
def test_a_sub_folder_in_the_zip_is_accepted(tmp_path: Path, prefix: str) -> None:
    assert len(read(zipped(tmp_path, prefix)).tables["stops"]) == 3


def test_what_operating_systems_leave_behind_is_ignored(tmp_path: Path) -> None:
    path = zipped(tmp_path, "gtfs/", {"__MACOSX/gtfs/._stops.txt": b"\0\1", "gtfs/.DS_Store": b"\0"})
    assert len(read(path).tables["stops"]) == 3


def test_file_names_may_be_written_large(tmp_path: Path) -> None:
    contents = {name.replace("stops", "Stops"): content for name, content in tiny.files().items()}
    assert len(read(tiny.packed(contents, tmp_path / "f.zip")).tables["stops"]) == 3


def test_a_web_page_is_no_zip(tmp_path: Path) -> None:
    page = tmp_path / "gtfs.zip"
    page.write_text("<!DOCTYPE html><title>Not found</title>")
    assert refusal(page) == "gtfs.zip: no zip file but a web page or XML"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.zip") == "none.zip: there is no such file"


def test_a_zip_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path)
    path.write_bytes(path.read_bytes()[:-200])
    told = "a damaged zip file: its end, with the list of what is in it, is missing"
    assert refusal(path) == f"f.zip: {told}"


def test_a_flipped_bit_is_found_by_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in tiny.files().items():
            archive.writestr(name, content)
    path.write_bytes(path.read_bytes().replace(b"Alpha", b"Alphb"))
    assert refusal(path).startswith("stops.txt: cannot be unpacked: Bad CRC-32")


@pytest.mark.parametrize("name", ["../agency.txt", "/etc/agency.txt", "a/../../agency.txt", "C:\\agency.txt"])
def test_a_name_that_leaves_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = tiny.packed(tiny.files() | {name: b"x"}, tmp_path / "f.zip")
    assert refusal(path).endswith("a name that leaves the archive")


def test_a_link_is_refused(tmp_path: Path) -> None:
    path, link = zipped(tmp_path), zipfile.ZipInfo("levels.txt")
    link.external_attr, link.create_system = (stat.S_IFLNK | 0o777) << 16, 3
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refusal(path) == "levels.txt: is a link"


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "agency.txt").symlink_to("/etc/passwd")
    assert refusal(tmp_path / "feed") == "agency.txt: is a link"


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path)
    data = bytearray(path.read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    path.write_bytes(data)
    assert refusal(path) == "agency.txt: is encrypted"


def test_a_name_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path)
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("stops.txt", "stop_id\n")
    assert refusal(path) == "f.zip: a file name occurs twice"


def test_two_feeds_in_one_zip_are_refused(tmp_path: Path) -> None:
    contents = {f"{folder}/{name}": data for folder in ("north", "south") for name, data in tiny.files().items()}
    assert refusal(tiny.packed(contents, tmp_path / "f.zip")) == "f.zip: several feeds in it: north, south"


def test_a_zip_without_tables_is_refused(tmp_path: Path) -> None:
    inner = zipped(tmp_path).read_bytes()
    assert refusal(tiny.packed({"feed.zip": inner}, tmp_path / "o.zip")) == "o.zip: no GTFS table in it"


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (replace(LIMITS, max_zip_bytes=100), "larger than 100 bytes"),
        (replace(LIMITS, max_unpacked_bytes=100), "unpacks to more than 100 bytes"),
        (replace(LIMITS, max_files=3), "more than 3 files"),
        (replace(LIMITS, max_rows=2), "more than 2 rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_limit_refuses(tmp_path: Path, limits: ReadLimits, reason: str) -> None:
    assert reason in refusal(zipped(tmp_path), limits)


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    path = zipped(tmp_path, more={"bomb.txt": b"0" * 20_000_000})
    assert refusal(path) == "f.zip: unpacks to more than 200 times its size"


def test_a_calendar_of_a_thousand_years_is_refused(tmp_path: Path) -> None:
    text = tiny.DEFAULTS.replace("20301231", "99991231")
    path = tiny.packed(tiny.files(text), tmp_path / "f.zip")
    with pytest.raises(UnreadableFeed, match="days are too many"):
        _ = read(path, replace(LIMITS, max_service_days=100_000)).services


def test_a_feed_is_named_by_the_sha256_of_its_bytes(tmp_path: Path) -> None:
    path = zipped(tmp_path)
    assert read(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_folder_is_named_by_what_its_files_hold(tmp_path: Path) -> None:
    names = set()
    for city in ("Lorient", "Lorient", "Brest"):
        folder = tmp_path / f"{len(names)}{city}"
        folder.mkdir(exist_ok=True)
        (folder / "agency.txt").write_text(f"agency_name\n{city}\n")
        names.add(read(folder).sha256)
    assert len(names) == 2
