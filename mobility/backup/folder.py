"""What of a data folder cannot be made again, and so belongs to a backup: versions of timetables with their state,
which network was in service of what, streets, addresses, landmarks, aliases that operators typed, the secret. Networks,
days and open data are made again of these."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from mobility.carpool.sealing import FILE as SECRET
from mobility.network.current import FEEDS, POINTER, PUBLISHED
from mobility.places.addresses.storage import ADDRESSES
from mobility.places.landmarks.storage import LANDMARKS
from mobility.places.typed_aliases import TYPED as ALIASES
from mobility.streets.storage import STREETS

POINTED = {pointed.name: pointed for pointed in (STREETS, ADDRESSES, LANDMARKS)}
KEPT = (FEEDS, PUBLISHED, *POINTED, ALIASES, SECRET, POINTER)
"""At the root of the folder. The pointer comes last: what stands without it is not in service."""
ASIDE = ".restoring"


def parts(data: Path) -> Iterator[tuple[str, Path]]:
    """Name within the folder and file, of what is whole. With the lock of the folder held nothing of it changes."""
    for name in KEPT:
        root = data / name
        files = sorted(root.rglob("*")) if root.is_dir() else [root]
        for file in files:
            if file.is_file() and not file.name.startswith(".") and not _is_past(data, file):
                yield file.relative_to(data).as_posix(), file


def _is_past(data: Path, file: Path) -> bool:
    """Streets, addresses or landmarks that are not in service."""
    below = file.relative_to(data).parts
    pointed = POINTED.get(below[0])
    return pointed is not None and len(below) > 2 and below[1] != pointed.in_service(data)


def what_stands(data: Path) -> str:
    """What a restored folder would take the place of; "" nothing."""
    return next((name for name in KEPT if (data / name).exists()), "")


def put_in_place(data: Path) -> None:
    """What was unpacked beside takes the place of what stood there; the networks of before are of no use any more."""
    (data / POINTER).unlink(missing_ok=True)
    for name in KEPT:
        here, ready = data / name, data / ASIDE / name
        shutil.rmtree(here) if here.is_dir() else here.unlink(missing_ok=True)
        if ready.exists():
            ready.replace(here)
    shutil.rmtree(data / ASIDE)
