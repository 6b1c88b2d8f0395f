"""The short ways between meeting points and the stops round them, each looked up once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.offer import MeetingPoint, Offer, OfferId, PointKind
from mobility.network.kernel import kernel
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
    """The ways round waypoints that stand one after the other: those of waypoint w are rows first[w] .. first[w + 1] of
    node and seconds. stop: the row of the stop that it is and that lines serve, -1 where it is none."""

    stop: Int32s
    first: Int64s
    node: Int32s
    seconds: Int32s


class Laid(NamedTuple):
    """What is kept of an offer; sizes: the number of ways round each waypoint."""

    offer: Offer
    stop: Int32s
    sizes: Int64s
    node: Int32s
    seconds: Int32s


class MeetingWays:
    """Of one network. mode: WALK or STEP_FREE. Ways are as long in both directions here: they are short."""

    def __init__(self, network: Network, streets: StreetRouter, mode: str) -> None:
        self._network, self._streets, self._mode = network, streets, mode
        self._known: dict[str, Around] = {}
        self._along: dict[OfferId, Laid] = {}

    def of(self, point: MeetingPoint) -> Around:
        found = self._known.get(point.id)
        if found is None or found.spot.point != point.point:
            found = self._known[point.id] = self._looked_up(point)
        return found

    def along_all(self, offers: Sequence[Offer]) -> Along:
        """One offer's waypoints after the other's."""
        _, stops, sizes, nodes, seconds = zip(*map(self._along_one, offers), strict=True)
        first = np.zeros(sum(map(len, stops)) + 1, np.int64)
        np.cumsum(np.concatenate(sizes), out=first[1:])
        return Along(np.concatenate(stops), first, np.concatenate(nodes), np.concatenate(seconds))

    def _along_one(self, offer: Offer) -> Laid:
        found = self._along.get(offer.id)
        if found is None or found.offer is not offer:
            if len(self._along) >= OFFERS_KEPT:
                self._along = {}
            found = self._along[offer.id] = self._laid_along(offer)
        return found

    def _laid_along(self, offer: Offer) -> Laid:
        arounds = [self.of(one.meeting_point) for one in offer.waypoints]
        node, seconds = (np.concatenate([getattr(one.ways, name) for one in arounds]) for name in ("node", "seconds"))
        stop = np.array([self._served(one.spot.stop) for one in arounds], np.int32)
        return Laid(offer, stop, np.array([len(one.ways) for one in arounds], np.int64), node, seconds)

    def _served(self, stop: int) -> int:
        stops = self._network.stops
        return stop if stop >= 0 and stops.kind[stop] == 0 and stops.modes[stop] else -1

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


@kernel
def soonest(first: Int64s, node: Int32s, seconds: Int32s, at_node: Int32s, never: int, not_at_all: int) -> Int64s:
    """By waypoint: the least of at_node plus the seconds of the way, not_at_all where all round it are `never`."""
    found = np.full(len(first) - 1, not_at_all, np.int64)
    for point in range(len(found)):
        for way in range(first[point], first[point + 1]):
            if at_node[node[way]] != never:
                found[point] = min(found[point], np.int64(at_node[node[way]]) + seconds[way])
    return found


@kernel
def by_node(
    points: Int64s, from_s: Int64s, ways: tuple[Int64s, Int32s, Int32s], n_nodes: int
) -> tuple[Int32s, Int32s, Int64s]:
    """Each node round the points once, with the least seconds and the row of `points` that has them.

    from_s: when one is at each point. ways: first, node, seconds of Along.
    """
    first, node, seconds = ways
    row_at = np.full(n_nodes, -1, np.int32)
    out_node, out_s = np.empty(n_nodes, np.int32), np.empty(n_nodes, np.int32)
    which = np.empty(n_nodes, np.int64)
    n_out = 0
    for row in range(len(points)):
        for way in range(first[points[row]], first[points[row] + 1]):
            at_s = from_s[row] + seconds[way]
            place = row_at[node[way]]
            if place < 0:
                place = row_at[node[way]] = n_out
                out_node[place], out_s[place] = node[way], at_s
                which[place] = row
                n_out += 1
            elif at_s < out_s[place]:
                out_s[place], which[place] = at_s, row
    return out_node[:n_out], out_s[:n_out], which[:n_out]
