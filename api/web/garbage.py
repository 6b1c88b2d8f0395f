"""When Python looks for objects that only hold each other: seldom. What is imported stays, and an answer is tens of
thousands of objects that die young and in no circle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (50_000, 20, 20)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """A sixth of the time of a start is looking for what is not there."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
