"""From `hent serve` to an answer of /health/ready: the demo with two workers, kernels compiled and network loaded."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.server_load import HENT, children, end
from benchmarks.table import Row, table

TIMES, WORKERS = 4, 2
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
LOOK_S = 0.005


@dataclass(frozen=True)
class Started:
    """clock_s: until it was ready; processor_s: of the server, its workers and whom it waited for, until then."""

    clock_s: float
    processor_s: float


def run() -> str:
    with TemporaryDirectory() as folder:
        measured(Path(folder))  # which loads the demo
        found = [measured(Path(folder)) for _ in range(TIMES)]
    rows = [
        Row("processor time", f"{min(one.processor_s for one in found):.2f} s"),
        Row("by the clock", f"{min(one.clock_s for one in found):.2f} s"),
    ]
    return table(f"`hent serve` of the demo, {WORKERS} workers, until ready, best of {TIMES}", rows)


def measured(data: Path) -> Started:
    command = [HENT, "serve", "--port", "0", "--workers", str(WORKERS), "--data", data]
    with served(list(map(str, command))) as (process, began_s):
        clock_s = time.perf_counter() - began_s
        return Started(clock_s, processor_of_all_s(process.pid))


@contextmanager
def served(command: list[str], **where: object) -> Iterator[tuple[subprocess.Popen[str], float]]:
    """The process once it is ready, and when it began. where: as subprocess takes it."""
    began_s = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **where)  # type: ignore[call-overload]
    try:
        wait_until_ready(port_of(process))
        yield process, began_s
    finally:
        end(process)


def port_of(process: subprocess.Popen[str]) -> int:
    """As its line says. Raises RuntimeError where it ends without one."""
    for line in process.stdout or ():
        if found := re.search(r"http://[^ ]+:(\d+)\b", line):
            return int(found.group(1))
    raise RuntimeError("it ended before it was ready")


def wait_until_ready(port: int) -> None:
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(LOOK_S)


def processor_of_all_s(pid: int) -> float:
    """Of a process and those that it began."""
    return processor_s(pid) + sum(map(processor_of_all_s, children(pid)))


def processor_s(pid: int) -> float:
    """utime, stime, cutime and cstime of proc_pid_stat(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS_A_SECOND
