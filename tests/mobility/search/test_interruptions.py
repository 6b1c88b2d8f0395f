"""Ctrl-C is heeded so often while something runs, and the handler of whoever interrupts is there again afterwards."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from threading import Thread

import pytest

from mobility.search.interruptions import interruptions


@pytest.fixture(autouse=True)
def _interrupts() -> Iterator[None]:
    """As in a command; what runs in the background may ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)


def test_one_that_comes_while_none_is_heeded_interrupts_afterwards() -> None:
    done = list[str]()
    with pytest.raises(KeyboardInterrupt), interruptions(heeded=0):
        interrupt()
        interrupt()
        done.append("the work")
    assert done == ["the work"]


def test_where_none_comes_nothing_is_interrupted() -> None:
    done = list[str]()
    with interruptions(heeded=0):
        done.append("the work")
    done.append("what follows")
    assert done == ["the work", "what follows"]


def test_the_second_one_does_not_interrupt_what_the_first_one_has_begun() -> None:
    done = list[str]()
    with pytest.raises(KeyboardInterrupt), interruptions(heeded=1):
        try:
            interrupt()
        except KeyboardInterrupt:
            interrupt()
            done.append("cleared up")
            raise
    assert done == ["cleared up"]


def test_a_fault_beside_which_one_comes_is_followed_by_the_interruption() -> None:
    """As where no thread can be started: what is under way is waited for, and the command ends all the same."""
    done = list[str]()
    with pytest.raises(KeyboardInterrupt), interruptions(heeded=1):
        try:
            raise RuntimeError("can't start new thread")
        except RuntimeError:
            with interruptions(heeded=0):
                interrupt()
                done.append("waited")
            raise
    assert done == ["waited"]


def test_a_handler_that_does_not_interrupt_hears_every_one() -> None:
    heard = list[int]()
    signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    with interruptions(heeded=1):
        interrupt()
        interrupt()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    assert heard == [signal.SIGINT] * 2


def test_in_another_thread_nothing_changes() -> None:
    found = list[object]()

    def look() -> None:
        with interruptions(heeded=0):
            found.append(signal.getsignal(signal.SIGINT))

    beside = Thread(target=look)
    beside.start()
    beside.join()
    assert found == [signal.default_int_handler]
