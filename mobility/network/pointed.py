"""What is built beside the network and followed like it: folders that never change, and one pointer file that says
which is in service.

DIR/NAME/VERSION/   what was built, named by the sha256 of its sources and by the format it is laid out in
DIR/NAME/current    the version in service
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from mobility.network.files import write_whole

POINTER = "current"
Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class PointedFolder:
    """format: raised when columns or what they hold change; what has another is built anew."""

    name: str
    format: int

    def version_of(self, sources: Iterable[Path], about: Iterable[str] = ()) -> str:
        """about: what else goes into it beside the files."""
        digest = hashlib.sha256("\n".join(about).encode())
        for source in sources:
            with source.open("rb") as file:
                hashlib.file_digest(file, lambda: digest)
        return f"{digest.hexdigest()[:32]}-{self.format}"

    def folder(self, data: Path, version: str) -> Path:
        return data / self.name / version

    def pointer(self, data: Path) -> Path:
        return data / self.name / POINTER

    def put_in_service(self, data: Path, version: str) -> None:
        write_whole(self.pointer(data), version.encode("ascii"))

    def take_out(self, data: Path) -> None:
        """Nothing is in service then; what was built stays."""
        self.pointer(data).unlink(missing_ok=True)

    def in_service(self, data: Path) -> str | None:
        """None where nothing was built, or by a version of Hent that laid it out differently."""
        try:
            version = self.pointer(data).read_text("ascii")
        except FileNotFoundError:
            return None
        known = version.endswith(f"-{self.format}") and self.folder(data, version).is_dir()
        return version if known else None


class Followed(Generic[Content]):
    """What is in service, opened again when the pointer has moved. A call costs one stat; safe between threads."""

    def __init__(self, data: Path, pointed: PointedFolder, opened: Callable[[Path], Content]) -> None:
        """opened: what a folder holds."""
        self._data, self._pointed, self._open = data, pointed, opened
        self._lock = Lock()
        self._seen: tuple[tuple[int, int], Content | None] | None = None

    def content(self) -> Content | None:
        try:
            status = self._pointed.pointer(self._data).stat()
        except FileNotFoundError:
            return None
        mark = (status.st_mtime_ns, status.st_ino)
        seen = self._seen
        return seen[1] if seen and seen[0] == mark else self._follow(mark)

    def _follow(self, mark: tuple[int, int]) -> Content | None:
        with self._lock:
            if self._seen is None or self._seen[0] != mark:
                version = self._pointed.in_service(self._data)
                self._seen = mark, self._open(self._pointed.folder(self._data, version)) if version else None
            return self._seen[1]
