"""Work in parts by threads, given up where the process ends."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")


class ProcessEnds(Exception):
    """Nobody waits for the work any more."""


def in_parts(work: Callable[[int], T], parts: int, workers: int) -> list[T]:
    """What each part comes to, in their order; a thread that has done one takes the next.

    Raises ProcessEnds where the interpreter ends meanwhile: no further part is begun, and those under way are waited
    for, so that no kernel runs on while its arrays go. (An executor would do all that it was given before the process
    ends, and refuse what comes next with a RuntimeError.)
    """
    ends, over, process = Event(), Event(), os.getpid()

    def end() -> None:
        ends.set()
        if os.getpid() == process:  # a fork has none of the threads
            over.wait()

    atexit.register(end)
    try:
        return _in_parts(work, parts, workers, ends)
    finally:
        over.set()
        atexit.unregister(end)


def _in_parts(work: Callable[[int], T], parts: int, workers: int, ends: Event) -> list[T]:
    left, found, faults = iter(range(parts)), dict[int, T](), list[BaseException]()

    def take() -> None:
        for part in left:  # a step of a range is one step for all threads
            if ends.is_set():
                return
            try:
                found[part] = work(part)
            except BaseException as fault:
                faults.append(fault)
                return

    threads = [Thread(target=take, name="parts of a day", daemon=True) for _ in range(min(workers, parts))]
    try:
        for thread in threads:
            thread.start()
    finally:
        for thread in threads:
            thread.join()
    if faults:
        raise faults[0]
    if len(found) < parts:
        raise ProcessEnds
    return [found.pop(part) for part in range(parts)]
