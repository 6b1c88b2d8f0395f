"""A network answers as soon as its day is laid out; the shortcuts of the day follow, for all workers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mobility.feeds import publish
from mobility.feeds.lock import LOCK, locked
from mobility.feeds.outcome import LoadState
from mobility.network.current import network_folder
from mobility.search.days import Days
from tests.mobility.feeds.reloads import TODAY, Operator, called


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator.in_folder(tmp_path)


def days(operator: Operator) -> Days:
    """As a worker has them that opens the network now."""
    network = operator.network
    return publish.days_of(network_folder(operator.at.data, network.version), network)


def not_to_be_waited_for() -> None:
    raise AssertionError("the lock is held")


def test_the_network_is_in_service_before_its_day_is_quick(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    served = []

    def prepare(quickening: Days, day: date) -> None:
        with locked(operator.at.data / LOCK, not_to_be_waited_for):
            served.append((operator.serves(), day, days(operator).on(day).shortcuts))

    monkeypatch.setattr(Days, "prepare", prepare)
    operator.load("bus", stops=called("Gamma"))
    assert served == [("Gamma", TODAY, None)]


def test_a_worker_that_opened_the_day_finds_it_quick(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    prepare = Days.prepare

    def opened_first(quickening: Days, day: date) -> None:
        worker = days(operator)
        opened.append((worker, worker.on(day).shortcuts))
        prepare(quickening, day)

    monkeypatch.setattr(Days, "prepare", opened_first)
    operator.load("bus")
    ((worker, shortcuts),) = opened
    assert shortcuts is None
    assert worker.on(TODAY).shortcuts is not None


def test_shortcuts_that_find_no_room_undo_no_publication(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    def prepare(quickening: Days, day: date) -> None:
        raise MemoryError

    monkeypatch.setattr(Days, "prepare", prepare)
    assert operator.load("bus").state is LoadState.PUBLISHED
    assert days(operator).on(TODAY).timetable.n_trips > 0
