"""The streets nearest to a point: not only their junctions, any place along them."""

from __future__ import annotations

from math import cos, sqrt

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen, kernel
from mobility.geo import Point
from mobility.streets.graph import E7, ModeGraph, Streets
from mobility.streets.kernels import CM_PER_E7

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST = 6
FARTHEST_M = 250.0
TOLERANCE_M = 20.0
"""A street so much farther than the nearest one may still be the one that leads on."""


SEGMENT, OFF, SHARE, LAT, LON = range(5)
"""Columns of footholds: where a point meets the streets. A segment, centimetres off it, the share of the way along it,
and the place on it in 1e-7 degrees. Rows of floats, as the searches read them."""


def footholds(streets: Streets, graph: ModeGraph, point: Point, farthest_m: float = FARTHEST_M) -> Floats:
    """None where no street is within farthest_m. Streets closed to the mode are passed over."""
    grid, segments = streets.grid, streets.segments
    shape = frozen(streets.point_lat), frozen(streets.point_lon), frozen(segments.first_point)
    cells = frozen(grid.box), frozen(grid.first), frozen(grid.piece), frozen(grid.segment)
    found = np.empty((MOST, 5), np.float64)
    asked = point.lat * E7, point.lon * E7, farthest_m * 100, TOLERANCE_M * 100
    return found[: nearest(cells, shape, frozen(graph.cost), asked, found)]


@kernel
def nearest(
    cells: tuple[Int64s, Int32s, Int32s, Int32s],
    shape: tuple[Int32s, Int32s, Int64s],
    cost: Int32s,
    asked: tuple[float, float, float, float],
    found: Floats,
) -> int:
    """Rows into found: segment, centimetres off it, share of the way along it, lat, lon (1e-7 degrees) on it.

    cells: box, first, piece, segment of the grid. shape: lat, lon of points, first point by segment. cost: by arc,
    negative where closed. asked: lat, lon, the farthest, and how much farther than the nearest, in centimetres.
    Looks at the cell of the point, then at the ring of cells round it, and so on until nothing nearer can come.
    """
    box, first, piece, segment_of = cells
    point_lat, point_lon, first_point = shape
    lat, lon, farthest, more = asked
    wide = cos(lat / 1e7 * np.pi / 180) * CM_PER_E7
    row, column = int((lat - box[0]) // box[2]), int((lon - box[1]) // box[3])
    cell_cm = min(box[2] * CM_PER_E7, box[3] * wide)
    count, ring, best = 0, 0, farthest
    # Rings of cells, from the inside out; what lies beyond a ring is at least as far as it is wide.
    while ring == 0 or (ring - 1) * cell_cm <= min(farthest, best + more):
        for r in range(max(0, row - ring), min(box[4] - 1, row + ring) + 1):
            is_edge = r == row - ring or r == row + ring
            step = 1 if is_edge or ring == 0 else 2 * ring
            for c in range(column - ring, column + ring + 1, step):
                if c < 0 or c >= box[5]:
                    continue
                cell = r * box[5] + c
                for k in range(first[cell], first[cell + 1]):
                    a, segment = piece[k], segment_of[k]
                    if cost[2 * segment] < 0 and cost[2 * segment + 1] < 0:
                        continue
                    ax, ay = (point_lon[a] - lon) * wide, (point_lat[a] - lat) * CM_PER_E7
                    bx, by = (point_lon[a + 1] - lon) * wide, (point_lat[a + 1] - lat) * CM_PER_E7
                    dx, dy = bx - ax, by - ay
                    square = dx * dx + dy * dy
                    # The foot of the perpendicular, kept within the piece.
                    t = 0.0 if square == 0 else min(1.0, max(0.0, -(ax * dx + ay * dy) / square))
                    x, y = ax + t * dx, ay + t * dy
                    off = sqrt(x * x + y * y)
                    if off > min(farthest, best + more):
                        continue
                    best = min(best, off)
                    # Each segment once, with its nearest piece; else in the place of the farthest.
                    slot, worst = -1, 0
                    for i in range(count):
                        if found[i, 0] == segment:
                            slot = i
                        if found[i, 1] > found[worst, 1]:
                            worst = i
                    if slot < 0 and count < len(found):
                        slot = count
                        count += 1
                        found[slot, 1] = np.inf
                    if slot < 0:
                        slot = worst
                    if off < found[slot, 1]:
                        # the third column holds the place within the shape until the loop is over
                        found[slot, 0], found[slot, 1], found[slot, 2] = segment, off, a + t
                        found[slot, 3], found[slot, 4] = lat + y / CM_PER_E7, lon + x / wide
        ring += 1
    # What is hardly farther than the nearest stays, with the share of the way along its segment.
    kept = 0
    for i in range(count):
        if found[i, 1] > best + more:
            continue
        segment, place = int(found[i, 0]), found[i, 2]
        so_far, whole = 0.0, 0.0
        for a in range(first_point[segment], first_point[segment + 1] - 1):
            x, y = (point_lon[a + 1] - point_lon[a]) * wide, (point_lat[a + 1] - point_lat[a]) * CM_PER_E7
            step_cm = sqrt(x * x + y * y)
            so_far += step_cm * min(1.0, max(0.0, place - a))
            whole += step_cm
        found[kept, 0], found[kept, 1], found[kept, 3], found[kept, 4] = segment, found[i, 1], found[i, 3], found[i, 4]
        found[kept, 2] = so_far / whole if whole > 0 else 0.0
        kept += 1
    return kept
