"""Many people and processes at once, and one killed in the middle: one wins each seat, and no step is half done."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import pytest
from sqlalchemy import select

from mobility.carpool.agreements import Agreements, Ask
from mobility.carpool.booking import BookingId, Side
from mobility.carpool.booking_tables import LETTERS, MESSAGES
from mobility.carpool.bookings import bookings_with
from mobility.carpool.offer import AccountId
from mobility.carpool.registry import Registry
from mobility.errors import OfferFull
from mobility.storage.store import open_store
from tests.mobility.carpool.agreed import CHLOE, NOW, RULES, S, Story, an_ask
from tests.mobility.carpool.conftest import ANNA, BRIAN, add_account

FORK = multiprocessing.get_context("fork")
"""A process of its own that need not import again what is here."""
ASKS = 8


def asked_by(name: str) -> Ask:
    """Of one who has nothing in that car yet."""
    return replace(an_ask(name), passenger=AccountId(name))


def asker(url: str, name: str, pipe: Connection) -> None:
    """Asks for eight people when told to; tells how often it won."""
    agreements = Agreements(open_store(url), RULES, lambda: NOW)
    agreements.store.reading().__enter__()
    pipe.send("ready")
    pipe.recv()
    won = 0
    for number in range(ASKS):
        with suppress(OfferFull):
            agreements.ask(asked_by(f"{name}-{number}"))
            won += 1
    pipe.send(won)
    os._exit(0)


def booker(url: str, pipe: Connection) -> None:
    """Tells of each step once it is done, until it is killed."""
    agreements = Agreements(open_store(url), RULES, lambda: NOW)
    for number in range(10_000):
        booking = agreements.ask(an_ask(f"b{number}", text="Bonjour")).id
        pipe.send(("asked", booking))
        agreements.become(booking, S.CANCELLED, Side.PASSENGER)
        pipe.send(("cancelled", booking))
    os._exit(0)


def begun(work: Callable[..., None], *words: str) -> tuple[BaseProcess, Connection]:
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=work, args=(*words, theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours


@pytest.fixture
def story(registry: Registry) -> Story:
    return Story(registry)


def test_one_of_many_threads_gets_the_last_seat(story: Story, store_url: str) -> None:
    story.ask("before")
    for number in range(6):
        add_account(story.store, AccountId(f"thread-{number}"))

    def ask(number: int) -> bool:
        own = open_store(store_url)
        try:
            Agreements(own, RULES, lambda: NOW).ask(asked_by(f"thread-{number}"))
            return True
        except OfferFull:
            return False
        finally:
            own.close()

    with ThreadPoolExecutor(6) as threads:
        won = list(threads.map(ask, range(6)))
    assert won.count(True) == 1


def test_processes_that_ask_at_once_get_no_more_seats_than_there_are(story: Story, store_url: str) -> None:
    for name in ("a", "b", "c"):
        for number in range(ASKS):
            add_account(story.store, AccountId(f"{name}-{number}"))
    racers = [begun(asker, store_url, name) for name in ("a", "b", "c")]
    won = _race(racers)
    assert sum(won) == 2
    with story.store.reading() as connection:
        assert len(bookings_with(connection, ANNA)) == 2


def test_a_process_killed_while_people_agree_loses_no_step_and_leaves_no_half(story: Story, store_url: str) -> None:
    """Each step stands whole: an ask with its message and three letters, a cancellation with two."""
    process, pipe = begun(booker, store_url)
    told = [pipe.recv() for _ in range(25)]
    process.kill()
    process.join()
    with suppress(EOFError, OSError):  # The last may be half told.
        while True:
            told.append(pipe.recv())
    with story.store.reading() as connection:
        kept = {booking.id: booking.status for booking in bookings_with(connection, BRIAN)}
        messages = connection.scalars(select(MESSAGES.c.booking)).all()
        letters = Counter(tuple(row) for row in connection.execute(select(LETTERS.c.booking, LETTERS.c.news)))
    assert {booking for _, booking in told} <= kept.keys()
    assert all(kept[BookingId(booking)] is S.CANCELLED for step, booking in told if step == "cancelled")
    assert sorted(messages) == sorted(kept)
    for booking, status in kept.items():
        assert [letters[booking, news] for news in ("asked", "message")] == [2, 1]
        assert letters[booking, "cancelled"] == (2 if status is S.CANCELLED else 0)
    assert story.ask("afterwards", who=CHLOE) is S.ASKED


def _race(racers: Sequence[tuple[BaseProcess, Connection]]) -> list[int]:
    for _, pipe in racers:
        assert pipe.recv() == "ready"
    for _, pipe in racers:
        pipe.send("go")
    won: list[int] = []
    for process, pipe in racers:
        assert pipe.poll(30)
        won.append(pipe.recv())
        process.join(30)
    return won
