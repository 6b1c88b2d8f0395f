"""What a client sends until it is a request: limits, and what RFC 9112 wants refused, beside what waitress refuses.

A body within the limit of the application is kept in memory until it is whole. A longer one is a task for the
application as soon as that is known, which refuses it or reads it while it arrives (api/wire/long_body.py).
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import BadRequest

LONGEST_LINE = 8190
"""Of the request line, and of one field."""
LONGEST_HEAD = 1 << 15
VERSIONS = ("1.0", "1.1")
HOST = re.compile(r"(?:[A-Za-z0-9._~%!$&'()*+;=-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")
"""RFC 9110, 7.2, without the comma."""
ONCE = (b"host", b"content-length", b"transfer-encoding")


class AddressTooLong(BadRequest):  # type: ignore[misc]
    code, reason = 414, "URI Too Long"


class HeadTooLarge(BadRequest):  # type: ignore[misc]
    code, reason = 431, "Request Header Fields Too Large"


class Late(BadRequest):  # type: ignore[misc]
    code, reason = 408, "Request Timeout"


class PassingBuffer:
    """Bytes on their way from the connection to the application, for the receivers of waitress to append to."""

    def __init__(self, held: bytes) -> None:
        self._held = bytearray(held)

    def __len__(self) -> int:
        return len(self._held)

    def append(self, data: bytes) -> None:
        self._held += data

    def take(self, size: int) -> bytes:
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    def close(self) -> None:
        self._held.clear()


class ArrivingRequest(HTTPRequestParser):  # type: ignore[misc]
    """is_long: complete for the channel, while its body goes on arriving. wants_continue: the client waits for a word
    before it sends it."""

    version = "1.1"
    expect_continue: bool
    is_long = False
    wants_continue = False

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if not self.headers_finished and not self.completed:
            self._hold_to_limits(self.header_plus.lstrip())
        elif not self.completed and max(self.content_length, self.body_bytes_received) > self.adj.longest_body:
            consumed += self.body_rcv.received(data[consumed:])
            self._become_long()
        return consumed

    def get_body_stream(self) -> IO[bytes]:
        """Of a long one nothing: it is read from the connection."""
        return BytesIO() if self.is_long else super().get_body_stream()

    def refuse(self, error: BadRequest) -> None:
        self.error, self.completed = error, True

    def parse_header(self, header_plus: bytes) -> None:
        """Raises ParsingError; its text is never shown."""
        lines = header_plus.split(b"\r\n")
        if not self._is_within_limits(lines):
            return
        if any(line.startswith((b" ", b"\t")) for line in lines):
            raise ParsingError("a field goes on in the next line")
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            raise ParsingError("no address, or no length") from error
        self._hold_to_protocol({line.partition(b":")[0].lower() for line in lines[1:]}, lines[1:])

    def _hold_to_protocol(self, names: set[bytes], lines: list[bytes]) -> None:
        """Whatever a proxy before us may understand in another way is refused. Raises ParsingError."""
        version, self.version = self.version, "1.1"
        if version not in VERSIONS:
            raise ParsingError("another version")
        if any(sum(line.lower().startswith(name + b":") for line in lines) > 1 for name in ONCE):
            raise ParsingError("a field twice")
        if b"transfer-encoding" in names and (b"content-length" in names or version == "1.0"):
            raise ParsingError("two lengths")
        host = self.headers.get("HOST")
        if (host is None and version == "1.1") or (host is not None and not HOST.fullmatch(host)):
            raise ParsingError("no host")
        if self.proxy_netloc and self.proxy_netloc.lower() != (host or "").lower():
            raise ParsingError("two hosts")
        self.version = version

    def _hold_to_limits(self, head: bytes) -> None:
        """Of what has come so far: nobody is listened to for longer than that."""
        if len(head) > LONGEST_LINE:
            self._is_within_limits(head.split(b"\r\n"))

    def _is_within_limits(self, lines: list[bytes]) -> bool:
        if len(lines[0]) > LONGEST_LINE:
            self.refuse(AddressTooLong(""))
        elif max(map(len, lines)) > LONGEST_LINE or sum(map(len, lines)) > LONGEST_HEAD:
            self.refuse(HeadTooLarge(""))
        return self.error is None

    def _become_long(self) -> None:
        self.is_long = self.completed = True
        self.wants_continue, self.expect_continue = self.expect_continue, False
        self.body_rcv.buf = PassingBuffer(self.body_rcv.buf.get(-1, skip=True))
