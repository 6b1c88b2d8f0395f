"""Who begins or ends at a stop walks to others as transfers.txt says (GTFS reference, transfers.txt)."""

from __future__ import annotations

import pytest

from mobility.planning.planner import plan
from mobility.routing.query import Walking
from tests.town import ask, told, town

STOPS = "A 0 0, B 0.3 0, C 6 0, D 6.3 0"
LINES = "Bus1\nB C\n8:10 8:20\n8:40 8:50"
"""A and B, C and D lie 300 m apart: 390 m on foot, 294 s."""
HEADER = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"
DAY = "2026-06-03"


def found(rules: str, start: str, end: str, when: str = f"{DAY} 8:00", **rest: object) -> list[str]:
    territory = town(STOPS, LINES, more={"transfers": HEADER + rules})
    return told(plan(territory, ask(territory, start, end, when, window_s=1800, **rest)))


@pytest.mark.parametrize(
    ("rules", "first"),
    [("B,C,0,", "walk 5m > B | Bus1 B 8:10 > C 8:20"), ("A,B,2,540", "walk 9m > B | Bus1 B 8:10 > C 8:20")],
    ids=["no rule", "nine minutes"],
)
def test_the_first_walk_takes_as_long_as_the_rule_says(rules: str, first: str) -> None:
    assert found(rules, "A", "C")[0] == first


def test_the_last_walk_takes_as_long_as_the_rule_says() -> None:
    assert found("C,D,2,540", "B", "D")[0] == "Bus1 B 8:10 > C 8:20 | walk 9m > D"
    assert found("C,D,2,540", "B", "D", f"{DAY} 8:28", arrive_by=True, widen=False) == []
    assert found("C,D,2,540", "B", "D", f"{DAY} 8:29", arrive_by=True, widen=False) != []


def test_a_rule_takes_one_farther_than_a_guess_would() -> None:
    far = town("A 0 0, B 3 0, C 9 0", LINES, more={"transfers": HEADER + "A,B,2,600"})
    one, *_ = told(plan(far, ask(far, "A", "C", f"{DAY} 8:00", window_s=1500)))
    assert one == "walk 10m > B | Bus1 B 8:10 > C 8:20"


def test_nobody_walks_where_a_rule_forbids_it() -> None:
    assert found("A,B,3,", "A", "C") == []
    assert found("A,B,3,", "0 0.01", "C") != [], "a door is no stop"


def test_a_rule_of_a_slow_walker_takes_longer() -> None:
    slow = found("A,B,2,540", "A", "C", walking=Walking(speed_mps=0.665, access_s=1800))
    assert slow[0] == "walk 18m > B | Bus1 B 8:40 > C 8:50"
