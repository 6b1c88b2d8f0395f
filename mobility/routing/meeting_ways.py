"""The short ways between meeting points and the stops round them, each looked up once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mobility.carpool.offer import MeetingPoint, PointKind
from mobility.network.network import Network
from mobility.network.streets import StreetRouter
from mobility.network.timetable import Int32s
from mobility.routing.access import Ways, of_all_nodes
from mobility.routing.query import Spot

LONGEST_S = 600
"""A longer walk between a car and a vehicle is none to plan with."""


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """A meeting point: where it is, as a stop where it is one, and the ways between it and the stops round it."""

    spot: Spot
    ways: Ways


class MeetingWays:
    """Of one network. mode: WALK or STEP_FREE. Ways are as long in both directions here: they are short."""

    def __init__(self, network: Network, streets: StreetRouter, mode: str) -> None:
        self._network, self._streets, self._mode = network, streets, mode
        self._known: dict[str, Around] = {}

    def of(self, point: MeetingPoint) -> Around:
        found = self._known.get(point.id)
        if found is None or found.spot.point != point.point:
            found = self._known[point.id] = self._looked_up(point)
        return found

    def _looked_up(self, point: MeetingPoint) -> Around:
        stop = self._network.stops.id.find(point.id) if point.kind is PointKind.STOP else None
        spot = Spot(point.point, point.name, -1 if stop is None else stop)
        if stop is not None and self._mode == "WALK":
            return Around(spot, self._from_stop(stop))
        speed_mps = self._network.terrain.speed_mps
        near = self._streets.access(point.point, LONGEST_S, speed_mps, self._mode)
        return Around(spot, of_all_nodes(self._network, Ways(near.stop, near.seconds, near.metres, near.estimated)))

    def _from_stop(self, stop: int) -> Ways:
        """Where one may change from a vehicle at the stop, one may change from a car."""
        walks, nodes = self._network.footpaths, np.array(self._network.nodes(stop), np.int32)
        first = walks.of(stop)
        near = walks.duration_s[first.start : first.stop] <= LONGEST_S
        node = walks.to_stop[first.start : first.stop][near]
        seconds, metres = (column[first.start : first.stop][near] for column in (walks.duration_s, walks.distance_m))
        others, none = ~np.isin(node, nodes), np.zeros(len(nodes), np.int32)
        columns = (np.concatenate([a, b[others]]) for a, b in ((nodes, node), (none, seconds), (none, metres)))
        around: tuple[Int32s, Int32s, Int32s] = tuple(columns)  # type: ignore[assignment]
        return Ways(*around, np.ones(len(around[0]), bool))
