"""Walks between rides are walked at the traveller's pace, leaving and arriving alike."""

from dataclasses import replace
from typing import Any

import pytest

from mobility.planning.planner import plan
from mobility.routing.query import Walking
from mobility.search.pace import Change
from tests.town import ask, told, town

STOPS = "A 0 0, B 3 0, D 3 0.2, C 6 0"
LINES = """
    Bus1
    A     B
    8:00  8:10

    Bus2
    D     C
    8:14  8:30
    8:20  8:40
    """


def answers(speed_mps: float, **rest: Any) -> list[str]:
    territory = town(STOPS, LINES)
    query = ask(territory, "A", "C", "2026-06-03 7:55", results=1, walking=Walking(speed_mps=speed_mps))
    return told(plan(territory, replace(query, **rest)))


@pytest.mark.parametrize(
    ("speed_mps", "line"),
    [
        (2.0, "Bus1 A 8:00 > B 8:10 | walk 3m > D | Bus2 D 8:14 > C 8:30"),
        (1.33, "Bus1 A 8:00 > B 8:10 | walk 4m > D | Bus2 D 8:14 > C 8:30"),
        (0.8, "Bus1 A 8:00 > B 8:10 | walk 6m > D | Bus2 D 8:20 > C 8:40"),
    ],
)
def test_who_walks_faster_catches_more(speed_mps: float, line: str) -> None:
    assert answers(speed_mps) == [line]


def test_arriving_by_a_time_counts_the_same_walk() -> None:
    territory = town(STOPS, LINES)
    query = ask(territory, "A", "C", "2026-06-03 8:35", arrive_by=True, results=1, widen=False, window_s=1800)
    assert told(plan(territory, query)) == ["Bus1 A 8:00 > B 8:10 | walk 4m > D | Bus2 D 8:14 > C 8:30"]
    assert told(plan(territory, replace(query, walking=Walking(speed_mps=0.8)))) == []


def test_a_factor_lengthens_a_change_and_not_the_walk_in_it() -> None:
    slow = answers(1.33, change=Change(factor=2.0))
    assert slow == ["Bus1 A 8:00 > B 8:10 | walk 4m > D | Bus2 D 8:20 > C 8:40"]


def test_with_the_largest_factor_the_ride_is_caught_the_next_day() -> None:
    assert answers(1.33, change=Change(factor=100.0)) == ["Bus1 A 8:00 > B 8:10 | walk 4m > D | Bus2 D 8:14 > C 8:30"]
