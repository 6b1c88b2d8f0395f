"""What people complained of in other planners, each as a small town, a question and the answer in a line of text.

Each option stands with its labels; a direct way begins with `or`; an empty answer says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from shapely import box

from mobility.impact import Factor, Factors
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.routing.advice import advice, obstacles
from mobility.routing.gone import last_gone
from mobility.routing.itinerary import Answer, clock
from mobility.routing.options import choose
from mobility.routing.planner import plan
from mobility.routing.query import Change, Query, Walking
from mobility.routing.territory import Territory
from mobility.routing.weighing import Rules
from mobility.travellers.profiles import ADULT, Costs, Profile, StepFree
from tests.town import ask, at, town

FACTORS = Factors({"BUS": Factor(100.0), "TRAM": Factor(5.0), "WALK": Factor(0.0), "BIKE": Factor(0.0)})
DAY = "2026-06-03"

ROLLING = Profile("reduced_mobility", 1.0, step_free=StepFree.NEEDED, costs=Costs(unknown_s=300))
SURELY = replace(ROLLING, step_free=StepFree.STRICT)
SLOW = Profile("senior", 0.9, change_minimum_s=120, change_factor=1.5)
FAMILY = Profile("family", 1.0, step_free=StepFree.PREFERRED, costs=Costs(600, 2.0, 0.5, 30, 300))
HURRIED = Profile("hurried", 1.7, costs=Costs(60, 1.0, 1.0))

ROW = "A 0 0, B 3 0, C 6 0"
RIVER = Terrain(barriers=(box(at("2.9 0").lon, at("0 -3").lat, at("3.1 0").lon, at("0 3").lat),), quay_m=20)


@dataclass(frozen=True)
class Situation:
    """question: `A > C 7:55`, ends as stops or kilometres on the plan; `by 9:00` to be there by then."""

    name: str
    stops: str
    lines: str
    question: str
    answer: str
    who: Profile = ADULT
    terrain: Terrain = OPEN_GROUND
    step_free: str = ""
    more: dict[str, str] | None = None
    asked: dict[str, Any] | None = None


BUS_AND_BOAT = """
    Bus1
    A     B
    8:00  8:10

    Boat2
    B     C
    8:15  8:40
    """
TWO_WAYS = """
    Bus1
    A     C
    8:00  8:40

    Bus2
    A     B
    8:00  8:10

    Bus3
    B     C
    8:13  8:25
    """
ISLAND = "Boat1\nB A\n7:00 7:40\n18:00 18:40"
BUSY = "\n    Bus7\n    B     C\n" + "\n".join(f"    {10 + n // 6}:{n % 6}0  {10 + n // 6}:{n % 6}5" for n in range(60))
HOURLY = """
    Bus1
    A     B     C
    8:00  8:10  8:20
    9:00  9:10  9:20
    """

SITUATIONS = (
    Situation(
        "a bus and a boat to an island are one trip (motis#434)",
        ROW, BUS_AND_BOAT, "A > C 7:55",
        "best by_boat: Bus1 A 8:00 > B 8:10 | Boat2 B 8:15 > C 8:40",
        terrain=RIVER,
    ),
    Situation(
        "nobody changes between two banks without a bridge (motis#966)",
        "A 0 0, B 2.85 0, D 3.15 0, C 6 0",
        "Bus1\nA B\n8:00 8:10\n\nBus2\nD C\n8:20 8:30",
        "A > C 7:55", "nothing: nothing_in_window",
        terrain=RIVER,
    ),
    Situation(
        "with a bridge it is a short walk",
        "A 0 0, B 2.85 0, D 3.15 0, C 6 0",
        "Bus1\nA B\n8:00 8:10\n\nBus2\nD C\n8:20 8:30",
        "A > C 7:55", "best: Bus1 A 8:00 > B 8:10 | walk 5m > D | Bus2 D 8:20 > C 8:30",
    ),
    Situation(
        "one is not sent past the nearest stop to a further one (motis#510)",
        "A 0 0, B 0.4 0, C 6 0", "Bus1\nB A C\n8:00 8:02 8:20",
        "-0.1 0 > C 7:50", "best: walk 2m > A | Bus1 A 8:02 > C 8:20",
    ),
    Situation(
        "a silly short ride is not offered where walking is as fast (OTP#3331)",
        "A 0 0, B 0.5 0", "Bus1\nA B\n8:05 8:20",
        "A > B 8:00", "nothing: walking_is_better\nor best: walk 9m > B",
    ),
    Situation(
        "a bus that is faster than the walk stands beside the walk (OTP#7359)",
        "A 0 0, B 1.5 0", "Bus1\nA B\n8:00 8:05",
        "A > B 8:00",
        "best fastest: Bus1 A 8:00 > B 8:05\nor lowest_emissions cheapest: walk 25m > B",
        more={"fare_attributes": "fare_id,price,currency_type,payment_method,transfers\none,1.50,EUR,0,0"},
    ),
    Situation(
        "a bus runs, so nobody walks long to begin with (OTP#2259)",
        "A 0 0, B 0.9 0, C 6 0",
        "Bus1\nA B C\n8:00 8:04 8:20",
        "A > C 7:45", "best: Bus1 A 8:00 > C 8:20",
    ),
    Situation(
        "a change is made where it costs no walk (OTP#3834)",
        "A 0 0, B 3 0, D 3 0.3, C 6 0",
        "Bus1\nA B D\n8:00 8:10 8:12\n\nBus2\nB C\n8:14 8:30",
        "A > C 7:55", "best: Bus1 A 8:00 > B 8:10 | Bus2 B 8:14 > C 8:30",
    ),
    Situation(
        "the faster way has a change, the other none: both are said",
        ROW, TWO_WAYS, "A > C 7:55",
        "best fastest: Bus2 A 8:00 > B 8:10 | Bus3 B 8:13 > C 8:25\nfewest_changes: Bus1 A 8:00 > C 8:40",
    ),
    Situation(
        "who dreads changes gets the way without one first",
        ROW, TWO_WAYS, "A > C 7:55",
        "best fewest_changes: Bus1 A 8:00 > C 8:40\nfastest: Bus2 A 8:00 > B 8:10 | Bus3 B 8:13 > C 8:25",
        who=Profile("blind", costs=Costs(change_s=1200)),
    ),
    Situation(
        "a tight change is not for who needs longer (motis#1595)",
        ROW, "Bus1\nA B\n8:00 8:10\n\nBus2\nB C\n8:13 8:25\n8:43 8:55",
        "A > C 7:55", "best: Bus1 A 8:00 > B 8:10 | Bus2 B 8:43 > C 8:55",
        asked={"change": Change(minimum_s=300)},
    ),
    Situation(
        "who walks slowly between two stops takes the next bus",
        "A 0 0, B 3 0, D 3 0.2, C 6 0",
        "Bus1\nA B\n8:00 8:10\n\nBus2\nD C\n8:14 8:30\n8:24 8:40",
        "A > C 7:55", "best: Bus1 A 8:00 > B 8:10 | walk 6m > D | Bus2 D 8:24 > C 8:40",
        who=Profile("low_mobility", 0.8),
    ),
    Situation(
        "who hurries catches the earlier one",
        "A 0 0, B 3 0, D 3 0.2, C 6 0",
        "Bus1\nA B\n8:00 8:10\n\nBus2\nD C\n8:13 8:30\n8:24 8:40",
        "A > C 7:55", "best: Bus1 A 8:00 > B 8:10 | walk 3m > D | Bus2 D 8:13 > C 8:30",
        who=HURRIED,
    ),
    Situation(
        "in a wheelchair a stop with steps is left out",
        "A 0 0, B 5.7 0, C 6 0", "Bus1\nA C\n8:00 8:20\n\nBus2\nA B\n8:00 8:30",
        "A > C 7:55", "best: Bus2 A 8:00 > B 8:30 | walk 7m > C (unknown 4)",
        who=ROLLING, step_free="C no",
    ),
    Situation(
        "in a wheelchair unknown data is no empty answer (OTP#4045, cac-tripplanner#665)",
        ROW, HOURLY, "A > C 7:55", "best: Bus1 A 8:00 > C 8:20 (unknown 3)",
        who=ROLLING,
    ),
    Situation(
        "what is known to be step-free comes before what is unknown, even if slower",
        ROW, "Bus1\nA C\n8:00 8:20\n\nBus2\nA C\n8:00 8:24",
        "A > C 7:55",
        "best step_free: Bus2 A 8:00 > C 8:24\nfastest: Bus1 A 8:00 > C 8:20 (unknown 1)",
        who=ROLLING, step_free="A yes, C yes, Bus2-1 yes",
    ),
    Situation(
        "who asks strictly gets nothing rather than a guess",
        ROW, HOURLY, "A > C 7:55", "nothing: only_with_steps\nin the way: vehicle unknown Bus1",
        who=SURELY, step_free="A yes, C yes",
    ),
    Situation(
        "a pushchair is lifted where there is no other way, and that is said",
        ROW, HOURLY, "A > C 7:55", "best: Bus1 A 8:00 > C 8:20 (unknown 2, steps 1)",
        who=FAMILY, step_free="C no",
    ),
    Situation(
        "the bus of last night runs after midnight (r5py#508)",
        ROW, "Bus9\nA B\n24:50 25:10", "A > B 0:30", "best: Bus9 A 0:50 > B 1:10",
    ),
    Situation(
        "arriving by a time after midnight nothing arrives too late (OTP#6962)",
        ROW, "Bus9\nA B\n24:10 24:30\n24:50 25:10", "A > B by 1:00", "best: Bus9 A 0:10 > B 0:30",
    ),
    Situation(
        "on the island at night it is said that the last boat is gone, and when the first one leaves",
        ROW, ISLAND, "B > A 20:00",
        "gone: the last boat left 18:00, the next leaves 7:00\nbest by_boat: Boat1 B 7:00 > A 7:40",
    ),
    Situation(
        "after midnight the last boat is that of the evening before",
        ROW, ISLAND, "B > A 1:30",
        "gone: the last boat left 18:00, the next leaves 7:00\nbest by_boat: Boat1 B 7:00 > A 7:40",
    ),
    Situation(
        "who is too far from the quay learns that the last boat is out of reach",
        ROW, ISLAND, "3 0.9 > A 17:50",
        "gone: the last boat leaves 18:00, the next leaves 7:00\nbest by_boat: walk 15m > B | Boat1 B 7:00 > A 7:40",
    ),
    Situation(
        "where it is a bus it is no boat that is gone",
        ROW, HOURLY, "A > C 9:30",
        "gone: the last one left 9:00, the next leaves 8:00\nbest: Bus1 A 8:00 > C 8:20",
    ),
    Situation(
        "by day the next boat is no news",
        ROW, ISLAND, "B > A 12:00", "best by_boat: Boat1 B 18:00 > A 18:40",
    ),
    Situation(
        "where no stop is near the nearest one is advised, and of which end it is said (cartes#416)",
        ROW, HOURLY, "0 9 > C 8:00",
        "nothing: no_stop_near_origin\naccess nearest_stop A 9000 m: Bus1",
    ),
    Situation(
        "beside the nearest stop the nearest big one is advised",
        ROW, HOURLY + BUSY, "0 9 > C 8:00",
        "nothing: no_stop_near_origin\naccess nearest_stop A 9000 m: Bus1\naccess big_stop B 9486 m: Bus1, Bus7",
    ),
    Situation(
        "who is far from stops at both ends is advised at both",
        ROW, HOURLY, "0 9 > 6 5 8:00",
        "nothing: no_stop_near_origin\naccess nearest_stop A 9000 m: Bus1\negress nearest_stop C 5000 m: Bus1",
    ),
    Situation(
        "nobody is walked over the water to a stop",
        ROW, HOURLY, "3.15 0 > C 8:00", "nothing: no_stop_near_origin\naccess nearest_stop B 150 m: Bus1",
        terrain=Terrain(barriers=(box(at("3.05 0").lon, at("0 -3").lat, at("3.1 0").lon, at("0 3").lat),), quay_m=20),
        asked={"walking": Walking(access_s=600)},
    ),
    Situation(
        "in a wheelchair it is said what is in the way, and not that nothing runs",
        ROW, HOURLY, "A > C 7:55",
        "nothing: only_with_steps\nin the way: stop no C",
        who=ROLLING, step_free="A yes, C no, Bus1-1 yes, Bus1-2 yes",
    ),
    Situation(
        "nobody is sent over the harbour and back to wait",
        "A 0 0, B 3 0, D 3.5 0, C 9 0, Z 3 3",
        "Bus1\nA B\n7:00 7:10\n\nBoat2\nB Z\n7:20 7:30\n\nBoat3\nZ B\n7:35 7:45\n\nBus4\nD C\n8:20 8:40",
        "A > C 6:55", "best: Bus1 A 7:00 > B 7:10 | walk 9m > D | Bus4 D 8:20 > C 8:40",
    ),
    Situation(
        "an overnight wait is no second option",
        ROW, "Bus1\nA C\n8:00 8:20\n\nBus2\nA B\n8:30 8:40\n\nBus3\nB C\n20:00 20:10",
        "A > C 7:55", "best: Bus1 A 8:00 > C 8:20",
    ),
    Situation(
        "a bus that one waits long for is no better than the walk round the corner (OTP#3331)",
        "A 0 0, B 0.45 0", "Bus1\nA B\n8:16 8:18",
        "A > B 8:00", "fastest: Bus1 A 8:16 > B 8:18\nor best lowest_emissions: walk 8m > B",
    ),
    Situation(
        "who must be there by nine is not there at seven",
        ROW, "Bus1\nA C\n6:30 6:45\n\nBus2\nA C\n8:20 8:50\n\nBus3\nA C\n8:10 8:45\n\nBus4\nA C\n8:05 8:40",
        "A > C by 9:00",
        "best fastest: Bus2 A 8:20 > C 8:50\nalternative: Bus3 A 8:10 > C 8:45\nalternative: Bus4 A 8:05 > C 8:40",
        asked={"window_s": 10800},
    ),
    Situation(
        "beside three ways of now a way of the evening is for another time",
        ROW, "Bus1\nA C\n8:00 8:20\n\nBus2\nA C\n8:02 8:22\n\nBus3\nA C\n8:04 8:24\n\nBus4\nA C\n19:00 19:10",
        "A > C 7:58",
        "best: Bus1 A 8:00 > C 8:20\nalternative: Bus2 A 8:02 > C 8:22\nalternative: Bus3 A 8:04 > C 8:24",
        asked={"window_s": 43200},
    ),
    Situation(
        "a detour on foot to a slower bus is no fourth way",
        "A 0 0, B 0 0.7, C 6 0",
        "Bus1\nA C\n8:00 8:20\n\nBus2\nA C\n8:01 8:21\n\nBus3\nA C\n8:02 8:22\n\nBus4\nB C\n8:18 8:36",
        "A > C 7:58",
        "best: Bus1 A 8:00 > C 8:20\nalternative: Bus2 A 8:01 > C 8:21\nalternative: Bus3 A 8:02 > C 8:22",
    ),
    Situation(
        "the only bus of the day is gone at nine: the next one is tomorrow's",
        ROW, "Bus1\nA B\n8:00 8:10", "A > B 9:00",
        "gone: the last one left 8:00, the next leaves 8:00\nbest: Bus1 A 8:00 > B 8:10",
    ),
    Situation(
        "who is there already is told so",
        ROW, HOURLY, "0 0.01 > 0 0.02 8:00", "nothing: already_there\nor best: walk 1m > X",
    ),
    Situation(
        "six departures of one line are one option",
        ROW, "Bus1\nA C\n8:00 8:20\n8:10 8:30\n8:20 8:40\n8:30 8:50\n8:40 9:00\n8:50 9:10",
        "A > C 7:58", "best: Bus1 A 8:00 > C 8:20",
    ),
    Situation(
        "three different lines are three options",
        ROW, "Bus1\nA C\n8:00 8:20\n8:06 8:26\n\nBus2\nA C\n8:02 8:22\n\nBus3\nA C\n8:04 8:24",
        "A > C 7:58",
        "best: Bus1 A 8:00 > C 8:20\nalternative: Bus2 A 8:02 > C 8:22\nalternative: Bus3 A 8:04 > C 8:24",
    ),
    Situation(
        "who waits at home is not asked to leave early for a detour",
        ROW, "Bus1\nA B C\n8:00 8:30 9:00\n\nBus2\nA C\n8:40 9:00", "A > C 7:58",
        "best: Bus2 A 8:40 > C 9:00",
    ),
)  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.name)
def test_the_situation_is_answered(situation: Situation) -> None:
    assert answered(situation) == situation.answer


def answered(one: Situation) -> str:
    territory = town(one.stops, one.lines, one.more, one.terrain, step_free=one.step_free)
    query = question(territory, one)
    answer = plan(territory, query)
    choice = choose(territory, answer, Rules(FACTORS), handful=True)
    shown = [told(option, query) for option in choice.shown] or [f"nothing: {answer.reason}"]
    direct = [f"or {told(option, query)}" for option in choice.direct]
    return "\n".join([*gone(territory, answer), *shown, *direct, *helps(territory, answer)])


def gone(territory: Territory, answer: Answer) -> Iterator[str]:
    found = last_gone(territory, answer)
    if found is not None and found.last_s is not None:
        last, following = (clock(moment_s, territory.zone) for moment_s in (found.last_s, found.next_s))
        leaves = "leaves" if found.too_late else "left"
        yield f"gone: the last {'boat' if found.boat else 'one'} {leaves} {last}, the next leaves {following}"


def helps(territory: Territory, answer: Answer) -> Iterator[str]:
    for one in advice(territory, answer):
        yield f"{one.end} {one.kind} {one.where.name} {one.distance_m} m: {', '.join(one.lines)}"
    for found in obstacles(territory, answer):
        yield f"in the way: {found.kind} {found.state} {found.name}"


def question(territory: Territory, one: Situation) -> Query:
    start, _, rest = one.question.partition(" > ")
    end, clock = rest.rsplit(" ", 1)
    by, end = end.endswith(" by"), end.removesuffix(" by")
    walking = Walking(speed_mps=one.who.speed_mps)
    change = Change(one.who.change_minimum_s, 0, one.who.change_factor)
    known: dict[str, Any] = {"walking": walking, "change": change, "step_free": one.who.step_free.excludes_steps}
    day = "2026-06-04" if one.who is ADULT and clock in ("0:30", "1:00") else DAY
    rest_of = {"arrive_by": by, "profile": one.who, "window_s": 3600} | known | (one.asked or {})
    found: Query = ask(territory, start, end, f"{day} {clock}", **rest_of)
    return found


def told(option: Any, query: Query) -> str:
    """Labels, the itinerary, and for who minds steps what is known of them."""
    labels = "" if option.labels == ("alternative",) and not option.itinerary.rides else " ".join(option.labels)
    text = f"{labels}: {option.itinerary}" if labels else str(option.itinerary)
    counts = {"unknown": option.access.unknown, "steps": option.access.steps}
    notes = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
    return f"{text} ({notes})" if notes and query.profile in (ROLLING, FAMILY) else text
