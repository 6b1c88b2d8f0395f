"""The steps of the chain one by one, each on an answer of a small town."""

from __future__ import annotations

from dataclasses import replace

from mobility.planning.planner import plan
from mobility.ranking.codes import Code
from mobility.ranking.costs import Option, RankingSettings
from mobility.ranking.filters import first_page, undominated
from mobility.ranking.handful import offers_nothing_beside
from mobility.ranking.options import choose
from mobility.routing.itinerary import Itinerary
from mobility.routing.query import Query
from mobility.routing.time_span import TimeSpan
from mobility.travellers.profiles import ADULT, Costs
from tests.town import ask, moment, town

DAY = "2026-06-03"
ROW = "A 0 0, B 3 0, C 6 0"
DIRECT_AND_CHANGE = "Bus1\nA C\n8:00 8:40\n\nBus2\nA B\n8:05 8:10\n\nBus3\nB C\n8:13 8:25"
HALF_HOURLY = "Bus1\nA C\n8:00 8:20\n8:30 8:50\n9:00 9:20"


def found(lines: str, stops: str = ROW) -> tuple[Itinerary, ...]:
    territory = town(stops, lines)
    return plan(territory, ask(territory, "A", "C", f"{DAY} 7:58", window_s=7200)).itineraries


def test_a_slower_trip_with_fewer_changes_is_not_beaten() -> None:
    slow, quick = found(DIRECT_AND_CHANGE)
    assert (slow.transfers, quick.transfers) == (0, 1)
    assert undominated([slow, quick]).kept == [quick, slow]
    assert undominated([slow, quick]).lost == []


def test_what_leaves_earlier_is_there_later_and_changes_as_often_is_beaten() -> None:
    (slow,), (quick,) = found("Bus1\nA C\n8:00 8:40"), found("Bus2\nA C\n8:05 8:30")
    sifted = undominated([slow, quick])
    assert sifted.kept == [quick]
    assert [(loss.code, next(iter(loss.told())).itinerary) for loss in sifted.lost] == [(Code.DOMINATED, slow)]


def test_of_two_equal_ones_one_stays() -> None:
    (one,) = found("Bus1\nA C\n8:00 8:40")
    sifted = undominated([one, one])
    assert (sifted.kept, sum(loss.count for loss in sifted.lost)) == ([one], 1)


def asked(**rest: object) -> Query:
    territory = town(ROW, HALF_HOURLY)
    return ask(territory, "A", "C", f"{DAY} 7:58", **({"window_s": 60, "results": 1} | rest))


def times(*clocks: str) -> tuple[int, ...]:
    return tuple(moment(f"{DAY} {clock}") for clock in clocks)


def test_the_next_page_begins_with_the_first_one_that_is_not_on_this() -> None:
    first, second, third = found(HALF_HOURLY)
    span = TimeSpan(*times("7:58", "9:58"))
    page = first_page([first, second, third], asked(), span, most=60)
    assert page.kept == (first,)
    assert page.span == TimeSpan(*times("7:58", "8:30"))
    (loss,) = page.lost
    assert (loss.code, [one.itinerary for one in loss.told()]) == (Code.ANOTHER_PAGE, [second, third])


def test_the_page_before_ends_just_after_the_last_one_that_is_not_on_this() -> None:
    """With arrive-by one looks back: the 8:50 is the last that is there by 9:00, and the 8:20 is on the page before."""
    first, second, _ = found(HALF_HOURLY)
    from_s, by_s = times("7:00", "9:00")
    query = asked(arrive_by=True)
    page = first_page([first, second], replace(query, at_s=by_s), TimeSpan(from_s, by_s + 1), most=60)
    assert page.kept == (second,)
    (there_s,) = times("8:20")
    assert page.span == TimeSpan(there_s + 1, by_s + 1)


def test_a_page_that_holds_all_loses_nothing() -> None:
    every = found(HALF_HOURLY)
    span = TimeSpan(*times("7:58", "9:58"))
    page = first_page(every, asked(results=5), span, most=60)
    assert (page.kept, page.span, page.lost) == (every, span, [])


WALK_AND_BUS = "\n\nBus4\nD C\n8:18 8:36"
TWO_BUSES = "Bus1\nA B\n8:12 8:18\n\nBus2\nB C\n8:21 8:33"
STOPS = "A 0 0, B 3 0, C 6 0, D 0 0.7"


def options(lines: str) -> list[Option]:
    territory = town(STOPS, lines)
    answer = plan(territory, ask(territory, "A", "C", f"{DAY} 7:58", window_s=3600))
    return list(choose(territory, answer, RankingSettings(), handful=False).shown)


def test_who_walks_farther_for_longer_but_changes_no_vehicle_gains_something() -> None:
    walked, changed = options(TWO_BUSES + WALK_AND_BUS)
    assert str(walked.itinerary) == "walk 12m > D | Bus4 D 8:18 > C 8:36"
    assert (walked.itinerary.transfers, changed.itinerary.transfers) == (0, 1)
    assert changed.itinerary.arrival_s <= walked.itinerary.arrival_s
    assert not offers_nothing_beside(walked, changed)


def test_where_the_other_changes_no_more_the_walk_gains_nothing() -> None:
    direct, walked = options("Bus1\nA C\n8:05 8:29" + WALK_AND_BUS)
    assert offers_nothing_beside(walked, direct)


def test_in_a_handful_the_walk_to_a_direct_bus_stays_beside_a_change() -> None:
    """Bus5 has the fewest changes for less, so no label speaks for the walk; what stays is that it changes less than
    the two buses that are shown."""
    territory = town(STOPS, TWO_BUSES + WALK_AND_BUS + "\n\nBus5\nA C\n8:07 8:41")
    profile = replace(ADULT, costs=Costs(waiting=0.0))
    query = ask(territory, "A", "C", f"{DAY} 7:58", window_s=3600, profile=profile)
    choice = choose(territory, plan(territory, query), RankingSettings(), handful=True)
    walked = [one for one in choice.shown if one.itinerary.walk_m > 200]
    assert [one.labels for one in walked] == [(Code.ALTERNATIVE,)]
    assert [one.code for one in choice.dropped] == []
