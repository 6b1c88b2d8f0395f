"""Feeds from an address: what the publisher's server knows again is not sent, read or judged a second time."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gtfs.errors import RejectedFeed
from gtfs.snapshot import FeedSource
from mobility.feeds.inputs import Incoming
from mobility.feeds.outcome import LoadState
from mobility.feeds.reload import reload, roll_back
from tests.mobility.feeds.reloads import INPUTS, TABLES, Operator, called


@dataclass
class Publisher:
    """Serves one file under its ETag, and notes with which status it answered."""

    file: bytes = b""
    etag: str = ""
    answers: list[int] = field(default_factory=list)
    address: str = ""

    def publish(self, operator: Operator, **tables: str) -> None:
        feed = operator.feed("made", **tables)
        self.file = Path(shutil.make_archive(feed.file, "zip", feed.file)).read_bytes()
        self.etag = f'"{len(self.answers)}-{hash(self.file)}"'

    def incoming(self, *, only_new: bool) -> Incoming:
        return Incoming(FeedSource("bus", "test licence", "tests", self.address), self.address, only_new)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    found = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.headers.get("If-None-Match") == found.etag
            found.answers.append(304 if known else 200)
            self.send_response(found.answers[-1])
            self.send_header("ETag", found.etag)
            self.send_header("Content-Length", "0" if known else str(len(found.file)))
            self.end_headers()
            self.wfile.write(b"" if known else found.file)

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    found.address = f"http://127.0.0.1:{server.server_port}/bus.zip"
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator.in_folder(tmp_path, replace(INPUTS, named_hosts=frozenset({"127.0.0.1"})))


def test_what_the_server_knows_again_is_not_sent_again(operator: Operator, publisher: Publisher) -> None:
    publisher.publish(operator, stops=called("One"))
    states = [reload(operator.at, [publisher.incoming(only_new=True)]).state for _ in range(2)]
    assert (states, publisher.answers) == ([LoadState.PUBLISHED, LoadState.UNCHANGED], [200, 304])


def test_the_timer_does_not_bring_back_what_was_rolled_back_but_the_operator_may(
    operator: Operator, publisher: Publisher
) -> None:
    operator.load("bus", stops=called("Before"))
    publisher.publish(operator, stops=called("After"))
    reload(operator.at, [publisher.incoming(only_new=True)])
    roll_back(operator.at, "bus")
    assert reload(operator.at, [publisher.incoming(only_new=True)]).state is LoadState.UNCHANGED
    assert operator.serves() == "Before"
    assert reload(operator.at, [publisher.incoming(only_new=False)]).state is LoadState.PUBLISHED
    assert (operator.serves(), publisher.answers) == ("After", [200, 304, 304])


def test_what_was_refused_is_not_judged_again_until_it_changes(operator: Operator, publisher: Publisher) -> None:
    publisher.publish(operator, stop_times=TABLES["stop_times"].replace(",B,", ",Z,"))
    operator.load("bus", stops=called("Before"))
    with pytest.raises(RejectedFeed):
        reload(operator.at, [publisher.incoming(only_new=True)])
    assert reload(operator.at, [publisher.incoming(only_new=True)]).state is LoadState.UNCHANGED
    publisher.publish(operator, stops=called("Mended"))
    assert reload(operator.at, [publisher.incoming(only_new=True)]).state is LoadState.PUBLISHED
    assert operator.serves() == "Mended"
