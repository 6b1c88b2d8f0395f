"""The short ways between meeting points and the stops round them, each looked up once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.offer import MeetingPoint, Offer, OfferId, PointKind
from mobility.network.network import Network
from mobility.network.streets import StreetRouter
from mobility.network.timetable import Int32s
from mobility.routing.access import Ways, of_all_nodes
from mobility.routing.query import Spot

Int64s = NDArray[np.int64]

LONGEST_S = 600
"""A longer walk between a car and a vehicle is none to plan with."""
OFFERS_KEPT = 4_000
"""Of which the ways round all waypoints are kept: some megabytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """A meeting point: where it is, as a stop where it is one, and the ways between it and the stops round it."""

    spot: Spot
    ways: Ways


@dataclass(frozen=True, slots=True, eq=False)
class Along:
    """The ways round all waypoints of an offer, one after the other. sizes: how many there are round each."""

    offer: Offer
    sizes: Int64s
    node: Int32s
    seconds: Int32s


class MeetingWays:
    """Of one network. mode: WALK or STEP_FREE. Ways are as long in both directions here: they are short."""

    def __init__(self, network: Network, streets: StreetRouter, mode: str) -> None:
        self._network, self._streets, self._mode = network, streets, mode
        self._known: dict[str, Around] = {}
        self._along: dict[OfferId, Along] = {}

    def of(self, point: MeetingPoint) -> Around:
        found = self._known.get(point.id)
        if found is None or found.spot.point != point.point:
            found = self._known[point.id] = self._looked_up(point)
        return found

    def along(self, offer: Offer) -> Along:
        found = self._along.get(offer.id)
        if found is None or found.offer is not offer:
            if len(self._along) >= OFFERS_KEPT:
                self._along = {}
            found = self._along[offer.id] = self._laid_along(offer)
        return found

    def _laid_along(self, offer: Offer) -> Along:
        ways = [self.of(one.meeting_point).ways for one in offer.waypoints]
        node, seconds = (np.concatenate([getattr(one, name) for one in ways]) for name in ("node", "seconds"))
        return Along(offer, np.array([len(one) for one in ways], np.int64), node, seconds)

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


def by_node(arounds: Sequence[Ways], from_s: Int64s) -> tuple[Int32s, Int64s, Int64s]:
    """Each node once, with the least seconds and the row of `arounds` that has them."""
    sizes = [len(ways) for ways in arounds]
    which = np.repeat(np.arange(len(arounds)), sizes)
    node = np.concatenate([ways.node for ways in arounds])
    at_s = np.concatenate([ways.seconds for ways in arounds]) + from_s[which]
    order = np.lexsort((at_s, node))
    node, at_s, which = node[order], at_s[order], which[order]
    first = np.concatenate([[True], node[1:] != node[:-1]]) if len(node) else np.empty(0, bool)
    return node[first].astype(np.int32), at_s[first], which[first]
