"""Many requests from one place are counted without remembering the place."""

from __future__ import annotations

import os

import pytest

from mobility.errors import TooMany
from mobility.privacy.fair_use import FairUse

NOON = 1_780_000_020


def test_who_asks_too_often_in_a_minute_waits_for_the_next() -> None:
    known = FairUse(3)
    for _ in range(3):
        known.count("192.0.2.7", NOON)
    with pytest.raises(TooMany) as refused:
        known.count("192.0.2.7", NOON)
    known.count("192.0.2.7", NOON + refused.value.retry_after_s)


def test_others_are_not_kept_waiting() -> None:
    known, refused = FairUse(3), 0
    for number in range(3000):
        known.count(f"192.0.{number // 250}.{number % 250}", NOON)
        try:
            known.count("198.51.100.7", NOON)
        except TooMany:
            refused += 1
    assert refused == 3000 - 3


def test_all_processes_of_a_machine_count_together() -> None:
    known = FairUse(2)
    child = os.fork()
    if child == 0:
        known.count("192.0.2.7", NOON)
        os._exit(0)
    os.waitpid(child, 0)
    known.count("192.0.2.7", NOON)
    with pytest.raises(TooMany):
        known.count("192.0.2.7", NOON)


def test_the_same_address_leaves_other_traces_in_another_minute_and_in_another_service() -> None:
    known, other = FairUse(3), FairUse(3)
    places = {known._places("192.0.2.7", 1), known._places("192.0.2.7", 2), other._places("192.0.2.7", 1)}
    assert len(places) == 3
