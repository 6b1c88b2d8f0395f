"""Many people and processes at once, and one killed in the middle: one wins each seat, and no step is half done."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from mobility.carpool.agreements import Agreements
from mobility.carpool.booking import BookingId
from mobility.carpool.booking_tables import LETTERS, MESSAGES
from mobility.carpool.bookings import bookings_with
from mobility.carpool.registry import Registry
from mobility.errors import OfferFull
from mobility.storage.store import open_store
from tests.mobility.carpool.agreed import NOW, RULES, S, Story, an_ask
from tests.mobility.carpool.conftest import BRIAN

ROOT = Path(__file__).parent.parent.parent.parent
ASKER = """
import sys
from tests.mobility.carpool.agreed import NOW, RULES, an_ask
from mobility.carpool.agreements import Agreements
from mobility.errors import OfferFull
from mobility.storage.store import open_store
agreements = Agreements(open_store(sys.argv[1]), RULES, lambda: NOW)
agreements.store.reading().__enter__()
print("ready", flush=True)
sys.stdin.readline()
won = 0
for number in range(8):
    try:
        agreements.ask(an_ask(f"{sys.argv[2]}-{number}"))
        won += 1
    except OfferFull:
        pass
print(won)
"""
BOOKER = """
import sys
from tests.mobility.carpool.agreed import NOW, RULES, S, an_ask
from mobility.carpool.agreements import Agreements
from mobility.carpool.booking import Side
from mobility.storage.store import open_store
agreements = Agreements(open_store(sys.argv[1]), RULES, lambda: NOW)
for number in range(10_000):
    booking = agreements.ask(an_ask(f"b{number}", text="Bonjour")).id
    print("asked", booking, flush=True)
    agreements.become(booking, S.CANCELLED, Side.PASSENGER)
    print("cancelled", booking, flush=True)
"""


@pytest.fixture
def story(registry: Registry) -> Story:
    return Story(registry)


def test_one_of_many_threads_gets_the_last_seat(story: Story, store_url: str) -> None:
    story.ask("before")

    def ask(number: int) -> bool:
        own = open_store(store_url)
        try:
            Agreements(own, RULES, lambda: NOW).ask(an_ask(f"thread-{number}"))
            return True
        except OfferFull:
            return False
        finally:
            own.close()

    with ThreadPoolExecutor(6) as threads:
        won = list(threads.map(ask, range(6)))
    assert won.count(True) == 1


def test_processes_that_ask_at_once_get_no_more_seats_than_there_are(story: Story, store_url: str) -> None:
    command = [sys.executable, "-c", ASKER, store_url]
    racers = [
        subprocess.Popen([*command, name], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in ("a", "b", "c")
    ]
    won = _race(racers)
    assert sum(won) == 2
    with story.store.reading() as connection:
        assert len(bookings_with(connection, BRIAN)) == 2


def test_a_process_killed_while_people_agree_loses_no_step_and_leaves_no_half(story: Story, store_url: str) -> None:
    """Each step stands whole: an ask with its message and three letters, a cancellation with two."""
    command = [sys.executable, "-c", BOOKER, store_url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as booker:
        assert booker.stdout
        told = [booker.stdout.readline().split() for _ in range(25)]
        booker.kill()
        told += [line.split() for line in booker.stdout if line.endswith("\n")]
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
    assert story.ask("afterwards") is S.ASKED


def _race(racers: Sequence[subprocess.Popen[str]]) -> list[int]:
    for racer in racers:
        assert racer.stdout and racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    return [int(racer.communicate(timeout=30)[0]) for racer in racers]
