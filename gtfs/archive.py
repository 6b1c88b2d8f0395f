"""The files of a feed, from a zip or a folder, read within limits and never unpacked to disk.

Refused with UnreadableFeed: what is no zip, too large, a zip bomb, encrypted, a link, a name that climbs out of the
archive, a name that occurs twice, no or several feeds in it. Accepted: one sub-folder round the feed.
"""

from __future__ import annotations

import hashlib
import stat
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gtfs.errors import FeedFault, UnreadableFeed
from gtfs.schema import TABLES

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What zipfile raises on bytes that are not a sound zip."""
BLOCK = 1 << 20
LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db")


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What a feed may cost. max_ratio: unpacked bytes by packed bytes; max_service_days: services times days; max_runs:
    that frequencies.txt makes of its trips; max_run_calls: of these; max_trip_h: from the start of a service day on.
    max_check_bytes, max_check_s: memory and time of the canonical rules."""

    max_zip_bytes: int = 512 * 2**20
    max_unpacked_bytes: int = 4 * 2**30
    max_ratio: int = 200
    max_files: int = 500
    max_rows: int = 60_000_000
    max_service_days: int = 100_000_000
    max_runs: int = 1_000_000
    max_run_calls: int = 50_000_000
    max_trip_h: int = 168
    max_check_bytes: int = 4 * 2**30
    max_check_s: float = 120.0


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """files: name without folder, in lower case -> how to read it. sha256: of the zip's bytes. nested: whether a folder
    stands round the feed."""

    sha256: str
    files: Mapping[str, Callable[[], bytearray]]
    nested: bool = False


@contextmanager
def opened(path: Path, limits: ReadLimits) -> Iterator[Archive]:
    if path.is_dir():
        yield _folder(path, limits)
        return
    if not path.is_file():
        raise UnreadableFeed(FeedFault.NO_FILE, file=path.name)
    if path.stat().st_size > limits.max_zip_bytes:
        raise UnreadableFeed(FeedFault.TOO_LARGE, file=path.name, bytes=limits.max_zip_bytes)
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise _no_zip(path, error) from error
    with archive:
        yield _zip(path, archive, limits)


KINDS = {b"<": "a web page or XML", b"{": "JSON", b"[": "JSON", b"%PDF": "a PDF", b"\x1f\x8b": "a gzip file"}
"""By their first bytes."""
NO_END, CUT_SHORT = "File is not a zip file", "its end, with the list of what is in it, is missing"
"""What zipfile says of one that was cut short, and what is said here: it began as a zip file does."""


def _no_zip(path: Path, error: Exception) -> UnreadableFeed:
    """What it seems to be, and nothing of what it holds: a wrong file may hold anything."""
    with path.open("rb") as file:
        begin = file.read(40).lstrip()
    if begin.startswith(b"PK"):
        fault = CUT_SHORT if str(error) == NO_END else str(error)
        return UnreadableFeed(FeedFault.DAMAGED_ZIP, file=path.name, fault=fault)
    kind = next((kind for start, kind in KINDS.items() if begin.startswith(start)), "something else")
    return UnreadableFeed(FeedFault.NO_ZIP, file=path.name, kind=kind)


def _zip(path: Path, archive: zipfile.ZipFile, limits: ReadLimits) -> Archive:
    members = archive.infolist()
    if len(members) > limits.max_files:
        raise UnreadableFeed(FeedFault.TOO_MANY_FILES, file=path.name, count=limits.max_files)
    for member in members:
        _check_member(member)
    unpacked, packed = sum(member.file_size for member in members), path.stat().st_size
    _check_size(path.name, unpacked, limits)
    if unpacked > limits.max_ratio * packed:
        raise UnreadableFeed(FeedFault.UNPACKS_TOO_MUCH, file=path.name, times=limits.max_ratio)
    by_path = {member.filename.replace("\\", "/"): member for member in members if not member.is_dir()}
    if len(by_path) < sum(not member.is_dir() for member in members):
        raise UnreadableFeed(FeedFault.NAME_TWICE, file=path.name)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    chosen = _feed_files(path.name, list(by_path))
    files = {name: _member_reader(archive, by_path[full]) for name, full in chosen.items()}
    return Archive(sha256, files, _is_nested(chosen))


def _check_member(member: zipfile.ZipInfo) -> None:
    parts = PurePosixPath(member.filename.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in member.filename:
        raise UnreadableFeed(FeedFault.NAME_OUTSIDE, file=member.filename)
    if member.flag_bits & 1:
        raise UnreadableFeed(FeedFault.ENCRYPTED, file=member.filename)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnreadableFeed(FeedFault.LINK, file=member.filename)


def _check_size(name: str, unpacked: int, limits: ReadLimits) -> None:
    if unpacked > limits.max_unpacked_bytes:
        raise UnreadableFeed(FeedFault.UNPACKS_TOO_LARGE, file=name, bytes=limits.max_unpacked_bytes)


def _member_reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], bytearray]:
    """zipfile itself never yields more than file_size bytes, which the limits have seen, and checks the CRC."""

    def read() -> bytearray:
        data, filled = bytearray(member.file_size), 0
        try:
            with archive.open(member) as file, memoryview(data) as view:
                while part := file.read(BLOCK):
                    view[filled : filled + len(part)] = part
                    filled += len(part)
        except BROKEN as error:
            raise UnreadableFeed(FeedFault.DAMAGED_MEMBER, file=member.filename, fault=str(error)) from error
        if filled < len(data):
            raise UnreadableFeed(FeedFault.CUT_SHORT, file=member.filename)
        return data

    return read


def _folder(path: Path, limits: ReadLimits) -> Archive:
    found = sorted(path.rglob("*"))
    if len(found) > limits.max_files:
        raise UnreadableFeed(FeedFault.TOO_MANY_FILES, file=path.name, count=limits.max_files)
    for file in found:
        if file.is_symlink():
            raise UnreadableFeed(FeedFault.LINK, file=file.name)
    by_path = {file.relative_to(path).as_posix(): file for file in found if file.is_file()}
    _check_size(path.name, sum(file.stat().st_size for file in by_path.values()), limits)
    chosen = _feed_files(path.name, list(by_path))
    digest = hashlib.sha256()
    for name in sorted(chosen):
        digest.update(name.encode() + b"\0" + by_path[chosen[name]].read_bytes())
    files = {name: _file_reader(by_path[full]) for name, full in chosen.items()}
    return Archive(digest.hexdigest(), files, _is_nested(chosen))


def _file_reader(file: Path) -> Callable[[], bytearray]:
    return lambda: bytearray(file.read_bytes())


def _is_nested(chosen: Mapping[str, str]) -> bool:
    return any("/" in full for full in chosen.values())


def _feed_files(name: str, paths: list[str]) -> dict[str, str]:
    """File name -> full path, of the one folder that holds the feed: the outermost with a table in it."""
    folders: defaultdict[PurePosixPath, dict[str, str]] = defaultdict(dict)
    for full in paths:
        path = PurePosixPath(full)
        if not any(part in LITTER or part.startswith("._") for part in path.parts):
            if path.name.lower() in folders[path.parent]:
                raise UnreadableFeed(FeedFault.NAME_TWICE, file=full)
            folders[path.parent][path.name.lower()] = full
    feeds = {folder: files for folder, files in folders.items() if any(f"{table}.txt" in files for table in TABLES)}
    if not feeds:
        raise UnreadableFeed(FeedFault.NO_TABLE, file=name)
    depth = min(len(folder.parts) for folder in feeds)
    outermost = [folder for folder in feeds if len(folder.parts) == depth]
    if len(outermost) > 1:
        names = ", ".join(sorted(map(str, outermost)))
        raise UnreadableFeed(FeedFault.SEVERAL_FEEDS, file=name, names=names)
    return feeds[outermost[0]]
