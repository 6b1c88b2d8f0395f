"""Whether a straight line on foot leads over water that the extract knows, and whether a point lies at sea."""

from __future__ import annotations

from math import ceil, cos, hypot, sqrt

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen, kernel
from mobility.geo import Point
from mobility.streets.footholds import FARTHEST_M
from mobility.streets.graph import E7
from mobility.streets.grid import CELL_M, cells_of
from mobility.streets.kernels import CM_PER_E7
from mobility.streets.shores import Shores

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

QUAY_M = 50.0
"""Who is so near to a shore may stand over its edge: on a quay, a pier, a pontoon."""
SEEN_M = 3000.0
"""So near to a coast one knows whether one is at sea."""
M_PER_E7 = CM_PER_E7 / 100
NEAR_CELLS = ceil(FARTHEST_M / CELL_M) + 1


class Coast:
    """Safe between threads."""

    def __init__(self, shores: Shores) -> None:
        ends_here = np.zeros(len(shores.lat), bool)
        ends_here[shores.first[1:] - 1] = True
        piece = np.flatnonzero(~ends_here)
        self._points = frozen(shores.lat), frozen(shores.lon)
        self._is_there = len(piece) > 0
        if not self._is_there:
            return
        box, first, held = cells_of(shores.lat, shores.lon, piece)
        self._shores = frozen(box), frozen(first), frozen(piece[held].astype(np.int32)), *self._points
        self._box, self._near = tuple(box.tolist()), _cells_near(box, first)
        shore = np.searchsorted(shores.first, piece, side="right") - 1
        is_sea = shores.is_coast[shore] == 1
        self._sea = frozen(piece[is_sea].astype(np.int32))

    def __bool__(self) -> bool:
        return self._is_there

    def lies_before(self, point: Point, lat: Floats, lon: Floats) -> Bools:
        """Whether the lines to places on streets lead over a shore, beyond QUAY_M from the point. lat, lon: 1e-7
        degrees."""
        across = np.zeros(len(lat), bool)
        if self._is_there:
            mark_from((point.lat * E7, point.lon * E7), (lat, lon), (QUAY_M, 0.0), self._shores, across)
        return across

    def lies_across(self, point: Point, lat: Floats, lon: Floats) -> Bools:
        """The same beyond QUAY_M from both ends. lat, lon: degrees."""
        across = np.zeros(len(lat), bool)
        if self._is_there:
            ends = lat * E7, lon * E7
            mark_from((point.lat * E7, point.lon * E7), ends, (QUAY_M, QUAY_M), self._shores, across)
        return across

    def lies_between(self, starts: tuple[Floats, Floats], ends: tuple[Floats, Floats]) -> Bools:
        """The same of pairs of places: lat, lon in degrees."""
        (lat, lon), (end_lat, end_lon) = starts, ends
        across = np.zeros(len(lat), bool)
        if self._is_there:
            pairs = lat * E7, lon * E7, end_lat * E7, end_lon * E7
            mark_between(pairs, (QUAY_M, QUAY_M), self._shores, across)
        return across

    def is_near(self, point: Point) -> bool:
        """Whether a shore may be within FARTHEST_M."""
        if not self._is_there:
            return False
        south, west, height, width, rows, columns = self._box
        row, column = int((point.lat * E7 - south) // height), int((point.lon * E7 - west) // width)
        row, column, wide = row + NEAR_CELLS, column + NEAR_CELLS, columns + 2 * NEAR_CELLS
        if not (0 <= row < rows + 2 * NEAR_CELLS and 0 <= column < wide):
            return False
        return bool(self._near[row * wide + column])

    def is_at_sea(self, point: Point) -> bool:
        """Whether the point lies more than QUAY_M off the nearest coast, on the side of the sea."""
        if not self._is_there or not len(self._sea):
            return False
        _, off_m, aside_m, is_corner = nearest_coast((point.lat * E7, point.lon * E7), self._sea, self._points)
        return not is_corner and QUAY_M < off_m <= SEEN_M and aside_m < 0

    def is_in_sight(self, point: Point) -> bool:
        """Whether a coast of the sea is within SEEN_M: who lies beyond the extract may be on an island."""
        if not self._is_there or not len(self._sea):
            return False
        return bool(nearest_coast((point.lat * E7, point.lon * E7), self._sea, self._points)[1] <= SEEN_M)


def _cells_near(box: Int64s, first: Int32s) -> bytes:
    """By cell of the box and of NEAR_CELLS round it: 1 where a shore may be within FARTHEST_M."""
    rows, columns = int(box[4]), int(box[5])
    near = np.pad((np.diff(first) > 0).reshape(rows, columns), NEAR_CELLS)
    for axis in (0, 1):  # what is moved by so much ends within the margin
        near = np.logical_or.reduce([np.roll(near, by, axis) for by in range(-NEAR_CELLS, NEAR_CELLS + 1)])
    return near.astype(np.uint8).tobytes()


@kernel
def mark_from(
    start: tuple[float, float],
    ends: tuple[Floats, Floats],
    cut_m: tuple[float, float],
    shores: tuple[Int64s, Int32s, Int32s, Int32s, Int32s],
    across: Bools,
) -> None:
    """across: set where the line from the start to an end meets a shore. start, ends: lat, lon in 1e-7 degrees.
    cut_m, shores: see crosses."""
    for i in range(len(ends[0])):
        across[i] = crosses((start[0], start[1], ends[0][i], ends[1][i]), cut_m, shores)


@kernel
def mark_between(
    pairs: tuple[Floats, Floats, Floats, Floats],
    cut_m: tuple[float, float],
    shores: tuple[Int64s, Int32s, Int32s, Int32s, Int32s],
    across: Bools,
) -> None:
    """The same for each of the pairs: lat, lon of the one place and of the other."""
    for i in range(len(pairs[0])):
        across[i] = crosses((pairs[0][i], pairs[1][i], pairs[2][i], pairs[3][i]), cut_m, shores)


@kernel
def crosses(
    line: tuple[float, float, float, float],
    cut_m: tuple[float, float],
    shores: tuple[Int64s, Int32s, Int32s, Int32s, Int32s],
) -> bool:
    """Whether the line (lat, lon, lat, lon in 1e-7 degrees) meets a shore.

    cut_m: so much of the line is left out at its start and at its end. shores: box, first, piece of the grid; lat, lon
    of the points. Looks, row of cells by row, at the columns that the line passes in it.
    """
    (lat, lon, end_lat, end_lon), (box, first, piece, point_lat, point_lon) = line, shores
    dy, dx = end_lat - lat, end_lon - lon
    metres = hypot(dy * M_PER_E7, dx * cos(lat / 1e7 * np.pi / 180) * M_PER_E7)
    if metres <= cut_m[0] + cut_m[1]:
        return False
    near, far = cut_m[0] / metres, 1 - cut_m[1] / metres
    ay, ax, by, bx = lat + near * dy, lon + near * dx, lat + far * dy, lon + far * dx
    low, high = min(ay, by), max(ay, by)
    first_row, last_row = int((low - box[0]) // box[2]), int((high - box[0]) // box[2])
    for row in range(max(0, first_row), min(box[4] - 1, last_row) + 1):
        # The part of the line within this row of cells.
        x0, x1 = ax, bx
        if ay != by:
            x0 = ax + (max(low, box[0] + row * box[2]) - ay) / (by - ay) * (bx - ax)
            x1 = ax + (min(high, box[0] + (row + 1) * box[2]) - ay) / (by - ay) * (bx - ax)
        west = min(box[5], max(0, int((min(x0, x1) - box[1]) // box[3])))
        east = min(box[5] - 1, int((max(x0, x1) - box[1]) // box[3]))
        # Cells side by side hold their pieces one after the other.
        for k in range(first[row * box[5] + west], first[row * box[5] + max(west - 1, east) + 1]):
            p = piece[k]
            cy, cx, ey, ex = point_lat[p], point_lon[p], point_lat[p + 1], point_lon[p + 1]
            # Two lines meet where the ends of each lie on both sides of the other.
            c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
            e = (bx - ax) * (ey - ay) - (by - ay) * (ex - ax)
            a = (ex - cx) * (ay - cy) - (ey - cy) * (ax - cx)
            b = (ex - cx) * (by - cy) - (ey - cy) * (bx - cx)
            if c * e <= 0 and a * b <= 0 and not (c == 0 and e == 0):
                return True
    return False


@kernel
def nearest_coast(
    here: tuple[float, float], sea: Int32s, points: tuple[Int32s, Int32s]
) -> tuple[int, float, float, bool]:
    """Row in sea of the nearest piece of the coast, how far off it is, how far one stands to its left (both metres),
    and whether its end is nearest and no other piece begins there.

    At a corner two pieces are equally near; the one that one stands more squarely to knows its side.
    """
    (lat, lon), (point_lat, point_lon) = here, points
    wide = cos(lat / 1e7 * np.pi / 180) * M_PER_E7
    row, off, aside, is_end, equal = -1, np.inf, 0.0, False, 0
    for i in range(len(sea)):
        p = sea[i]
        ax, ay = (point_lon[p] - lon) * wide, (point_lat[p] - lat) * M_PER_E7
        dx, dy = (point_lon[p + 1] - lon) * wide - ax, (point_lat[p + 1] - lat) * M_PER_E7 - ay
        square = max(dx * dx + dy * dy, 1e-9)
        share = min(1.0, max(0.0, -(ax * dx + ay * dy) / square))
        metres = hypot(ax + share * dx, ay + share * dy)
        side = (ax * dy - ay * dx) / sqrt(square)
        if metres > off + 0.01:
            continue
        equal = equal + 1 if metres >= off - 0.01 else 1
        if equal == 1 or abs(side) > abs(aside):
            row, aside, is_end = i, side, share == 0.0 or share == 1.0
        off = min(off, metres)
    return row, off, aside, equal == 1 and is_end
