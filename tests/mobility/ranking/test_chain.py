"""For each code a small timetable in which something is found and not shown for it: nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from shapely import box

from mobility.network.terrain import Terrain
from mobility.planning.planner import plan
from mobility.ranking.chain import Filter, Lost, Proof, first_code, flagged, in_full, once, untold
from mobility.ranking.codes import Code
from mobility.ranking.costs import RankingSettings
from mobility.ranking.filters import FILTERS, ItineraryCase
from mobility.ranking.options import choose
from mobility.ranking.rules import rules
from mobility.routing.carpool.rules import CarpoolRules
from mobility.routing.itinerary import Itinerary
from mobility.routing.query import Walking
from mobility.routing.territory import Territory
from mobility.travellers.profiles import ADULT, StepFree
from tests.bookings import booked
from tests.mobility.carpool.rides import offer, shared
from tests.town import ask, at, moment, town

DAY = "2026-06-03"
ROW = "A 0 0, B 3 0, C 6 0"
HARBOUR = "B 3 0, D 3.5 0, C 9 0, Z 3 3"
BASIN = Terrain(barriers=(box(at("3.2 0").lon, at("0 -1").lat, at("3.3 0").lon, at("0 1").lat),), quay_m=20)
ROUND_IT = {"transfers": "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nB,D,2,540"}
FERRY_AND_BACK = "Boat2\nB Z\n7:20 7:30\n\nBoat3\nZ B\n7:35 7:45\n\nBus4\nD C\n8:20 8:40"
BIKE, BY_BIKE = ("WALK", "BIKE"), {"walking": Walking(access_modes=("WALK", "BIKE"))}
BY_CAR = {"walking": Walking(access_modes=("WALK", "CAR_DROPOFF"))}
FAR = "A 0 0, B 10 0, C 20 0"
BUS = "Bus1\nA B\n8:00 8:30"
BOAT = "Boat1\nB C\n8:15 8:30"
TWO_BUSES = "Bus1\nA B\n7:40 8:20\n8:20 8:38"
EARLY_BUS = "Bus1\nA B\n7:40 8:20\n\nBus2\nA C\n7:50 8:50"
THREE_BUSES = "Bus1\nA C\n8:00 8:20\n\nBus2\nA C\n8:01 8:21\n\nBus3\nA C\n8:02 8:22"
TWINS = "Bus1\nS Q\n8:30 8:45\n\nBus2\nP M\n8:30 8:35\n\nBus3\nM Q\n8:40 8:45"
TRUNK = "Bus1\nA M\n8:00 8:10\n8:05 8:15\n8:10 8:20\n8:15 8:25\n\n" + "\n\n".join(
    f"Bus{line}\nM C\n{leaves} {arrives}"
    for line, leaves, arrives in ((2, "8:13", "8:25"), (3, "8:18", "8:30"), (4, "8:23", "8:35"), (5, "8:28", "8:40"))
)
"""One line to M, and from there another one at each time."""


def lost(territory: Territory, start: str, end: str, when: str, most: int = 3, **rest: Any) -> list[Lost]:
    """What a handful of an answer does not show."""
    answer = plan(territory, ask(territory, start, end, f"{DAY} {when}", **rest))
    choice = choose(territory, answer, RankingSettings(most=most), handful=True)
    told = [one for loss in answer.removed for one in loss.told()]
    assert sum(loss.count for loss in answer.removed) == len(told)
    return [*told, *(Lost(one.code, one.option.itinerary, one.option.itinerary.transfers) for one in choice.dropped)]


def in_town(lines: str, when: str = "7:58", stops: str = ROW, **rest: Any) -> list[Lost]:
    return lost(town(stops, lines), "A", "C", when, **({"window_s": 3600} | rest))


def by_car(*drives: str, lines: str = BUS, end: str = "B", carpools: int = 3, **rest: Any) -> list[Lost]:
    offers = [offer(f"Driver{number}", drive) for number, drive in enumerate(drives)]
    rules = CarpoolRules(margin_s=600, early_s=300, nearer_m=500, most=carpools)
    return lost(shared(offers, FAR, lines, rules=rules)[0], "A", end, "7:30", **rest)


EXAMPLES: dict[Code, tuple[str, Callable[[], list[Lost]]]] = {
    Code.BOOKING_CLOSED: (
        "8:20",
        lambda: lost(booked("1,15:00"), "A", "C", "7:50", now_s=moment("2026-06-02 15:01"), window_s=7200),
    ),
    Code.RIDES_IN_A_CIRCLE: (
        "8:40",
        lambda: lost(
            town(HARBOUR, FERRY_AND_BACK, ROUND_IT, BASIN), "2.9 0", "C", "7:00", walking=Walking(access_s=180)
        ),
    ),
    Code.DOMINATED: (
        "8:48",
        lambda: lost(
            town("P 0.3 0, S 3 0, Q 12 0", "Bus1\nP Q\n8:30 8:45\n\nBus2\nS Q\n8:25 8:48"), "0 0", "Q", "8:00", **BY_CAR
        ),
    ),
    Code.TWIN: (
        "8:45",
        lambda: lost(town("P 0.1 0, S 0.12 0, M 3 0, Q 12 0", TWINS), "0 0", "Q", "8:20", window_s=3600),
    ),
    Code.LONGER_THAN_ASKED: ("8:40", lambda: in_town("Bus1\nA C\n8:00 8:40", longest_s=1800)),
    Code.WALKING_IS_AS_FAST: (
        "8:50",
        lambda: lost(town("A 0 0, B 1.2 0", "Bus1\nA B\n8:05 8:50"), "A", "B", "8:00", direct_modes=()),
    ),
    Code.CYCLING_IS_AS_FAST: (
        "8:42",
        lambda: lost(town("S 2 0, C 4 0", "Bus1\nS C\n8:30 8:42"), "0 0", "C", "8:00", direct_modes=BIKE, **BY_BIKE),
    ),
    Code.VEHICLE_GAINS_LITTLE: (
        "8:42",
        lambda: lost(town("S 0.1 0, C 9 0", "Bus1\nS C\n8:30 8:42"), "0 0", "C", "8:00", **BY_BIKE),
    ),
    Code.ANOTHER_PAGE: (
        "8:30 8:40",
        lambda: in_town("Bus1\nA C\n8:00 8:20\n8:10 8:30\n8:20 8:40", results=1, most_results=1),
    ),
    Code.SAME_DRIVER: ("8:30", lambda: by_car("A 7:40 > B 8:00 > C 8:33", lines=BOAT, end="C", window_s=7200)),
    Code.OUTSIDE_WINDOW: (
        "8:55",
        lambda: by_car("B 8:45 > C 8:55", lines=TWO_BUSES, end="C", window_s=1800, widen=False),
    ),
    Code.DRIVER_NOT_MET: ("8:55", lambda: by_car("B 8:45 > C 8:55", lines=EARLY_BUS, end="C", window_s=3600)),
    Code.ENOUGH_CARPOOLS: ("8:05", lambda: by_car("A 7:40 > B 8:00", "A 7:45 > B 8:05", carpools=1, window_s=3600)),
    Code.HAS_LEFT: ("8:20", lambda: in_town("Bus1\nA C\n8:00 8:20\n8:10 8:30", now_s=moment(f"{DAY} 8:05"))),
    Code.SAME_RIDE: ("8:30", lambda: in_town("Bus1\nA C\n8:00 8:20\n8:10 8:30")),
    Code.ANOTHER_TIME: ("9:05", lambda: in_town(f"{THREE_BUSES}\n\nBus4\nA C\n8:55 9:05")),
    Code.HOPELESSLY_LONG: (
        "20:10",
        lambda: in_town("Bus1\nA C\n8:00 8:20\n\nBoat4\nA B\n8:10 8:20\n\nBus5\nB C\n20:00 20:10"),
    ),
    Code.SIMILAR_RIDES: ("8:40", lambda: in_town(TRUNK, "7:58", "A 0 0, M 7 0, C 10 0")),
    Code.FAR_LONGER: ("9:50", lambda: in_town(f"{THREE_BUSES}\n\nBus4\nA C\n8:40 9:50")),
    Code.NOTHING_GAINED: (
        "8:36",
        lambda: in_town(f"{THREE_BUSES}\n\nBus4\nB C\n8:18 8:36", stops="A 0 0, B 0 0.7, C 6 0", most=5),
    ),
    Code.OUTDONE: ("8:40", lambda: in_town("Bus1\nA C\n8:00 8:20\n\nBus4\nA B\n8:10 8:20\n\nBus5\nB C\n8:25 8:40")),
    Code.ENOUGH_OPTIONS: ("8:23", lambda: in_town(f"{THREE_BUSES}\n\nBus4\nA C\n8:03 8:23")),
}
"""With each the arrivals of what is lost in it; all else of it is shown."""


@pytest.mark.parametrize("code", rules())
def test_what_is_lost_by_a_rule_bears_its_code_and_nothing_else_is_lost(code: Code) -> None:
    arrivals, example = EXAMPLES[code]
    expected = [(moment(f"{DAY} {clock}"), code) for clock in arrivals.split()]
    assert sorted((one.itinerary.arrival_s, one.code) for one in example()) == expected


EVERY_MINUTE = "Bus1\nA C\n" + "\n".join(f"8:{minute:02} 8:{minute + 9:02}" for minute in range(50))
ALL_SURE = ", ".join(["A yes", "C yes", *(f"Bus1-{number} yes" for number in range(1, 51))])
PAGE_OF_THREE = {"window_s": 3600, "results": 1, "most_results": 3}


def starts(itineraries: Iterable[Itinerary]) -> list[int]:
    """Minutes after eight."""
    eight_s = moment(f"{DAY} 8:00")
    return sorted((one.departure_s - eight_s) // 60 for one in itineraries)


@pytest.mark.parametrize("rolling", [False, True])
def test_what_was_never_put_together_is_told_once_somebody_asks(rolling: bool) -> None:
    """Only as many as fill a page, and the next one, are put together at once. Who rolls is answered by two searches,
    which find the same here."""
    profile = replace(ADULT, step_free=StepFree.NEEDED if rolling else StepFree.ANY)
    territory = town(ROW, EVERY_MINUTE, step_free=ALL_SURE)
    query = ask(territory, "A", "C", f"{DAY} 7:59", step_free=rolling, profile=profile, **PAGE_OF_THREE)
    answer = plan(territory, query)
    assert starts(answer.itineraries) == [0, 1, 2]
    assert {loss.code for loss in answer.removed} == {Code.ANOTHER_PAGE}
    assert sum(loss.count for loss in answer.removed) == 47
    assert starts(one.itinerary for loss in answer.removed for one in loss.told()) == list(range(3, 50))


def test_what_can_be_booked_no_more_bears_its_code_on_later_pages_too() -> None:
    """Of 50 buses those of 8:40 and 8:45 stop for who has telephoned the day before until three. It is too late."""
    late = {"now_s": moment("2026-06-02 15:01")}
    territory = town(ROW, EVERY_MINUTE, more=on_demand(40, 45))
    answer = plan(territory, ask(territory, "A", "C", f"{DAY} 7:59", **PAGE_OF_THREE, **late))
    told = [one for loss in answer.removed for one in loss.told()]
    assert len(told) == len([one for loss in answer.removed for one in loss.told()])
    assert sum(loss.count for loss in answer.removed) == len(told) == 47
    assert starts(one.itinerary for one in told if one.code is Code.BOOKING_CLOSED) == [40, 45]
    counts = {loss.code: loss.count for loss in in_full(answer.removed)}
    assert counts == {Code.ANOTHER_PAGE: 45, Code.BOOKING_CLOSED: 2}


def on_demand(*minutes: int) -> dict[str, str]:
    """Of the buses of EVERY_MINUTE those that leave at these minutes, as tables."""
    calls = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,pickup_booking_rule_id\n"
    for minute in range(50):
        rule, trip = "2,R" if minute in minutes else "0,", f"Bus1-{minute + 1}"
        for number, (stop, at_minute) in enumerate((("A", minute), ("C", minute + 9))):
            clock = f"8:{at_minute:02}:00"
            calls += f"{trip},{clock},{clock},{stop},{number},{rule}\n"
    rules = "booking_rule_id,booking_type,prior_notice_last_day,prior_notice_last_time\nR,2,1,15:00:00"
    return {"stop_times": calls, "booking_rules": rules}


def test_of_a_carpool_that_was_not_finished_the_best_that_may_come_of_it_is_told() -> None:
    (found,) = by_car("A 7:40 > B 8:00", "A 7:45 > B 8:05", carpools=1, window_s=3600)
    assert (found.itinerary.departure_s, found.itinerary.arrival_s) == (moment(f"{DAY} 7:40"), moment(f"{DAY} 8:05"))


def test_of_two_searches_nothing_is_lost_twice_nor_what_is_shown() -> None:
    territory = town(ROW, THREE_BUSES)
    one, two, three = plan(territory, ask(territory, "A", "C", f"{DAY} 7:58", window_s=3600)).itineraries
    losses = [*flagged(Code.DOMINATED, [one, two]), *flagged(Code.ANOTHER_PAGE, [two, three])]
    left = once(losses, shown=[one])
    assert [(loss.code, [lost.itinerary for lost in loss.told()]) for loss in left] == [
        (Code.DOMINATED, [two]),
        (Code.ANOTHER_PAGE, [three]),
    ]


def test_what_was_not_put_together_is_compared_by_what_the_search_proves_and_stays_so() -> None:
    """Two searches with the same later pages, one of which has the departure that is shown."""
    territory = town(ROW, THREE_BUSES)
    one, *_ = plan(territory, ask(territory, "A", "C", f"{DAY} 7:58", window_s=3600)).itineraries
    shown, later = Proof(one.departure_s, one.arrival_s, 0), Proof(one.departure_s + 60, one.arrival_s + 60, 0)
    asked: list[Proof] = []

    def tell(proofs: Sequence[Proof]) -> list[Lost]:
        asked.extend(proofs)
        return []

    losses = [*untold(Code.ANOTHER_PAGE, [shown, later], tell), *untold(Code.ANOTHER_PAGE, [later], tell)]
    (left,) = once(losses, shown=[one])
    assert (left.code, left.count, asked) == (Code.ANOTHER_PAGE, 1, [])
    left.told()
    assert asked == [later]


def test_a_chain_with_one_more_filter_flags_with_its_code() -> None:
    more = (*FILTERS, Filter(Code.FAR_LONGER, lambda case: case.itinerary.transfers > 0))
    territory = town(ROW, "Bus1\nA B\n8:00 8:10\n\nBus2\nB C\n8:15 8:25\n\nBus3\nA C\n8:00 8:40")
    query = ask(territory, "A", "C", f"{DAY} 7:58", window_s=3600)
    found = plan(territory, query).itineraries
    assert [first_code(more, ItineraryCase(one, query, (), found)) for one in found] == [Code.FAR_LONGER, None]
