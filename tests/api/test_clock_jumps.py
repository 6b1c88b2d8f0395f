"""A service whose clock jumps: what recurs goes on, whichever way."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import func, select

from mobility.carpool.limits import Limit, Limits
from mobility.clock import DAY_S
from mobility.errors import TooMany
from mobility.privacy.periods import STATISTICS_S
from mobility.statistics.tables import TRIP_COUNTS
from mobility.storage.store import Store, open_store, sqlite_url
from tests.api.people import SEALING
from tests.api.terminal import Publisher, hent
from tests.api.test_config import MINIMAL
from tests.forked import forked

SERVE = """
import sys
from pathlib import Path
from mobility import clock
from api.web import chores
ahead = Path(sys.argv[1])
clock._ahead_s = lambda: float(ahead.read_text() or 0)
chores.ASK_EVERY_S = 0.2
from api.commands import main
main(sys.argv[2:])
"""
YEAR_S = 365 * DAY_S
FEED = '[[feeds]]\nid = "town"\nlicence = "test"\nurl = "{url}"\nevery_h = 1\n'


@contextmanager
def serving(clock: Path, *words: object) -> Iterator[None]:
    command = ["-c", SERVE, clock, "serve", "--port", "0", "--workers", "1", *words]
    with forked(command, stdout=subprocess.PIPE) as process:
        give_up = Timer(500, process.kill)
        give_up.start()
        try:
            assert process.stdout
            assert "Hent ready" in process.stdout.readline()
            yield
        finally:
            give_up.cancel()
            process.terminate()


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not what():
        assert time.monotonic() < until
        time.sleep(0.1)


def shown(clock: Path, ahead_s: int) -> None:
    """At once: of a file that is half written the service would read that its clock is right again."""
    next_one = clock.with_suffix(".next")
    next_one.write_text(str(ahead_s))
    next_one.replace(clock)


def counted(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(TRIP_COUNTS)).scalar_one())


def count(store: Store, hour: int) -> None:
    with store.writing() as connection:
        connection.execute(TRIP_COUNTS.insert().values(hour=hour, commune="c", trip_end="from", askers=6))


def test_what_recurs_goes_on_when_the_clock_jumps_ahead_and_back(publisher: Publisher, tmp_path: Path) -> None:
    """A year ahead and back: the feed is fetched each time, and what is due is erased each time."""
    config, data, clock = tmp_path / "config.toml", tmp_path / "var", tmp_path / "clock"
    config.write_text(MINIMAL + FEED.format(url=publisher.address))
    clock.write_text("0")
    assert hent("feeds", "load", "town", "--config", config, "--data", data).exit_code == 0
    publisher.asked = 0
    with serving(clock, "--config", config, "--data", data):
        store = open_store(sqlite_url(data / "hent.sqlite3"))
        wait_for(lambda: publisher.asked == 1)
        for jump_s in (YEAR_S, 0, -YEAR_S):
            count(store, int(time.time()) + jump_s - STATISTICS_S)
            before = publisher.asked
            shown(clock, jump_s)
            wait_for(lambda before=before: publisher.asked > before)  # type: ignore[misc]
            wait_for(lambda: counted(store) == 0)


@pytest.mark.parametrize("ahead_s", [YEAR_S, 3600])
def test_a_limit_that_was_used_up_under_a_clock_that_was_ahead_is_free_again(store: Store, ahead_s: int) -> None:
    limits, limit, now = Limits(store, SEALING), Limit("asks", 2, DAY_S), 1_770_000_000
    for _ in range(2):
        limits.take(limit, "anna", now + ahead_s)
    limits.take(limit, "anna", now)
    limits.take(limit, "anna", now)
    with pytest.raises(TooMany):
        limits.take(limit, "anna", now)
