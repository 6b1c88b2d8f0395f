"""Walks that are longer than the traveller asked for, at the two ends of a trip, or than those that one walks between
two vehicles in any case."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from mobility.network.network import Network
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, WalkLeg
from mobility.routing.query import Query, Walking

FARTHER_S = 1800
"""So long a walk is told to who has nothing within their limits."""


class LongWalk(NamedTuple):
    """Between an end of a trip and the stop there, in seconds; limit_s: what the query allows. start: of one between
    two vehicles, from where it leads to the stop; else ""."""

    stop: str
    lasts_s: int
    limit_s: int
    start: str = ""


class WalkBetween(NamedTuple):
    """onward: what one takes after it."""

    walk: LongWalk
    onward: RideLeg


class LongWalks(NamedTuple):
    """Of one trip, to its first stop, from its last one and between two vehicles, each None where there is none."""

    to: LongWalk | None = None
    after: LongWalk | None = None
    between: WalkBetween | None = None

    @property
    def every(self) -> list[LongWalk]:
        """As they are walked."""
        on_the_way = self.between.walk if self.between else None
        return [walk for walk in (self.to, on_the_way, self.after) if walk]


NO_LONG_WALKS = LongWalks()


def farther(walking: Walking) -> Walking:
    """With walks of half an hour at the ends, where they were shorter."""
    return replace(walking, access_s=max(FARTHER_S, walking.access_s), egress_s=max(FARTHER_S, walking.egress_s))


def beyond(stop: str, lasts_s: int, limit_s: int) -> LongWalk | None:
    """One at an end of a trip; None where it is within the limit."""
    return LongWalk(stop, lasts_s, limit_s) if lasts_s > limit_s else None


def walk_between(ends: tuple[str, str], lasts_s: int, onward: RideLeg, walking: Walking) -> WalkBetween:
    """ends: the names of its stops."""
    start, stop = ends
    return WalkBetween(LongWalk(stop, lasts_s, usual_s(onward.network, walking), start), onward)


def long_walks(found: Itinerary, query: Query) -> LongWalks:
    """Those at the two ends that are beyond the limits, and one between two rides that the network does not hold."""
    first, last, walking = found.legs[0], found.legs[-1], query.walking
    return LongWalks(
        beyond(first.end.name, _walked_s(first), walking.access_s),
        beyond(last.start.name, _walked_s(last), walking.egress_s),
        _between(found, query),
    )


def _between(found: Itinerary, query: Query) -> WalkBetween | None:
    for leg, onward in pairwise(found.legs[1:]):
        if isinstance(leg, WalkLeg) and isinstance(onward, RideLeg) and not _is_held(onward.network, query, leg):
            return walk_between((leg.start.name, leg.end.name), _walked_s(leg), onward, query.walking)
    return None


def usual_s(network: Network, walking: Walking) -> int:
    """So long a walk may be between any two vehicles: see mobility/network/footpaths.py."""
    terrain = network.terrain
    return ceil(terrain.longest_m * terrain.detour_factor / walking.speed_mps)


def _is_held(network: Network, query: Query, leg: WalkLeg) -> bool:
    walks = network.footpaths_of(query.step_free)
    ends = {int(walks.to_stop[row]) for node in network.nodes(leg.start.stop) for row in walks.of(node)}
    return not ends.isdisjoint(network.nodes(leg.end.stop))


def _walked_s(leg: Leg) -> int:
    """0 of what is no walk."""
    return leg.arrival_s - leg.departure_s if isinstance(leg, WalkLeg) and leg.mode == "WALK" else 0
