"""What may take the place of one ride of an itinerary while all others stay: other single rides, with the ways to the
first stop and from the last one (`alternatives` of the MOTIS API).

Between two other rides it leaves after the one before is there, and is there before the next one leaves. Of the first
of several rides those count that leave last and are there in time; of the last one, and of a ride alone, the next
ones, be one there later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mobility.clock import DAY_S
from mobility.network.timetable import Footpaths, Int32s
from mobility.planning.trip_search import limits_of, search_date, searched_day
from mobility.ranking.bookings import in_time
from mobility.routing.access import Doors
from mobility.routing.by_vehicle import manners
from mobility.routing.drawn import not_drawn
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, WalkLeg
from mobility.routing.legs import ItineraryMaker
from mobility.routing.query import Query, Spot
from mobility.routing.reservation import seats
from mobility.routing.stop_ways import Ways
from mobility.routing.territory import Territory
from mobility.search.direct import direct_rides
from mobility.search.path import Path
from mobility.search.searchday import SearchDay

Bools = NDArray[np.bool_]

LONGEST_S = 2 * DAY_S
"""A searched day is shorter."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where the rides of one vehicle are taken out. before, after: the rides round it, None at the ends of the trip.
    from_s: when one can leave; until_s: when one must be there; epoch seconds."""

    ridden: tuple[RideLeg, ...]
    before: RideLeg | None
    after: RideLeg | None
    from_s: int
    until_s: int

    @property
    def from_the_end(self) -> bool:
        """Whether those that are there last come first."""
        return self.before is None and self.after is not None


@dataclass(frozen=True, slots=True)
class AlternativeSearch:
    """most: of each ride. every: the ways at the ends of the trip."""

    territory: Territory
    query: Query
    most: int
    every: Sequence[Doors]

    def of(self, itinerary: Itinerary) -> list[list[Itinerary]]:
        """For each ride that is boarded, in their order; each a way, the rides on one vehicle, and a way, be they of no
        length. Nothing for a trip with a driver."""
        if itinerary.carpool is not None:
            return []
        kinds = _kind_of_access(itinerary.legs), _kind_of_egress(itinerary.legs)
        same_kind = (one for one in self.every if (one.access.mode, one.egress.mode) == kinds)
        doors = next(same_kind, self.every[0])
        return [self._instead(gap, doors) for gap in _gaps(itinerary, self.query.now_s or 0)]

    def _instead(self, gap: Gap, doors: Doors) -> list[Itinerary]:
        at_s = gap.until_s if gap.from_the_end else gap.from_s
        day = search_date(self.territory, at_s, arrive_by=gap.from_the_end)
        searched = searched_day(self.territory, self.query, day)
        doors = self._doors(gap, doors, searched)
        limits, anchor_s = limits_of(self.territory, self.query, searched), searched.timetable.anchor_s
        span, ends = (gap.from_s - anchor_s, gap.until_s - anchor_s), doors.ends()
        found = direct_rides(searched, ends, span, self.most + 1, limits.pattern_allowed, gap.from_the_end)
        query = replace(
            self.query,
            origin=gap.before.end if gap.before else self.query.origin,
            destination=gap.after.start if gap.after else self.query.destination,
        )
        maker = ItineraryMaker(self.territory, query, searched.ahead.timetable, searched.ahead.footpaths, doors)
        return self._others(gap, found, maker)

    def _others(self, gap: Gap, found: Sequence[Path], maker: ItineraryMaker) -> list[Itinerary]:
        """The first of them, without the vehicle that is taken out, and none twice."""
        seen, others = set(map(_run, gap.ridden)), list[Itinerary]()
        for first in range(0, len(found), self.most + 1):
            told = maker.as_found(found[first : first + self.most + 1])
            for one in in_time(told, self.query.now_s).kept:
                if not seen & set(map(_run, one.rides)):
                    seen.add(_run(one.rides[0]))
                    others.append(_with_ways(one))
            if len(others) >= self.most:
                break
        return others[: self.most]

    def _doors(self, gap: Gap, doors: Doors, searched: SearchDay) -> Doors:
        """The ways from the ride before and to the one after, where there are such."""
        if gap.before:
            doors = replace(doors, access=self._walks(searched.footpaths, gap.before, gap.before.alight))
        if gap.after:
            doors = replace(doors, egress=self._walks(searched.mirrored_footpaths, gap.after, gap.after.board))
        return doors

    def _walks(self, footpaths: Footpaths, ride: RideLeg, position: int) -> Ways:
        """From where one gets out (mirrored: to where one gets in), the change at the stop itself first."""
        patterns, walks = self.territory.network.patterns, footpaths
        node = int(patterns.node[patterns.first_position[ride.pattern] + position])
        rows = slice(int(walks.first[node]), int(walks.first[node + 1]))
        there = np.concatenate([[node], walks.to_stop[rows]]).astype(np.int32)
        seconds = np.concatenate([[walks.change_s[node]], walks.duration_s[rows]]).astype(np.int32)
        metres = np.concatenate([[0], walks.distance_m[rows]]).astype(np.int32)
        foot_s = np.minimum(seconds, np.ceil(metres / self.query.walking.speed_mps)).astype(np.int32)
        return Ways(there, seconds, metres, self._is_guessed(node, there), early_s=seconds - foot_s)

    def _is_guessed(self, node: int, there: Int32s) -> Bools:
        """Of each walk, as mobility/routing/drawn.py has it of one."""
        network, street = self.territory.network, self.territory.has_street
        stop, stops = int(network.node_stop[node]), network.node_stop[there]
        parent = int(network.stops.parent[stop])
        indoors = (parent >= 0) & (network.stops.parent[stops] == parent)
        guessed: Bools = indoors | (street[stops] == 0) | (street[stop] == 0)
        return guessed


def alternative_search(territory: Territory, query: Query, most: int) -> AlternativeSearch:
    return AlternativeSearch(territory, query, most, manners(territory, query))


def _gaps(itinerary: Itinerary, now_s: int) -> Iterator[Gap]:
    vehicles, rides = list(seats(itinerary)), itinerary.rides
    for number, (first, last) in enumerate(vehicles):
        before = vehicles[number - 1][1] if number else None
        after = vehicles[number + 1][0] if number + 1 < len(vehicles) else None
        from_s = before.arrival_s if before else itinerary.departure_s
        until_s = after.departure_s if after else from_s + LONGEST_S
        if before is None and after is not None:
            from_s = max(now_s, until_s - LONGEST_S)
        yield Gap(rides[rides.index(first) : rides.index(last) + 1], before, after, from_s, until_s)


def _run(ride: RideLeg) -> tuple[int, int]:
    return ride.trip, ride.service_day.toordinal()


def _kind_of_access(legs: Sequence[Leg]) -> str:
    """As in Walking: how one came to the first stop."""
    mode = legs[0].mode if isinstance(legs[0], WalkLeg) else "WALK"
    if mode == "CAR":
        return "CAR_PARKING" if isinstance(legs[1], WalkLeg) else "CAR_DROPOFF"
    return mode


def _kind_of_egress(legs: Sequence[Leg]) -> str:
    mode = legs[-1].mode if isinstance(legs[-1], WalkLeg) else "WALK"
    return "CAR_DROPOFF" if mode == "CAR" else mode


def _with_ways(found: Itinerary) -> Itinerary:
    """With a way at either end, of no length where one is at the stop."""
    first, last, legs = found.legs[0], found.legs[-1], found.legs
    if isinstance(first, RideLeg):
        legs = (_none(first.start, first.departure_s), *legs)
    if isinstance(last, RideLeg):
        legs = (*legs, _none(last.end, last.arrival_s))
    return Itinerary(legs, legs[0].departure_s, legs[-1].arrival_s)


def _none(at: Spot, at_s: int) -> WalkLeg:
    return WalkLeg(at, at, at_s, at_s, 0, "WALK", False, not_drawn)
