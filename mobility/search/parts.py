"""Work in parts by threads, given up where the process ends."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TypeVar

from mobility.search.interruptions import interruptions

T = TypeVar("T")


class ProcessEnds(Exception):
    """Nobody waits for the work any more."""


@dataclass
class _Crew:
    """Those who do parts. at_work: how many parts are under way; idle: that none is."""

    lock: Lock = field(default_factory=Lock)
    idle: Event = field(default_factory=Event)
    at_work: int = 0
    is_over: bool = False

    def begins(self) -> bool:
        """Whether a part may be begun: after the end none is, and who waits then waits for those under way alone."""
        with self.lock:
            if not self.is_over:
                self.at_work += 1
                self.idle.clear()
            return not self.is_over

    def has_done(self) -> None:
        with self.lock:
            self.at_work -= 1
            if not self.at_work:
                self.idle.set()

    def end(self) -> None:
        with self.lock:
            self.is_over = True
            if not self.at_work:
                self.idle.set()


def in_parts(work: Callable[[int], T], parts: int, workers: int) -> list[T]:
    """What each part comes to, in their order; a thread that has done one takes the next.

    Raises ProcessEnds where the interpreter ends meanwhile, and KeyboardInterrupt where it is interrupted: no further
    part is begun, and those under way are waited for, so that no kernel runs on while its arrays go. (An executor would
    do all that it was given before the process ends, and refuse what comes next with a RuntimeError.)
    """
    crew, over, process = _Crew(), Event(), os.getpid()

    def end() -> None:
        if os.getpid() == process:  # a fork has none of the threads
            crew.end()
            with suppress(KeyboardInterrupt), interruptions(heeded=0):  # it ends anyway
                over.wait()

    atexit.register(end)
    try:
        with interruptions(heeded=1):  # whoever interrupts once more does not make it any shorter
            return _in_parts(work, parts, workers, crew)
    finally:
        over.set()
        atexit.unregister(end)


def _in_parts(work: Callable[[int], T], parts: int, workers: int, crew: _Crew) -> list[T]:
    left, found, faults = iter(range(parts)), dict[int, T](), list[BaseException]()

    def take(done: Event) -> None:
        for part in left:  # a step of a range is one step for all threads
            if not crew.begins():
                break
            try:
                found[part] = work(part)
            except BaseException as fault:
                faults.append(fault)
                break
            finally:
                crew.has_done()
        done.set()

    everyone = [Event() for _ in range(min(workers, parts))]
    try:
        for done in everyone:
            Thread(target=take, args=(done,), name="parts of a day", daemon=True).start()
        for done in everyone:  # a join that was interrupted cannot be trusted to wait again
            done.wait()
    except BaseException:
        with interruptions(heeded=0):
            crew.end()
            crew.idle.wait()
        raise
    if faults:
        raise faults[0]
    if len(found) < parts:
        raise ProcessEnds
    return [found.pop(part) for part in range(parts)]
