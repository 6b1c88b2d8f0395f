"""Streets as columns that workers map from disk: junctions, the segments between them, one search graph a mode.

Arc 2 s leads along segment s, arc 2 s + 1 back. Costs are whole centimetres: so much level, even ground takes as
long. Positions are whole 1e-7 degrees. A Streets is never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from mobility.network.columns import Texts
from mobility.streets.shores import NO_SHORES, Shores

Int8s = NDArray[np.int8]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]
UInt16s = NDArray[np.uint16]

E7 = 10_000_000
CLOSED = -1
"""The cost of an arc that nobody may take."""


class Mode(StrEnum):
    """How one moves: STEP_FREE is on foot or wheels without a step."""

    WALK = "WALK"
    STEP_FREE = "STEP_FREE"
    BIKE = "BIKE"
    CAR = "CAR"


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """The way between two junctions: rows of Streets.lat. use: mobility/streets/tags.py Use; name: row of names.

    Its points are first_point[s] .. first_point[s + 1] of Streets.point_lat.
    """

    start: Int32s
    end: Int32s
    length_cm: Int32s
    use: UInt16s
    ground: UInt8s
    wheelchair: UInt8s
    slope_percent: Int8s
    speed_kmh: UInt8s
    name: Int32s
    first_point: Int64s

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True, eq=False)
class ModeGraph:
    """The arcs that leave node n are first[n] .. first[n + 1]: to `head`, arc `arc`. cost: by arc number, CLOSED where
    one may not go; cost_out, cost_in: of the arc that leaves, and of the same one taken the other way round."""

    first: Int32s
    head: Int32s
    arc: Int32s
    cost_out: Int32s
    cost_in: Int32s
    cost: Int32s


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Which pieces of segments lie in a cell of the ground. box: south, west (1e-7 degrees), then the height and the
    width of a cell in them, rows, columns. Cell r * columns + c has the pieces first[cell] .. first[cell + 1]; a piece
    is the number of its first point, segment_of its segment."""

    box: Int64s
    first: Int32s
    piece: Int32s
    segment: Int32s


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """source: file and version of the extract. lat, lon: of the junctions."""

    source: str
    lat: Int32s
    lon: Int32s
    segments: Segments
    point_lat: Int32s
    point_lon: Int32s
    names: Texts
    grid: Grid
    walk: ModeGraph
    step_free: ModeGraph
    bike: ModeGraph
    car: ModeGraph
    shores: Shores = NO_SHORES

    def of(self, mode: Mode) -> ModeGraph:
        graphs = {Mode.WALK: self.walk, Mode.STEP_FREE: self.step_free, Mode.BIKE: self.bike, Mode.CAR: self.car}
        return graphs[mode]
