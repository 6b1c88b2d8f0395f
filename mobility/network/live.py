"""The network as it is now: the frozen one with changed runs laid beside it.

No column of the frozen network is changed. A changed run becomes a trip of its own, past the end of `trips`, on a
service of its own, past the end of `services`; the trip that it stands for is moved to a service that leaves that day
out (nigiri clears the bit of the day in the same way). So whatever reads trips, calls and services reads the live state
without knowing of it: the searched day, boards, legs, a line's day. What must know both asks LiveNetwork.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mobility.network.changed_runs import ChangedRuns, RunState, no_runs
from mobility.network.live_trips import Laid, NewPatterns, laid_calls, laid_services, laid_texts, laid_trips
from mobility.network.network import Network

Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class LiveColumns:
    """What is known of the trips, patterns and calls past the end of the planned ones, row by row from there on.

    run: the changed run of each trip. at: the call of it for each call. pickup, drop_off: by plan, at the positions of
    the patterns. row_of: the trip that stands for a planned one on a service day (as ordinal).
    """

    run: NDArray[np.int64]
    at: NDArray[np.int64]
    pickup: UInt8s
    drop_off: UInt8s
    row_of: dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LiveNetwork(Network):
    """`version` is that of the planned network; live_version names what is laid beside it."""

    planned: Network
    live_version: str
    changed: ChangedRuns
    live: LiveColumns

    @property
    def n_planned_trips(self) -> int:
        return len(self.planned.trips)

    @property
    def rideable(self) -> Bools:
        """By trip: False where the run is cancelled."""
        open_trip = np.ones(len(self.trips), bool)
        open_trip[self.n_planned_trips :] = self.changed.state[self.live.run] != RunState.CANCELLED
        return open_trip

    def run_of(self, trip: int) -> int:
        """Row of `changed`, -1 where the trip is as planned and nothing is known."""
        past = trip - self.n_planned_trips
        return int(self.live.run[past]) if past >= 0 else -1

    def now(self, trip: int, day: date) -> int:
        """The trip that stands for a planned one on a service day; itself where that is as planned."""
        return self.live.row_of.get((trip, day.toordinal()), trip)

    def touches(self, day: date) -> bool:
        """Whether a run of that service day is changed."""
        return bool(np.any(self.changed.day == day.toordinal()))


def planned_of(network: Network) -> Network:
    return network.planned if isinstance(network, LiveNetwork) else network


def with_changes(planned: Network, changed: ChangedRuns, live_version: str) -> LiveNetwork:
    """Milliseconds: columns are copied, calls of changed runs appended."""
    laid = Laid(planned, changed, np.flatnonzero(changed.state != RunState.REMOVED))
    new, services = NewPatterns(planned), laid_services(laid)
    pattern = np.array([new.row(changed, run) for run in laid.kept.tolist()], np.int32)
    of_network: dict[str, Any] = {column.name: getattr(planned, column.name) for column in fields(Network)}
    of_network |= {
        "patterns": new.patterns(),
        "trips": laid_trips(laid, pattern, services),
        "calls": laid_calls(laid),
        "services": services.services,
        "texts": laid_texts(laid)[0],
    }
    live = LiveColumns(laid.kept, laid.at, *new.planned_rules(), laid.row_of)
    return LiveNetwork(planned=planned, live_version=live_version, changed=changed, live=live, **of_network)


def as_planned(planned: Network) -> LiveNetwork:
    """Nothing is known."""
    return with_changes(planned, no_runs(), "")
