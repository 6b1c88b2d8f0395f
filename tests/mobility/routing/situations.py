"""A situation as a small town, a question and the answer in a few lines of text.

Each option stands with its labels; a direct way begins with `or`; an empty answer says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from shapely import box

from mobility.impact import Factor, Factors
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.planning.advice import advice, obstacles
from mobility.planning.missed import last_gone
from mobility.planning.planner import plan
from mobility.ranking.answer import Answer
from mobility.ranking.costs import RankingSettings
from mobility.ranking.options import choose
from mobility.routing.itinerary import clock
from mobility.routing.query import Query, Walking
from mobility.routing.territory import Territory
from mobility.search.pace import Change
from mobility.travellers.profiles import ADULT, Costs, Profile, StepFree
from tests.town import ask, at, town

FACTORS = Factors({"BUS": Factor(100.0), "TRAM": Factor(5.0), "WALK": Factor(0.0), "BIKE": Factor(0.0)})
DAY = "2026-06-03"

ROLLING = Profile("reduced_mobility", 1.0, step_free=StepFree.NEEDED, costs=Costs(unknown_s=300))
SURELY = replace(ROLLING, step_free=StepFree.STRICT)
FAMILY = Profile("family", 1.0, step_free=StepFree.PREFERRED, costs=Costs(600, 2.0, 0.5, 30, 300))
HURRIED = Profile("hurried", 1.7, costs=Costs(60, 1.0, 1.0))

ROW = "A 0 0, B 3 0, C 6 0"
RIVER = Terrain(barriers=(box(at("2.9 0").lon, at("0 -3").lat, at("3.1 0").lon, at("0 3").lat),), quay_m=20)
HOURLY = """
    Bus1
    A     B     C
    8:00  8:10  8:20
    9:00  9:10  9:20
    """


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


def answered(one: Situation) -> str:
    territory = town(one.stops, one.lines, one.more, one.terrain, step_free=one.step_free)
    query = question(territory, one)
    answer = plan(territory, query)
    choice = choose(territory, answer, RankingSettings(FACTORS), handful=True)
    shown = [told(option, query) for option in choice.shown] or [f"nothing: {answer.reason}"]
    direct = [f"or {told(option, query)}" for option in choice.direct]
    return "\n".join([*gone(territory, answer), *shown, *direct, *helps(territory, answer)])


def gone(territory: Territory, answer: Answer) -> Iterator[str]:
    found = last_gone(territory, answer)
    if found is not None and found.last is not None and found.next is not None:
        last, following = (clock(one.at_s, territory.zone) for one in (found.last, found.next))
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
