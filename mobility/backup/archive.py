"""The file of a backup: a zip that anybody can open, with the sha256 of each part.

manifest.json        what it is, of when, of which revision of the tables; size, sha256 and time of each part
database/TABLE.json  a line of column names, then a line for each row
folder/...           parts of the data folder as they stood (mobility/backup/folder.py)
config/...           config.toml and the files beside it that it names
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import IO

import orjson

from mobility.backup.errors import UnsoundBackup
from mobility.network.files import READABLE, sync
from mobility.storage.dump import TableRows

FORMAT = "hent-backup"
VERSION = 1
MANIFEST = "manifest.json"
DATABASE, FOLDER, CONFIG = "database/", "folder/", "config/"
BLOCK = 1 << 20
PACKED = (".zip",)
"""Packed already: not packed once more."""
OLDEST_MOMENT = 315_532_800
"""1980, before which a zip knows no time."""


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """changed_ns: when the file was written, as which the order of versions is known."""

    sha256: str
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """made_at: epoch seconds. revision: of the tables. secret_mark: by which the secret is recognised. holds_secret:
    whether it is a part, or one of the environment."""

    made_at: int
    revision: str
    secret_mark: str
    holds_secret: bool
    parts: dict[str, ArchivePart] = field(default_factory=dict)


class Writing:
    """A backup as it is made; parts are noted as they come."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: dict[str, ArchivePart] = {}

    def add_file(self, name: str, file: Path) -> None:
        with file.open("rb") as content, self._part(name, file.stat().st_mtime_ns) as write:
            while block := content.read(BLOCK):
                write(block)

    def add_table(self, table: TableRows) -> int:
        """How many rows."""
        count = 0
        with self._part(f"{DATABASE}{table.name}.json", time.time_ns()) as write:
            write(orjson.dumps(table.columns, option=orjson.OPT_APPEND_NEWLINE))
            for count, row in enumerate(table.rows, 1):  # noqa: B007
                write(orjson.dumps(tuple(row), option=orjson.OPT_APPEND_NEWLINE))
        return count

    def finish(self, manifest: Manifest) -> None:
        known = asdict(manifest) | {"format": FORMAT, "version": VERSION, "parts": self.parts}
        self._archive.writestr(MANIFEST, orjson.dumps(known, option=orjson.OPT_INDENT_2))

    @contextmanager
    def _part(self, name: str, changed_ns: int) -> Iterator[Callable[[bytes], None]]:
        moment = time.gmtime(max(changed_ns // 10**9, OLDEST_MOMENT))
        about = zipfile.ZipInfo(name, moment[:6])
        about.compress_type = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
        about.external_attr = 0o600 << 16
        digest, size = hashlib.sha256(), 0

        with self._archive.open(about, "w", force_zip64=True) as part:

            def write(block: bytes) -> None:
                nonlocal size
                part.write(block)
                digest.update(block)
                size += len(block)

            yield write
        self.parts[name] = ArchivePart(digest.hexdigest(), size, changed_ns)


@contextmanager
def writing(file: Path) -> Iterator[Writing]:
    """The backup takes the name `file` at the end, whole, for its owner alone; a file that is no backup keeps it.

    Raises UnsoundBackup for that, OSError; then nothing has changed.
    """
    if file.exists() and not _is_ours(file):
        raise UnsoundBackup(f"{file} stands there already and is no backup of Hent")
    with NamedTemporaryFile(prefix=f".{file.name}-", dir=file.parent, delete=False) as beside:
        try:
            with zipfile.ZipFile(beside, "w") as archive:
                yield Writing(archive)
            beside.flush()
            os.fchmod(beside.fileno(), 0o600)
            os.fsync(beside.fileno())
            Path(beside.name).replace(file)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
    sync(file.absolute().parent)


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was read to its end, and each part found as it was written."""

    archive: zipfile.ZipFile
    manifest: Manifest

    def names(self, under: str) -> list[str]:
        return [name for name in self.manifest.parts if name.startswith(under)]

    def read(self, name: str) -> bytes:
        return self.archive.read(name)

    def put(self, name: str, path: Path, mode: int = READABLE) -> None:
        """A part as a file, of its time. mode: who may read it, from its first byte on. Raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with self.archive.open(name) as part, os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(part, file, BLOCK)
            file.flush()
            os.fsync(file.fileno())
        changed_ns = self.manifest.parts[name].changed_ns
        os.utime(path, ns=(changed_ns, changed_ns))

    def tables(self) -> Iterator[TableRows]:
        for name in self.names(DATABASE):
            with self.archive.open(name) as part:
                columns = tuple(orjson.loads(part.readline()))
                yield TableRows(PurePosixPath(name).stem, columns, map(orjson.loads, part))


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    """Raises UnsoundBackup for what is no backup of Hent or was damaged, OSError."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            _compare(archive, manifest)
            yield Backup(archive, manifest)
    except zipfile.BadZipFile:
        raise UnsoundBackup(f"{file.name} is no backup of Hent, or it was cut short") from None


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist():
        # The end of a zip was found: of a part, which is a zip itself.
        if any(archive.infolist()) and min(one.header_offset for one in archive.infolist()):
            raise UnsoundBackup(f"the backup {Path(archive.filename or '').name} was cut short: its end is missing")
        raise UnsoundBackup("this is no backup of Hent: it has no manifest.json")
    try:
        read = orjson.loads(archive.read(MANIFEST))
        if read.pop("format") != FORMAT:
            raise ValueError
        version = read.pop("version")
        parts = {name: ArchivePart(**part) for name, part in read.pop("parts").items()} if version == VERSION else {}
        known = Manifest(**read, parts=parts) if version == VERSION else None
    except (AttributeError, KeyError, TypeError, ValueError, zipfile.BadZipFile):
        raise UnsoundBackup("this is no backup of Hent: its manifest.json is not understood") from None
    if known is None:
        raise UnsoundBackup(f"this backup is of form {version}, and this version of Hent reads form {VERSION}")
    return known


def _compare(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Every part to its end: what is damaged is known before anything is touched."""
    if sorted(archive.namelist()) != sorted([MANIFEST, *manifest.parts]):
        raise UnsoundBackup("this backup is damaged: it does not have the parts that its manifest names")
    for name, part in manifest.parts.items():
        if not _stays_within(name):
            raise UnsoundBackup("this is no backup of Hent: a part of it would be put elsewhere")
        try:
            with archive.open(name) as content:
                sound = _sha256(content) == part.sha256
        except (EOFError, OSError, ValueError, zipfile.BadZipFile, zipfile.zlib.error):  # type: ignore[attr-defined]
            sound = False
        if not sound:
            raise UnsoundBackup(f"this backup is damaged: {name} is not as it was written")


def _stays_within(name: str) -> bool:
    """`folder//etc` would become `/etc` once its beginning is taken off."""
    path = PurePosixPath(name)
    is_plain = str(path) == name and ".." not in path.parts and "\\" not in name
    return is_plain and name.startswith((DATABASE, FOLDER, CONFIG))


def _sha256(content: IO[bytes]) -> str:
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]


def _is_ours(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            _manifest(archive)
    except (OSError, zipfile.BadZipFile, UnsoundBackup):
        return False
    return True
