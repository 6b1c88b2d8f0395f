"""Both ends of a trip: from the origin to every stop near it, from every stop near the destination to it.

A stop is left and reached at once, and so are all stops of a station; the others round it are walked to as from any
point. Within the walking limits the search may choose any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mobility.network.streets import StreetWay
from mobility.network.timetable import NEVER, Int32s
from mobility.routing.drawn import Pen
from mobility.routing.path import Ends
from mobility.routing.query import Query, Spot
from mobility.routing.territory import Territory


class Way(NamedTuple):
    """A way under one's own steam. estimated: not known on streets; drawn: only of direct ways."""

    duration_s: int
    distance_m: int
    estimated: bool = True
    drawn: StreetWay | None = None


@dataclass(frozen=True, slots=True)
class Doors:
    """The ways at both ends by stop node, and the direct ways by mode; pen: draws them."""

    access: dict[int, Way]
    egress: dict[int, Way]
    direct: dict[str, Way]
    pen: Pen

    def ends(self) -> Ends:
        walk = self.direct.get("WALK")
        access_stop, access_s = _columns(self.access)
        egress_stop, egress_s = _columns(self.egress)
        return Ends(access_stop, access_s, egress_stop, egress_s, walk.duration_s if walk else int(NEVER))


def doors(territory: Territory, query: Query) -> Doors:
    walking = query.walking
    return Doors(
        ways(territory, query.origin, walking.access_s, walking.speed_mps, on_foot(query)),
        ways(territory, query.destination, walking.egress_s, walking.speed_mps, on_foot(query), inward=True),
        direct_ways(territory, query),
        Pen(territory.streets, walking.speed_mps),
    )


def on_foot(query: Query) -> str:
    """The mode of streets for who walks, or rolls."""
    return "STEP_FREE" if query.step_free else "WALK"


def ways(
    territory: Territory, spot: Spot, longest_s: int, speed_mps: float, mode: str = "WALK", inward: bool = False
) -> dict[int, Way]:
    """The way from a spot to each stop node within reach, inward from each to the spot."""
    near = territory.streets.access(spot.point, longest_s, speed_mps, mode, inward)
    columns = (near.stop, near.seconds, near.metres, near.estimated)
    rows = list(map(Way, *(column.tolist() for column in columns[1:])))
    found = dict(zip(near.stop.tolist(), rows, strict=True))
    found |= dict.fromkeys(_at_once(territory, spot), Way(0, 0, False))
    network, split = territory.network, dict[int, Way]()
    if network.has_split_stops:
        split = {node: way for stop, way in found.items() for node in network.nodes(stop)[1:]}
    return found | split


def direct_ways(territory: Territory, query: Query) -> dict[str, Way]:
    """All the way without a vehicle, by mode, where it is not too long and no water lies between."""
    walking, found = query.walking, dict[str, Way]()
    speeds = {"WALK": (on_foot(query), walking.speed_mps), "BIKE": ("BIKE", walking.cycling_mps)}
    for mode in query.direct_modes:
        if mode in speeds:
            kind, speed_mps = speeds[mode]
            ends = query.origin.point, query.destination.point
            way = territory.streets.way(*ends, walking.direct_s, speed_mps, kind)
            if way is not None:
                found[mode] = Way(way.seconds, way.metres, way.estimated, None if way.estimated else way)
    return found


def _at_once(territory: Territory, spot: Spot) -> list[int]:
    """The stop and those of its station at which some line calls."""
    if spot.stop < 0:
        return []
    stops = territory.network.stops
    return [stop for stop in (spot.stop, *stops.children(spot.stop)) if stops.modes[stop]]


def _columns(ways: dict[int, Way]) -> tuple[Int32s, Int32s]:
    nodes = np.fromiter(ways, np.int32, len(ways))
    return nodes, np.fromiter((way.duration_s for way in ways.values()), np.int32, len(ways))
