"""The last kilometre of every itinerary of an answer: the ways from the door to the first stop and from the last stop
to the door, those of the territory first.

Worked out once for each pair of a walk and a stop, however many itineraries share it, and where something there has
hours, once for each quarter of an hour. In the order of criteria.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

import numpy as np

from mobility.clock import QUARTER_S
from mobility.geo import Point, distance_m
from mobility.impact import Factors
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, WalkLeg
from mobility.routing.last_kilometre.context import TripEnd, WaysContext
from mobility.routing.last_kilometre.criteria import in_order
from mobility.routing.last_kilometre.on_demand import on_demand
from mobility.routing.last_kilometre.option import FREE, End, Option
from mobility.routing.last_kilometre.shared import shared_vehicle
from mobility.routing.last_kilometre.taken import lasts_s, metres, taken
from mobility.routing.last_kilometre.ways import (
    carpool,
    own_bike,
    park_and_ride,
    step_free_walk,
    taxi,
    walk,
)
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.travellers.profiles import StepFree

AT_THE_DOOR_M = 100
"""Nobody waits for a vehicle, or books one, for less than that."""

Key = tuple[End, int, int, int, bool | None, tuple[str, ...], int]
WayMaker = Callable[[WaysContext, TripEnd], Iterator[Option]]

SIMPLE = (walk, step_free_walk)
DOOR_TO_DOOR = (on_demand, taxi)
WITH_A_VEHICLE = (own_bike, shared_vehicle, on_demand, carpool, taxi, park_and_ride)


class Approach(NamedTuple):
    """How an itinerary comes to its first stop, or goes on from its last. bikes: as of TripEnd. at_s: when one sets out
    from the door, or is at the stop."""

    end: End
    legs: list[WalkLeg]
    stop: int
    bikes: bool | None
    at_s: int

    @property
    def is_by_vehicle(self) -> bool:
        return any(leg.mode != "WALK" for leg in self.legs)


@dataclass(frozen=True)
class LastKilometres:
    """Those of one answer, worked out as they are asked for. setting: at the time asked for; then: by quarter of an
    hour. smooth: by end and stop, the ways without steps where streets are known: seconds, metres, metres of unknown
    ground."""

    territory: Territory
    query: Query
    setting: WaysContext
    then: dict[int, WaysContext] = field(default_factory=dict)
    smooth: dict[End, dict[int, tuple[int, int, int]]] = field(default_factory=dict)
    known: dict[Key, tuple[Option, ...]] = field(default_factory=dict)

    @property
    def needs_no_steps(self) -> bool:
        return self.query.step_free or self.query.profile.step_free is not StepFree.ANY

    @property
    def excludes_steps(self) -> bool:
        return self.query.step_free or self.query.profile.step_free.excludes_steps

    def of(self, itinerary: Itinerary) -> tuple[tuple[Option, ...], ...]:
        """The ways at each end, in order; of an itinerary without a ride, the way itself."""
        rides = itinerary.rides
        if itinerary.carpool is not None:
            return self._with_carpool(itinerary)
        if not rides:
            return tuple((_whole(self.setting, leg),) for leg in itinerary.legs if isinstance(leg, WalkLeg))
        bikes, first, last = _takes_bikes(rides), rides[0], rides[-1]
        before, after = _until_ride(itinerary.legs), _until_ride(itinerary.legs[::-1])
        return (
            self._of(Approach(End.ACCESS, before, first.stop_at(first.board), bikes, itinerary.departure_s)),
            self._of(Approach(End.EGRESS, after, last.stop_at(last.alight), bikes, last.arrival_s)),
        )

    def _with_carpool(self, itinerary: Itinerary) -> tuple[tuple[Option, ...], ...]:
        """At an end where one gets into a driver's car, or out of one, the way is the walk that there is."""
        vehicles = [leg for leg in itinerary.legs if not isinstance(leg, WalkLeg)]
        bikes = _takes_bikes(itinerary.rides)
        first, last = vehicles[0], vehicles[-1]
        start = first.stop_at(first.board) if isinstance(first, RideLeg) else -1
        goal = last.stop_at(last.alight) if isinstance(last, RideLeg) else -1
        before, after = _until_ride(itinerary.legs), _until_ride(itinerary.legs[::-1])
        sides = (
            self._of(one)
            if one.stop >= 0
            else tuple(_whole(self.setting, walk)._replace(end=one.end) for walk in one.legs)
            for one in (
                Approach(End.ACCESS, before, start, bikes, itinerary.departure_s),
                Approach(End.EGRESS, after, goal, bikes, last.arrival_s),
            )
        )
        return tuple(side for side in sides if side)

    def _of(self, one: Approach) -> tuple[Option, ...]:
        setting, modes = self._at(one.at_s), tuple([leg.mode for leg in one.legs])
        key = one.end, one.stop, *_walked(one.legs), one.bikes, modes, setting.at_s
        found = self.known.get(key)
        if found is None:
            ways = self._beside(setting, one) if one.is_by_vehicle else self._options(setting, one)
            found = self.known[key] = in_order(ways, self.needs_no_steps)
        return found

    def _at(self, at_s: int) -> WaysContext:
        """What is open then, and may be booked for then, to a quarter of an hour."""
        if not self.setting.has_hours:
            return self.setting
        quarter = at_s // QUARTER_S
        found = self.then.get(quarter)
        if found is None:
            found = self.then[quarter] = self.setting.at_another(quarter * QUARTER_S)
        return found

    def _beside(self, setting: WaysContext, one: Approach) -> list[Option]:
        """The way of the itinerary, and what there is on foot and otherwise."""
        door, point = self._door(one.end), self.territory.network.stops.point(one.stop)
        walk_m = round(setting.metres(door, point) or 0)
        walk_s = setting.walk_s(walk_m)
        side = TripEnd(
            end=one.end,
            door=door,
            stop=one.stop,
            stop_point=point,
            walk_s=walk_s,
            walk_m=walk_m,
            estimated=True,
            step_free=None,
            smooth_s=0,
            smooth_m=0,
            bikes=one.bikes,
        )
        walking = self.query.walking
        longest_s = walking.access_s if one.end is End.ACCESS else walking.egress_s
        ways = (SIMPLE if 0 < walk_s <= longest_s else ()) + self._vehicles(side)
        mine = taken(setting, side, one.legs)
        return [mine, *(other for way in ways for other in way(setting, side) if other.kind != mine.kind)]

    def _options(self, setting: WaysContext, one: Approach) -> list[Option]:
        side = self._side(one)
        return [option for way in SIMPLE + self._vehicles(side) for option in way(setting, side)]

    def _door(self, end: End) -> Point:
        return (self.query.origin if end is End.ACCESS else self.query.destination).point

    def _vehicles(self, side: TripEnd) -> tuple[WayMaker, ...]:
        """Where the walk is short, no vehicle is worth its trouble, unless it comes to the door and steps are in the
        way; nor is that one where the stop is at the door."""
        if side.walk_m >= self.setting.rules.worth_m:
            return WITH_A_VEHICLE
        return DOOR_TO_DOOR if self._is_hindered(side) and side.walk_m >= AT_THE_DOOR_M else ()

    def _is_hindered(self, side: TripEnd) -> bool:
        """By steps that are known, or may be there for who cannot take a single one. A pushchair is carried if need
        be: for who only prefers no steps a way of which nothing is known is worth a try."""
        if self.excludes_steps:
            return side.step_free is not True
        return self.needs_no_steps and side.step_free is False

    def _side(self, one: Approach) -> TripEnd:
        walk_s, walk_m = _walked(one.legs)
        step_free, smooth_s, smooth_m = self._without_steps(one.end, one.stop, walk_s, walk_m)
        return TripEnd(
            end=one.end,
            door=self._door(one.end),
            stop=one.stop,
            stop_point=self.territory.network.stops.point(one.stop),
            walk_s=walk_s,
            walk_m=walk_m,
            estimated=any(leg.estimated for leg in one.legs),
            step_free=step_free,
            smooth_s=smooth_s,
            smooth_m=smooth_m,
            bikes=one.bikes,
        )

    def _without_steps(self, end: End, stop: int, walk_s: int, walk_m: int) -> tuple[bool | None, int, int]:
        """Whether stop and way are free of steps, and how long the way is then."""
        at_stop = STEP_FREE[int(self.territory.network.stops.wheelchair[stop])]
        if self.territory.streets.estimated or not walk_m:
            seconds = max(walk_s, ceil(walk_m / self.setting.rules.step_free_mps))
            return (at_stop if not walk_m or at_stop is False else None), seconds, walk_m
        way = self._smooth(end).get(stop)
        if way is None or at_stop is False:
            return False, 0, 0
        return (None if way[2] else at_stop), way[0], way[1]

    def _smooth(self, end: End) -> dict[int, tuple[int, int, int]]:
        if end not in self.smooth:
            self.smooth[end] = _smooth_ways(self.territory, self.query, end, self.setting.rules.step_free_mps)
        return self.smooth[end]


STEP_FREE: dict[int, bool | None] = {0: None, 1: True, 2: False}
"""Of stops and vehicles as feeds say it; bikes are told alike."""


def last_kilometres(territory: Territory, query: Query, factors: Factors, now_s: int) -> LastKilometres:
    around, systems = territory.neighbourhood, territory.rentals.systems()
    setting = WaysContext(
        around=around,
        systems=systems,
        factors=factors,
        walking=query.walking,
        now_s=now_s,
        at_s=query.at_s,
        zone=territory.zone,
        straight_m=distance_m(query.origin.point, query.destination.point),
        has_hours=bool(systems) or around.has_hours,
        party=query.profile.party,
        rides_bikes=query.profile.bike or not query.profile.step_free.excludes_steps,
    )
    return LastKilometres(territory, query, setting)


def _until_ride(legs: Iterable[Leg]) -> list[WalkLeg]:
    """The legs of an end, in the order in which they are gone."""
    found: list[WalkLeg] = []
    for leg in legs:
        if not isinstance(leg, WalkLeg):
            break
        found.append(leg)
    return sorted(found, key=lambda leg: leg.departure_s) if len(found) > 1 else found


def _walked(legs: Sequence[WalkLeg]) -> tuple[int, int]:
    return (lasts_s(legs), metres(legs)) if legs else (0, 0)


def _takes_bikes(rides: Sequence[RideLeg]) -> bool | None:
    said = {STEP_FREE[int(ride.network.trips.bikes[ride.trip])] for ride in rides}
    return False if False in said else None if None in said else True


def _whole(setting: WaysContext, leg: WalkLeg) -> Option:
    """All the way without a ride."""
    kind = {"BIKE": "own_bike", "CAR": "own_car"}.get(leg.mode, "walk")
    step_free = False if kind == "own_bike" else None
    emitted, paid = (setting.co2e_g("CAR", leg.distance_m), None) if kind == "own_car" else (0.0, FREE)
    return Option(End.EGRESS, kind, *_walked([leg]), leg.estimated, True, step_free, paid, co2e_g=emitted)


def _smooth_ways(territory: Territory, query: Query, end: End, speed_mps: float) -> dict[int, tuple[int, int, int]]:
    """By stop, out of one search over the streets; of a way that is a guess, all is unknown ground."""
    inward = end is End.EGRESS
    door = query.destination if inward else query.origin
    longest_s = query.walking.egress_s if inward else query.walking.access_s
    slower = max(1.0, query.walking.speed_mps / speed_mps)
    reach = territory.streets.access(door.point, ceil(longest_s * slower), speed_mps, "STEP_FREE", inward)
    unknown = np.where(reach.estimated, reach.metres, reach.unknown_m if len(reach.unknown_m) else 0).tolist()
    columns = zip(reach.seconds.tolist(), reach.metres.tolist(), unknown, strict=True)
    return dict(zip(reach.stop.tolist(), columns, strict=True))
