"""Files that appear whole or not at all, whatever happens while they are written, and that others may remove."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOENT, ESTALE
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

READABLE, OWN = 0o644, 0o600
GONE = (ENOENT, ESTALE)


@contextmanager
def whole(path: Path, *, settled: bool = True, mode: int = READABLE) -> Iterator[IO[bytes]]:
    """A file to write, which takes the place of `path` at the end. Raises OSError; then nothing has changed. settled:
    it survives a loss of power right afterwards; what can be made anew need not. mode: who may read it."""
    with NamedTemporaryFile(prefix=f".{path.name}-", dir=path.parent, delete=False) as beside:
        try:
            yield beside
            beside.flush()
            os.fchmod(beside.fileno(), mode)
            if settled:
                os.fsync(beside.fileno())
            Path(beside.name).replace(path)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
    if settled:
        sync(path.parent)


def write_whole(path: Path, content: bytes, *, settled: bool = True, mode: int = READABLE) -> None:
    with whole(path, settled=settled, mode=mode) as file:
        file.write(content)


def copy_whole(source: Path, path: Path) -> None:
    with source.open("rb") as original, whole(path) as file:
        shutil.copyfileobj(original, file)


def find_status(path: Path) -> os.stat_result | None:
    """None where another process has removed it since it was listed, on another machine maybe. Raises OSError where it
    cannot be looked at."""
    try:
        return path.stat()
    except OSError as error:
        if error.errno in GONE:
            return None
        raise


def changed_ns(path: Path) -> int:
    """Nanoseconds of the epoch; 0 where another process has removed it since it was listed."""
    status = find_status(path)
    return status.st_mtime_ns if status else 0


def sync(path: Path) -> None:
    """A file's bytes, or a folder's names, are on disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
