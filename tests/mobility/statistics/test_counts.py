"""Numbers by commune and hour, of six askers or more; of fewer nothing is left."""

from __future__ import annotations

import os

import pytest

from mobility.clock import DAY_S
from mobility.privacy.periods import HOUR_S, STATISTICS_S
from mobility.statistics.counts import CountedEnd, HourCount, HourlyCounts
from mobility.statistics.store import add_counts, counts_between, rule
from mobility.storage.retention import run
from mobility.storage.store import Store

ONE = 1_780_002_000 // HOUR_S * HOUR_S
TWO = ONE + HOUR_S
GROIX, LORIENT = "commune/56069", "commune/56121"


def counted(*asked: tuple[str, int], now: int = ONE) -> HourlyCounts:
    """asked: a commune, and how many different places looked for trips to it."""
    counts = HourlyCounts()
    counts.begins_hour(now)
    for commune, askers in asked:
        for number in range(askers):
            counts.count(commune, CountedEnd.TO, f"192.0.2.{number}", now)
    return counts


def taken(counts: HourlyCounts, now: int = TWO) -> list[HourCount]:
    assert counts.begins_hour(now)
    return counts.take([GROIX, LORIENT], now)


def test_six_askers_make_a_number_and_five_make_none() -> None:
    assert taken(counted((GROIX, 6), (LORIENT, 5))) == [HourCount(ONE, GROIX, CountedEnd.TO, 6)]


def test_who_asks_ten_times_counts_once() -> None:
    counts = counted((GROIX, 5))
    for _ in range(10):
        counts.count(GROIX, CountedEnd.TO, "192.0.2.1", ONE + 60)
    assert taken(counts) == []


def test_an_hour_is_given_away_once_and_nothing_stays_in_memory() -> None:
    counts = counted((GROIX, 9), (LORIENT, 5))
    assert len(taken(counts)) == 1
    assert counts.take([GROIX, LORIENT], TWO) == []
    assert not counts._numbers.any()
    assert not counts._seen.any()


def test_an_hour_that_nobody_fetched_is_forgotten() -> None:
    counts = counted((GROIX, 9))
    assert taken(counts, ONE + 2 * HOUR_S) == []


def test_all_processes_of_a_machine_count_together() -> None:
    counts = counted((GROIX, 3))
    child = os.fork()
    if child == 0:
        for number in range(3, 6):
            counts.count(GROIX, CountedEnd.TO, f"192.0.2.{number}", ONE)
        os._exit(0)
    os.waitpid(child, 0)
    assert [one.askers for one in taken(counts)] == [6]


@pytest.mark.parametrize("number", [0, 1])
def test_machines_add_up_and_old_numbers_go(store: Store, number: int) -> None:
    count = HourCount(ONE, GROIX, CountedEnd.TO, 6 + number)
    for _ in range(2):
        with store.writing() as connection:
            add_counts(connection, [count])
    with store.reading() as connection:
        assert [one.askers for one in counts_between(connection, ONE, TWO)] == [12 + 2 * number]
    assert run(store, [rule()], ONE + STATISTICS_S - DAY_S)[0].count == 0
    assert run(store, [rule()], ONE + STATISTICS_S)[0].count == 1
