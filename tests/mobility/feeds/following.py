"""A GBFS system for tests: on a server on loopback, or answering as it was told."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from mobility.rentals.current import FollowedRentals
from mobility.rentals.gbfs_fetch import RentalSource
from mobility.rentals.systems import RentalSystem

STATIONS = {"stations": [{"station_id": "1", "name": "Gare", "lat": 47.75, "lon": -3.36}]}
Documents = dict[str, dict[str, Any]]


@contextmanager
def served(files: dict[str, bytes]) -> Iterator[str]:
    """A server on loopback; its address. `{base}` in a file becomes the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = files.get(self.path.strip("/"))
            self.send_response(302 if body == b"elsewhere" else 200 if body is not None else 404)
            self.send_header("Location", "http://velo.example/gbfs.json")
            self.end_headers()
            self.wfile.write((body or b"").replace(b"{base}", base.encode()))

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield base
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def start_of(*names: str, base: str = "{base}") -> bytes:
    return json.dumps({"data": {"feeds": [{"name": name, "url": f"{base}/{name}"} for name in names]}}).encode()


@dataclass
class Scripted:
    """Answers one after the other; the clock is a number. wait: until then an answer does not come."""

    answers: list[Documents | Exception]
    clock_s: float = 1000.0
    asked: int = 0
    left_out: list[list[str]] = field(default_factory=list)
    wait: threading.Event = field(default_factory=threading.Event)

    def fetch(self, source: RentalSource, without: Collection[str]) -> Documents:
        self.wait.wait(5)
        self.left_out.append(sorted(without))
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        if isinstance(answer, Exception):
            raise answer
        return answer

    def board(self, patience_s: float = 5.0) -> FollowedRentals:
        source = RentalSource("velo", "https://velo.example/gbfs.json")
        return FollowedRentals((source,), self.fetch, patience_s, lambda: self.clock_s)


def counts(bikes: int, ttl: int = 60) -> Documents:
    told = {"stations": [{"station_id": "1", "num_bikes_available": bikes}]}
    return {"station_information": {"data": STATIONS}, "station_status": {"ttl": ttl, "last_updated": 5, "data": told}}


def scripted(*answers: Documents | Exception) -> Scripted:
    found = Scripted(list(answers))
    found.wait.set()
    return found


def bikes(system: RentalSystem) -> list[int | None]:
    return [station.vehicles for station in system.stations]


def ask_until(board: FollowedRentals, expected: list[int | None]) -> bool:
    """Fetching again goes on behind; nobody waits for it but this test."""
    for _ in range(500):
        if bikes(board.systems()[0]) == expected:
            return True
        threading.Event().wait(0.005)
    return False
