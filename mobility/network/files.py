"""Files that appear whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

READABLE, OWN = 0o644, 0o600


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


def sync(path: Path) -> None:
    """A file's bytes, or a folder's names, are on disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
