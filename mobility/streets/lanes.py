"""Streets as one mode sees them: the arrays that its searches read, and how footholds meet them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point
from mobility.streets.costs import FASTEST_KMH, PUSHING, step_free_states
from mobility.streets.graph import CLOSED, Mode, Streets
from mobility.streets.snapping import FARTHEST_M, Foothold, footholds
from mobility.streets.tags import Wheelchair

Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]
Scalar = TypeVar("Scalar", bound=np.generic)

OFF_STREET = {Mode.WALK: 1.0, Mode.STEP_FREE: 1.0, Mode.BIKE: PUSHING, Mode.CAR: 0.75}
"""Cost of a centimetre between a point and the street: on foot."""
LEAST_COST = {Mode.WALK: 1.0, Mode.STEP_FREE: 1.0, Mode.BIKE: 1.0, Mode.CAR: 3.6 / FASTEST_KMH}
"""Of a centimetre of street."""

NODE, COST, LENGTH, UNKNOWN, HOLD, ARC = range(6)
"""Columns of entries."""


class Lanes:
    """outward, inward: first, head, cost, arc as the kernels read them, leaving a point and coming to it.

    ground: length of segments, and whether each is of unknown ground (empty unless the mode asks).
    """

    def __init__(self, streets: Streets, mode: Mode) -> None:
        self.streets, self.mode = streets, mode
        self.graph = graph = streets.of(mode)
        first, head, arc = frozen(graph.first), frozen(graph.head), frozen(graph.arc)
        self.outward = first, head, frozen(graph.cost_out), arc
        self.inward = first, head, frozen(graph.cost_in), arc
        self.places = frozen(streets.lat), frozen(streets.lon)
        unknown = np.empty(0, np.uint8)
        if mode is Mode.STEP_FREE:
            unknown = (step_free_states(streets.segments) == Wheelchair.UNKNOWN).astype(np.uint8)
        self.ground = frozen(streets.segments.length_cm), frozen(unknown)

    def footholds(self, point: Point, farthest_m: float = FARTHEST_M) -> tuple[Foothold, ...]:
        return footholds(self.streets, self.graph, point, farthest_m)

    def entries(self, holds: Iterable[Foothold], inward: bool) -> Int32s:
        """How the junctions round the footholds are come to from them (inward: they from the junctions).

        (n, 6): junction, cost, length, length of unknown ground, row of the foothold, arc that is taken in part.
        """
        segments, cost, rows = self.streets.segments, self.graph.cost, []
        for number, hold in enumerate(holds):
            ends = int(segments.start[hold.segment]), int(segments.end[hold.segment])
            for back in (0, 1):
                arc = 2 * hold.segment + back
                whole = int(cost[arc])
                if whole == CLOSED:
                    continue
                # Forward (0) one leaves towards the end, and comes to the foothold from the start; back the reverse.
                to_end = back == inward
                share = 1 - hold.share if to_end else hold.share
                length = round(share * int(segments.length_cm[hold.segment]))
                unknown = length if self.is_unknown(hold.segment) else 0
                off = self.off_street(hold.off_cm)
                rows.append((ends[to_end], round(share * whole) + off, length + hold.off_cm, unknown, number, arc))
        return np.array(rows, np.int32).reshape(-1, 6)

    def along(self, a: Foothold, b: Foothold) -> tuple[int, int, int]:
        """Cost, length, length of unknown ground between two footholds of one segment; cost CLOSED if it is closed."""
        whole = int(self.graph.cost[2 * a.segment + (b.share < a.share)])
        if whole == CLOSED:
            return CLOSED, 0, 0
        share, off_cm = abs(b.share - a.share), a.off_cm + b.off_cm
        length = round(share * int(self.streets.segments.length_cm[a.segment]))
        cost = round(share * whole) + self.off_street(a.off_cm) + self.off_street(b.off_cm)
        return cost, length + off_cm, length if self.is_unknown(a.segment) else 0

    def off_street(self, off_cm: int) -> int:
        return round(off_cm * OFF_STREET[self.mode])

    def is_unknown(self, segment: int) -> bool:
        unknown = self.ground[1]
        return bool(len(unknown) and unknown[segment])


class Links:
    """Places that stand still (stops, car parks) and how each meets the streets; rows in the order of the points.

    out, into: by junction first, place, cost, length, length of unknown ground; from junctions to places and back.
    """

    def __init__(self, lanes: Lanes, points: Sequence[Point], farthest_m: float) -> None:
        self.held = tuple(lanes.footholds(point, farthest_m) for point in points)
        self.is_linked = np.array([bool(holds) for holds in self.held], bool)
        self.all_linked = bool(self.is_linked.all())
        self.out = self._by_junction(lanes, inward=True)
        self.into = self._by_junction(lanes, inward=False)
        rows = sorted((hold.segment, place) for place, holds in enumerate(self.held) for hold in holds)
        self._segment, self._place = np.array(rows, np.int32).reshape(-1, 2).T

    def __len__(self) -> int:
        return len(self.held)

    def on(self, segment: int) -> list[int]:
        """Rows of the places that meet a segment."""
        low, high = np.searchsorted(self._segment, [segment, segment + 1])
        places: list[int] = self._place[low:high].tolist()
        return places

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


def frozen(column: NDArray[Scalar]) -> NDArray[Scalar]:
    """A view that nobody may write to: kernels are compiled once, for mapped arrays and for those in memory."""
    view = column.view()
    view.flags.writeable = False
    return view
