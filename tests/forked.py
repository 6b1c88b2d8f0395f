"""Processes of ours that tests begin, each forked from one that has imported what all of them import.

A forked process is what the command would be but for its imports and the reading of its kernels, 2 s of processor time
before it begins: the same code on the same words, in its own folder, environment and open files. It knows nothing of
what tests have patched or imported. Whatever is about a start itself begins as it does for users: `started` of
tests/api/serving.py, tests/test_wheel.py and others.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Any, Self

ROOT = Path(__file__).parent.parent


class Forked:
    """As subprocess.Popen has it, as far as tests ask."""

    def __init__(self, told: IO[str], stdout: IO[str] | None = None) -> None:
        """told: the number of the process, and how it ended once it has."""
        self._told, self.stdout = told, stdout
        self.pid = int(told.readline())
        self.returncode: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.stdout:
            self.stdout.close()
        self.wait()

    def poll(self) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Raises subprocess.TimeoutExpired."""
        if self.returncode is None:
            if not self._has_ended(timeout):
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            self.returncode = int(self._told.readline())
            self._told.close()
        return self.returncode

    def _has_ended(self, timeout_s: float | None) -> bool:
        """By poll(2): select(2) knows no file above 1023, and a worker of the tests has more of them open."""
        ended = select.poll()
        ended.register(self._told, select.POLLIN)
        return bool(ended.poll(None if timeout_s is None else 1000 * timeout_s))

    def leave(self) -> None:
        """Nobody waits for it."""
        self._told.close()

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended, and that is not told yet
                os.kill(self.pid, number)


def forked(
    words: Sequence[object],
    given: str = "",
    stdout: IO[Any] | int = 1,
    stderr: IO[Any] | int = 2,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    inherited: Sequence[int] = (),
    nice: int | None = None,
) -> Forked:
    """words: `hent …`, or what follows `python` on a command line: `-c PROGRAM …`, `-m MODULE …`. given: on its
    standard input. stdout: may be subprocess.PIPE. inherited: open files that it keeps open as long as it
    lives. nice: of a job in a session of its own."""
    folder, environment = str(cwd or Path.cwd()), dict(os.environ if env is None else env)
    order = {"words": list(map(str, words)), "folder": folder, "environment": environment, "nice": nice}
    (told, tell), (read, write) = os.pipe(), os.pipe()
    out, its_out = os.pipe() if stdout == subprocess.PIPE else (None, _opened(stdout))
    its = [tell, read, its_out, _opened(stderr)]
    try:
        socket.send_fds(_parent()[0], [json.dumps(order).encode()], [*its, *inherited])
    finally:
        for one in its:
            os.close(one)
        with os.fdopen(write, "w") as typed:
            typed.write(given)
    return Forked(os.fdopen(told), None if out is None else os.fdopen(out))


def _opened(file: IO[Any] | int) -> int:
    """Once more."""
    if file == subprocess.DEVNULL:
        return os.open(os.devnull, os.O_WRONLY)
    return os.dup(file if isinstance(file, int) else file.fileno())


@cache
def _parent() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Of all that are forked for this process of tests: it ends with whoever holds the other end."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.parent", str(theirs.fileno())]
    silent, environment = subprocess.DEVNULL, {**os.environ, "PYTHONUNBUFFERED": ""}
    files: Any = {"stdin": silent, "stdout": silent, "pass_fds": [theirs.fileno()]}
    with theirs:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **files)
    return ours, process


@contextmanager
def forking() -> Iterator[None]:
    """What is forked has its parent no longer than this; who forks nothing begins none."""
    yield
    if _parent.cache_info().currsize:
        ours, process = _parent()
        ours.close()
        process.wait()
        _parent.cache_clear()
