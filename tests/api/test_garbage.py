"""A start and a command are not held up by looking for garbage, and leave the process as they found it."""

from __future__ import annotations

import gc

from api.web.garbage import seldom_collected

OFTEN = (700, 10, 10)


class Circle:
    def __init__(self) -> None:
        self.itself = self


def looked_for_garbage() -> int:
    return sum(generation["collections"] for generation in gc.get_stats())


def collections_of_ten_thousand_objects() -> int:
    before = looked_for_garbage()
    kept = [Circle() for _ in range(10_000)]
    assert kept
    return looked_for_garbage() - before


def test_ten_thousand_objects_that_stay_are_not_looked_at_while_it_is_seldom_collected() -> None:
    found = gc.get_threshold()
    gc.set_threshold(*OFTEN)
    try:
        assert collections_of_ten_thousand_objects() > 10
        with seldom_collected():
            gc.collect()
            assert collections_of_ten_thousand_objects() == 0
        assert gc.get_threshold() == OFTEN
    finally:
        gc.set_threshold(*found)
