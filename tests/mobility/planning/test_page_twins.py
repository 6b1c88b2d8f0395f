"""What is listed beside what: of two trips seconds apart the one that changes more often is shown on no page, though
they lie on different ones; nothing that leaves no later, is there no earlier and changes no less than another one.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable
from datetime import date, datetime
from itertools import product
from random import Random
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mobility.planning.planner import plan
from mobility.ranking.codes import Code
from mobility.ranking.costs import RankingSettings
from mobility.ranking.options import choose
from mobility.routing.itinerary import Itinerary, stop_spot
from mobility.routing.query import Query
from mobility.search import search as kernels
from mobility.search.path import Ends, Path
from mobility.search.search import SearchDay, SearchLimits
from tests.mobility.routing.test_changes_counted import DAYS, territory
from tests.tiny import seconds
from tests.town import moment, spot, town

STOPS = "P 0.1 0, S 0.12 0, M 3 0, Q 12.12 0, R 12.1 0"
"""On foot the door at 0 0 is 98 s from P and 118 s from S, the one at 12 0 as far from R and Q."""
BOTH_WAYS = pytest.mark.parametrize("arrive_by", [False, True], ids=["leaving", "arriving"])


def page(through: str, changing: str, arrive_by: bool, **rest: Any) -> tuple[list[str], set[Code]]:
    """First lines, and codes of the losses. through, changing: where the bus to Q and the bus to M leave at 8:30; by a
    time of arrival all is turned round, and they are there at 8:45."""
    lines = f"Bus1\n{through} Q\n8:30 8:45\n\nBus2\n{changing} M\n8:30 8:35\n\nBus3\nM R\n8:40 8:45"
    if arrive_by:
        lines = f"Bus1\nQ {through}\n8:30 8:45\n\nBus2\nR M\n8:30 8:35\n\nBus3\nM {changing}\n8:40 8:45"
    found = town(STOPS, lines)
    ends = [spot(found, "0 0"), spot(found, "12 0")]
    start, end = reversed(ends) if arrive_by else ends
    answer = plan(found, Query(start, end, arrive_by=arrive_by, widen=False, direct_modes=(), **rest))
    return [one.rides[0].line_name for one in answer.itineraries], {loss.code for loss in answer.removed}


def turned(clock: str, arrive_by: bool) -> int:
    """By a time of arrival as long after 8:45 as that is before 8:30."""
    at_s, leaves_s, arrives_s = (moment(f"2026-06-03 {one}") for one in (clock, "8:30", "8:45"))
    return leaves_s + arrives_s - at_s if arrive_by else at_s


@BOTH_WAYS
def test_a_twin_of_the_next_page_takes_a_change_out(arrive_by: bool) -> None:
    """One leaves the door at 8:28:02 to change, and at 8:28:22 to ride through; this page ends in between. Or one is
    there at 8:46:58 by a change, and at 8:46:38 riding through; the page before ends in between."""
    until = {"at_s": turned("8:00", arrive_by), "window_s": 28 * 60 + 10}
    assert page("P", "S", arrive_by, **until) == ([], {Code.TWIN})


@BOTH_WAYS
def test_a_twin_of_the_page_before_takes_a_change_out(arrive_by: bool) -> None:
    """At 8:28:02 to ride through, at 8:28:22 to change."""
    between = {"at_s": turned("8:28:10", arrive_by), "window_s": 600}
    assert page("S", "P", arrive_by, **between, continues=True) == ([], {Code.TWIN})


@BOTH_WAYS
def test_who_asks_at_that_moment_cannot_take_what_has_left(arrive_by: bool) -> None:
    between = {"at_s": turned("8:28:10", arrive_by), "window_s": 600}
    assert page("S", "P", arrive_by, **between) == (["Bus2"], set())


@pytest.fixture
def moments_searched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Filled with each single moment that is searched, as its day counts."""
    searched_at_s: list[int] = []

    def noting(pareto: Callable[..., list[Path]]) -> Callable[..., list[Path]]:
        def noted(day: SearchDay, ends: Ends, at_s: int, limits: SearchLimits) -> list[Path]:
            searched_at_s.append(at_s)
            return pareto(day, ends, at_s, limits)

        return noted

    for name in ("pareto", "pareto_arriving"):
        monkeypatch.setattr(kernels, name, noting(getattr(kernels, name)))
    return searched_at_s


@BOTH_WAYS
def test_what_follows_a_page_is_known_from_the_search_of_the_page(moments_searched: list[int], arrive_by: bool) -> None:
    test_a_twin_of_the_next_page_takes_a_change_out(arrive_by)
    asked_at = "33:15" if arrive_by else "8:00"  # back in time a morning is searched on the day before
    assert moments_searched == [seconds(asked_at)], "why the page is empty is asked of its beginning alone"


@BOTH_WAYS
def test_what_can_be_had_a_second_later_as_well_is_not_looked_for_again(
    moments_searched: list[int], arrive_by: bool
) -> None:
    """With a change, leaving the door at 8:28:22, or there at 8:46:38."""
    changing = {"at_s": turned("8:28:21", arrive_by), "window_s": 0}
    assert page("M", "P", arrive_by, **changing) == (["Bus2"], set())
    assert len(moments_searched) == 1


@BOTH_WAYS
def test_what_is_best_a_second_later_is_looked_for_where_something_leaves_at_that_very_moment(
    moments_searched: list[int], arrive_by: bool
) -> None:
    changing = {"at_s": turned("8:28:22", arrive_by), "window_s": 0}
    page("M", "P", arrive_by, **changing)
    assert len(moments_searched) > 1


DATA = os.environ.get("HENT_REFERENCE_DATA", "")
QUESTIONS = 60


@pytest.mark.skipif(not DATA, reason="HENT_REFERENCE_DATA is not set: no real feeds")
@pytest.mark.parametrize("name", ["helsinki", "perigueux"])
def test_on_real_feeds_nothing_shown_is_later_longer_and_with_more_changes_and_no_twin_is_on_the_next_page(
    name: str,
) -> None:
    """What stands first beside what stands first; every departure beside those of its page and of the next. In the list
    a departure may be later, longer and with more changes than one before it: who misses that one takes it."""
    found, day = territory(pathlib.Path(DATA) / "gtfs" / f"{name}.zip", DAYS[name]), DAYS[name]
    outdone, twins, beaten, answered = list[str](), list[str](), list[str](), 0
    for query in questions(found, day):
        answer = plan(found, query)
        later = Query(query.origin, query.destination, answer.searched_until_s, continues=True, window_s=3600)
        first = [one.itinerary for one in choose(found, answer, RankingSettings(), handful=True).shown]
        outdone += [f"{one} | {other}" for one, other in product(first, first) if is_outdone(one, other)]
        listed = [*answer.itineraries, *plan(found, later).itineraries]
        twins += [f"{one} | {other}" for one, other in product(listed, listed) if is_twin(one, other)]
        beaten += [f"{one} | {other}" for one, other in product(listed, listed) if is_beaten(one, other)]
        answered += bool(answer.itineraries)
    assert (outdone, twins, beaten) == ([], [], [])
    assert answered > QUESTIONS / 2


def questions(found: Any, day: date) -> list[Query]:
    random, stops = Random(5), found.network.stops
    served = [row for row in range(len(stops)) if stops.kind[row] == 0 and stops.modes[row]]
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(found.network.zones[0])).timestamp())
    ends = [[stop_spot(found.network, row) for row in random.sample(served, 2)] for _ in range(QUESTIONS)]
    return [Query(*both, midnight + 60 * random.randrange(360, 1200), window_s=3600) for both in ends]


def is_outdone(one: Itinerary, other: Itinerary) -> bool:
    sooner = other.arrival_s < one.arrival_s and other.duration_s < one.duration_s
    return sooner and other.transfers < one.transfers


def is_twin(one: Itinerary, other: Itinerary) -> bool:
    near = abs(other.departure_s - one.departure_s) < 60 and abs(other.arrival_s - one.arrival_s) < 60
    return near and len(other.rides) < len(one.rides)


def is_beaten(one: Itinerary, other: Itinerary) -> bool:
    """The other leaves no earlier, is there no later, changes no more, and is better in one of these."""
    mine, its = ((way.departure_s, -way.arrival_s, -len(way.rides)) for way in (one, other))
    return mine != its and all(better >= worse for worse, better in zip(mine, its, strict=True))


def test_a_ride_that_leaves_before_and_is_there_after_another_with_more_changes_is_not_listed() -> None:
    """Slow1 and Slow2 leave at 8:00 and are there at 9:00; Quick leaves at 8:10 and is there at 8:40. Late1 and Late2
    leave at 8:50, are there at 10:00 and are listed: nothing else leaves after 8:10."""
    lines = """
        Slow1
        A M
        8:00 8:25

        Slow2
        M B
        8:30 9:00

        Quick
        A B
        8:10 8:40

        Late1
        A M
        8:50 9:15

        Late2
        M B
        9:20 10:00
        """
    found = town("A 0 0, M 6 0, B 12 0", dedent(lines))
    query = Query(spot(found, "A"), spot(found, "B"), moment("2026-06-03 7:55"), window_s=2 * 3600, direct_modes=())
    answer = plan(found, query)
    assert [[ride.line_name for ride in one.rides] for one in answer.itineraries] == [["Quick"], ["Late1", "Late2"]]
    (first,) = choose(found, answer, RankingSettings(), handful=True).shown
    assert [ride.line_name for ride in first.itinerary.rides] == ["Quick"], "what is outdone stands first nowhere"
