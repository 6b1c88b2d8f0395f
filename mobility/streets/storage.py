"""Streets as a folder that workers map, and one pointer file that says which are in service.

DIR/streets/VERSION/   streets, named by the sha256 of their extract and by FORMAT, never changed
DIR/streets/current    the version in service
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

import orjson

from mobility.network.storage import columns, opened, save_arrays
from mobility.streets.graph import Streets

FOLDER, POINTER, DOCUMENT = "streets", "current", "streets.json"
FORMAT = 2
"""Raise it when columns or what they hold change: streets of another format are built anew."""


def version_of(extract: Path) -> str:
    with extract.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()[:32]}-{FORMAT}"


def streets_folder(data: Path, version: str) -> Path:
    return data / FOLDER / version


def save_streets(data: Path, version: str, streets: Streets) -> None:
    """Keeps the streets and puts them in service."""
    document = orjson.dumps({"source": streets.source})
    save_arrays(streets_folder(data, version), dict(columns(streets)), {DOCUMENT: document})
    put_in_service(data, version)


def put_in_service(data: Path, version: str) -> None:
    pointer = data / FOLDER / POINTER
    with NamedTemporaryFile("w", dir=pointer.parent, prefix=".new-", delete=False) as beside:
        beside.write(version)
    Path(beside.name).chmod(0o644)
    Path(beside.name).replace(pointer)


def take_out(data: Path) -> None:
    """None are in service then; what was built stays."""
    (data / FOLDER / POINTER).unlink(missing_ok=True)


def version_in_service(data: Path) -> str | None:
    """None where no streets were built, or by a version of Hent that laid them out differently."""
    pointer = data / FOLDER / POINTER
    version = pointer.read_text("ascii") if pointer.exists() else ""
    known = version.endswith(f"-{FORMAT}") and streets_folder(data, version).is_dir()
    return version if known else None


def cannot_be_opened(data: Path) -> bool:
    """Whether streets are in service, and not in the form that this version of Hent reads."""
    pointer = data / FOLDER / POINTER
    return pointer.exists() and version_in_service(data) is None


def open_streets(data: Path, version: str) -> Streets:
    """Raises FileNotFoundError where there are none."""
    folder = streets_folder(data, version)
    streets: Streets = opened(Streets, "", folder, orjson.loads((folder / DOCUMENT).read_bytes()))
    return streets


class CurrentStreets:
    """The streets in service, opened again when the pointer has moved. A call costs one stat; safe between threads."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = Lock()
        self._seen: tuple[tuple[int, int], Streets | None] | None = None

    def streets(self) -> Streets | None:
        try:
            status = (self._data / FOLDER / POINTER).stat()
        except FileNotFoundError:
            return None
        mark = (status.st_mtime_ns, status.st_ino)
        seen = self._seen
        return seen[1] if seen and seen[0] == mark else self._follow(mark)

    def _follow(self, mark: tuple[int, int]) -> Streets | None:
        with self._lock:
            if self._seen is None or self._seen[0] != mark:
                version = version_in_service(self._data)
                self._seen = mark, open_streets(self._data, version) if version else None
            return self._seen[1]
