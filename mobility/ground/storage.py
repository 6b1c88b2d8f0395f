"""The archive of the map's ground as a folder, followed like a network (mobility/network/pointed.py)."""

from __future__ import annotations

from pathlib import Path

from mobility.ground.profile import CONFIG, PROCESS
from mobility.network.pointed import PointedFolder

GROUND = PointedFolder("ground", 1)
ARCHIVE = "ground.pmtiles"


def version_of(extract: Path) -> str:
    """Another extract or another profile is another version."""
    return GROUND.version_of([extract, CONFIG, PROCESS])


def archive_of(data: Path, version: str) -> Path:
    return GROUND.folder(data, version) / ARCHIVE


def archive_in_service(data: Path) -> Path | None:
    """None where none was built, or by a version of Hent that laid it out differently."""
    version = GROUND.in_service(data)
    return archive_of(data, version) if version else None
