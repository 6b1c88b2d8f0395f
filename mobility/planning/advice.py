"""What helps who is too far from any stop: the nearest, one that much more runs from, and who could take them there.
And what is in the way of who cannot climb steps.

Distances are as the crow flies: how one gets there is theirs to choose. What lies across water comes only where nothing
else is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from mobility.clock import local_date
from mobility.geo import Point, distance_m, distances_m
from mobility.network.network import Network
from mobility.places.nearby import place_point
from mobility.planning.explain import AT_DESTINATION, AT_ORIGIN
from mobility.ranking.accessibility import Caution, Known, warnings
from mobility.ranking.answer import Answer
from mobility.ranking.facts import ride_facts
from mobility.routing.access import on_foot
from mobility.routing.by_land import open_first
from mobility.routing.departures import lines_at
from mobility.routing.empty_reason import EmptyReason
from mobility.routing.last_kilometre.option import NO_CONTACT, Contact, End, Where, said
from mobility.routing.query import Query, Spot
from mobility.routing.territory import Territory
from mobility.routing.whereabouts import Whereabouts, whereabouts

MUCH_MORE = 0.15
"""In importance, which grows with the logarithm of the calls: several times as many."""
RIDES_M = 2500.0
HOUR_BY_CAR_M = 100_000.0
"""Who is farther from all stops does not ask where to get in: it is said that this is outside, and nothing else."""
RIDES = ("carpool_point", "taxi_rank")
ON_DEMAND = (EmptyReason.ON_DEMAND_NOT_THEN, EmptyReason.ON_DEMAND_TOO_LATE)


@dataclass(frozen=True, slots=True)
class Advice:
    """kind: nearest_stop, big_stop, on_demand, carpool_point or taxi_rank. distance_m: None where one stands in it.
    lines: what calls at a stop."""

    end: End
    kind: str
    where: Where
    distance_m: int | None = None
    lines: tuple[str, ...] = ()
    contact: Contact = NO_CONTACT


def advice(territory: Territory, answer: Answer) -> tuple[Advice, ...]:
    """Of the ends without a stop; nothing where there are some."""
    if answer.reason not in {*AT_ORIGIN.values(), *AT_DESTINATION.values(), *ON_DEMAND}:
        return ()
    ends = [end for end in End if _has_no_stop(territory, answer.query, end)]
    return tuple(one for end in ends for one in _at(territory, answer.query, end))


def obstacles(territory: Territory, answer: Answer) -> tuple[Caution, ...]:
    """What is in the way of who must not meet steps, on the trip that would be there first; of who wants to be sure,
    what nobody knows, too."""
    first = min(answer.with_steps, key=lambda one: one.arrival_s, default=None)
    if first is None:
        return ()
    found = warnings(first, ride_facts(territory.network, territory.lengths, [first]))
    return tuple(one for one in found if one.state is Known.NO or answer.query.needs.surely)


def _at(territory: Territory, query: Query, end: End) -> Iterator[Advice]:
    """On the water nobody is picked up, and what is beyond the territory is not for its own."""
    door, where = _door(query, end), whereabouts(territory.network, _spot(query, end))
    stops = _stops(territory, door, end)
    if where is not Whereabouts.FAR_FROM_STOPS:
        yield from (stop for stop in islice(stops, 1) if (stop.distance_m or 0) <= HOUR_BY_CAR_M)
        return
    yield from stops
    nearby, day = territory.neighbourhood.nearby, local_date(query.at_s, territory.zone)
    for zone in nearby.holding(door, "on_demand"):
        yield Advice(end, "on_demand", Where.of(zone), contact=said(zone, day))
    places = nearby.around(door, RIDES_M, RIDES)
    is_open = open_first(territory, door, [place_point(place) for place in places])
    places = [place for place, near in zip(places, is_open.tolist(), strict=True) if near]
    for place in [next((one for one in places if one.kind == kind), None) for kind in RIDES]:
        if place is not None:
            metres = round(distance_m(door, place_point(place)))
            yield Advice(end, place.kind, Where.of(place), metres, contact=said(place, day))


def _stops(territory: Territory, door: Point, end: End) -> Iterator[Advice]:
    """The nearest, and the nearest that much more runs from; none across water while there are others."""
    network, stops = territory.network, territory.network.stops
    row = np.flatnonzero((stops.kind == 0) & (stops.modes != 0) & ~np.isnan(stops.lat))
    if not len(row):
        return
    row = row[open_first(territory, door, [stops.point(stop) for stop in row.tolist()])]
    away_m, importance = distances_m(door, stops.lat[row], stops.lon[row]), stops.importance[row]
    nearest = int(np.argmin(away_m))
    yield _stop(network, end, "nearest_stop", int(row[nearest]), away_m[nearest])
    bigger = np.flatnonzero(importance > importance[nearest] + MUCH_MORE)
    if len(bigger):
        big = int(bigger[np.argmin(away_m[bigger])])
        yield _stop(network, end, "big_stop", int(row[big]), away_m[big])


def _stop(network: Network, end: End, kind: str, stop: int, away_m: float) -> Advice:
    stops = network.stops
    station = int(stops.parent[stop]) if stops.parent[stop] >= 0 else stop
    where = Where("stop", stops.id[station], stops.name[station], stops.point(station))
    lines = lines_at(network, [stop, station, *stops.children(station)])
    return Advice(end, kind, where, round(away_m), tuple(dict.fromkeys(map(network.lines.name, lines))))


def _has_no_stop(territory: Territory, query: Query, end: End) -> bool:
    inward, walking = end is End.EGRESS, query.walking
    longest_s = walking.egress_s if inward else walking.access_s
    if _spot(query, end).stop >= 0:
        return False
    near = territory.streets.access(_door(query, end), longest_s, walking.speed_mps, on_foot(query), inward)
    return not len(near.stop)


def _spot(query: Query, end: End) -> Spot:
    return query.origin if end is End.ACCESS else query.destination


def _door(query: Query, end: End) -> Point:
    return _spot(query, end).point
