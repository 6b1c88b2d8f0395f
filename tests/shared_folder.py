"""A folder that workers of xdist share, in that of their session: filled by the first that asks for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest


def shared_folder(folders: pytest.TempPathFactory, name: str, fill: Callable[[Path], object]) -> Path:
    """What is filled in stays as it is. Who skips in filling it leaves it to the next."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    folder = (folders.getbasetemp().parent if is_worker else folders.getbasetemp()) / name
    folder.mkdir(exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (folder / ".filled").exists():
            fill(folder)
            (folder / ".filled").touch()
    return folder
