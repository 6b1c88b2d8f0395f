"""The archives of the map's ground, and one pointer file that says which is in service.

DIR/ground/VERSION.pmtiles   named by the sha256 of its extract and profile, never changed
DIR/ground/current           the version in service
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import NamedTemporaryFile

from mobility.ground.profile import CONFIG, PROCESS

FOLDER, POINTER, SUFFIX = "ground", "current", ".pmtiles"


def version_of(extract: Path) -> str:
    """Another extract or another profile is another version."""
    with extract.open("rb") as file:
        found = hashlib.file_digest(file, "sha256")
    for part in (CONFIG, PROCESS):
        found.update(part.read_bytes())
    return found.hexdigest()[:32]


def archive_of(data: Path, version: str) -> Path:
    return data / FOLDER / f"{version}{SUFFIX}"


def put_in_service(data: Path, version: str) -> None:
    pointer = data / FOLDER / POINTER
    with NamedTemporaryFile("w", dir=pointer.parent, prefix=".new-", delete=False) as beside:
        beside.write(version)
    Path(beside.name).chmod(0o644)
    Path(beside.name).replace(pointer)


def take_out(data: Path) -> None:
    """The drawn map stands alone then; what was built stays."""
    (data / FOLDER / POINTER).unlink(missing_ok=True)


def archive_in_service(data: Path) -> Path | None:
    """None where none was built."""
    try:
        version = (data / FOLDER / POINTER).read_text("ascii")
    except FileNotFoundError:
        return None
    archive = archive_of(data, version)
    return archive if archive.is_file() else None
