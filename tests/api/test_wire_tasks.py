"""Who answers: of the threads that rest, the one that answered last."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, get_ident

from api.wire.tasks import Tasks


@dataclass
class Asked:
    """Is answered once it may be."""

    may_end: Event = field(default_factory=Event)
    begun: Event = field(default_factory=Event)
    by: int = 0

    def asks_at_length(self) -> bool:
        return False

    def service(self) -> None:
        self.by = get_ident()
        self.begun.set()
        assert self.may_end.wait(10)

    def cancel(self) -> None:
        raise AssertionError("none is left over")


@contextmanager
def threads(count: int) -> Iterator[Tasks]:
    made = Tasks(count)
    all_rest(made)
    yield made
    made.shutdown()
    assert not made.answering.threads


def all_rest(tasks: Tasks, but: int = 0) -> None:
    until = time.monotonic() + 10
    while tasks.answering.active_count > but:
        assert time.monotonic() < until
        time.sleep(0.001)


def begun(tasks: Tasks) -> Asked:
    one = Asked()
    tasks.add_task(one)
    assert one.begun.wait(10)
    return one


def test_one_after_the_other_are_answered_by_one_thread() -> None:
    with threads(4) as tasks:
        found = set[int]()
        for _ in range(20):
            one = begun(tasks)
            one.may_end.set()
            all_rest(tasks)
            found.add(one.by)
        assert len(found) == 1


def test_who_comes_while_others_are_answered_has_a_thread_of_its_own_and_the_last_to_rest_goes_on() -> None:
    with threads(3) as tasks:
        every = [begun(tasks) for _ in range(3)]
        assert len({one.by for one in every}) == 3
        for but, one in zip((2, 1, 0), (every[1], every[0], every[2]), strict=True):
            one.may_end.set()
            all_rest(tasks, but)
        last = begun(tasks)
        last.may_end.set()
        assert last.by == every[2].by


def test_more_than_there_are_threads_wait_for_the_first_that_has_done() -> None:
    with threads(1) as tasks:
        first, second = begun(tasks), Asked()
        tasks.add_task(second)
        assert not second.begun.wait(0.05)
        first.may_end.set()
        assert second.begun.wait(10)
        second.may_end.set()
        assert second.by == first.by
