"""Runs of trips found by name, and itineraries made of them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np

from mobility.clock import service_day_start
from mobility.errors import NotFound
from mobility.network.footpaths import at_pace
from mobility.network.live import first_departures
from mobility.network.network import Network
from mobility.network.rides import chain
from mobility.network.terrain import on_foot_s
from mobility.network.timetable import Footpaths
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, WalkLeg, ride_leg
from mobility.routing.query import Walking
from mobility.routing.territory import Territory
from mobility.search.pace import Change
from mobility.search.searchday import changed


def run(territory: Territory, trip_id: str, service_day: date, minute: int) -> RideLeg:
    """The whole trip that first departs at `minute` of the service day. Raises NotFound."""
    network = territory.network
    row = network.trips.id.find(trip_id)
    rows = np.empty(0, np.int64) if row is None else np.flatnonzero(network.trips.id_row == row)
    for trip, departure_s in zip(rows.tolist(), first_departures(network, rows).tolist(), strict=True):
        if departure_s // 60 == minute and runs_on(network, trip, service_day):
            start_s = service_day_start(service_day, territory.service_zone(trip))
            return ride_leg(network, trip, (service_day, start_s), (0, _length(network, trip) - 1))
    raise NotFound("trip", "tripId")


def continued(leg: RideLeg) -> tuple[RideLeg, ...]:
    """The run and those as which the vehicle goes on, as far as one may ride it, all of them from end to end."""
    legs = [leg]
    for following in chain(leg.network, leg.trip)[1:]:
        part = (0, _length(leg.network, following) - 1)
        onward = ride_leg(leg.network, following, (leg.service_day, leg.day_start_s), part)
        legs.append(replace(onward, stays=True))
    return tuple(legs)


def runs_on(network: Network, trip: int, service_day: date) -> bool:
    day = (service_day - network.services.first_day).days
    active = network.services.active
    return 0 <= day < active.shape[1] and bool(active[network.trips.service[trip], day])


def _length(network: Network, trip: int) -> int:
    pattern, first = int(network.trips.pattern[trip]), network.patterns.first_position
    return int(first[pattern + 1] - first[pattern])


def part_of(whole: RideLeg, board: int, alight: int) -> RideLeg:
    """Raises NotFound where the trip has no such positions."""
    if not 0 <= board < alight <= whole.alight:
        raise NotFound("itinerary", "itineraryId")
    return ride_leg(whole.network, whole.trip, (whole.service_day, whole.day_start_s), (board, alight))


@dataclass(frozen=True, slots=True)
class OnFoot:
    """How who keeps an itinerary walks it."""

    walking: Walking
    change: Change
    step_free: bool

    @property
    def mode(self) -> str:
        """Of streets."""
        return "STEP_FREE" if self.step_free else "WALK"


@dataclass(frozen=True, slots=True)
class TightChange:
    """A change for which who walks so needs missing_s more than there are; after it the ride is boarded. is_missed: the
    ride leaves before the one before it is there."""

    ride: RideLeg
    missing_s: int
    is_missed: bool = False


@dataclass(frozen=True, slots=True)
class Retold:
    """An itinerary made of its rides again. tight: its changes that leave less time than they take."""

    itinerary: Itinerary
    tight: tuple[TightChange, ...] = ()


def told_again(territory: Territory, rides: Sequence[RideLeg], on_foot: OnFoot) -> Retold:
    """The itinerary of these rides from the first stop to the last, with the walks between, also where one of them
    leaves before the one before it is there. Raises NotFound where no way leads to it."""
    legs: list[Leg] = [rides[0]]
    tight: list[TightChange] = []
    for before, after in pairwise(rides):
        seated = int(territory.network.trips.stays_as[before.trip]) == after.trip and after.board == 0
        walk, change_s = (None, 0) if seated else _change_between(before, after, on_foot)
        missing_s = before.arrival_s + change_s - after.departure_s
        if missing_s > 0:
            tight.append(TightChange(after, missing_s, before.arrival_s > after.departure_s))
        legs += (
            [_in_time(walk, before, after)] if walk and (walk.distance_m or walk.start.point != walk.end.point) else []
        )
        legs.append(replace(after, stays=seated))
    return Retold(Itinerary(tuple(legs), rides[0].departure_s, rides[-1].arrival_s), tuple(tight))


def _in_time(walk: WalkLeg, before: RideLeg, after: RideLeg) -> WalkLeg:
    """No leg begins before the one before it has ended, where the ride can be caught at all: that one must hurry is
    said beside it."""
    if before.arrival_s > after.departure_s:
        return walk
    return replace(walk, arrival_s=min(walk.arrival_s, after.departure_s))


def _change_between(before: RideLeg, after: RideLeg, on_foot: OnFoot) -> tuple[WalkLeg | None, int]:
    """The walk, None at one stop, and the seconds that the change takes at least. Raises NotFound."""
    network, start, end = before.network, before.end, after.start
    if start.stop == end.stop:
        return None, least_change_s(network, start.stop, on_foot)
    targets = network.nodes(end.stop)
    for node in network.nodes(start.stop):
        footpaths = _from(network, node, on_foot)
        there = np.flatnonzero(np.isin(footpaths.to_stop, targets))
        if len(there):
            change_s, metres = int(footpaths.duration_s[there[0]]), int(footpaths.distance_m[there[0]])
            arrival_s = before.arrival_s + on_foot_s(change_s, metres, on_foot.walking.speed_mps)
            return WalkLeg(start, end, before.arrival_s, arrival_s, metres), change_s
    raise NotFound("itinerary", "itineraryId")


def least_change_s(network: Network, stop: int, on_foot: OnFoot) -> int:
    """At one stop, between any two of its vehicles."""
    nodes = network.nodes(stop)
    known = [_from(network, node, on_foot) for node in nodes]
    return min(int(s) for one in known for s in (*one.change_s, *one.duration_s[np.isin(one.to_stop, nodes)]))


def _from(network: Network, node: int, on_foot: OnFoot) -> Footpaths:
    """The walks from one node as if there were no other, as the search has them for who walks so."""
    every = network.footpaths_of(on_foot.step_free)
    rows = slice(int(every.first[node]), int(every.first[node + 1]))
    first = np.array([0, rows.stop - rows.start], np.int32)
    columns = every.to_stop[rows], every.duration_s[rows], every.distance_m[rows], every.change_s[node : node + 1]
    return changed(at_pace(Footpaths(first, *columns), network.terrain, on_foot.walking.speed_mps), on_foot.change)
