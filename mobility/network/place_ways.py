"""The ways on foot between stops and places of the territory, as one column of the network, by stop.

They are made once, in the build, put into the graph and compiled from it (mobility/network/graph.py). Whoever asks what
stands round a stop, or which stops lie round a place, reads them here; doors, prices, hours and counts are questions of
the moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from mobility.network.csr import rows_of_entries

Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]

LONGEST_S = 1200
"""The longest walk between a stop and a place, at the pace of most people (Terrain.speed_mps)."""
WALK, STEP_FREE = "WALK", "STEP_FREE"
PACES = (WALK, STEP_FREE)


def _none() -> Int32s:
    return np.empty(0, np.int32)


def _no() -> Bools:
    return np.empty(0, bool)


@dataclass(frozen=True, slots=True, eq=False)
class PlaceWays:
    """Those of stop s: first[s] .. first[s + 1], the shortest first. place: row of Network.places. A way from a stop is
    as long as the way to it. estimated: no way on streets. step_free: at that pace, else on foot. unknown_m: of a
    step-free way, ground of which nobody knows whether it is free of steps. first is empty where there are no ways.
    """

    first: Int32s = field(default_factory=_none)
    place: Int32s = field(default_factory=_none)
    seconds: Int32s = field(default_factory=_none)
    metres: Int32s = field(default_factory=_none)
    unknown_m: Int32s = field(default_factory=_none)
    estimated: Bools = field(default_factory=_no)
    step_free: Bools = field(default_factory=_no)

    @property
    def stop(self) -> Int32s:
        """Of each way."""
        return rows_of_entries(self.first) if len(self.first) else _none()

    def of(self, stop: int, pace: str = WALK) -> Int32s:
        """The ways of a stop: rows, the shortest first."""
        if not len(self.first):
            return _none()
        rows = np.arange(self.first[stop], self.first[stop + 1], dtype=np.int32)
        at_pace: Int32s = rows[self.step_free[rows] == (pace == STEP_FREE)]
        return at_pace


NO_PLACE_WAYS = PlaceWays()


def by_stop(n_stops: int, stop: Int32s, apart_m: NDArray[np.float64], ways: PlaceWays) -> PlaceWays:
    """The ways, in any order, as a column. stop, apart_m: of each way; of two as long the place that is nearer in a
    straight line comes first, then that which the territory names first."""
    order = np.lexsort((ways.place, apart_m, ways.metres, ways.step_free, stop))
    first = np.zeros(n_stops + 1, np.int32)
    np.cumsum(np.bincount(stop, minlength=n_stops), out=first[1:])
    sorted_columns = {f.name: getattr(ways, f.name)[order] for f in fields(PlaceWays) if f.name != "first"}
    return PlaceWays(first, **sorted_columns)
