"""Which streets are near a point: the ground in square cells, each with the pieces of segments that touch it."""

from __future__ import annotations

from math import ceil, cos, radians, sqrt

import numpy as np
from numpy.typing import NDArray

from mobility.geo import METRES_A_DEGREE
from mobility.network.csr import ranges
from mobility.streets.graph import E7, Grid
from mobility.streets.segments import Plan

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

CELL_M = 120.0
MOST_CELLS = 4_000_000
E7_PER_M = E7 / METRES_A_DEGREE


def grid_of(plan: Plan) -> Grid:
    last = np.zeros(len(plan.point_lat), bool)
    last[plan.segments.first_point[1:] - 1] = True
    piece = np.flatnonzero(~last)
    segment = np.repeat(np.arange(len(plan.segments)), np.diff(plan.segments.first_point) - 1)
    box, first, held = cells_of(plan.point_lat, plan.point_lon, piece)
    return Grid(box, first, piece[held].astype(np.int32), segment[held].astype(np.int32))


def cells_of(lat: Int32s, lon: Int32s, piece: Int64s) -> tuple[Int64s, Int32s, Int64s]:
    """Box and first as in Grid, and rows of piece. A piece leads from point piece[i] to the one after it."""
    box = _box(lat, lon)
    south, west, height, width, rows, columns = box.tolist()
    row = (lat.astype(np.int64) - south) // height
    column = (lon.astype(np.int64) - west) // width
    low_row, high_row = np.minimum(row[piece], row[piece + 1]), np.maximum(row[piece], row[piece + 1])
    low_column = np.minimum(column[piece], column[piece + 1])
    high_column = np.maximum(column[piece], column[piece + 1])
    wide = high_column - low_column + 1
    which, within = _spread((high_row - low_row + 1) * wide)
    cell = (low_row[which] + within // wide[which]) * columns + low_column[which] + within % wide[which]
    order = np.argsort(cell, kind="stable")
    first = np.zeros(rows * columns + 1, np.int32)
    np.cumsum(np.bincount(cell, minlength=rows * columns), out=first[1:])
    return box, first, which[order]


def _box(lat: Int32s, lon: Int32s) -> Int64s:
    south, north = int(lat.min()), int(lat.max())
    west, east = int(lon.min()), int(lon.max())
    narrow = max(0.05, cos(radians((south + north) / 2 / E7)))
    area_m2 = (north - south) / E7_PER_M * (east - west) / E7_PER_M * narrow
    side_m = max(CELL_M, sqrt(area_m2 / MOST_CELLS))
    height, width = ceil(side_m * E7_PER_M), ceil(side_m * E7_PER_M / narrow)
    return np.array([south, west, height, width, (north - south) // height + 1, (east - west) // width + 1], np.int64)


def _spread(sizes: Int64s) -> tuple[Int64s, Int64s]:
    """For sizes 2, 1: rows 0 0 1 and numbers 0 1 0 within them."""
    row = np.repeat(np.arange(len(sizes)), sizes)
    return row, ranges(np.zeros_like(sizes), sizes)
