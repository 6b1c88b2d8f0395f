"""A search that its clock ends: what it found is told, whole, and the next search knows nothing of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from mobility.search import search, tripbased
from mobility.search.path import Ends, Path
from mobility.search.search import NO_LIMITS, SearchDay
from tests import tiny
from tests.tiny import Tiny

OVER = replace(NO_LIMITS, until_ns=0)
LINES, TRIPS = 60, 400


def row(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


@pytest.fixture(scope="module", params=["by rounds", "by trips"])
def chain(request: pytest.FixtureRequest) -> SearchDay:
    """Lines between two stops each, one after the other: who goes all the way changes at each stop."""
    blocks = [
        (
            f"L{line}",
            [chr(200 + line), chr(201 + line)],
            [[(at, at), (at + 30, at + 30)] for at in range(0, TRIPS * 60, 60)],
        )
        for line in range(LINES)
    ]
    stops = "".join(chr(200 + stop) for stop in range(LINES + 1))
    day = search.search_day(tiny.laid_out(stops, blocks), tiny.footpaths(LINES + 1, [], {}))
    return search.accelerated(day, workers=1) if request.param == "by trips" else day


def ends(rides: int) -> Ends:
    return Ends(row(0), row(0), row(rides), row(0))


def quickest(find: Callable[[], list[Path]]) -> tuple[float, list[Path]]:
    """The least of five runs, in time of the processor: the clock runs on while others have it."""
    runs = []
    for _ in range(5):
        began_s = time.thread_time()
        found = find()
        runs.append((time.thread_time() - began_s, found))
    return min(runs, key=lambda run: run[0])


@pytest.mark.parametrize("find", [search.window, search.window_arriving])
def test_past_its_time_a_search_begins_no_round_and_leaves_nothing_behind(chain: SearchDay, find) -> None:
    whole = find(chain, ends(12), 0, 12000)
    assert len(whole) > 100
    assert {len(path.rides) for path in find(chain, ends(12), 0, 12000, OVER)} <= {1}
    assert find(chain, ends(12), 0, 12000) == whole


def test_a_search_of_many_departures_ends_between_two_of_them(chain: SearchDay) -> None:
    search.window(chain, ends(16), 0, 60)  # compiled by now
    whole_s, whole = quickest(lambda: search.window(chain, ends(16), 0, TRIPS * 60))

    def ended() -> list[Path]:
        limits = replace(NO_LIMITS, until_ns=time.monotonic_ns() + int(whole_s * 1e9 / 10))
        return search.window(chain, ends(16), 0, TRIPS * 60, limits)

    ended_s, found = quickest(ended)
    assert ended_s < whole_s / 2
    assert len(found) < len(whole)
    assert found == whole[: len(found)], "the latest departures come first, each as the whole search tells it"


CHANGES = """
    Bus1
    A     B
    8:00  8:10

    Tram2
    B     C
    8:12  8:25

    Bus3
    C     D
    8:30  8:40

    Express
    C     E
    8:26  8:28

    Ferry
    E     D
    8:29  8:32
    """
BY_BUS = "Bus1 A 8:00 > B 8:10 | Tram2 B 8:12 > C 8:25 | Bus3 C 8:30 > D 8:40"
BY_FERRY = "Bus1 A 8:00 > B 8:10 | Tram2 B 8:12 > C 8:25 | Express C 8:26 > E 8:28 | Ferry E 8:29 > D 8:32"


@pytest.mark.usefixtures("plain_kernels")
def test_what_was_found_with_few_rides_stays_when_time_ends_in_the_search_with_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The clock is asked before each round, and goes on by one with each: two rounds for three rides, then those for
    more of them, up to the fourth round that the ferry takes, and one in which nothing is left."""
    made = tiny.timetable(CHANGES)
    town = Tiny(search.accelerated(made.day, workers=1), made.stops, made.lines)

    def told(until_ns: int) -> list[str]:
        rounds = count()
        monkeypatch.setattr(tripbased, "monotonic_ns", lambda: next(rounds))
        return town.pareto("A", "D", "8:00", replace(NO_LIMITS, until_ns=until_ns))

    whole = [BY_BUS, BY_FERRY]
    assert [told(rounds) for rounds in range(9)] == [[], []] + [[BY_BUS]] * 4 + [whole] * 3
