"""Searches of one mode over streets, from footholds to linked places, or to other footholds. Safe between threads."""

from __future__ import annotations

from dataclasses import dataclass
from threading import local

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point
from mobility.streets import buckets, kernels, lane_entries, near
from mobility.streets.footholds import LAT, LON, OFF, SEGMENT, SHARE
from mobility.streets.graph import CLOSED, E7
from mobility.streets.kernels import FAR
from mobility.streets.lanes import ARC, HOLD, LEAST_COST, NODE, Lanes, Links

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]
Work = tuple[Int32s, Int32s, Int32s, Int64s]
Rows = tuple[Int32s, Int32s, Int32s]


@dataclass(frozen=True, slots=True, eq=False)
class ReachedPlaces:
    """table: rows of places, the cost, the length and the length of unknown ground of the way to each, centimetres."""

    table: Int32s

    @property
    def place(self) -> Int32s:
        row: Int32s = self.table[0]
        return row

    @property
    def cost(self) -> Int32s:
        row: Int32s = self.table[1]
        return row

    @property
    def length(self) -> Int32s:
        row: Int32s = self.table[2]
        return row


@dataclass(frozen=True, slots=True)
class Foothold:
    """Where a trail meets the streets."""

    share: float
    off_cm: int
    point: Point


@dataclass(frozen=True, slots=True)
class Trail:
    """A way from a foothold to another. arcs: of the segments gone along, the first and the last one in part."""

    start: Foothold
    end: Foothold
    arcs: tuple[int, ...]
    cost: int


class Search:
    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self._thread = local()

    def reach(self, start: Floats, bound: int, links: Links, inward: bool = False) -> ReachedPlaces:
        """The linked places within the bound (of cost). inward: ways from the places to the footholds."""
        lanes, work = self.lanes, self._rows()
        best, found = self._bests(len(links))
        ground = lanes.segments[2], lanes.cost, lanes.ground[1], lanes.off_street
        n_found = lane_entries.at_once(start, links.by_segment, links.place, inward, ground, bound, best, found)
        seeds = lanes.entries(start, inward)
        known = links.near_in if inward else links.near_out
        if known is not None and bound <= known.bound:
            return ReachedPlaces(buckets.look_up(seeds, known.first, known.rows, bound, best, found, n_found))
        graph, linked = (lanes.open_inward, links.into) if inward else (lanes.open_outward, links.out)
        n_touched = buckets.reach(graph, seeds, bound, work)
        return ReachedPlaces(buckets.gather(work, n_touched, linked, bound, best, found, n_found))

    def work_out(self, links: Links) -> None:
        """Once and for all what is near every junction, so that `reach` looks it up."""
        lanes, work = self.lanes, self._rows()
        seeds = [[lanes.entries(holds, inward) for holds in links.held] for inward in (True, False)]
        links.near_out = near.near(lanes.open_inward, seeds[0], work)
        links.near_in = near.near(lanes.open_outward, seeds[1], work)

    def trail(self, start: Floats, end: Floats, bound: int) -> Trail | None:
        """The cheapest way from a foothold of `start` to one of `end`, None where none is within the bound."""
        best = self._on_one_segment(start, end, bound)
        bound = best.cost - 1 if best else bound
        seeds, targets = self.lanes.entries(start, False), self.lanes.entries(end, True)
        if bound < 0 or not len(seeds) or not len(targets):
            return best
        goal = end[0, LAT], end[0, LON], LEAST_COST[self.lanes.mode]
        work = self._work()
        cost, target, n_touched = kernels.towards(
            self.lanes.outward, self.lanes.places, (seeds, targets), goal, bound, work
        )
        if target >= 0:
            seed, between = self._traced(int(targets[target, NODE]), work[1])
            arcs = (int(seeds[seed, ARC]), *between, int(targets[target, ARC]))
            best = Trail(_hold(start[seeds[seed, HOLD]]), _hold(end[targets[target, HOLD]]), arcs, int(cost))
        kernels.put_back(work, n_touched)
        return best

    def _traced(self, node: int, came_by: Int32s) -> tuple[int, list[int]]:
        """The seed that a junction was reached from, and the arcs between."""
        segments, arcs = self.lanes.streets.segments, list[int]()
        while (arc := int(came_by[node])) >= 0:
            arcs.append(arc)
            node = int(segments.end[arc >> 1] if arc & 1 else segments.start[arc >> 1])
        return -1 - arc, arcs[::-1]

    def _on_one_segment(self, start: Floats, end: Floats, bound: int) -> Trail | None:
        trails = [
            Trail(_hold(a), _hold(b), (2 * int(a[SEGMENT]) + int(b[SHARE] < a[SHARE]),), cost)
            for a in start
            for b in end
            if a[SEGMENT] == b[SEGMENT] and (cost := self.lanes.along(a, b)[0]) != CLOSED and cost <= bound
        ]
        return min(trails, key=lambda trail: trail.cost, default=None)

    def _work(self) -> Work:
        """This thread's arrays; see kernels.towards."""
        if not hasattr(self._thread, "work"):
            n_nodes, n_arcs = len(self.lanes.streets.lat), len(self.lanes.outward[1])
            columns = (np.empty(n_nodes, np.int32) for _ in range(2))
            heap = np.empty(2 * n_arcs + 64, np.int64)
            self._thread.work = np.full(n_nodes, FAR, np.int32), *columns, heap
        work: Work = self._thread.work
        return work

    def _rows(self) -> Rows:
        """This thread's arrays; see buckets.reach."""
        if not hasattr(self._thread, "rows"):
            rows = np.full((len(self.lanes.streets.lat), buckets.COLUMNS), -1, np.int32)
            rows[:, buckets.COST] = FAR
            self._thread.rows = rows, np.empty(len(rows), np.int32), np.full(buckets.BUCKETS, -1, np.int32)
        held: Rows = self._thread.rows
        return held

    def _bests(self, n_places: int) -> tuple[Int32s, Int32s]:
        held = getattr(self._thread, "bests", None)
        if held is None or len(held[1]) < n_places:
            held = self._thread.bests = np.full((n_places, 3), FAR, np.int32), np.empty(n_places, np.int32)
        bests: tuple[Int32s, Int32s] = held
        return bests


def _hold(row: Floats) -> Foothold:
    return Foothold(float(row[SHARE]), round(row[OFF]), Point(float(row[LAT]) / E7, float(row[LON]) / E7))
