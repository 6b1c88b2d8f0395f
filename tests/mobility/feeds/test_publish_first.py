"""A network answers as soon as its day is laid out; the shortcuts of the day follow, for all workers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mobility.feeds import publish
from mobility.feeds.lock import LOCK, locked
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


def test_the_network_is_in_service_before_its_day_is_quick(operator: Operator) -> None:
    operator.load("bus", stops=called("Gamma"))
    assert (operator.serves(), days(operator).on(TODAY).shortcuts) == ("Gamma", None)


def test_other_loads_go_on_while_a_day_becomes_quick(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    quickened = []

    def prepare(quickening: Days, day: date) -> None:
        with locked(operator.at.data / LOCK, not_to_be_waited_for):
            quickened.append(day)

    monkeypatch.setattr(Days, "prepare", prepare)
    operator.load("bus")
    publish.make_quick(operator.at)
    assert quickened == [TODAY]


def test_a_worker_that_opened_the_day_finds_it_quick(operator: Operator) -> None:
    operator.load("bus")
    worker = days(operator)
    assert worker.on(TODAY).shortcuts is None
    publish.make_quick(operator.at)
    assert worker.on(TODAY).shortcuts is not None


def test_shortcuts_that_find_no_room_undo_no_publication(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    def prepare(quickening: Days, day: date) -> None:
        raise MemoryError

    monkeypatch.setattr(Days, "prepare", prepare)
    operator.load("bus", stops=called("Gamma"))
    publish.make_quick(operator.at)
    assert (operator.serves(), days(operator).on(TODAY).timetable.n_trips) == ("Gamma", 1)
