"""Processes beside the workers: no answer waits for them, and they wait for none."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Iterable
from threading import Thread
from typing import Any

from gunicorn.arbiter import Arbiter

LOG = logging.getLogger("hent.service")
LOOK_S, GIVING_WAY = 0.2, 10


def begin_beside(name: str, work: Callable[[], object], listeners: Iterable[Any]) -> int:
    """The number of a new process, which does the work and ends; without the signals and the sockets of the one that
    keeps the workers, in which this is called; 0 where the system makes none. name: for the log, where it ends by a
    fault. listeners: the workers'."""
    try:
        pid = os.fork()
    except OSError as error:  # the workers go on without it
        LOG.error("a process beside the workers cannot begin", extra={"where": name, "fault": type(error).__name__})
        return 0
    if pid:
        return pid
    status = 1
    try:
        for number in Arbiter.SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        for listener in listeners:
            listener.sock.close()
        work()
        status = 0
    except Exception:
        LOG.exception("a process beside the workers ends by a fault", extra={"where": name})
    finally:
        os._exit(status)  # what the parent was about to do is no business of this process


def once(work: Callable[[], object]) -> None:
    """The work, which gives way to what travellers wait for, unless the service ends before: then nobody wants it."""
    os.nice(GIVING_WAY)
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    work()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_S)
    os._exit(0)
