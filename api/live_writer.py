"""The process beside the workers that writes the live state: no answer waits for it, and it waits for none.

In a worker it took turns with the threads that answer, and under load a version waited for all of them.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.arbiter import Arbiter

from api.beside import LOOK_S, begin_beside

REST_S, PATIENCE_S = 1.0, 5.0
NEWS_FIRST = -5
"""Added to the niceness of the service."""


class LiveWriter:
    """Begun by the process that keeps the workers, again where it has ended, and never to outlive that one."""

    def __init__(self, begin: Callable[[], object]) -> None:
        """begin: what writes, in threads of the process that calls it."""
        self._begin = begin
        self._pid, self._alive, self._began_s = 0, -1, float("-inf")

    def keep(self, listeners: Iterable[Any]) -> None:
        """listeners: sockets that are the workers' alone."""
        if self._is_running() or time.monotonic() < self._began_s + REST_S:
            return
        self._began_s = time.monotonic()
        self._alive, held = os.pipe()
        self._pid = begin_beside("the writer of live versions", partial(self._write, os.getpid()), listeners)
        os.close(held)

    def end(self) -> None:
        until_s = time.monotonic() + PATIENCE_S
        while self._is_running() and time.monotonic() < until_s:
            os.kill(self._pid, signal.SIGTERM)
            time.sleep(0.01)

    def _is_running(self) -> bool:
        """The writer holds the other end of the pipe until it ends, whoever is told of that first."""
        if self._alive < 0:
            return False
        os.set_blocking(self._alive, False)
        try:
            ended = os.read(self._alive, 1) == b""
        except BlockingIOError:
            ended = False
        if ended:
            os.close(self._alive)
            self._alive = -1
        return not ended

    def _write(self, parent: int) -> None:
        _news_first()
        self._begin()
        while os.getppid() == parent:
            time.sleep(LOOK_S)


def _news_first() -> None:
    """Before answers where processors are scarce, if the system lets this user: it needs milliseconds, and every answer
    after them is the truer."""
    with suppress(OSError):
        os.nice(NEWS_FIRST)


class LiveArbiter(Arbiter):  # type: ignore[misc]
    """Keeps the writer as it keeps the workers."""

    def manage_workers(self) -> None:
        super().manage_workers()
        if self.app.live_writer:
            self.app.live_writer.keep(self.LISTENERS)
