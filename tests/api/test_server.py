"""The real server: two workers in processes of their own, silent about what was asked."""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Timer
from urllib.request import urlopen

import pytest
from flask import Flask

from api.server import Server
from tests.api.conftest import LINES, ROOT, STOPS, Fixed, config
from tests.forked import Forked, forked
from tests.town import town

SERVE = """
import os
from tests.api.conftest import Fixed, config, LINES, STOPS
from tests.town import town
from api.server import serve
settings = config()
settings = settings.model_copy(update={"server": settings.server.model_copy(update={"port": 0, "workers": 2})})
serve(settings, Fixed(town(STOPS, LINES)), lambda line: print(line, os.getpid(), flush=True))
"""
SECRET = "47.7513,-3.3592"


@dataclass
class Served:
    url: str
    line: str
    process: Forked
    log: Path

    def get(self, path: str) -> bytes:
        with urlopen(self.url + path, timeout=20) as answer:
            body: bytes = answer.read()
            return body


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("w") as errors:
        process = forked(["-c", SERVE], stdout=subprocess.PIPE, stderr=errors, cwd=ROOT)
    give_up = Timer(120, process.kill)
    give_up.start()
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert "Hent ready on http://127.0.0.1:" in line, log.read_text()
        yield Served(line.split()[3], line, process, log)
    finally:
        give_up.cancel()
        process.terminate()
        process.wait(20)


def test_two_workers_answer(served: Served) -> None:
    path = "/api/v6/plan?fromPlace=t_A&toPlace=t_C&time=2026-06-03T08:00:00"
    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(lambda _: served.get(path), range(40)))
    assert len(set(answers)) == 1
    assert len(json.loads(answers[0])["itineraries"]) == 3
    children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children")
    assert not children.exists() or len(children.read_text().split()) == 2


def test_the_log_names_neither_places_nor_clients(served: Served) -> None:
    served.get(f"/api/v6/plan?fromPlace={SECRET}&toPlace=t_C")
    host, port = served.url.removeprefix("http://").split(":")
    for request in (f"GET /{SECRET} HTTZ/1.1\r\n\r\n", f"GET /?{SECRET * 900} HTTP/1.1\r\n\r\n", "\0\r\n\r\n"):
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            connection.sendall(request.encode())
            assert connection.recv(1000).startswith(b"HTTP/1.1 4")
    log = served.log.read_text()
    assert "Invalid request" in log
    assert "47.7513" not in log
    assert "127.0.0.1" not in log


@pytest.mark.parametrize(
    ("request_line", "status", "name"),
    [
        (f"GET /api/v6/plan?fromPlace={SECRET}&x={'x' * 9000} HTTP/1.1", 414, "address-too-long"),
        (f"GET / HTTP/1.1\r\nX-Place: {SECRET} {'x' * 9000}", 431, "headers-too-large"),
        (f"GET /api/v6/plan?fromPlace={SECRET} HTTP/9.1", 400, "bad-request"),
        (SECRET, 400, "bad-request"),
    ],
)
def test_what_cannot_be_read_as_a_request_is_answered_with_a_problem_that_repeats_nothing(
    served: Served, request_line: str, status: int, name: str
) -> None:
    connection = HTTPConnection(served.url.removeprefix("http://"), timeout=20)
    connection.connect()
    connection.sock.sendall(f"{request_line}\r\nHost: here\r\n\r\n".encode())
    answer = HTTPResponse(connection.sock)
    answer.begin()
    problem = json.loads(answer.read())
    connection.close()
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert (problem["type"], problem["status"]) == (f"/problems/{name}", status)
    assert SECRET not in str(problem) + served.log.read_text()


def test_what_keeps_it_from_starting_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(server: Server) -> Flask:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Server, "load", load)
    monkeypatch.setenv("SERVER_SOFTWARE", "as gunicorn names itself there")
    with pytest.raises(SystemExit, match=r"^Error: can't start new thread$"):
        Server(config(), Fixed(town(STOPS, LINES)), print).run()


def test_it_stops_when_told_to(served: Served) -> None:
    served.process.terminate()
    assert served.process.wait(20) == 0
