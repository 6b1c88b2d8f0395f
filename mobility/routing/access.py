"""Both ends of a trip: from the origin to every stop near it, from every stop near the destination to it.

A stop is left and reached at once, and so are all stops of a station; the others round it are walked to as from any
point. Within the walking limits the search may choose any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.network.network import Network
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


@dataclass(frozen=True, eq=False)
class Ways:
    """The way between a place and each stop node near it: columns, of which a Way is made where one is looked at."""

    node: Int32s
    seconds: Int32s
    metres: Int32s
    estimated: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.node)

    def __getitem__(self, node: int) -> Way:
        """Raises KeyError."""
        row = self._rows[node]
        return Way(int(self.seconds[row]), int(self.metres[row]), bool(self.estimated[row]))

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {node: row for row, node in enumerate(self.node.tolist())}


@dataclass(frozen=True, slots=True)
class Doors:
    """The ways at both ends by stop node, and the direct ways by mode; pen: draws them."""

    access: Ways
    egress: Ways
    direct: dict[str, Way]
    pen: Pen

    def ends(self) -> Ends:
        walk = self.direct.get("WALK")
        walk_s = walk.duration_s if walk else int(NEVER)
        return Ends(self.access.node, self.access.seconds, self.egress.node, self.egress.seconds, walk_s)


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
) -> Ways:
    """The way from a spot to each stop node within reach, inward from each to the spot."""
    near = territory.streets.access(spot.point, longest_s, speed_mps, mode, inward)
    found = Ways(near.stop, near.seconds, near.metres, near.estimated)
    if spot.stop >= 0:
        found = _with_its_own(found, np.array(_at_once(territory, spot), np.int32))
    return _of_all_nodes(territory.network, found) if territory.network.has_split_stops else found


def _with_its_own(found: Ways, stops: Int32s) -> Ways:
    """No way at all to the stops that one is at."""
    others, none = ~np.isin(found.node, stops), np.zeros(len(stops), np.int32)
    return Ways(
        np.concatenate([stops, found.node[others]]),
        np.concatenate([none, found.seconds[others]]),
        np.concatenate([none, found.metres[others]]),
        np.concatenate([none.astype(bool), found.estimated[others]]),
    )


def _of_all_nodes(network: Network, found: Ways) -> Ways:
    """What leads to a stop leads to all nodes split off it."""
    nodes = [network.nodes(stop) for stop in found.node.tolist()]
    row = np.repeat(np.arange(len(nodes)), [len(some) for some in nodes])
    node = np.array([node for some in nodes for node in some], np.int32)
    return Ways(node, found.seconds[row], found.metres[row], found.estimated[row])


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
