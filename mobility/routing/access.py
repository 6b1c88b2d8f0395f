"""Both ends of a trip: from the origin to every stop near it, from every stop near the destination to it.

A stop is left and reached at once, and so are all stops of a station; the others round it are walked to as from any
point. Within the walking limits the search may choose any of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mobility.network.timetable import NEVER, Int32s
from mobility.routing.path import Ends
from mobility.routing.query import Query, Spot
from mobility.routing.territory import Territory


@dataclass(frozen=True, slots=True)
class Way:
    """A way under one's own steam."""

    duration_s: int
    distance_m: int


@dataclass(frozen=True, slots=True)
class Doors:
    """The ways at both ends by stop node, and the direct ways by mode."""

    access: dict[int, Way]
    egress: dict[int, Way]
    direct: dict[str, Way]

    def ends(self) -> Ends:
        walk = self.direct.get("WALK")
        access_stop, access_s = _columns(self.access)
        egress_stop, egress_s = _columns(self.egress)
        return Ends(access_stop, access_s, egress_stop, egress_s, walk.duration_s if walk else int(NEVER))


def doors(territory: Territory, query: Query) -> Doors:
    walking = query.walking
    return Doors(
        ways(territory, query.origin, walking.access_s, walking.speed_mps),
        ways(territory, query.destination, walking.egress_s, walking.speed_mps),
        direct_ways(territory, query),
    )


def ways(territory: Territory, spot: Spot, longest_s: int, speed_mps: float) -> dict[int, Way]:
    """The way between a spot and each stop node within reach on foot."""
    near = territory.streets.access(spot.point, longest_s, speed_mps)
    found = {
        stop: Way(seconds, metres)
        for stop, seconds, metres in zip(near.stop.tolist(), near.seconds.tolist(), near.metres.tolist(), strict=True)
    }
    found |= dict.fromkeys(_at_once(territory, spot), Way(0, 0))
    return {node: way for stop, way in found.items() for node in territory.network.nodes(stop)}


def direct_ways(territory: Territory, query: Query) -> dict[str, Way]:
    """All the way without a vehicle, by mode, where it is not too long and no water lies between."""
    speeds = {"WALK": query.walking.speed_mps, "BIKE": query.walking.cycling_mps}
    metres = territory.streets.direct(query.origin.point, query.destination.point)
    if metres is None:
        return {}
    found = {mode: Way(-int(-metres // speeds[mode]), round(metres)) for mode in query.direct_modes if mode in speeds}
    return {mode: way for mode, way in found.items() if way.duration_s <= query.walking.direct_s}


def _at_once(territory: Territory, spot: Spot) -> list[int]:
    if spot.stop < 0:
        return []
    return [spot.stop, *territory.network.stops.children(spot.stop)]


def _columns(ways: dict[int, Way]) -> tuple[Int32s, Int32s]:
    nodes = np.fromiter(ways, np.int32, len(ways))
    return nodes, np.fromiter((way.duration_s for way in ways.values()), np.int32, len(ways))
