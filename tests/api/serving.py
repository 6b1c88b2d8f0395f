"""A real server on a data folder: `hent serve` with workers of its own, asked over HTTP."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread, Timer
from typing import IO, Any

from flask import Flask
from werkzeug.serving import make_server

from tests.forked import Forked, forked

ROOT = Path(__file__).parent.parent.parent
HENT = Path(sys.executable).with_name("hent")
STARTS_WITHIN_S = 120


@dataclass(frozen=True)
class Answer:
    status: int
    network: str
    body: Any


@dataclass(frozen=True)
class Served:
    port: int
    process: subprocess.Popen[str] | Forked
    log: Path

    def connected(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str) -> Answer:
        connection = self.connected()
        try:
            return get(connection, path)
        finally:
            connection.close()

    def kill(self) -> None:
        """As a machine that loses its power would."""
        for pid in (self.process.pid, *self.children()):
            os.kill(pid, signal.SIGKILL)
        self.process.wait(20)

    def children(self) -> list[int]:
        """The workers and the writer of live versions."""
        pid = self.process.pid
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def get(connection: HTTPConnection, path: str) -> Answer:
    connection.request("GET", path)
    return answered(connection)


def answered(connection: HTTPConnection) -> Answer:
    """To what was asked last."""
    response = connection.getresponse()
    content = response.read()
    is_json = "json" in response.headers.get_content_type()
    return Answer(
        response.status, response.headers.get("Hent-Network", ""), json.loads(content) if is_json else content
    )


Begin = Callable[[list[str], IO[str], Mapping[str, str]], subprocess.Popen[str] | Forked]
"""A process of `hent` with these words, whose standard output is read: where its errors go, its environment."""


def started(words: list[str], errors: IO[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """As a user starts it."""
    return subprocess.Popen([HENT, *words], stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)


def at_once(words: list[str], errors: IO[str], environment: Mapping[str, str]) -> Forked:
    """All is imported."""
    return forked(["hent", *words], stdout=subprocess.PIPE, stderr=errors, env=environment)


@contextmanager
def serving(
    data: Path,
    config: Path,
    workers: int = 2,
    environment: Mapping[str, str] | None = None,
    port: int = 0,
    begin: Begin = at_once,
) -> Iterator[Served]:
    """The log is beside the config, unless that is the project's own."""
    folder = data.parent if config.absolute().parent == ROOT else config.parent
    log = folder / f"{len(list(folder.glob('*.log')))}.log"
    words = ["serve", "--port", str(port), "--workers", str(workers), "--data", str(data), "--config", str(config)]
    with log.open("w") as errors:
        process = begin(words, errors, {**os.environ, **(environment or {})})
    give_up = Timer(STARTS_WITHIN_S, process.kill)
    give_up.start()
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert "Hent ready on http://127.0.0.1:" in line, log.read_text()
        yield Served(int(line.split()[3].rpartition(":")[2]), process, log)
    finally:
        give_up.cancel()
        process.terminate()
        process.wait(20)


@contextmanager
def serving_app(app: Flask) -> Iterator[str]:
    """An app behind a port of this machine, in a thread of the test; the address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)
