"""Walks at the two ends of a trip that are longer than the traveller asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from mobility.routing.itinerary import Itinerary, Leg, WalkLeg
from mobility.routing.query import Walking

FARTHER_S = 1800
"""So long a walk is told to who has nothing within their limits."""


class LongWalk(NamedTuple):
    """Between an end of a trip and the stop there, in seconds; limit_s: what the query allows."""

    stop: str
    lasts_s: int
    limit_s: int


def farther(walking: Walking) -> Walking:
    """With walks of half an hour at the ends, where they were shorter."""
    return replace(walking, access_s=max(FARTHER_S, walking.access_s), egress_s=max(FARTHER_S, walking.egress_s))


def long_walks(found: Itinerary, walking: Walking) -> list[LongWalk]:
    """Those at the two ends that are beyond the limits."""
    return [walk for walk in long_walks_by_end(found, walking) if walk]


def long_walks_by_end(found: Itinerary, walking: Walking) -> tuple[LongWalk | None, LongWalk | None]:
    """To the first stop and from the last one, None where that is within its limit."""
    first, last = found.legs[0], found.legs[-1]
    return _beyond(first, first.end.name, walking.access_s), _beyond(last, last.start.name, walking.egress_s)


def _beyond(leg: Leg, stop: str, limit_s: int) -> LongWalk | None:
    lasts_s = leg.arrival_s - leg.departure_s
    is_long = isinstance(leg, WalkLeg) and leg.mode == "WALK" and lasts_s > limit_s
    return LongWalk(stop, lasts_s, limit_s) if is_long else None
