"""`python -m tests.parent NUMBER`: imports what processes of ours import, and forks one for each order that comes
through the socket of that number (tests/forked.py)."""

from __future__ import annotations

import atexit
import gc
import json
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any

IMPORTED = """
    api.bare_app api.carpool.accounts api.carpool.news api.carpool.offers api.carpool.rides api.commands
    api.commands.kernels.processes api.covoiturage.views api.feeds.chores api.feeds.illustrative api.feeds.job_child
    api.live_writer api.openapi api.pages.remarks api.paper.views api.portal.child api.privacy.rights api.privacy.views
    api.retention api.trips.documents api.trips.map api.trips.plan api.trips.ranking api.trips.stops
    gunicorn.workers.gthread mobility.live.observed mobility.storage.migrate
"""
"""All that a service and its jobs import, but for what counts requests: as that is imported it asks the environment
where to."""
COUNTS = "prometheus_client"
STOPS, LINES, WHEN = "A 0 0, B 3 0", "Bus1\nA     B\n8:00  8:10", "2026-06-03 7:55"
LONGEST_ORDER, MOST_FILES = 1 << 20, 16
"""Bytes, of which an environment has some thousands; open files."""


def fork_on_order(orders: socket.socket) -> None:
    """Until nobody is there who could give one. What is handed over belongs to the forked process alone: a lock ends
    with it."""
    prepare()
    while True:
        order, files, *_ = socket.recv_fds(orders, LONGEST_ORDER, MOST_FILES)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            _oversee(json.loads(order), files)
        for file in files:
            os.close(file)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass


def prepare() -> None:
    """A question of a small town reads the kernels that answer."""
    gc.disable()
    for module in IMPORTED.split():
        import_module(module)
    from mobility.planning.first_question import ask_first
    from mobility.search import search
    from tests.town import moment, town

    search.warm_up()
    ask_first(town(STOPS, LINES), moment(WHEN))
    assert COUNTS not in sys.modules
    gc.collect()
    gc.freeze()
    gc.enable()


def _oversee(order: Any, files: Sequence[int]) -> None:
    """Tells the number of the process, and how it ended once it has."""
    pid = os.fork()
    if pid == 0:
        os.close(files[0])
        _work(order, files[1:])
    for file in files[1:]:
        os.close(file)
    with suppress(BrokenPipeError):  # nobody waits for it
        os.write(files[0], b"%d\n" % pid)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.write(files[0], b"%d\n" % status)
    os._exit(0)


def _work(order: Any, files: Sequence[int]) -> None:
    """files: its standard ones, and what is kept open."""
    if order["nice"] is not None:
        os.setsid()
        os.nice(order["nice"])
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
        os.close(file)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    tempfile.tempdir = None
    status = 1
    try:
        status = _ended(order["words"])
        threading._shutdown()
        atexit._run_exitfuncs()
        sys.stdout.flush()
    finally:
        os._exit(status)


def _ended(words: list[str]) -> int:
    """With which code, as python says it."""
    try:
        _run(words)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        sys.stderr.write(f"{end.code}\n")
        return 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def _run(words: list[str]) -> None:
    kind, *rest = words
    sys.modules["__main__"] = main = ModuleType("__main__")
    if kind == "hent":
        sys.argv = words
        import_module("api.commands").main()
    elif kind == "-m":
        sys.argv = rest
        import_module(rest[0]).main()
    else:
        sys.argv = [kind, *rest[1:]]
        exec(compile(rest[0], "<string>", "exec"), vars(main))


if __name__ == "__main__":
    fork_on_order(socket.socket(fileno=int(sys.argv[1])))
