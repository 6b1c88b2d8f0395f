"""Fetching over HTTP, from a server on the loopback interface."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from gtfs.archive import ReadLimits
from gtfs.errors import UnreadableFeed
from gtfs.source import Fetched, Seen, fetch

LIMITS = ReadLimits(max_zip_bytes=1000, max_fetch_s=5, private_hosts=frozenset({"127.0.0.1"}))
ETAG = '"v1"'
DATE = "Mon, 01 Jun 2026 08:00:00 GMT"


class Publisher(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.headers.get("If-None-Match") == ETAG or self.headers.get("If-Modified-Since") == DATE:
            self.answer(304)
        elif self.path == "/moved":
            self.answer(302, Location="/feed.zip")
        elif self.path == "/ftp":
            self.answer(302, Location="ftp://localhost/feed.zip")
        elif self.path.startswith("/feed.zip"):
            self.answer(200, b"x" * 500, **{"ETag": ETAG, "Last-Modified": DATE})
        elif self.path == "/large":
            self.answer(200, b"x" * 1001)
        elif self.path == "/short":
            self.answer(200, b"x" * 10, **{"Content-Length": "500"})
        else:
            self.answer(404)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def publisher() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Publisher)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/feed.zip", "/moved"])
def test_a_feed_is_fetched_with_what_it_is_known_by(publisher: str, tmp_path: Path, path: str) -> None:
    fetched = fetch(publisher + path, tmp_path, LIMITS)
    assert fetched.path is not None
    assert (fetched.path.read_bytes(), fetched.seen) == (b"x" * 500, Seen(ETAG, DATE))


@pytest.mark.parametrize("seen", [Seen(ETAG), Seen(last_modified=DATE)])
def test_an_unchanged_feed_is_not_fetched_again(publisher: str, tmp_path: Path, seen: Seen) -> None:
    assert fetch(publisher + "/feed.zip", tmp_path, LIMITS, seen) == Fetched(None, seen)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/large", "larger than 1000 bytes"),
        ("/none", "the server answers 404"),
        ("/short", "cannot be fetched"),
        ("/ftp", "cannot be fetched"),
    ],
)
def test_what_cannot_be_had_leaves_nothing_behind(publisher: str, tmp_path: Path, path: str, reason: str) -> None:
    with pytest.raises(UnreadableFeed, match=reason):
        fetch(publisher + path, tmp_path, LIMITS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://localhost/f.zip", "/etc/passwd", ""])
def test_only_web_addresses_are_fetched(tmp_path: Path, url: str) -> None:
    with pytest.raises(UnreadableFeed, match="only http and https"):
        fetch(url, tmp_path, LIMITS)


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFeed, match="cannot be fetched"):
        fetch("http://127.0.0.1:9/feed.zip", tmp_path, replace(LIMITS, max_fetch_s=0.5))


def test_a_key_in_the_address_is_not_shown(publisher: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFeed) as caught:
        fetch(publisher.replace("//", "//user:secret@") + "/none?key=secret", tmp_path, LIMITS)
    assert "secret" not in str(caught.value)
