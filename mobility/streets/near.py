"""The places near every junction, worked out once: a door needs only look at the junctions round it.

A row says how far a place is from a junction (or a junction from a place). It is what `buckets.reach` finds from each
place, turned round, so a look-up and a search find the same ways.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen
from mobility.streets import buckets
from mobility.streets.buckets import Rows, StreetColumns

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

BOUNDS_CM = (250_000, 125_000)
"""Costs: a good half hour at a usual pace, or else a good quarter."""
MOST_ROWS = 2_000_000
"""16 bytes each. Where there would be more, ways are searched."""


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """The rows of junction n are first[n] .. first[n + 1]: place, cost, length, length of unknown ground. bound: the
    largest cost."""

    bound: int
    first: Int64s
    rows: Int32s


def near(graph: StreetColumns, seeds: list[Int32s], work: Rows) -> Near | None:
    """graph: as it is gone from the places. seeds: of each place, as in Lanes.entries. None where it is too much."""
    counts = np.array([len(some) for some in seeds], np.int64)
    starts = np.concatenate([np.empty((0, 6), np.int32), *seeds]), np.concatenate([[0], np.cumsum(counts)])
    for bound in BOUNDS_CM:
        first = np.zeros(len(work[0]) + 1, np.int64)
        if buckets.count_near(graph, *starts, bound, work, first, MOST_ROWS):
            np.cumsum(first, out=first)
            rows = np.empty((int(first[-1]), 4), np.int32)
            buckets.fill_near(graph, *starts, bound, work, first[:-1].copy(), rows)
            return Near(bound, frozen(first), frozen(rows))
    return None
