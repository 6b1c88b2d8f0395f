"""A process of the server: gunicorn begins, watches and ends it, waitress reads and sends."""

from __future__ import annotations

import logging
import os
import sys
import time
from resource import RLIMIT_NOFILE, getrlimit, setrlimit
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments

from api.wire.channel import Listener
from api.wire.tasks import Tasks

LOOK_S = 0.5
FILES = 4096
"""A connection is an open file."""
SETTINGS = {
    "connection_limit": 1000,
    "clear_untrusted_proxy_headers": False,
    "log_socket_errors": False,
    "max_request_body_size": sys.maxsize,
    "max_request_header_size": sys.maxsize,
    "ident": "",
}
"""Limits are our own (api/wire/request.py), and so is who is believed about whom (`server.proxies`)."""


class WireWorker(Worker):  # type: ignore[misc]
    listeners: tuple[Listener, ...] = ()

    def run(self) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        _may_open(FILES)
        self._map: dict[int, Any] = {}
        self._tasks = Tasks(self.cfg.threads)
        adjustments = Adjustments(**SETTINGS)
        adjustments.longest_body = self.wsgi.config["MAX_CONTENT_LENGTH"]
        self.listeners = tuple(
            Listener(self.wsgi, one.sock, self._map, self._tasks, adjustments) for one in self.sockets
        )
        while self.alive and self._has_its_parent():
            self._go_on(LOOK_S)
        self._finish()

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        for listener in self.listeners:
            listener.pull_trigger()

    def _go_on(self, wait_s: float) -> None:
        self.notify()
        wasyncore.loop(timeout=wait_s, use_poll=True, map=self._map, count=1)
        for listener in self.listeners:
            listener.look_at_the_clock()

    def _finish(self) -> None:
        """What was asked is answered, within the grace of the config."""
        until = time.monotonic() + self.cfg.graceful_timeout
        for listener in self.listeners:
            listener.stop_listening()
        while time.monotonic() < until and any(listener.is_busy() for listener in self.listeners):
            self._go_on(0.1)
        self._tasks.shutdown(timeout=1)

    def _has_its_parent(self) -> bool:
        return bool(self.ppid == os.getppid())


def _may_open(files: int) -> None:
    soft, hard = getrlimit(RLIMIT_NOFILE)
    if soft < files:
        setrlimit(RLIMIT_NOFILE, (min(files, hard), hard))
