"""Nobody rides in a circle. Where two walks in a row lead farther than those between stops that are looked for, the
search may find a boat over the harbour and back in their stead: one walks on, and waits there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mobility.ranking.chain import Filter, Sifted, flagged
from mobility.ranking.codes import Code
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, ride_leg
from mobility.routing.next_runs import following

MARGIN_S = 600
"""The least that a change was given, and is given again; who had more than that waited."""


def straightened(found: Sequence[Itinerary]) -> Sifted:
    """Those with a circle are lost; what is left of each without it takes its place."""
    kept = [without_loops(one) for one in found]
    circles = [one for one, straight in zip(found, kept, strict=True) if straight is not one]
    return Sifted(kept, flagged(Code.RIDES_IN_A_CIRCLE, circles))


CIRCLE = Filter(Code.RIDES_IN_A_CIRCLE, straightened)


def without_loops(itinerary: Itinerary) -> Itinerary:
    """Without the rides that bring the passenger back to the stop where they began."""
    legs = itinerary.legs
    while (loop := _loop(legs)) is not None:
        legs = _going_on(legs[: loop[0]], legs[loop[1] + 1 :], legs[loop[1]])
    if legs is itinerary.legs:
        return itinerary
    return replace(itinerary, legs=legs, departure_s=legs[0].departure_s, arrival_s=legs[-1].arrival_s)


def _going_on(before: tuple[Leg, ...], after: tuple[Leg, ...], circle_end: Leg) -> tuple[Leg, ...]:
    """Who is spared a circle is sooner at what comes after it. circle_end: its last ride."""
    if not before:
        return after
    is_tied = any(isinstance(leg, RideLeg) and leg.stays for leg in after)
    told = list(before)
    for then, leg in pairwise((circle_end, *after)):
        ready_s = told[-1].arrival_s + min(leg.departure_s - then.arrival_s, MARGIN_S)
        told.append(leg if is_tied and isinstance(leg, RideLeg) else _caught(leg, ready_s))
    return tuple(told)


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


def _loop(legs: tuple[Leg, ...]) -> tuple[int, int] | None:
    """The first and the last leg of one, None without; what lies before and after it is still a trip."""
    rides = [(row, leg) for row, leg in enumerate(legs) if isinstance(leg, RideLeg)]
    for first, (start, leg) in enumerate(rides):
        here = leg.stop_at(leg.board)
        for end, other in rides[:first:-1]:
            if other.stop_at(other.alight) == here and end - start + 1 < len(legs):
                return start, end
    return None
