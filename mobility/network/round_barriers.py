"""Round a basin to a quay: where a barrier lies across the straight line to a stop, the straight line to one beside it
and the known walk between the two (of transfers.txt, or found when the network was built)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.network.csr import ranges
from mobility.network.terrain import Terrain, at_speed
from mobility.network.timetable import Footpaths

Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]


class RoundBarriers(NamedTuple):
    """Columns: stops behind a barrier, the stop that each is reached by, and seconds and metres all the way."""

    stop: Int32s
    by: Int32s
    seconds: Int32s
    metres: Int32s

    def taken(self, rows: NDArray[np.generic]) -> RoundBarriers:
        return RoundBarriers(*(column[rows] for column in self))


NONE = np.empty(0, np.int32)
NO_WAY_ROUND = RoundBarriers(NONE, NONE, NONE, NONE)


def around(
    footpaths: Footpaths,
    near: tuple[Int32s, Int32s, Int32s],
    may_lead: Callable[[Int32s, Int32s], Bools],
    pace: tuple[Terrain, float],
) -> RoundBarriers:
    """The quickest way to each stop by one walk from a stop of near (stops, seconds and metres to each).

    may_lead: whether a walk from a stop to another counts. pace: the terrain of the walks, and metres a second.
    Footpaths: those of stops, not of nodes split off them, whose rules hold for some lines only.
    """
    stop, seconds, metres = near
    row, walk = _walks_from(footpaths, stop)
    leads_there = may_lead(stop[row], footpaths.to_stop[walk])
    row, walk = row[leads_there], walk[leads_there]
    walk_s = at_speed(footpaths.duration_s[walk], footpaths.distance_m[walk], *pace)
    every = RoundBarriers(
        footpaths.to_stop[walk], stop[row], seconds[row] + walk_s, metres[row] + footpaths.distance_m[walk]
    )
    return quickest(every)


def quickest(every: RoundBarriers) -> RoundBarriers:
    """To each stop."""
    order = np.lexsort((every.seconds, every.stop))
    _, first = np.unique(every.stop[order], return_index=True)
    return every.taken(order[first])


def both(one: RoundBarriers, other: RoundBarriers) -> RoundBarriers:
    return RoundBarriers(*(np.concatenate(columns) for columns in zip(one, other, strict=True)))


def _walks_from(footpaths: Footpaths, stop: Int32s) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of every walk out of the stops the row among them, and its own."""
    n_walks = footpaths.first[stop + 1] - footpaths.first[stop]
    return np.repeat(np.arange(len(stop)), n_walks), ranges(footpaths.first[stop], n_walks)
