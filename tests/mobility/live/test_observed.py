"""Delays are counted once a call has passed, as they were last told, by line, stop, hour and kind of day alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from mobility.errors import StorageUnavailable
from mobility.live.delay_counts import (
    DayKind,
    DelayCount,
    DelayKey,
    add_delays,
    delays,
    keep_delays,
    rule,
)
from mobility.live.observed import KEEP_EVERY_S, ObservedDelays
from mobility.storage.store import Store
from tests.mobility.feeds.tiny import feed
from tests.mobility.live.now import Now, epoch, update

LINES = "b1 b1-1: A 8:00 > B 8:10 > C 8:20"


class Kept:
    """What was counted, shown short: `A 8: 1 calls, 0 s`."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.is_away = False
        self.observer = ObservedDelays(self._keep)

    def _keep(self, counts: Sequence[DelayCount], now_s: int) -> None:
        if self.is_away:
            raise StorageUnavailable
        for one in counts:
            stop = one.key.stop.partition("_")[2]
            told = f"{one.calls} made {one.delay_s} s" if one.calls else f"{one.cancelled} cancelled"
            self.rows.append(f"{one.key.kind} {stop} {one.key.hour} h: {told}")

    def told(self, shown: str, *updates: str) -> None:
        """What clocks show while this is the news."""
        at_s = epoch(shown)
        now = Now(feed(LINES), updates, at_s)
        self.observer.see(now.network, now.matched.runs, at_s)


def late(seconds: int, stop: str = "A") -> str:
    return update("b1-1 start_date:20260615", f"{stop} dep+{seconds}")


def test_each_call_counts_once_with_the_last_that_was_said_of_it() -> None:
    kept = Kept()
    kept.told("8:00", late(60))
    kept.told("8:02", late(60))
    kept.told("8:05", late(420))
    kept.told("8:18", late(420))
    kept.told("8:30", late(900))
    assert kept.rows == ["weekday A 8 h: 1 made 60 s", "weekday B 8 h: 1 made 420 s"]


def test_what_a_database_that_was_away_did_not_take_is_kept_when_it_is_back() -> None:
    kept = Kept()
    kept.told("7:59", late(60))
    kept.is_away = True
    with pytest.raises(StorageUnavailable):
        kept.told("8:05", late(60))
    kept.is_away = False
    kept.told("8:15", late(60))
    assert kept.rows == ["weekday A 8 h: 1 made 60 s", "weekday B 8 h: 1 made 60 s"]
    kept.told("8:16", late(60))
    assert len(kept.rows) == 2


def test_a_cancelled_run_counts_at_the_times_that_it_had() -> None:
    kept = Kept()
    gone = update("b1-1 start_date:20260615 schedule_relationship:CANCELED")
    kept.told("8:05", gone)
    kept.told("8:15", gone)
    assert kept.rows == ["weekday B 8 h: 1 cancelled"]


def test_what_nothing_is_known_of_does_not_count() -> None:
    kept = Kept()
    said = update("b1-1 start_date:20260615", "A NO_DATA", "C arr+30")
    kept.told("7:59", said)
    kept.told("8:09", said)
    kept.told("8:15", said)
    assert kept.rows == []


def count(month: str, calls: int = 1, **more: int) -> DelayCount:
    return DelayCount(DelayKey(month, "t_b1", "t_A", 8, DayKind.WEEKDAY), calls, **more)


def test_late_is_more_than_five_minutes_and_early_more_than_one() -> None:
    found = count("2026-06", 0)
    for late_s in (-61, -60, 0, 300, 301, 901, None):
        found = found.with_call(late_s)
    assert (found.calls, found.early, found.late, found.very_late, found.cancelled) == (6, 1, 2, 1, 1)
    assert found.delay_s == 1081 + 300


def test_counts_are_added_up_and_only_one_machine_counts_at_a_time(store: Store) -> None:
    now_s = epoch("8:00")
    assert keep_delays(store, [count("2026-06", 2, delay_s=60)], now_s)
    assert not keep_delays(store, [count("2026-06", 2, delay_s=60)], now_s + 60)
    assert keep_delays(store, [count("2026-06", 1, late=1, delay_s=400)], now_s + KEEP_EVERY_S)
    with store.reading() as connection:
        assert delays(connection) == [count("2026-06", 3, late=1, delay_s=460)]


@pytest.mark.parametrize(
    ("now", "left"),
    [("2027-06", ["2026-06", "2026-07"]), ("2027-07", ["2026-07"]), ("2027-08", [])],
)
def test_a_month_goes_thirteen_months_after_it_began(store: Store, now: str, left: list[str]) -> None:
    with store.writing() as connection:
        add_delays(connection, [count("2026-06"), count("2026-07")])
        year, month = map(int, now.split("-"))
        rule().apply(connection, int(datetime(year, month, 1, tzinfo=UTC).timestamp()))
        assert [one.key.month for one in delays(connection)] == left
