"""Loads, removals, rollbacks and fetches at the same time, each a process that may be killed at any step.

Each process stops at every step of its load and before every file that takes another's place; hypothesis draws which
one goes on, and which is killed. Whatever the order: what is reported is true, and nobody loses another's feed.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtfs.snapshot import FeedSource
from mobility.errors import MobilityError
from mobility.feeds import lock
from mobility.feeds.inputs import Incoming
from mobility.feeds.outcome import Outcome
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.reload import reload, remove, roll_back
from mobility.feeds.state import feeds_in_service
from tests.mobility.feeds.following import served
from tests.mobility.feeds.reloads import INPUTS, Operator, called

FORK = multiprocessing.get_context("fork")
NAMED = replace(INPUTS, named_hosts=frozenset({"127.0.0.1"}))
WORKERS, KILLS_FROM = 3, 57
Shown = dict[str, str]
"""The sha256 in service of each feed."""


@dataclass(frozen=True, slots=True)
class Order:
    """verb: load, fetch, remove or rollback. incoming: of the first two."""

    verb: str
    feed: str
    incoming: Incoming | None = None


class Worker:
    """A process that does one order and waits for leave at each step."""

    def __init__(self, operator: Operator, order: Order) -> None:
        self.order = order
        self.pipe, theirs = FORK.Pipe()
        self.process = FORK.Process(target=_work, args=(operator, order, theirs))
        self.process.start()
        theirs.close()
        self.pipe.recv()

    def next(self) -> Shown | str | None:
        """On to its next step; what it reports once it has ended."""
        self.pipe.send("on")
        told: Shown | str | None = self.pipe.recv()
        if told is not None:
            self.process.join()
        return told

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


def _work(operator: Operator, order: Order, parent: Connection) -> None:
    def step(*_: object) -> None:
        parent.send(None)
        parent.recv()

    step()
    sys.addaudithook(lambda event, _: step() if event == "os.rename" else None)
    try:
        outcome = _done(operator.watched(step), order)
        parent.send({feed.id: feed.sha256 for feed in outcome.feeds})
    except MobilityError as error:
        parent.send(type(error).__name__)
    os._exit(0)


def _done(operator: Operator, order: Order) -> Outcome:
    if order.incoming:
        return reload(operator.at, [order.incoming])
    return remove(operator.at, order.feed) if order.verb == "remove" else roll_back(operator.at, order.feed)


@dataclass
class Story:
    """What is known of the feeds in service from what was reported. unsure: a process that changed them was killed."""

    shown: Shown
    unsure: frozenset[str] = frozenset()

    def killed(self, order: Order) -> None:
        self.unsure |= {order.feed}

    def reported(self, order: Order, told: Shown | str) -> None:
        if isinstance(told, str):
            return
        self.check(told, {order.feed})
        assert (order.feed in told) is (order.verb != "remove")
        self.shown, self.unsure = told, frozenset()

    def check(self, found: Shown, changed: set[str]) -> None:
        """All but what was changed, or may have been, is as it was."""
        others = {*self.shown, *found} - changed - self.unsure
        assert {feed: found.get(feed) for feed in others} == {feed: self.shown.get(feed) for feed in others}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Operator:
    """Two feeds in service, and one that can be rolled back."""
    operator = Operator.in_folder(tmp_path_factory.mktemp("started"), NAMED)
    for feed, name in (("bus", "One"), ("boat", "Quay"), ("bus", "Two")):
        operator.load(feed, stops=called(name))
    return operator


@pytest.fixture(scope="module")
def orders(started: Operator) -> Iterator[list[Order]]:
    """Of every kind, for feeds that are in service and for new ones."""
    zipped = shutil.make_archive(started.feed("coach").file, "zip", started.feed("coach").file)
    with served({"coach.zip": Path(zipped).read_bytes()}) as base, pytest.MonkeyPatch.context() as patch:
        patch.setattr(lock, "ASK_AGAIN_S", 0.001)
        address = f"{base}/coach.zip"
        yield [
            Order("load", "bus", started.feed("bus", stops=called("Three"))),
            Order("load", "train", started.feed("train")),
            Order("load", "boat", started.feed("boat", stops=called("Pier"))),
            Order("fetch", "coach", Incoming(FeedSource("coach", "test licence", "tests", address), address)),
            Order("remove", "boat"),
            Order("remove", "bus"),
            Order("rollback", "bus"),
        ]


@given(st.lists(st.integers(0, 6), min_size=WORKERS, max_size=WORKERS), st.lists(st.integers(0, 59), max_size=80))
@settings(max_examples=10, deadline=None, derandomize=True)
def test_nobody_loses_the_feed_of_another(
    started: Operator, orders: list[Order], chosen: list[int], turns: list[int]
) -> None:
    with TemporaryDirectory() as folder:
        operator = replace(started, at=replace(started.at, data=Path(folder) / "data"))
        shutil.copytree(started.at.data, operator.at.data)
        story = Story(shown(operator))
        _tell(story, [Worker(operator, orders[number]) for number in chosen], turns)
        story.check(shown(operator), set())
        assert operator.network.feeds == feeds_in_service(operator.at.data)
        before = shown(operator)
        operator.load("last")
        assert {feed: sha256 for feed, sha256 in shown(operator).items() if feed != "last"} == before


def _tell(story: Story, working: list[Worker], turns: list[int]) -> None:
    """Each turn lets one process go on, or kills it; when all turns are over, each goes on in its turn."""
    last = iter(turns)
    while working:
        turn = next(last, None)
        one = working[(turn or 0) % len(working)]
        if turn is None:
            working.append(working.pop(0))
        elif turn >= KILLS_FROM:
            one.kill()
            story.killed(one.order)
            working.remove(one)
            continue
        if (told := one.next()) is not None:
            story.reported(one.order, told)
            working.remove(one)


def shown(operator: Operator) -> Shown:
    return {feed.id: feed.sha256 for feed in feeds_in_service(operator.at.data)}


def test_a_load_that_was_overtaken_is_done_again_on_what_stands_then(tmp_path: Path) -> None:
    """Somebody has removed the lock, or the disk knows none."""
    operator = Operator.in_folder(tmp_path)
    operator.load("bus")

    def overtake(progress: Progress) -> None:
        if progress.step is LoadStep.PUBLISH and "boat" not in shown(operator):
            (operator.at.data / lock.LOCK).unlink()
            operator.load("boat")

    outcome = operator.watched(overtake).load("train")
    assert [feed.id for feed in outcome.feeds] == ["bus", "boat", "train"] == list(shown(operator))
