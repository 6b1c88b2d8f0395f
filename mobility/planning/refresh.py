"""An itinerary that somebody kept, looked up in the timetable in service: the same runs, or those of the same line that
leave nearest to their time, and the walks before, between and after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from mobility.errors import NotFound
from mobility.geo import Point
from mobility.network.names import names_of_line
from mobility.network.network import Network
from mobility.network.ways import StreetWay
from mobility.routing.access import early_at_quay_s
from mobility.routing.departures import NOT_POSSIBLE, BoardQuery, Call, board, equivalents, within
from mobility.routing.itinerary import Itinerary, RideLeg, WalkLeg, ride_leg
from mobility.routing.query import Spot
from mobility.routing.runs import OnFoot, TightChange, continued, told_again
from mobility.routing.territory import Territory

SEARCH_S = 3600
"""So much earlier or later a run may leave and still take the place of the one that was kept."""
NEAR_M = 250.0
"""From a stop that is not in the timetable any more to the one that is in its place."""


@dataclass(frozen=True, slots=True)
class KeptRide:
    """number: of the leg. trip: its id, "" not known. line: its name, "" any. stops: ids, and where they were."""

    number: int
    trip: str
    line: str
    stops: tuple[str, str]
    points: tuple[Point, Point]
    departure_s: int
    arrival_s: int


@dataclass(frozen=True, slots=True)
class KeptItinerary:
    """start, goal: where a walk began before the first ride and ended after the last one, if there was one."""

    rides: tuple[KeptRide, ...]
    start: Spot | None = None
    goal: Spot | None = None


class Replacement(NamedTuple):
    """What took the place of a ride: one leg, or several where the vehicle goes on as another trip."""

    kept: KeptRide
    legs: tuple[RideLeg, ...]
    is_same_trip: bool

    @property
    def departure_s(self) -> int:
        return self.legs[0].departure_s

    @property
    def arrival_s(self) -> int:
        return self.legs[-1].arrival_s

    @property
    def has_changed(self) -> bool:
        kept = self.kept
        return not self.is_same_trip or (self.departure_s, self.arrival_s) != (kept.departure_s, kept.arrival_s)


class Refreshed(NamedTuple):
    """tight: changes that leave less time than they take who walks so."""

    itinerary: Itinerary
    rides: tuple[Replacement, ...]
    tight: tuple[TightChange, ...] = ()


def refreshed(territory: Territory, kept: KeptItinerary, on_foot: OnFoot) -> Refreshed:
    """Raises NotFound: of a ride, which it names, a walk or, where a ride cannot be caught from the one before, an
    itinerary."""
    found = tuple(_found(territory.network, ride) for ride in kept.rides)
    between = told_again(territory, [leg for one in found for leg in one.legs], on_foot)
    walking, legs = on_foot.walking, between.itinerary.legs
    if kept.start is not None:
        first = found[0].legs[0]
        way = _way(territory, kept.start, first.start, (walking.access_s, walking.speed_mps, on_foot.mode))
        there_s = first.departure_s - _early_s(territory, first.start, way)
        legs = (_walk(kept.start, first.start, there_s - way.seconds, way), *legs)
    if kept.goal is not None:
        last = found[-1].legs[-1]
        way = _way(territory, last.end, kept.goal, (walking.egress_s, walking.speed_mps, on_foot.mode))
        legs = (*legs, _walk(last.end, kept.goal, last.arrival_s, way))
    return Refreshed(Itinerary(legs, legs[0].departure_s, legs[-1].arrival_s), found, between.tight)


def _found(network: Network, kept: KeptRide) -> Replacement:
    starts, ends = (_stops(network, *end) for end in zip(kept.stops, kept.points, strict=True))
    asked = BoardQuery(starts, kept.departure_s - SEARCH_S, count=0, window_s=2 * SEARCH_S)
    trip, goal = network.trips.id.find(kept.trip), network.stops.id.find(kept.stops[1])
    found = [
        Replacement(kept, legs, int(network.trips.id_row[legs[0].trip]) == trip)
        for call in board(network, asked).calls
        if (legs := _until(call, ends, goal))
    ]
    known = [one for one in found if one.is_same_trip or _is_of_line(one, kept)]
    if not known:
        raise NotFound("ride", f"id.legs.{kept.number}")
    return min(known, key=lambda one: (not one.is_same_trip, abs(one.departure_s - kept.departure_s), one.arrival_s))


def _stops(network: Network, id: str, point: Point) -> tuple[int, ...]:
    """The stop with its station and its other side; where there is no such stop, those near where it was."""
    stop = network.stops.id.find(id)
    return within(network, point, NEAR_M) if stop is None else equivalents(network, stop)


def _is_of_line(found: Replacement, kept: KeptRide) -> bool:
    return not kept.line or kept.line.casefold() in names_of_line(found.legs[0].network, found.legs[0].line)


def _until(call: Call, ends: Sequence[int], exactly: int | None) -> tuple[RideLeg, ...]:
    """From a call to one of some stops, also where the vehicle goes on as another trip; nothing where it does not come
    there, or lets nobody out. exactly: the one to prefer, where several are called at."""
    board_at, legs = call.position, list[RideLeg]()
    for run in continued(call.ride):
        there = [at for at in range(board_at + 1, run.alight + 1) if run.stop_at(at) in ends and _lets_out(run, at)]
        alight_at = min(there, key=lambda at: (run.stop_at(at) != exactly, at), default=None)
        legs.append(_part(run, board_at, run.alight if alight_at is None else alight_at))
        if alight_at is not None:
            return tuple(legs)
        board_at = 0
    return ()


def _lets_out(run: RideLeg, position: int) -> bool:
    patterns = run.network.patterns
    return int(patterns.drop_off[patterns.first_position[run.pattern] + position]) != NOT_POSSIBLE


def _part(run: RideLeg, board_at: int, alight_at: int) -> RideLeg:
    leg = ride_leg(run.network, run.trip, (run.service_day, run.day_start_s), (board_at, alight_at))
    return replace(leg, stays=run.stays)


def _way(territory: Territory, start: Spot, end: Spot, pace: tuple[int, float, str]) -> StreetWay:
    """pace: longest time, speed and mode of streets."""
    way = territory.streets.way(start.point, end.point, *pace)
    if way is None:
        raise NotFound("walk", "id.legs")
    return way


def _early_s(territory: Territory, quay: Spot, way: StreetWay) -> int:
    """As the search has it (docs/decisions/0020)."""
    stop, seconds = np.array([quay.stop], np.int32), np.array([way.seconds], np.int32)
    return int(early_at_quay_s(territory, stop, seconds, np.array([way.estimated]))[0])


def _walk(start: Spot, end: Spot, departure_s: int, way: StreetWay) -> WalkLeg:
    arrival_s = departure_s + way.seconds
    return WalkLeg(start, end, departure_s, arrival_s, way.metres, "WALK", way.estimated, lambda: way)
