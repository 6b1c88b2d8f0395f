"""A server on loopback that answers as Valhalla does, for a plan without streets: every way goes east, then north.

The shapes are those of a Valhalla 3.5 server's own answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from time import sleep
from typing import Any

from tests.mobility.streets.tiny import M_LAT, M_LON

Place = dict[str, float]
IGNORED = {"code": 208, "text": "Hard exclusions are not allowed on this server, ignoring hard excludes"}


class Town:
    """asked: every question, in order. refusal: answered instead, with its status. shift_m: how far east of each
    place its street lies. has_ferry: so the server says of a way. unreachable: numbers of places without a way."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.refusal: tuple[int, bytes] | None = None
        self.shift_m = 0.0
        self.has_ferry = self.ignores_exclusions = False
        self.unreachable: set[int] = set()
        self.answers_at_once = Event()
        self.answers_at_once.set()

    def answer(self, action: str, asked: dict[str, Any]) -> dict[str, Any]:
        self.asked.append({"action": action, **asked})
        kmh = asked.get("costing_options", {}).get(asked["costing"], {}).get("walking_speed", 5.1)
        return self._route(asked, kmh) if action == "/route" else self._matrix(asked, kmh)

    def _matrix(self, asked: dict[str, Any], kmh: float) -> dict[str, Any]:
        rows = [
            [self._cell(i, j, legs_m(a, b), kmh) for j, b in enumerate(asked["targets"])]
            for i, a in enumerate(asked["sources"])
        ]
        met = {side: [self._street(place) for place in asked[side]] for side in ("sources", "targets")}
        warnings = {"warnings": [IGNORED]} if self.ignores_exclusions else {}
        return {"sources_to_targets": rows, **met, "units": "kilometers", "algorithm": "costmatrix", **warnings}

    def _cell(self, i: int, j: int, legs: tuple[float, float], kmh: float) -> dict[str, Any]:
        metres = sum(map(abs, legs))
        known = max(i, j) not in self.unreachable
        time, distance = (round(metres * 3.6 / kmh), round(metres / 1000, 3)) if known else (None, None)
        return {"from_index": i, "to_index": j, "time": time, "distance": distance}

    def _street(self, place: Place) -> Place:
        return {"lat": place["lat"], "lon": round(place["lon"] + self.shift_m * M_LON, 6)}

    def _route(self, asked: dict[str, Any], kmh: float) -> dict[str, Any]:
        start, end = asked["locations"]
        corner = {"lat": start["lat"], "lon": end["lon"]}
        east, north = legs_m(start, end)
        maneuvers = [
            {"type": 1, "street_names": ["Rue Haute"], "length": abs(east) / 1000, **shape(0, 1)},
            {"type": 15 if north > 0 else 10, "length": abs(north) / 1000, **shape(1, 2)},
            {"type": 4, "length": 0.0, **shape(2, 2)},
        ]
        metres = abs(east) + abs(north)
        summary = {"has_ferry": self.has_ferry, "time": metres * 3.6 / kmh, "length": metres / 1000}
        leg = {"maneuvers": maneuvers, "summary": summary, "shape": polyline6([start, corner, end])}
        return {"trip": {"legs": [leg], "summary": summary, "status": 0, "units": "kilometers"}}


@contextmanager
def serving(town: Town) -> Iterator[str]:
    """The address of a server of the town."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            town.answers_at_once.wait(10)
            status, text = town.refusal or (200, json.dumps(town.answer(self.path, json.loads(body))).encode())
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        town.answers_at_once.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def dripping(begun: bytes) -> Iterator[str]:
    """A server that begins its answer so, and then sends a byte now and then for ten seconds."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            with suppress(OSError):  # who asks may have had enough
                self.wfile.write(begun)
                for _ in range(200):
                    self.wfile.write(b"x")
                    sleep(0.05)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def legs_m(a: Place, b: Place) -> tuple[float, float]:
    """East and north."""
    return (b["lon"] - a["lon"]) / M_LON, (b["lat"] - a["lat"]) / M_LAT


def shape(first: int, last: int) -> dict[str, int]:
    return {"begin_shape_index": first, "end_shape_index": last}


def polyline6(places: list[Place]) -> str:
    text, before = "", (0, 0)
    for place in places:
        now = round(place["lat"] * 1e6), round(place["lon"] * 1e6)
        for value in (now[0] - before[0], now[1] - before[1]):
            value = ~(value << 1) if value < 0 else value << 1
            while value >= 32:
                text, value = text + chr((32 | value & 31) + 63), value >> 5
            text += chr(value + 63)
        before = now
    return text
