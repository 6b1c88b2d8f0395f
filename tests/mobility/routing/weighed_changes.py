"""The places of each change by trying all pairs, weighed by the rule as docs/ranking.md states it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from random import Random

import numpy as np

from mobility.network.timetable import Footpaths
from mobility.routing.change_columns import (
    ChangeColumns,
    ChangeWalks,
    ChangeWeights,
    EndWays,
    GivenVehicles,
    KnownWalks,
    StopCosts,
)
from mobility.routing.change_places import at_best_places
from mobility.search.path import Ends, Path, Ride
from mobility.search.search import SearchDay
from tests.tiny import call

WALKING, UNKNOWN_S, STEPS_S, SPEED_MPS = 1.5, 60, 300, 1.25
ENOUGH_S, ENOUGH_FOR_BOATS_S = 120, 300


class Weighed:
    """A random day on which nodes, walks and ways are weighed by the rule as docs/ranking.md states it."""

    def __init__(self, day: SearchDay, ends: Ends, random: Random) -> None:
        n, walks = day.timetable.n_stops, day.footpaths
        self.day, self.ends = day, ends
        metres = np.array([random.randint(0, 300) for _ in walks.to_stop], np.int32)
        self.walks = Footpaths(walks.first, walks.to_stop, walks.duration_s, metres, walks.change_s)
        self.state = np.array([random.choice((0, 1, 2)) for _ in range(n)], np.int8)
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
                StopCosts(self.state, np.array([_state_key(state) for state in range(3)], np.int64)),
            ),
            self.columns(self.access),
            self.columns(self.egress),
        )
        return list(_paths(out.tolist()))

    def columns(self, ways: dict[int, tuple[int, bool]]) -> EndWays:
        seconds = np.array([s for s, _ in ways.values()], np.int32)
        unknown = np.array([unknown for _, unknown in ways.values()], np.bool_)
        return EndWays(np.array(list(ways), np.int32), seconds, seconds, np.ones_like(seconds), unknown)

    def all_places(self, path: Path) -> Iterator[Path]:
        """Every row of positions on the same trips that may be ridden, with the least margin, for the same times."""
        rides = [list(self.parts(ride.trip)) for ride in path.rides]
        for row in product(*rides):
            one = path._replace(rides=row)
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
                total = np.add(total, _split(_state_key(int(self.state[self.at(ride, position)[0]]))))
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

    def way_key(self, way: tuple[int, bool]) -> int:
        seconds, unknown = way
        return ((round(1000 * (WALKING - 1) * seconds) + 1000 * UNKNOWN_S * unknown) << 34) + (seconds << 17)


def _state_key(state: int) -> int:
    return 1000 * (UNKNOWN_S, 0, STEPS_S)[state] << 34


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
