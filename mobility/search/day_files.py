"""Searchable days on disk: folders with their columns in one file, mapped read-only. Several processes may write the
same one at once.

FOLDER/walks/   the footpaths, ahead and back: the same on all days; in FOLDER/walks-step-free/ those without steps
FOLDER/KEY/     the timetable of a day, ahead and back
FOLDER/KEY-quick/   the same with shortcuts
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mobility.network.files import changed_ns
from mobility.network.packed_arrays import open_packed, save_packed
from mobility.search.search import SearchDay, arrays, from_arrays

WALKS, STEP_FREE = "walks", "-step-free"
"""The keys of days without steps have the second in them."""


def save_day(folder: Path, key: str, day: SearchDay) -> None:
    columns = arrays(day)
    walks = {name: column for name, column in columns.items() if "footpaths." in name}
    save_packed(_walks(folder, key), walks)
    save_packed(folder / key, {name: column for name, column in columns.items() if name not in walks})


def open_day(folder: Path, key: str) -> SearchDay | None:
    """None where the day was not laid out yet, has just been forgotten, or was cut short by a loss of power."""
    try:
        return from_arrays(open_packed(folder / key) | open_packed(_walks(folder, key)))
    except (FileNotFoundError, ValueError):
        return None


def _walks(folder: Path, key: str) -> Path:
    return folder / (WALKS + STEP_FREE if STEP_FREE in key else WALKS)


def forget_days(folder: Path, kept: int) -> None:
    """Remove all but the days written last. Who has mapped a removed one keeps it."""
    days = [path for path in folder.iterdir() if not path.name.startswith((WALKS, "."))]
    for old in sorted(days, key=changed_ns)[:-kept]:
        shutil.rmtree(old, ignore_errors=True)


def _lock(folder: Path) -> IO[str]:
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / ".quickening").open("w")


@contextmanager
def alone(folder: Path | None) -> Iterator[bool]:
    """Whether no other process is within; it is not waited for. Without a folder that can be written, nothing is
    shared with another process."""
    try:
        lock = _lock(folder) if folder else None
    except OSError:
        lock = None
    if lock is None:
        yield True
        return
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
