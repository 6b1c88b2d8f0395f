"""Each change at the best stop: for the same vehicles, departure and arrival what costs this traveller least."""

from __future__ import annotations

import timeit
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from random import Random

import numpy as np
import pytest

from mobility.network.timetable import Footpaths
from mobility.planning.planner import plan
from mobility.routing.access import doors
from mobility.routing.change_columns import (
    ChangeColumns,
    ChangeWalks,
    ChangeWeights,
    EndWays,
    GivenVehicles,
    KnownWalks,
)
from mobility.routing.change_places import at_best_places
from mobility.routing.changes import Along, at_best_stops
from mobility.search import search
from mobility.search.path import Ends, Path, Ride
from mobility.search.search import SearchDay
from mobility.travellers.profiles import ADULT, Costs, Profile, StepFree
from tests.mobility.search import randomly
from tests.tiny import call
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
    lines = """
        Tram
        A     P     Q
        8:00  8:10  8:16

        {vehicle}
        P2    Q     Z
        8:18  8:19  8:30
        """
    stops = "A -9 0, P 0 0, P2 0.3 0, Q 3 0, Z 9 0"
    bus, boat = (town(stops, lines.format(vehicle=name)) for name in ("Bus", "Boat"))
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


class Weighed:
    """A random day on which nodes, walks and ways are weighed by the rule as docs/ranking.md states it."""

    def __init__(self, day: SearchDay, ends: Ends, random: Random) -> None:
        n, walks = day.timetable.n_stops, day.footpaths
        self.day, self.ends = day, ends
        metres = np.array([random.randint(0, 300) for _ in walks.to_stop], np.int32)
        self.walks = Footpaths(walks.first, walks.to_stop, walks.duration_s, metres, walks.change_s)
        self.state = np.array([random.choice((0, 1, 2)) for _ in range(n)])
        self.boats = {trip: random.random() < 0.3 for trip in range(day.timetable.n_trips)}
        self.access, self.egress = (
            {
                stop: (seconds, random.random() < 0.5)
                for stop, seconds in zip(stops.tolist(), times.tolist(), strict=True)
            }
            for stops, times in ((ends.access_stop, ends.access_s), (ends.egress_stop, ends.egress_s))
        )

    def placed(self, paths: list[Path]) -> list[Path]:
        """By the kernel."""
        day, walks, none = self.day.timetable, self.walks, np.empty(0, np.int32)
        found = [[p.departure_s, p.arrival_s, len(p.rides), *(n for r in p.rides for n in _row(r))] for p in paths]
        out = at_best_places(
            np.array([number for one in found for number in one], np.int32),
            np.array([self.enough_s(ride) for path in paths for ride in path.rides], np.int32),
            ChangeColumns(
                GivenVehicles(
                    *(day.pattern_first_position, day.pattern_first_trip, day.pattern_first_call, day.trip_pattern),
                    *(day.position_stop, day.position_boards, day.position_alights, day.arrival, day.departure),
                ),
                ChangeWalks(walks.first, walks.to_stop, walks.duration_s, walks.distance_m, walks.change_s),
                KnownWalks(np.zeros(day.n_stops, np.uint8), np.full(day.n_stops, -1, np.int32), none, none, none),
                ChangeWeights(1000.0 * (WALKING - 1), 1000.0 * UNKNOWN_S, 1000.0 * STEPS_S, float(SPEED_MPS)),
                np.array([self.stop_key(stop) for stop in range(day.n_stops)], np.int64),
            ),
            self.columns(self.access),
            self.columns(self.egress),
        )
        return list(_paths(out.tolist()))

    def columns(self, ways: dict[int, tuple[int, bool]]) -> EndWays:
        keys = [self.way_key(way) for way in ways.values()]
        return EndWays(
            np.array(list(ways), np.int32),
            np.array([s for s, _ in ways.values()], np.int32),
            np.array(keys, np.int64),
        )

    def all_places(self, path: Path) -> Iterator[Path]:
        """Every row of positions on the same trips that may be ridden, with the least margin, for the same times."""
        rides = [list(self.parts(ride.trip)) for ride in path.rides]
        for row in product(*rides):
            one = replace(path, rides=row)
            if self.is_right(one, path):
                yield one

    def parts(self, trip: int) -> Iterator[Ride]:
        day = self.day.timetable
        first, after = day.pattern_first_position[day.trip_pattern[trip] :][:2]
        for board in range(after - first - 1):
            for alight in range(board + 1, after - first):
                if day.position_boards[first + board] and day.position_alights[first + alight]:
                    yield Ride(trip, board, alight)

    def is_right(self, path: Path, before: Path) -> bool:
        (start, _, leaves_s), (end, there_s, _) = self.ends_of(path)
        if start not in self.access or leaves_s - self.access[start][0] != path.departure_s:
            return False
        if end not in self.egress or there_s + self.egress[end][0] != path.arrival_s:
            return False
        had = [self.margin_s(*pair) for pair in pairwise(before.rides)]
        has = [self.margin_s(*pair) for pair in pairwise(path.rides)]
        least = [min(old, self.enough_s(ride)) for old, ride in zip(had, before.rides[1:], strict=True)]
        return all(margin is not None and margin >= s for margin, s in zip(has, least, strict=True))

    def margin_s(self, before: Ride, after: Ride) -> int | None:
        (out, out_s, _), (goal, _, in_s) = self.at(before, before.alight), self.at(after, after.board)
        way = self.way(out, goal)
        return None if way is None else in_s - out_s - way[0]

    def way(self, out: int, goal: int) -> tuple[int, int] | None:
        """Seconds and metres."""
        if out == goal:
            return int(self.walks.change_s[out]), 0
        found = [row for row in self.walks.of(out) if self.walks.to_stop[row] == goal]
        return (int(self.walks.duration_s[found[0]]), int(self.walks.distance_m[found[0]])) if found else None

    def key(self, path: Path) -> tuple[int, int, int]:
        """The traveller's cost in thousandths, seconds on foot, seconds of waiting."""
        (start, _, _), (end, _, _) = self.ends_of(path)
        total = np.add(_split(self.way_key(self.access[start])), _split(self.way_key(self.egress[end])))
        for ride in path.rides:
            for position in (ride.board, ride.alight):
                total = np.add(total, _split(self.stop_key(self.at(ride, position)[0])))
        for before, after in pairwise(path.rides):
            (out, out_s, _), (goal, _, in_s) = self.at(before, before.alight), self.at(after, after.board)
            way = self.way(out, goal)
            assert way
            foot_s = min(way[0], -(-way[1] * 100 // round(SPEED_MPS * 100)))
            cost = round(1000 * (WALKING - 1) * foot_s) + (1000 * UNKNOWN_S if way[1] else 0)
            total = np.add(total, (cost, foot_s, in_s - out_s - foot_s))
        return tuple(total.tolist())

    def at(self, ride: Ride, position: int) -> tuple[int, int, int]:
        return call(self.day.timetable, ride.trip, position)

    def ends_of(self, path: Path) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        return self.at(path.rides[0], path.rides[0].board), self.at(path.rides[-1], path.rides[-1].alight)

    def enough_s(self, ride: Ride) -> int:
        return ENOUGH_FOR_BOATS_S if self.boats[ride.trip] else ENOUGH_S

    def stop_key(self, stop: int) -> int:
        return 1000 * (UNKNOWN_S, 0, STEPS_S)[self.state[stop]] << 34

    def way_key(self, way: tuple[int, bool]) -> int:
        seconds, unknown = way
        return ((round(1000 * (WALKING - 1) * seconds) + 1000 * UNKNOWN_S * unknown) << 34) + (seconds << 17)


def _split(key: int) -> tuple[int, int, int]:
    return key >> 34, (key >> 17) & (1 << 17) - 1, key & (1 << 17) - 1


def _row(ride: Ride) -> tuple[int, int, int]:
    return ride.trip, ride.board, ride.alight


def _paths(found: list[int]) -> Iterator[Path]:
    at = 0
    while at < len(found):
        departure_s, arrival_s, n = found[at : at + 3]
        rides = [Ride(*found[i : i + 3]) for i in range(at + 3, at + 3 + 3 * n, 3)]
        yield Path(departure_s, arrival_s, tuple(rides))
        at += 3 + 3 * n


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
