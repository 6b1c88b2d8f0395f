"""The time that one fetch may take, whatever the other server does.

Time-outs of a socket count from byte to byte: a server that sends one every few seconds, in a handshake, a header or a
body, is never late by them. Here each connection is ended when the time of the whole is over.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType


class TotalTimeout:
    """Of what runs within `with`: connections that are still open at its end are shut."""

    def __init__(self, whole_s: float) -> None:
        self._until_s = time.monotonic() + whole_s
        self._watched: list[socket.socket] = []
        self._lock = Lock()
        self._timer = Timer(whole_s, self._shut)
        self._timer.daemon = True

    @property
    def left_s(self) -> float:
        return max(0.0, self._until_s - time.monotonic())

    @property
    def is_over(self) -> bool:
        return self.left_s == 0

    def watch(self, connection: socket.socket) -> None:
        """By a handle of our own: TLS takes the connection's over. Raises TimeoutError where the time is over."""
        with self._lock:
            if self.is_over:
                raise TimeoutError
            self._watched.append(connection.dup())

    def __enter__(self) -> TotalTimeout:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for handle in self._watched:
                handle.close()
            self._watched.clear()

    def _shut(self) -> None:
        with self._lock:
            for handle in self._watched:
                with suppress(OSError):  # it may have ended of itself
                    handle.shutdown(socket.SHUT_RDWR)
