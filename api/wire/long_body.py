"""A body that is too long to wait for: the application reads it while it arrives, in a thread kept for that."""

from __future__ import annotations

import time
from io import RawIOBase
from select import POLLIN, poll
from socket import socket

from werkzeug.exceptions import BadRequest, ClientDisconnected, RequestTimeout

from api.wire.request import ArrivingRequest

BLOCK = 1 << 16
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class LongBody(RawIOBase):
    """silence_s: no byte for so long ends it; whole_s: from its first byte to its last.

    Reading raises RequestTimeout, ClientDisconnected, BadRequest (a malformed chunk), which Flask answers.
    """

    def __init__(self, connection: socket, request: ArrivingRequest, silence_s: float, whole_s: float) -> None:
        self._socket, self._request = connection, request
        self._silence_s, self._until_s = silence_s, time.monotonic() + whole_s

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray | memoryview) -> int:  # type: ignore[override]
        held = self._request.body_rcv.buf
        while not len(held) and not self._request.body_rcv.completed:
            self._receive()
        taken = held.take(len(into))
        into[: len(taken)] = taken
        return len(taken)

    def _receive(self) -> None:
        if self._request.wants_continue:
            self._request.wants_continue = False
            self._socket.send(CONTINUE)
        self._await()
        try:
            data = self._socket.recv(BLOCK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            raise ClientDisconnected
        self._request.body_rcv.received(data)
        if self._request.body_rcv.error:
            raise BadRequest

    def _await(self) -> None:
        waits_s = min(self._silence_s, self._until_s - time.monotonic())
        heard = poll()
        heard.register(self._socket.fileno(), POLLIN)
        if waits_s <= 0 or not heard.poll(waits_s * 1000):
            raise RequestTimeout
