"""Travellers beside clients that are slow on purpose: two hundred of them must not make answers twice as slow.

The slow ones, in a process of their own: bodies and heads of which a byte comes twice a second, clients that take their
answer a little at a time, and some that say nothing; who is cut off comes again. The demo territory, eight threads in
all; beside `hent serve` the same application as gunicorn's own threads serve it, and as waitress does alone.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.server_load import WARM, ask_each, city, hent, queries, serving
from benchmarks.table import table

SLOW, CLIENTS, TURNS, SPAN_S, PAUSE_S = 200, 8, 3, 1.5, 0.1
BYTE_S, PATIENCE_S = 0.5, 3.0
"""Of the slow ones; how long a traveller waits."""
BEGUN = (
    b"POST /api/trips HTTP/1.1\r\nHost: hent\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
    b"GET / HTTP/1.1\r\nHost: hent\r\nX-Slow: ",
    b"GET /api/openapi.json HTTP/1.1\r\nHost: hent\r\n\r\n",
    b"",
)
BIN = Path(sys.executable).parent
OTHERS = {
    "gunicorn's own threads": ["gunicorn", "--preload", "--workers=2", "--threads=4", "--worker-class=gthread", "-b"],
    "waitress alone": ["waitress-serve", "--threads=8", "--connection-limit=1000", "--listen"],
}
MODULE = """
import os
from pathlib import Path
from api.app import create_app
from api.config import find_config, read_config
from api.territory.in_service import Following
config = read_config(find_config(Path.cwd()))
current = Following(Path(os.environ["HENT_DATA"]), config)
current.territory()
app = create_app(config, current)
"""


def run() -> str:
    asked = replace(city(), name="demo", feed=None)
    rows = []
    with TemporaryDirectory() as folder:
        hent("plan", "Groix", "Lorient", "--data", folder)
        with serving(Path(folder), workers=2) as service:
            paths = queries(service.port, asked, WARM)
            rows.append(measured("hent serve", service.port, paths))
        for name, program in OTHERS.items():
            with other(program, Path(folder)) as port:
                rows.append(measured(name, port, paths))
    heads = ("what", "alone, median (95 %)", "beside slow ones", "times", "without an answer")
    return table(f"{CLIENTS} travellers beside {SLOW} slow clients", rows, heads)


def measured(name: str, port: int, paths: list[str]) -> tuple[str, ...]:
    """Alone and beside the slow ones in turn, as other work on the machine comes and goes."""
    ask_each(port, paths)
    alone: list[float] = []
    beside: list[float] = []
    lost = 0
    with slow_clients(port) as are_there:
        for _ in range(TURNS):
            alone += travellers(port, paths)[0]
            are_there.set()
            time.sleep(2 * BYTE_S)
            found, without = travellers(port, paths)
            beside, lost = beside + found, lost + without
            are_there.clear()
            time.sleep(2 * BYTE_S)
            if without and not found:
                break
    times = f"{statistics.median(beside) / statistics.median(alone):.1f}" if beside else "-"
    return name, spread(alone), spread(beside), times, f"{lost} of {len(beside) + lost}"


def spread(times_s: list[float]) -> str:
    if len(times_s) < 2:
        return "-"
    return f"{statistics.median(times_s) * 1000:.0f} ms ({statistics.quantiles(times_s, n=20)[-1] * 1000:.0f})"


def travellers(port: int, paths: list[str]) -> tuple[list[float], int]:
    """The seconds of each answer, and how many questions had none."""
    answers_s: list[float] = []
    lost: list[str] = []
    until = time.monotonic() + SPAN_S

    def traveller(number: int) -> None:
        while time.monotonic() < until:
            number += 1
            began = time.monotonic()
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
            try:
                connection.request("GET", paths[number % len(paths)])
                connection.getresponse().read()
                answers_s.append(time.monotonic() - began)
            except (OSError, HTTPException):
                lost.append(paths[number % len(paths)])
            connection.close()
            time.sleep(PAUSE_S)

    threads = [threading.Thread(target=traveller, args=(number * 7,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers_s, len(lost)


@contextmanager
def slow_clients(port: int) -> Iterator[Event]:
    """While the event is set they are there."""
    spawned = get_context("spawn")
    are_there = spawned.Event()
    process = spawned.Process(target=be_slow, args=(port, are_there), daemon=True)
    process.start()
    try:
        yield are_there
    finally:
        process.terminate()
        process.join()


def be_slow(port: int, are_there: Event) -> None:
    """Until it is ended; of each second a little for every client."""
    clients = [SlowClient(port, BEGUN[number % len(BEGUN)]) for number in range(SLOW)]
    while True:
        began = time.monotonic()
        for client in clients:
            (client.go_on if are_there.is_set() else client.leave)()
        time.sleep(max(0.0, BYTE_S - (time.monotonic() - began)))


class SlowClient:
    def __init__(self, port: int, begins_with: bytes) -> None:
        self._port, self._begins_with = port, begins_with
        self._connection: socket.socket | None = None

    def go_on(self) -> None:
        """Comes, or sends a byte and takes a few; comes again next time where it was cut off."""
        try:
            self._connection = self._connection or self._come()
            with suppress(BlockingIOError):
                if not self._connection.recv(64):
                    raise ConnectionError
            if self._begins_with:
                self._connection.send(b"x")
        except OSError:
            self.leave()

    def leave(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def _come(self) -> socket.socket:
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        connection.settimeout(1)
        connection.connect(("127.0.0.1", self._port))
        connection.sendall(self._begins_with)
        connection.setblocking(False)
        return connection


@contextmanager
def other(program: list[str], data: Path) -> Iterator[int]:
    """The application behind another server, on a port of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        (folder / "application.py").write_text(MODULE)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        where = {**os.environ, "HENT_DATA": str(data), "PYTHONPATH": f"{folder}:{Path.cwd()}"}
        command = [str(BIN / program[0]), *program[1:], f"127.0.0.1:{port}", "application:app"]
        process = subprocess.Popen(command, env=where, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            await_port(port)
            yield port
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=2)
            process.kill()
            process.wait()


def await_port(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the other server does not listen")
