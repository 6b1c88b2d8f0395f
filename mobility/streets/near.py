"""The places near every junction, worked out once: a door needs only look at the junctions round it.

A row says how far a place is from a junction (or a junction from a place). It is what `reaching.reach` finds from each
place, turned round, so a look-up and a search find the same ways.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.network.kernel import frozen, kernel
from mobility.streets import reaching
from mobility.streets.reaching import COST, FAR, LENGTH, UNKNOWN

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Graph = tuple[Int32s, Int32s]
Rows = tuple[Int32s, Int32s, Int32s]

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


def near(graph: Graph, seeds: list[Int32s], work: Rows) -> Near | None:
    """graph: as it is gone from the places. seeds: of each place, as in Lanes.entries. None where it is too much."""
    counts = np.array([len(some) for some in seeds], np.int64)
    starts = np.concatenate([np.empty((0, 6), np.int32), *seeds]), np.concatenate([[0], np.cumsum(counts)])
    for bound in BOUNDS_CM:
        first = np.zeros(len(work[0]) + 1, np.int64)
        _count(graph, *starts, bound, work, first)
        np.cumsum(first, out=first)
        if first[-1] <= MOST_ROWS:
            rows = np.empty((int(first[-1]), 4), np.int32)
            _fill(graph, *starts, bound, work, first[:-1].copy(), rows)
            return Near(bound, frozen(first), frozen(rows))
    return None


@kernel
def _count(graph: Graph, seeds: Int32s, first_seed: Int64s, bound: int, work: Rows, first: Int64s) -> None:
    """By junction n the number of its rows, into first[n + 1]."""
    for place in range(len(first_seed) - 1):
        n_touched = reaching.reach(graph, seeds[first_seed[place] : first_seed[place + 1]], bound, work)
        for i in range(n_touched):
            node = work[1][i]
            first[node + 1] += 1
            work[0][node, COST] = FAR


@kernel
def _fill(graph: Graph, seeds: Int32s, first_seed: Int64s, bound: int, work: Rows, at: Int64s, rows: Int32s) -> None:
    """at: where the next row of each junction goes."""
    for place in range(len(first_seed) - 1):
        n_touched = reaching.reach(graph, seeds[first_seed[place] : first_seed[place + 1]], bound, work)
        for i in range(n_touched):
            node = work[1][i]
            row = at[node]
            rows[row, 0] = place
            rows[row, 1] = work[0][node, COST]
            rows[row, 2], rows[row, 3] = work[0][node, LENGTH], work[0][node, UNKNOWN]
            at[node] = row + 1
            work[0][node, COST] = FAR


@kernel
def look_up(
    seeds: Int32s, first: Int64s, rows: Int32s, bound: int, best: Int32s, found: Int32s, n_found: int
) -> Int32s:
    """As `reaching.gather` after a search from the seeds."""
    for seed in range(len(seeds)):
        node, start = seeds[seed, 0], seeds[seed, 1]
        for k in range(first[node], first[node + 1]):
            there, to = start + rows[k, 1], rows[k, 0]
            if there > bound or there >= best[to, 0]:
                continue
            if best[to, 0] == FAR:
                found[n_found] = to
                n_found += 1
            best[to, 0] = there
            best[to, 1] = seeds[seed, 2] + rows[k, 2]
            best[to, 2] = seeds[seed, 3] + rows[k, 3]
    return reaching.table_of(best, found, n_found)
