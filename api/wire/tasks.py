"""The threads of a worker, and whose turn it is."""

from __future__ import annotations

from threading import Lock
from typing import Protocol

from waitress.task import ThreadedTaskDispatcher

UPLOADS = 2
"""Long bodies that are read at the same time."""


class Task(Protocol):
    """A connection with something to answer."""

    def asks_at_length(self) -> bool: ...


class LatestFirst:
    """As a Condition on that lock, but that who began to wait last is woken first: what that thread works with is still
    near the processor."""

    def __init__(self, lock: Lock) -> None:
        self._lock, self._waiting = lock, list[Lock]()

    def wait(self) -> None:
        turn = Lock()
        turn.acquire()
        self._waiting.append(turn)
        self._lock.release()
        try:
            turn.acquire()
        finally:
            self._lock.acquire()

    def notify(self) -> None:
        if self._waiting:
            self._waiting.pop().release()

    def notify_all(self) -> None:
        while self._waiting:
            self.notify()


class Tasks:
    """Those that answer, and those that read long bodies while they arrive."""

    def __init__(self, threads: int) -> None:
        self.answering, self.uploading = _threads(threads), _threads(UPLOADS)

    def add_task(self, task: Task) -> None:
        (self.uploading if task.asks_at_length() else self.answering).add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> None:
        for threads in (self.answering, self.uploading):
            threads.shutdown(cancel_pending, timeout)


def _threads(count: int) -> ThreadedTaskDispatcher:
    made = ThreadedTaskDispatcher()
    made.queue_cv = LatestFirst(made.lock)
    made.set_thread_count(count)
    return made
