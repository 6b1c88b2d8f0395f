"""Ctrl-C while kernels run on arrays that must not go: heeded once, or when they are done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType


@contextmanager
def interruptions(heeded: int) -> Iterator[None]:
    """Of those that come meanwhile no more than so many interrupt; where none may, the work is interrupted after it.
    Only the main thread is ever interrupted: in another one nothing changes."""
    handler = signal.getsignal(signal.SIGINT)
    if current_thread() is not main_thread() or not callable(handler):
        yield
        return
    left, missed, is_over = heeded, False, False

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal left, missed
        missed = missed or not left
        if left or is_over:
            try:
                handler(number, frame)
            except BaseException:
                left -= 1
                raise

    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        is_over = True
        signal.signal(signal.SIGINT, handler)
    if missed and not heeded:
        handler(signal.SIGINT, None)
