"""A server on the loopback interface that answers as a path says, and keeps what it was asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

ETAG = '"v1"'
DATE = "Mon, 01 Jun 2026 08:00:00 GMT"
DRIP_S = 0.05


@dataclass
class Publisher:
    """body: what /file is now. asked: the headers of each request, by lower-case name, with its path."""

    body: bytes = b"x" * 500
    etag: str = ETAG
    date: str = DATE
    status: int = 200
    address: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    publisher: Publisher

    def do_GET(self) -> None:
        self.publisher.asked.append({name.lower(): value for name, value in self.headers.items()} | {"path": self.path})
        with suppress(OSError):  # who asks may have had enough
            self._answer(self.path.partition("?")[0])

    def _answer(self, path: str) -> None:
        known = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        if path.startswith("/to/"):
            self._say(302, Location=unquote(self.path.removeprefix("/to/")))
        elif path == "/drip/redirect":
            self.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /file\r\n\r\n")
            self._drip()
        elif path == "/drip/header":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self._drip()
        elif path.startswith("/drip/"):
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            self.wfile.write(b"Content-Length: 100000\r\n\r\n" if path == "/drip/body" else b"\r\n")
            self._drip()
        elif path == "/short":
            self._say(200, b"x" * 10, length=500)
        elif path != "/file":
            self._say(404)
        elif known[0] == self.publisher.etag or (not known[0] and known[1] == self.publisher.date):
            self._say(304)
        else:
            said = {"ETag": self.publisher.etag, "Last-Modified": self.publisher.date}
            self._say(
                self.publisher.status, self.publisher.body, **{name: value for name, value in said.items() if value}
            )

    def _say(self, status: int, body: bytes = b"", length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(length or len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(DRIP_S)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@contextmanager
def publishing() -> Iterator[Publisher]:
    publisher = Publisher()
    answers = type("Answers", (Handler,), {"publisher": publisher})
    with ThreadingHTTPServer(("127.0.0.1", 0), answers) as server:
        server.daemon_threads, server.block_on_close = True, False
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        publisher.address = f"http://127.0.0.1:{server.server_port}"
        yield publisher
        server.shutdown()
