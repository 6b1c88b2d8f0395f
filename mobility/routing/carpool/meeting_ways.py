"""The short ways between meeting points and the stops round them, each looked up once."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np

from mobility.carpool.offer import MeetingPoint, PointKind
from mobility.carpool.rows import Places, Rows, joined
from mobility.network.network import Network
from mobility.network.timetable import Int32s
from mobility.network.ways import StreetRouter
from mobility.routing.query import Spot
from mobility.routing.stop_ways import Ways, of_all_nodes

LONGEST_S = 600
"""A longer walk between a car and a vehicle is none to plan with."""


@dataclass(frozen=True, slots=True, eq=False)
class MeetingSurroundings:
    """A meeting point: where it is, as a stop where it is one, and the ways between it and the stops round it."""

    spot: Spot
    ways: Ways


PLACE = np.dtype([("stop", "i4"), ("first", "i4"), ("size", "i4")])
"""stop: the row of the stop that it is and that lines serve, -1 where it is none. first, size: of its ways; first is -1
until they are looked up."""


class LaidWays:
    """The ways round the places of one overlay, for kernels."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._rows, self._ways = _unknown(64), np.empty((1024, 2), np.int32)
        self._n_ways, self._lock = 0, Lock()

    def laid(self) -> tuple[Rows, Int32s]:
        """By place, PLACE; and node and seconds of each way. A place whose ways do not stand in the latter is as good
        as unknown: another thread lays it out just now."""
        return self._rows, self._ways

    def lay(self, place: int, stop: int, ways: Ways) -> None:
        """Once and for all: threads hold rows and ways that they have checked."""
        with self._lock:
            if place < len(self._rows) and self._rows[place]["first"] >= 0:
                return
            if place >= len(self._rows):
                self._rows = joined(self._rows, _unknown(len(self.places.points)))
            start, end = self._n_ways, self._n_ways + len(ways)
            if end > len(self._ways):
                self._ways = np.concatenate([self._ways, np.empty((end, 2), np.int32)])
            self._ways[start:end, 0], self._ways[start:end, 1] = ways.node, ways.seconds
            self._n_ways, row = end, self._rows[place]
            row["stop"], row["size"] = stop, len(ways)
            # Last of all: who reads meanwhile finds the place unknown until now.
            row["first"] = start


def _unknown(number: int) -> Rows:
    rows = np.zeros(number, PLACE)
    rows["first"] = -1
    return rows


class MeetingWays:
    """Of one network. mode: WALK or STEP_FREE. Ways are as long in both directions here: they are short."""

    def __init__(self, network: Network, streets: StreetRouter, mode: str) -> None:
        self._network, self._streets, self._mode = network, streets, mode
        self._known: dict[str, MeetingSurroundings] = {}
        self._ground: LaidWays | None = None

    def of(self, point: MeetingPoint) -> MeetingSurroundings:
        found = self._known.get(point.id)
        if found is None or found.spot.point != point.point:
            found = self._known[point.id] = self._looked_up(point)
        return found

    def ground(self, places: Places) -> LaidWays:
        """Those of offers that are gone go with them."""
        found = self._ground
        if found is None or found.places is not places:
            found = self._ground = LaidWays(places)
        return found

    def lay(self, ground: LaidWays, place: int) -> None:
        around = self.of(ground.places.points[place])
        ground.lay(place, self._served(around.spot.stop), around.ways)

    def _served(self, stop: int) -> int:
        stops = self._network.stops
        return stop if stop >= 0 and stops.kind[stop] == 0 and stops.modes[stop] else -1

    def _looked_up(self, point: MeetingPoint) -> MeetingSurroundings:
        stop = self._network.stops.id.find(point.id) if point.kind is PointKind.STOP else None
        spot = Spot(point.point, point.name, -1 if stop is None else stop)
        if stop is not None and self._mode == "WALK":
            return MeetingSurroundings(spot, self._from_stop(stop))
        speed_mps = self._network.terrain.speed_mps
        near = self._streets.access(point.point, LONGEST_S, speed_mps, self._mode)
        return MeetingSurroundings(
            spot, of_all_nodes(self._network, Ways(near.stop, near.seconds, near.metres, near.estimated))
        )

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
