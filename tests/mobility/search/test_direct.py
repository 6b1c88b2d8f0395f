"""Single rides from one end to another: all of a timetable, and which of them come first."""

from __future__ import annotations

from random import Random

import pytest

from mobility.network.timetable import DayTimetable
from mobility.search.direct import direct_rides
from mobility.search.path import Ends, Path
from tests import tiny
from tests.mobility.search import randomly
from tests.tiny import call, clock, seconds

Span = tuple[int, int]
LINES = """
    Slow
    A     B     C
    8:00  8:10  8:40
    9:00  9:10  9:40

    Fast
    A     C
    8:05  8:25
    9:05  9:25
    """


def told(paths: list[Path]) -> list[str]:
    return [f"{clock(path.departure_s)} > {clock(path.arrival_s)}" for path in paths]


def rides(span: str, most: int = 9, latest: bool = False) -> list[str]:
    timetable, (first, last) = tiny.timetable(LINES), span.split("-")
    ends = timetable.ends("A", "C")
    return told(direct_rides(timetable.day, ends, (seconds(first), seconds(last)), most, latest=latest))


def test_also_what_leaves_sooner_and_is_there_later_is_told() -> None:
    assert rides("8:00-9:00") == ["8:05 > 8:25", "8:00 > 8:40"]


def test_those_that_leave_last_and_are_there_in_time_come_first() -> None:
    assert rides("7:00-9:30", latest=True) == ["9:05 > 9:25", "8:05 > 8:25", "8:00 > 8:40"]


def test_of_each_pattern_no_more_than_are_asked_for() -> None:
    assert rides("7:00-12:00", most=1) == ["8:05 > 8:25", "8:00 > 8:40"]
    assert rides("7:00-12:00", most=1, latest=True) == ["9:05 > 9:25", "9:00 > 9:40"]


def all_rides(day: DayTimetable, ends: Ends, span: Span) -> dict[int, int]:
    """By trip, tried out one by one: the least that a ride and twice its ways take."""
    access = dict(zip(ends.access_stop.tolist(), ends.access_s.tolist(), strict=True))
    egress = dict(zip(ends.egress_stop.tolist(), ends.egress_s.tolist(), strict=True))
    found: dict[int, int] = {}
    for trip in range(day.n_trips):
        pattern = int(day.trip_pattern[trip])
        first, after = day.pattern_first_position[pattern : pattern + 2].tolist()
        costs = []
        for board in range(after - first):
            for alight in range(board + 1, after - first):
                (start, _, leaves_s), (end, there_s, _) = call(day, trip, board), call(day, trip, alight)
                open_ = day.position_boards[first + board] and day.position_alights[first + alight]
                if open_ and start in access and end in egress:
                    leaves_s, there_s = leaves_s - access[start], there_s + egress[end]
                    if span[0] <= leaves_s and there_s <= span[1]:
                        costs.append(there_s - leaves_s + access[start] + egress[end])
        if costs:
            found[trip] = min(costs)
    return found


@pytest.mark.parametrize("latest", [False, True], ids=["soonest", "latest"])
@pytest.mark.parametrize("seed", range(100))
def test_every_trip_that_leads_there_is_found_once_and_at_its_best_stops(seed: int, latest: bool) -> None:
    random = Random(seed)
    day = randomly.day(random)
    ends = randomly.ends(random, day.footpaths)
    first_s = random.randint(-10, 30) * 60
    span = first_s, first_s + random.randint(1, 60) * 60
    expected = all_rides(day.timetable, ends, span)
    found = direct_rides(day, ends, span, 1000, latest=latest)
    assert sorted(path.rides[0].trip for path in found) == sorted(expected)
    access = dict(zip(ends.access_stop.tolist(), ends.access_s.tolist(), strict=True))
    egress = dict(zip(ends.egress_stop.tolist(), ends.egress_s.tolist(), strict=True))
    for path in found:
        (ride,) = path.rides
        start, _, leaves_s = call(day.timetable, ride.trip, ride.board)
        end, there_s, _ = call(day.timetable, ride.trip, ride.alight)
        assert (path.departure_s, path.arrival_s) == (leaves_s - access[start], there_s + egress[end])
        lasts_s = path.arrival_s - path.departure_s
        assert lasts_s + access[start] + egress[end] == expected[ride.trip]
    order = [-path.departure_s if latest else path.arrival_s for path in found]
    assert order == sorted(order)
