"""Nobody rides back to where they have been. Two walks in a row lead farther than those between stops that are looked
for, so that the search may find a boat over the harbour and back in their stead, or a bus that leads a minute back
towards where one came from: one walks on, and waits there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from mobility.ranking.chain import Filter, Sifted, flagged
from mobility.ranking.codes import Code
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, WalkLeg, ride_leg
from mobility.routing.next_runs import following

MARGIN_S = 600
"""The least that a change was given, and is given again; who had more than that waited."""

WalkInstead = Callable[[int, int, int], Sequence[WalkLeg] | None]
"""From one stop to another, beginning then: nothing at one stop, None where one does not walk between two vehicles."""


class RideBack(NamedTuple):
    """The rows of its first and its last leg, and what one walks instead."""

    first: int
    last: int
    instead: tuple[WalkLeg, ...]


def at_one_stop(start: int, end: int, _at_s: int) -> Sequence[WalkLeg] | None:
    return () if start == end else None


def straightened(found: Sequence[Itinerary], on_foot: WalkInstead = at_one_stop) -> Sifted:
    """Those with a circle are lost; what is left of each without it takes its place."""
    kept = [without_loops(one, on_foot) for one in found]
    circles = [one for one, straight in zip(found, kept, strict=True) if straight is not one]
    return Sifted(kept, flagged(Code.RIDES_IN_A_CIRCLE, circles))


CIRCLE = Filter(Code.RIDES_IN_A_CIRCLE, straightened)


def without_loops(itinerary: Itinerary, on_foot: WalkInstead = at_one_stop) -> Itinerary:
    """Without the rides that bring the passenger back to where they began, or could have walked instead."""
    legs = itinerary.legs
    while (circle := _circle(legs, on_foot)) is not None:
        legs = _going_on(legs, circle)
    if legs is itinerary.legs:
        return itinerary
    return replace(itinerary, legs=legs, departure_s=legs[0].departure_s, arrival_s=legs[-1].arrival_s)


def _going_on(legs: tuple[Leg, ...], circle: RideBack) -> tuple[Leg, ...]:
    """Who is spared a circle is sooner at what comes after it; at the start they leave later instead."""
    told, after = [*legs[: circle.first], *circle.instead], legs[circle.last + 1 :]
    if not circle.first:
        return (*_in_time(circle.instead, after[0].departure_s), *after)
    is_tied = any(isinstance(leg, RideLeg) and leg.stays for leg in after)
    for then, leg in pairwise(legs[circle.last :]):
        ready_s = told[-1].arrival_s + min(leg.departure_s - then.arrival_s, MARGIN_S)
        told.append(leg if is_tied and isinstance(leg, RideLeg) else _caught(leg, ready_s))
    return tuple(told)


def _in_time(walks: Sequence[WalkLeg], until_s: int) -> list[WalkLeg]:
    later_s = until_s - walks[-1].arrival_s if walks else 0
    return [replace(one, departure_s=one.departure_s + later_s, arrival_s=one.arrival_s + later_s) for one in walks]


def _caught(leg: Leg, ready_s: int) -> Leg:
    """The walk that begins then, or the first ride from then on that is as this one but for its hour."""
    if not isinstance(leg, RideLeg):
        return replace(leg, departure_s=ready_s, arrival_s=ready_s + leg.arrival_s - leg.departure_s)
    first = following(leg.network, leg, ready_s - 1)
    if first is None or first.departure_s >= leg.departure_s or not _is_alike(first, leg):
        return leg
    return ride_leg(leg.network, first.trip, (first.service_day, first.day_start_s), (leg.board, leg.alight))


def _is_alike(ride: RideLeg, other: RideLeg) -> bool:
    """With the same stops, and as fit for wheelchairs and bikes: whoever was told of the one can take the other."""
    trips = other.network.trips
    is_same_way = ride.network is other.network and (ride.pattern, ride.board) == (other.pattern, other.board)
    return is_same_way and all(fit[ride.trip] == fit[other.trip] for fit in (trips.wheelchair, trips.bikes))


def _circle(legs: tuple[Leg, ...], on_foot: WalkInstead) -> RideBack | None:
    """The longest from where one is first; what lies before and after it is still a trip."""
    rides = [row for row, leg in enumerate(legs) if isinstance(leg, RideLeg)]
    for first in range(len(legs)):
        for last in reversed(rides[bisect_left(rides, first) :]):
            if last - first + 1 < len(legs) and (instead := _instead(legs, first, last, on_foot)) is not None:
                return RideBack(first, last, tuple(instead))
    return None


def _instead(legs: tuple[Leg, ...], first: int, last: int, on_foot: WalkInstead) -> Sequence[WalkLeg] | None:
    """The walk from where one is to where the last ride brings one; None where that is later, where one walks more, and
    where no ride would be left."""
    start, ride = _begins_at(legs[first]), legs[last]
    if start < 0 or not isinstance(ride, RideLeg):
        return None
    at_s = legs[first - 1].arrival_s if first else legs[0].departure_s
    walks = on_foot(start, ride.stop_at(ride.alight), at_s)
    if walks is None or at_s + _walked_s(walks) > ride.arrival_s:
        return None
    if walks and not any(isinstance(leg, RideLeg) for leg in (*legs[:first], *legs[last + 1 :])):
        return None
    return walks if _walked_s(walks) <= _walked_s(legs[first:last]) else None


def _begins_at(leg: Leg) -> int:
    """Less than 0 where that is no stop. The spot of a ride is not made for it: all itineraries are looked through."""
    return leg.stop_at(leg.board) if isinstance(leg, RideLeg) else leg.start.stop


def _walked_s(legs: Sequence[Leg]) -> int:
    return sum(leg.arrival_s - leg.departure_s for leg in legs if isinstance(leg, WalkLeg))
