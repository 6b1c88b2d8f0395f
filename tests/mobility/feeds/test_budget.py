"""Time, memory and disk of a load are bounded, whoever orders it; then nothing has changed."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from mobility.errors import FolderUnavailable, LoadTooLarge
from mobility.feeds.budget import LoadBudget, within
from mobility.feeds.lock import folder_faults
from mobility.feeds.outcome import LoadState
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.publish import make_quick
from mobility.search.days import Days
from tests.mobility.feeds.reloads import Operator, called


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    found = Operator.in_folder(tmp_path)
    found.load("bus", stops=called("Before"))
    return found


def test_a_load_that_takes_too_long_ends_and_says_so(operator: Operator) -> None:
    def dawdle(progress: Progress) -> None:
        if progress.step is LoadStep.BUILD:
            time.sleep(5)

    slow = replace(operator, at=replace(operator.at, watch=dawdle, budget=LoadBudget(time_s=1)))
    with pytest.raises(LoadTooLarge, match=r"more time than it may have \(1 s\)"):
        slow.load("bus", stops=called("After"))
    assert operator.serves() == "Before"


def test_a_load_that_needs_too_much_memory_ends_and_says_so(operator: Operator) -> None:
    def grow(progress: Progress) -> None:
        if progress.step is LoadStep.BUILD:
            np.ones(2**36, np.int8)

    greedy = replace(operator, at=replace(operator.at, watch=grow, budget=LoadBudget(memory_mib=8192)))
    with pytest.raises(LoadTooLarge, match=r"more memory than it may have \(8192 MiB\)"):
        greedy.load("bus", stops=called("After"))
    assert operator.serves() == "Before"


def dawdle() -> None:
    time.sleep(3)


def grow() -> None:
    np.empty(2**33, np.int8)


@pytest.mark.parametrize(("costly", "budget"), [(dawdle, LoadBudget(time_s=1)), (grow, LoadBudget(memory_mib=8192))])
def test_a_day_that_costs_too_much_to_make_quick_stays_as_it_is_in_service(
    operator: Operator, costly: Callable[[], None], budget: LoadBudget, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def prepare(quickening: Days, day: date) -> None:
        costly()
        made.append(day)

    monkeypatch.setattr(Days, "prepare", prepare)
    bounded = replace(operator, at=replace(operator.at, budget=budget))
    assert operator.load("bus", stops=called("After")).state is LoadState.PUBLISHED
    make_quick(bounded.at)
    assert (operator.serves(), made) == ("After", [])


def test_a_network_that_is_too_large_is_not_written(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(operator, at=replace(operator.at, budget=LoadBudget(disk_mib=1)))
    assert small.load("bus", stops=called("After")).feeds
    monkeypatch.setattr("mobility.feeds.beside.size_of", lambda network: 2**21)
    with pytest.raises(LoadTooLarge, match=r"more disk than it may have \(1 MiB\)"):
        small.load("bus", stops=called("Later"))
    assert operator.serves() == "After"


def test_a_disk_without_room_for_the_network_is_named_before_it_is_full(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mobility.feeds.beside.size_of", lambda network: 2**60)
    with pytest.raises(FolderUnavailable, match="No space left on device: 1099511627776 MiB are needed"):
        operator.load("bus", stops=called("After"))


def test_a_write_that_was_cut_short_names_the_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """numpy says how many bytes it wrote, and not why it wrote no more."""
    usage = type("Usage", (), {"free": 0})
    monkeypatch.setattr("mobility.feeds.lock.shutil.disk_usage", lambda folder: usage)
    with pytest.raises(FolderUnavailable) as fault, folder_faults(tmp_path):
        raise OSError("6400 requested and 0 written")
    assert fault.value.reason == "No space left on device"


def test_the_clock_is_as_it_was_afterwards() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with within(LoadBudget(time_s=1)):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)) == (before, (0, 0))
