"""Runs of trips found by name, and itineraries made of them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np

from mobility.clock import service_day_start
from mobility.errors import NotFound
from mobility.network.network import Network
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, WalkLeg, ride_leg
from mobility.routing.territory import Territory


def run(territory: Territory, trip_id: str, service_day: date, minute: int) -> RideLeg:
    """The whole trip that first departs at `minute` of the service day. Raises NotFound."""
    network = territory.network
    row = network.trips.id.find(trip_id)
    for trip in [] if row is None else np.flatnonzero(network.trips.id_row == row).tolist():
        departure_s = int(network.calls.departure[network.trips.first_call[trip]])
        if departure_s // 60 == minute and runs_on(network, trip, service_day):
            start_s = service_day_start(service_day, territory.service_zone(trip))
            return ride_leg(network, trip, (service_day, start_s), (0, _length(network, trip) - 1))
    raise NotFound("trip", "tripId")


def continued(leg: RideLeg) -> tuple[RideLeg, ...]:
    """The run and those as which the vehicle goes on, all of them ridden from end to end."""
    legs = [leg]
    while (following := int(leg.network.trips.stays_as[legs[-1].trip])) >= 0 and len(legs) < 10:
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


def told_again(territory: Territory, rides: Sequence[RideLeg]) -> Itinerary:
    """The itinerary of these rides from the first stop to the last, with the walks between. Raises NotFound where one
    of them cannot be caught."""
    legs: list[Leg] = [rides[0]]
    for before, after in pairwise(rides):
        seated = int(territory.network.trips.stays_as[before.trip]) == after.trip and after.board == 0
        walk = None if seated else _walk_between(territory.network, before, after)
        if (walk.arrival_s if walk else before.arrival_s) > after.departure_s:
            raise NotFound("itinerary", "itineraryId")
        legs += [walk] if walk and (walk.distance_m or walk.start.point != walk.end.point) else []
        legs.append(replace(after, stays=seated))
    return Itinerary(tuple(legs), rides[0].departure_s, rides[-1].arrival_s)


def _walk_between(network: Network, before: RideLeg, after: RideLeg) -> WalkLeg | None:
    start, end = before.end, after.start
    if start.stop == end.stop:
        return None
    footpaths, targets = network.footpaths, set(network.nodes(end.stop))
    for node in network.nodes(start.stop):
        for index in footpaths.of(node):
            if int(footpaths.to_stop[index]) in targets:
                arrival_s = before.arrival_s + int(footpaths.duration_s[index])
                return WalkLeg(start, end, before.arrival_s, arrival_s, int(footpaths.distance_m[index]))
    raise NotFound("itinerary", "itineraryId")
