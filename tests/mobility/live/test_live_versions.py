"""What the writer keeps from version to version, and when the day of one is made quick."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from threading import Event

from mobility.live.live_versions import Published, Quickened, publish
from mobility.network.changed_runs import no_runs
from mobility.network.live_files import LiveState
from mobility.search.live_days import live_days
from tests.mobility.feeds.tiny import feed
from tests.mobility.live.now import Now, update

TODAY = date(2026, 6, 3)
LATE = update("b1", "A dep+60")


class Made:
    """Days that tell when they are made quick, and with what niceness."""

    def __init__(self) -> None:
        self.quick = Event()
        self.niceness = 0

    def prepare(self, day: date) -> None:
        self.niceness = os.getpriority(os.PRIO_PROCESS, 0)
        self.quick.set()


class NobodyQuickens(Quickened):
    def take(self, days: object, day: date) -> None:
        """Tests do not wait for it."""


def published(data: Path, *files: Now) -> Published:
    """What a writer keeps after these."""
    kept = Published(NobodyQuickens())
    for now in files:
        publish(data, now.network, LiveState(now.network.version, now.matched.runs), now.at_s, kept)
    return kept


def test_of_versions_that_never_rest_one_is_made_quick_nevertheless() -> None:
    """One comes each hundredth of a second, until one is quick."""
    quickened, come = Quickened(rest_s=1, longest_s=0.1), [Made() for _ in range(300)]
    for days in come:
        quickened.take(days, TODAY)
        if days.quick.wait(0.01):
            break
    assert any(days.quick.is_set() for days in come)


def test_a_day_is_made_quick_after_answers_though_news_go_before_them() -> None:
    """The writer takes five steps before the service; a thread begins with those of the one that begins it."""
    days = Made()
    Quickened(rest_s=0).take(days, TODAY)
    assert days.quick.wait(20)
    assert days.niceness == min(19, os.getpriority(os.PRIO_PROCESS, 0) + 5)


def test_the_network_of_the_last_version_is_kept_for_the_next(tmp_path: Path) -> None:
    now = Now(feed("Bus b1: A 8:00 > B 8:10"), [LATE])
    last = published(tmp_path, now).last
    assert last is not None and last.planned is now.network


def test_a_network_of_which_nothing_is_known_any_more_is_held_no_longer(tmp_path: Path) -> None:
    now = Now(feed("Bus b1: A 8:00 > B 8:10"), [LATE])
    kept = published(tmp_path, now)
    publish(tmp_path, now.network, LiveState(now.network.version, no_runs()), now.at_s, kept)
    assert kept.last is None


def test_a_network_that_a_load_has_replaced_is_held_no_longer(tmp_path: Path) -> None:
    """What is known of the next one was put in force by the load itself."""
    now, loaded = (Now(feed(f"Bus b1: A 8:00 > B {at}"), [LATE]) for at in ("8:10", "8:12"))
    state = LiveState(loaded.network.version, loaded.matched.runs)
    kept = published(tmp_path, now)
    publish(tmp_path, loaded.network, state, loaded.at_s)
    publish(tmp_path, loaded.network, state, loaded.at_s, kept)
    assert kept.last is None


def test_of_the_days_of_one_version_a_process_keeps_few_in_memory(tmp_path: Path) -> None:
    days = live_days(tmp_path, Now(feed("Bus b1: A 8:00 > B 8:10"), [LATE]).live)
    for ahead in range(10):
        days.on(TODAY + timedelta(ahead))
    assert [day.day for day, _ in days.dates()] == [7, 8, 9, 10, 11, 12]
