"""What a search leaves out, as it cannot be in time, is reckoned from the times of now, not from the planned ones."""

from __future__ import annotations

from datetime import date

import numpy as np

from mobility.search import search
from mobility.search.days import Days
from mobility.search.path import Ends
from tests.mobility.feeds.tiny import feed
from tests.mobility.live.now import MONDAY, Now, update
from tests.tiny import clock

TIMETABLE = """
    Bus b1: A 8:00 > B 8:30
    Tram t1: B 8:12 > D 8:20
    Tram t2: B 8:35 > D 8:50
    Coach c1: A 8:00 > D 8:40
"""


def ways(now: Now, day: date = MONDAY) -> list[str]:
    """From A to D, with the bounds and shortcuts of the day."""
    quick = search.accelerated(Days(now.live).on(day), arriving=True, workers=1)
    assert quick.shortcuts is not None
    origin, goal = (np.array([now.network.stops.id.find(f"t_{stop}")], np.int32) for stop in "AD")
    ends = Ends(origin, np.zeros(1, np.int32), goal, np.zeros(1, np.int32), 2**31 - 1)
    leaves_s, arrives_s = 7 * 3600 + 50 * 60, 8 * 3600 + 45 * 60
    found = search.pareto(quick, ends, leaves_s), search.pareto_arriving(quick, ends, arrives_s)
    return [
        f"{clock(path.departure_s)} > {clock(path.arrival_s)}, {len(path.rides)}" for paths in found for path in paths
    ]


def test_a_bus_that_is_quicker_than_any_planned_one_is_ridden() -> None:
    """By plan A to B takes half an hour: who reckons with that finds no tram at 8:12."""
    assert ways(Now(feed(TIMETABLE), [])) == ["8:00 > 8:40, 1"] * 2
    assert ways(Now(feed(TIMETABLE), [update("b1", "B arr-1200")])) == [
        "8:00 > 8:40, 1",
        "8:00 > 8:20, 2",
        "8:00 > 8:40, 1",
    ]


def test_a_coach_that_is_late_leaves_what_is_sooner() -> None:
    assert ways(Now(feed(TIMETABLE), [update("c1", "D arr+900")])) == ["8:00 > 8:55, 1", "8:00 > 8:50, 2"]
