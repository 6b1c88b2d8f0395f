"""What one source does wrong is its own fault: no other is kept from being asked."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from mobility.live.fetch import Mark, UnfetchableSource, fetch
from mobility.live.follow import Writer
from mobility.live.source import RealtimeSource
from mobility.live.sources import Heard


class _Astray(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://[x")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def astray() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Astray) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/rt.pb"
        server.shutdown()


def test_a_redirect_to_what_is_no_address_is_a_fault_of_the_source(astray: str) -> None:
    with pytest.raises(UnfetchableSource, match="no address"):
        fetch(astray, Mark())


def test_a_folder_that_cannot_be_read_ends_no_writer(tmp_path: Path) -> None:
    raw = tmp_path / "live" / "raw"
    (raw / "left.pb").mkdir(parents=True)  # cannot be unlinked: OSError
    writer = Writer(tmp_path, [RealtimeSource("t", str(tmp_path / "rt.pb"))])
    writer._begin()
    assert writer.heard == {}


def test_a_source_that_cannot_be_kept_rests_and_the_next_is_asked(tmp_path: Path) -> None:
    sources = [RealtimeSource("x", "a\0b"), RealtimeSource("y", str(tmp_path / "rt.pb"))]
    writer = Writer(tmp_path, sources)
    for source in sources:
        writer._ask(source, source.trip_updates, 1_780_466_100.0)
    assert writer.heard["a\0b"].fault == "ValueError"
    assert writer.heard[sources[1].trip_updates] != Heard()
