"""Why an answer is empty, as a code that the page and the API turn into a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import numpy as np

from mobility.clock import local_date
from mobility.geo import distance_m
from mobility.network.network import Int32s, Network
from mobility.network.place import TerritoryPlace
from mobility.network.rides import NONE
from mobility.places.hours import is_open
from mobility.ranking.answer import Answer
from mobility.ranking.chain import Loss
from mobility.ranking.codes import Code
from mobility.routing.access import Doors
from mobility.routing.empty_reason import EmptyReason
from mobility.routing.last_kilometre.notice import is_too_late
from mobility.routing.last_kilometre.option import said
from mobility.routing.query import Query, Spot
from mobility.routing.territory import Territory
from mobility.routing.whereabouts import Whereabouts, whereabouts
from mobility.search.pace import Needs

TAKEN_OUT = {
    Code.BOOKING_CLOSED: EmptyReason.BOOKING_CLOSED,
    Code.LONGER_THAN_ASKED: EmptyReason.LONGER_THAN_ASKED,
}
WITHOUT_A_RIDE = frozenset({EmptyReason.NO_SERVICE_ON_DAY, EmptyReason.NOTHING_IN_WINDOW})
HERE_M = 30.0
"""Nearer than this nobody needs a way."""

AT_ORIGIN = {
    Whereabouts.ON_WATER: EmptyReason.ORIGIN_ON_WATER,
    Whereabouts.OUTSIDE: EmptyReason.ORIGIN_OUTSIDE_TERRITORY,
    Whereabouts.FAR_FROM_STOPS: EmptyReason.NO_STOP_NEAR_ORIGIN,
}
AT_DESTINATION = {
    Whereabouts.ON_WATER: EmptyReason.DESTINATION_ON_WATER,
    Whereabouts.OUTSIDE: EmptyReason.DESTINATION_OUTSIDE_TERRITORY,
    Whereabouts.FAR_FROM_STOPS: EmptyReason.NO_STOP_NEAR_DESTINATION,
}


def empty_reason(territory: Territory, query: Query, both: Doors, lost: Sequence[Loss]) -> EmptyReason:
    """lost: what was found and taken out. The first that holds, from the plainest to the most particular."""
    day = local_date(query.at_s, territory.zone)
    if distance_m(query.origin.point, query.destination.point) <= HERE_M:
        return EmptyReason.ALREADY_THERE
    if not both.access:
        return AT_ORIGIN[whereabouts(territory.network, query.origin)]
    if not both.egress:
        return AT_DESTINATION[whereabouts(territory.network, query.destination)]
    if not _within_feeds(territory, day):
        return EmptyReason.OUTSIDE_SERVICE_PERIOD
    if not _runs_on(territory, day):
        return EmptyReason.NO_SERVICE_ON_DAY
    codes = {loss.code for loss in lost}
    if "WALK" in both.direct or Code.WALKING_IS_AS_FAST in codes:
        return EmptyReason.WALKING_IS_BETTER
    if _is_closed(territory.network, both.access.node, last=False):
        return EmptyReason.NOBODY_GETS_IN
    if _is_closed(territory.network, both.egress.node, last=True):
        return EmptyReason.NOBODY_GETS_OUT
    return next((reason for code, reason in TAKEN_OUT.items() if code in codes), EmptyReason.NOTHING_IN_WINDOW)


def without_bike(query: Query) -> Query:
    """Whoever leaves it has none at the other end."""
    walking = query.walking
    on_foot = tuple(mode for mode in walking.egress_modes if mode != "BIKE")
    return replace(query, with_bike=False, walking=replace(walking, egress_modes=on_foot))


def with_zones(territory: Territory, answer: Answer) -> Answer:
    """An empty answer where transport on demand could help at another hour, or could have been booked before, says so.
    Where it comes then and can be booked, the reason stays: advice names it."""
    query, nearby = answer.query, territory.neighbourhood.nearby
    ends = _ends_to_help(query, answer.reason)
    held = [nearby.holding(end.point, "on_demand") for end in ends]
    zones = [zone for zone in held[0] if all(zone in others for others in held)] if held else []
    faults = [(_fault(territory, query, zone), zone) for zone in zones]
    if not faults or any(fault is None for fault, _ in faults):
        return answer
    reason, zone = min(faults, key=lambda one: one[0] is not EmptyReason.ON_DEMAND_TOO_LATE)
    return replace(answer, reason=reason, zone=zone.name)


def _ends_to_help(query: Query, reason: EmptyReason | None) -> tuple[Spot, ...]:
    """Without a stop that end; where nothing runs, both in one zone."""
    if reason is EmptyReason.NO_STOP_NEAR_ORIGIN:
        return (query.origin,)
    if reason is EmptyReason.NO_STOP_NEAR_DESTINATION:
        return (query.destination,)
    return (query.origin, query.destination) if reason in WITHOUT_A_RIDE else ()


def _fault(territory: Territory, query: Query, zone: TerritoryPlace) -> EmptyReason | None:
    """Why nobody is fetched at the time asked about; None where they may be."""
    at, contact = datetime.fromtimestamp(query.at_s, territory.zone), said(zone)
    if is_open(contact.hours, at) is False:
        return EmptyReason.ON_DEMAND_NOT_THEN
    is_late = query.now_s is not None and is_too_late(contact.notice, query.now_s, at)
    return EmptyReason.ON_DEMAND_TOO_LATE if is_late else None


def _is_closed(network: Network, nodes: Int32s, last: bool) -> bool:
    """Whether vehicles go on from these nodes, and nobody may ever get in; with `last`, come there, and get out."""
    patterns = network.patterns
    rule, ends = (patterns.drop_off, patterns.first_position[:-1]) if last else (patterns.pickup, _last(network))
    called = np.isin(patterns.node, nodes)
    called[ends] = False
    return bool(called.any()) and bool((rule[called] == NONE).all())


def _last(network: Network) -> Int32s:
    last: Int32s = network.patterns.first_position[1:] - 1
    return last


def _within_feeds(territory: Territory, day: date) -> bool:
    return any(feed.covers(day) for feed in territory.network.feeds)


def _runs_on(territory: Territory, day: date) -> bool:
    timetable = territory.days.on(day, Needs()).timetable
    return bool((timetable.trip_day == 0).any())
