"""Whether the files of the network in service are being made, and having them made, by api/portal/child.py."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.config import Config
from api.web.processes import begin_process
from mobility.clock import is_over
from mobility.network.files import changed_ns

LOCK = ".open-data"
AGAIN_S = 30


def start(data: Path, config: Config) -> None:
    """Returns at once. Where another process is at it, this one ends by itself."""
    (data / LOCK).touch()
    begin_process("api.portal.child", [str(data)], config)


def making(data: Path) -> bool:
    """Whether a process is at it, or was begun so lately that another one would end the same way."""
    if (begun_ns := changed_ns(data / LOCK)) and not is_over(begun_ns / 10**9, AGAIN_S, time.time()):
        return True
    with taken(data) as is_ours:
        return not is_ours


@contextmanager
def taken(data: Path) -> Iterator[bool]:
    """The lock of who makes the files; False where somebody else holds it."""
    with (data / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
