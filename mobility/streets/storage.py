"""Streets as a folder that workers map, followed like a network (mobility/network/pointed.py)."""

from __future__ import annotations

from pathlib import Path

import orjson

from mobility.network.pointed import Followed, PointedFolder
from mobility.network.storage import columns, opened, save_arrays
from mobility.streets.graph import Streets

DOCUMENT = "streets.json"
STREETS = PointedFolder("streets", 2)


def version_of(extract: Path) -> str:
    return STREETS.version_of([extract])


def streets_folder(data: Path, version: str) -> Path:
    return STREETS.folder(data, version)


def save_streets(data: Path, version: str, streets: Streets) -> None:
    """Keeps the streets and puts them in service."""
    document = orjson.dumps({"source": streets.source})
    save_arrays(streets_folder(data, version), dict(columns(streets)), {DOCUMENT: document})
    put_in_service(data, version)


def put_in_service(data: Path, version: str) -> None:
    STREETS.put_in_service(data, version)


def take_out(data: Path) -> None:
    """None are in service then; what was built stays."""
    STREETS.take_out(data)


def version_in_service(data: Path) -> str | None:
    """None where no streets were built, or by a version of Hent that laid them out differently."""
    return STREETS.in_service(data)


def cannot_be_opened(data: Path) -> bool:
    """Whether streets are in service, and not in the form that this version of Hent reads."""
    return STREETS.pointer(data).exists() and version_in_service(data) is None


def open_streets(data: Path, version: str) -> Streets:
    """Raises FileNotFoundError where there are none."""
    return _opened(streets_folder(data, version))


def _opened(folder: Path) -> Streets:
    streets: Streets = opened(Streets, "", folder, orjson.loads((folder / DOCUMENT).read_bytes()))
    return streets


class CurrentStreets:
    """The streets in service, opened again when the pointer has moved."""

    def __init__(self, data: Path) -> None:
        self._followed = Followed(data, STREETS, _opened)

    def streets(self) -> Streets | None:
        return self._followed.content()
