"""Each change at the best stop: for the same vehicles, departure and arrival what costs this traveller least."""

from __future__ import annotations

import timeit
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from mobility.planning.planner import plan
from mobility.routing.access import doors
from mobility.routing.changes import Along, at_best_stops
from mobility.search import search
from mobility.search.path import Path
from mobility.travellers.profiles import ADULT, Costs, Profile, StepFree
from tests.mobility.routing.weighed_changes import Weighed
from tests.mobility.search import randomly
from tests.town import ask, told, town

WALKING, UNKNOWN_S, STEPS_S, SPEED_MPS = 1.5, 60, 300, 1.25
ENOUGH_S, ENOUGH_FOR_BOATS_S = 120, 300

PAST = """
    Tram
    A     P     Q
    8:00  8:22  8:25

    Bus
    P2    R     Z
    8:35  8:40  8:50
    """
"""P and P2 are 50 m apart, Q and P2 530 m."""
PLACES = "A -9 0, P 0 0, P2 0.05 0, Q 0.58 0, R 3 3, Z 9 0"

SHORT = """
    Tram
    A     P     Q
    8:00  8:10  8:16

    {vehicle}
    P2    Q     Z
    8:18  8:19  8:30
    """
"""One changes at Q, or farther off at P, where there is more time."""
SHORT_PLACES = "A -9 0, P 0 0, P2 0.3 0, Q 3 0, Z 9 0"


@pytest.mark.parametrize("arrive_by", [False, True])
def test_one_gets_out_where_the_next_vehicle_is_near(arrive_by):
    territory = town(PLACES, PAST)
    query = ask(territory, "A", "Z", "2026-06-01 " + ("9:10" if arrive_by else "7:50"), arrive_by=arrive_by)
    assert told(plan(territory, query)) == ["Tram A 8:00 > P 8:22 | walk 1m > P2 | Bus P2 8:35 > Z 8:50"]


def test_a_boat_is_not_caught_at_the_last_moment_where_the_quay_before_leaves_minutes():
    lines = """
        Bus
        A     Q     R
        8:00  8:06  8:11

        Boat
        Q     R     Z
        8:10  8:11  8:30
        """
    territory = town("A 0 0, Q 3 0, R 6 0, Z 6 5", lines)
    query = ask(territory, "A", "Z", "2026-06-01 8:40", arrive_by=True)
    assert told(plan(territory, query)) == ["Bus A 8:00 > Q 8:06 | Boat Q 8:10 > Z 8:30"]


def test_two_minutes_are_enough_before_a_bus_and_five_before_a_boat():
    bus, boat = (town(SHORT_PLACES, SHORT.format(vehicle=name)) for name in ("Bus", "Boat"))
    assert told(plan(bus, ask(bus, "A", "Z", "2026-06-01 7:50"))) == ["Tram A 8:00 > Q 8:16 | Bus Q 8:19 > Z 8:30"]
    assert told(plan(boat, ask(boat, "A", "Z", "2026-06-01 7:50"))) == [
        "Tram A 8:00 > P 8:10 | walk 5m > P2 | Boat P2 8:18 > Z 8:30"
    ]


def test_nobody_gets_out_where_nobody_may():
    territory = town(PLACES, PAST)
    closed = town(PLACES, PAST, {"stop_times": _with_drop_off(closed="P")})
    assert " > P 8:22" in told(plan(territory, ask(territory, "A", "Z", "2026-06-01 7:50")))[0]
    assert " > Q 8:25" in told(plan(closed, ask(closed, "A", "Z", "2026-06-01 7:50")))[0]


def _with_drop_off(closed: str) -> str:
    calls = "Tram-1 A 8:00, Tram-1 P 8:22, Tram-1 Q 8:25, Bus-1 P2 8:35, Bus-1 R 8:40, Bus-1 Z 8:50"
    rows = ["trip_id,arrival_time,departure_time,stop_id,stop_sequence,drop_off_type"]
    for number, one in enumerate(calls.split(", ")):
        trip, stop, time = one.split()
        rows.append(f"{trip},{time}:00,{time}:00,{stop},{number},{int(stop == closed)}")
    return "\n".join(rows)


def test_a_rule_of_transfers_is_kept():
    slow = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nP,P2,2,900"
    territory = town(PLACES, PAST, {"transfers": slow})
    found = told(plan(territory, ask(territory, "A", "Z", "2026-06-01 7:50")))
    assert found == ["Tram A 8:00 > Q 8:25 | walk 9m > P2 | Bus P2 8:35 > Z 8:50"]


def test_who_minds_steps_walks_to_the_platform_without():
    lines = """
        Tram
        A     P     Q
        8:00  8:10  8:12

        Bus
        P     Q2    Z
        8:17  8:19  8:30
        """
    territory = town(
        "A -9 0, P 0 0, Q 2 0, Q2 2.1 0, Z 9 0",
        lines,
        step_free="A yes, P no, Q yes, Q2 yes, Z yes, Tram-1 yes, Bus-1 yes",
    )
    senior = Profile(step_free=StepFree.PREFERRED, costs=Costs(walking=2.0, unknown_s=30, steps_s=300))
    usual, minds = (ask(territory, "A", "Z", "2026-06-01 7:50", profile=one) for one in (ADULT, senior))
    assert told(plan(territory, usual)) == ["Tram A 8:00 > P 8:10 | Bus P 8:17 > Z 8:30"]
    assert told(plan(territory, minds)) == ["Tram A 8:00 > Q 8:12 | walk 2m > Q2 | Bus Q2 8:19 > Z 8:30"]


def test_the_pace_of_who_walks_slowly_holds():
    """At 0.7 m/s the 390 m from P to P2 take 9 minutes 20, the tram goes on to Q, where the bus calls later."""
    lines = """
        Tram
        A     P     Q
        8:00  8:10  8:16

        Bus
        P2    Q     Z
        8:17  8:30  8:40
        """
    territory = town("A -9 0, P 0 0, P2 0.3 0, Q 3 0, Z 9 0", lines)
    slow = ask(territory, "A", "Z", "2026-06-01 7:50")
    slow = replace(slow, walking=replace(slow.walking, speed_mps=0.7))
    assert told(plan(territory, slow)) == ["Tram A 8:00 > Q 8:16 | Bus Q 8:30 > Z 8:40"]


@pytest.mark.parametrize("seed", range(400))
def test_it_is_as_good_as_the_best_of_all_places_tried(seed):
    random = Random(seed)
    day = randomly.day(random)
    ends = randomly.ends(random, day.footpaths)
    weighed = Weighed(day, ends, random)
    from_s = random.randint(-10, 30) * 60
    paths = [path for path in search.window(day, ends, from_s, from_s + 1800) if path.rides]
    for before, after in zip(paths, weighed.placed(paths), strict=True):
        assert _vehicles(after) == _vehicles(before)
        assert weighed.key(after) == min(map(weighed.key, weighed.all_places(before)))


def test_there_are_better_places_to_find():
    better = 0
    for seed in range(400):
        random = Random(seed)
        day = randomly.day(random)
        ends = randomly.ends(random, day.footpaths)
        weighed = Weighed(day, ends, random)
        paths = [path for path in search.window(day, ends, 0, 2400) if path.rides]
        better += sum(
            weighed.key(one) < weighed.key(old) for one, old in zip(weighed.placed(paths), paths, strict=True)
        )
    assert better >= 20


def _vehicles(path: Path) -> tuple[int, int, list[int]]:
    return path.departure_s, path.arrival_s, [ride.trip for ride in path.rides]


def test_a_dozen_itineraries_are_placed_in_a_moment():
    """The best of some tries: others use the machine, too."""
    territory = town(PLACES, PAST)
    query = ask(territory, "A", "Z", "2026-06-01 7:50")
    day = territory.days.on(date(2026, 6, 1))
    both = doors(territory, query)
    paths = search.window(day, both.ends(), 0, 24 * 3600) * 12
    along = Along(day.timetable, day.footpaths, both)
    took_s = min(timeit.repeat(lambda: at_best_stops(territory, query, along, paths), number=1, repeat=30))
    assert len(paths) == 12
    assert took_s < 0.0003
