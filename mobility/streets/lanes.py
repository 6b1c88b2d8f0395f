"""Streets as one mode sees them: the arrays that its searches read, and how footholds meet them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen
from mobility.geo import Point
from mobility.streets import lane_entries
from mobility.streets.coast import Coast
from mobility.streets.costs import FASTEST_KMH, PUSHING, step_free_states
from mobility.streets.footholds import FARTHEST_M, LAT, LON, SEGMENT, footholds
from mobility.streets.graph import E7, Mode, Streets
from mobility.streets.near import Near
from mobility.streets.tags import Wheelchair

Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]

OFF_STREET = {Mode.WALK: 1.0, Mode.STEP_FREE: 1.0, Mode.BIKE: PUSHING, Mode.CAR: 0.75}
"""Cost of a centimetre between a point and the street: on foot."""
LEAST_COST = {Mode.WALK: 1.0, Mode.STEP_FREE: 1.0, Mode.BIKE: 1.0, Mode.CAR: 3.6 / FASTEST_KMH}
"""Of a centimetre of street."""

NODE, COST, LENGTH, UNKNOWN, HOLD, ARC = range(6)
"""Columns of entries."""


class Lanes:
    """outward: first, head, cost, arc as kernels.towards reads them, leaving a point.

    open_outward, open_inward: first, and by open arc head, cost, length, length of unknown ground, side by side in
    memory, as buckets.reach reads them; leaving a point and coming to it.
    ground: length of segments, and whether each is of unknown ground (empty unless the mode asks).
    """

    def __init__(self, streets: Streets, mode: Mode) -> None:
        self.streets, self.mode, self.coast = streets, mode, Coast(streets.shores)
        self._box = tuple(edge(of) for of in (streets.point_lat, streets.point_lon) for edge in (np.min, np.max))
        self.graph = graph = streets.of(mode)
        first, head, arc = frozen(graph.first), frozen(graph.head), frozen(graph.arc)
        self.outward = first, head, frozen(graph.cost_out), arc
        self.places = frozen(streets.lat), frozen(streets.lon)
        unknown = np.empty(0, np.uint8)
        if mode is Mode.STEP_FREE:
            unknown = (step_free_states(streets.segments) == Wheelchair.UNKNOWN).astype(np.uint8)
        segments = streets.segments
        self.segments = frozen(segments.start), frozen(segments.end), frozen(segments.length_cm)
        self.cost, self.off_street = frozen(graph.cost), OFF_STREET[mode]
        self.ground = self.segments[2], frozen(unknown)
        self.open_outward, self.open_inward = (self._open(cost) for cost in (graph.cost_out, graph.cost_in))

    def _open(self, cost: Int32s) -> tuple[Int32s, Int32s]:
        graph, (length_cm, is_unknown) = self.graph, self.ground
        is_open = cost >= 0
        segment = graph.arc[is_open] >> 1
        unknown_cm = np.where(is_unknown[segment], length_cm[segment], 0) if len(is_unknown) else 0 * segment
        arcs = np.stack([graph.head[is_open], cost[is_open], length_cm[segment], unknown_cm], axis=1).astype(np.int32)
        first = np.concatenate([[0], np.cumsum(is_open)])[graph.first].astype(np.int32)
        return frozen(first), frozen(arcs)

    def footholds(self, point: Point, farthest_m: float = FARTHEST_M) -> Floats:
        """Rows as in mobility/streets/footholds.py; nobody gets to a street over open water."""
        holds = footholds(self.streets, self.graph, point, farthest_m)
        if not self.coast.is_near(point):
            return holds
        return holds[~self.coast.lies_before(point, holds[:, LAT], holds[:, LON])]

    def is_cut_off(self, point: Point) -> bool:
        """Whether the streets near the point lie over water, all of them."""
        if not self.coast or len(self.footholds(point)):
            return False
        return len(footholds(self.streets, self.graph, point)) > 0

    def is_beyond(self, point: Point) -> bool:
        """Whether it lies outside the extract, which may end before the shore."""
        south, north, west, east = self._box
        return not (south <= point.lat * E7 <= north and west <= point.lon * E7 <= east)

    def entries(self, holds: Floats, inward: bool) -> Int32s:
        """How the junctions round the footholds are come to from them (inward: they from the junctions).

        (n, 6): junction, cost, length, length of unknown ground, row of the foothold, arc that is taken in part.
        """
        return lane_entries.entries(holds, inward, self.segments, self.cost, self.ground[1], self.off_street)

    def along(self, a: Floats, b: Floats) -> tuple[int, int, int]:
        """Cost, length, length of unknown ground between two footholds of one segment; cost CLOSED if it is closed."""
        return lane_entries.along(a, b, self.segments[2], self.cost, self.ground[1], self.off_street)


class Links:
    """Places that stand still (stops, car parks) and how each meets the streets; rows in the order of the points.

    out, into: by junction first, place, cost, length, length of unknown ground; from junctions to places and back.
    near_out, near_in: by junction all places near it, where they were worked out; see mobility/streets/near.py.
    by_segment: all footholds in order of their segments; place: the place of each.
    """

    def __init__(self, lanes: Lanes, points: Sequence[Point], farthest_m: float) -> None:
        self.held = tuple(lanes.footholds(point, farthest_m) for point in points)
        self.is_linked = np.array([len(holds) > 0 for holds in self.held], bool)
        self.all_linked = bool(self.is_linked.all())
        self.near_out: Near | None = None
        self.near_in: Near | None = None
        self.out = self._by_junction(lanes, inward=True)
        self.into = self._by_junction(lanes, inward=False)
        rows = np.concatenate([np.empty((0, 5)), *self.held])
        place = np.repeat(np.arange(len(points), dtype=np.int32), [len(holds) for holds in self.held])
        order = np.argsort(rows[:, SEGMENT], kind="stable")
        self.by_segment, self.place = frozen(rows[order]), frozen(place[order])

    def __len__(self) -> int:
        return len(self.held)

    def _by_junction(self, lanes: Lanes, inward: bool) -> tuple[Int32s, Int32s, Int32s, Int32s, Int32s]:
        entries = [lanes.entries(holds, inward) for holds in self.held]
        place = np.repeat(np.arange(len(entries), dtype=np.int32), [len(rows) for rows in entries])
        rows = np.concatenate([np.empty((0, 6), np.int32), *entries])
        order = np.argsort(rows[:, NODE], kind="stable")
        n_nodes = len(lanes.streets.lat)
        first = np.zeros(n_nodes + 1, np.int32)
        np.cumsum(np.bincount(rows[:, NODE], minlength=n_nodes), out=first[1:])
        cost, length, unknown = (np.ascontiguousarray(rows[order, column]) for column in (COST, LENGTH, UNKNOWN))
        return first, place[order], cost, length, unknown
