"""Jobs of a service that runs inside the tests, each forked from a process that has imported what all of them import.

A job stays a process of its own, with its lock, its session and its lower rank; only its imports, 1.5 to 2 s of
processor time before it begins, are done once for all tests of a worker. Services behind `hent serve` begin theirs as
they do anywhere (tests/api/feeds/test_quick_days.py, tests/api/operators/test_uploads.py and others).
"""

from __future__ import annotations

import gc
import json
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
MODULES = ("api.feeds.job_child", "api.portal.child")
NICE = 15
LONGEST_ORDER, MOST_FILES = 1 << 20, 16
"""Bytes, of which an environment has some thousands; open files."""


@contextmanager
def forked_jobs() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, ExitStack() as ends:
        parent = cache(lambda: ends.enter_context(_parent()))
        for place in ("api.feeds.jobs", "api.portal.launch"):
            patch.setattr(f"{place}.begin_process", partial(_begin, parent))
        yield


def _begin(
    parent: Callable[[], socket.socket],
    module: str,
    arguments: Sequence[str],
    config: Any,
    inherited: Sequence[int] = (),
) -> None:
    """As `begin_process` of api/web/processes.py does, but for the imports."""
    read, write = os.pipe()
    order = {"module": module, "arguments": arguments, "folder": str(Path.cwd()), "environment": dict(os.environ)}
    try:
        socket.send_fds(parent(), [json.dumps(order).encode()], [read, 2, *inherited])
    finally:
        os.close(read)
        with os.fdopen(write, "wb") as told:
            told.write(config.model_dump_json().encode())


@contextmanager
def _parent() -> Iterator[socket.socket]:
    """Of the jobs: it ends with whoever holds the other end."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.forked_jobs", str(theirs.fileno())]
    silent = subprocess.DEVNULL
    with theirs:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=silent, stdout=silent, pass_fds=[theirs.fileno()], start_new_session=True
        )
    with process:
        yield ours
        ours.close()


def fork_on_order(orders: socket.socket) -> None:
    """Until nobody is there who could give one. What is handed over belongs to the forked process alone: a lock ends
    with it."""
    gc.disable()
    for module in MODULES:
        import_module(module)
    gc.freeze()
    gc.enable()
    while True:
        order, files, *_ = socket.recv_fds(orders, LONGEST_ORDER, MOST_FILES)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            _work(json.loads(order), files)
        for file in files:
            os.close(file)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass


def _work(order: Any, files: Sequence[int]) -> None:
    """files: what is read, where faults are written, and what is kept open."""
    status = 1
    try:
        os.setsid()
        os.nice(NICE)
        os.dup2(files[0], 0)
        os.dup2(files[1], 2)
        os.chdir(order["folder"])
        os.environ.clear()
        os.environ.update(order["environment"])
        sys.argv = [order["module"], *order["arguments"]]
        sys.modules[order["module"]].main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    fork_on_order(socket.socket(fileno=int(sys.argv[1])))
