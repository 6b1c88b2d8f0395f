"""The network as it is now: the frozen one with changed runs laid beside it.

No column of the frozen network is changed. A changed run becomes a trip of its own, past the end of `trips`, on a
service of its own, past the end of `services`; the trip that it stands for is moved to a service that leaves that day
out (nigiri clears the bit of the day in the same way). So whatever reads trips, calls and services reads the live state
without knowing of it: the searched day, boards, legs, a line's day. What must know both asks LiveNetwork.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mobility.network.changed_runs import ChangedRuns, RunState, differ_in_times, no_runs
from mobility.network.columns import Texts
from mobility.network.live_patterns import NewPatterns
from mobility.network.live_services import laid_services
from mobility.network.live_trips import Laid, laid_calls, laid_stays, laid_texts, laid_trips
from mobility.network.network import Network

Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]
NOBODY = 1
"""Gets in, or out."""
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

    def served(self, pattern: int) -> tuple[int, int]:
        """Of a new pattern, the first and the last position where one may get in or out; both ends of it where no call
        is left."""
        first, after = (int(one) for one in self.patterns.first_position[pattern : pattern + 2])
        of = slice(first, after)
        open_here = np.flatnonzero((self.patterns.pickup[of] != NOBODY) | (self.patterns.drop_off[of] != NOBODY))
        return (first + int(open_here[0]), first + int(open_here[-1])) if len(open_here) else (first, after - 1)


def planned_of(network: Network) -> Network:
    return network.planned if isinstance(network, LiveNetwork) else network


def first_departures(network: Network, trip: NDArray[np.signedinteger]) -> Int32s:
    """Of trips (rows), seconds of the service day as planned: by it the runs of a trip are named, late or not."""
    found: Int32s = network.calls.departure[network.trips.first_call[trip]]
    if not isinstance(network, LiveNetwork):
        return found
    past = trip - network.n_planned_trips
    is_changed = past >= 0
    run, first, changed = network.live.run[past[is_changed]], found[is_changed], network.changed
    is_added, of = changed.state[run] == RunState.ADDED, network.planned
    first[is_added] = changed.planned_departure[changed.first_call[run[is_added]]]
    first[~is_added] = of.calls.departure[of.trips.first_call[changed.trip[run[~is_added]]]]
    found[is_changed] = first
    return found


def planned_rules(network: Network) -> tuple[UInt8s, UInt8s]:
    """How one was to get in and out at each position of each pattern, also where a call is skipped."""
    patterns = network.patterns
    if not isinstance(network, LiveNetwork):
        return patterns.pickup, patterns.drop_off
    planned, live = network.planned.patterns, network.live
    return np.concatenate([planned.pickup, live.pickup]), np.concatenate([planned.drop_off, live.drop_off])


def with_changes(
    planned: Network, changed: ChangedRuns, live_version: str, before: LiveNetwork | None = None
) -> LiveNetwork:
    """Milliseconds: columns are copied, calls of changed runs appended. before: of the same network; where only times
    differ from it, which is what most files say, its other columns serve again."""
    if before is not None and before.planned is planned and differ_in_times(before.changed, changed):
        return _at_other_times(before, changed, live_version)
    laid = Laid(planned, changed, np.flatnonzero(changed.state != RunState.REMOVED))
    new, services = NewPatterns(planned), laid_services(changed, planned, laid.kept)
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


def _at_other_times(before: LiveNetwork, changed: ChangedRuns, live_version: str) -> LiveNetwork:
    laid = Laid(before.planned, changed, before.live.run)
    calls, live = before.planned.calls, before.live
    times = {
        "arrival": np.concatenate([calls.arrival, changed.arrival[live.at]]),
        "departure": np.concatenate([calls.departure, changed.departure[live.at]]),
    }
    return replace(
        before,
        changed=changed,
        live_version=live_version,
        calls=replace(before.calls, **times),
        trips=replace(before.trips, stays_as=laid_stays(laid, live.row_of)),
    )


def named_as(live: LiveNetwork, planned: Network) -> LiveNetwork:
    """The same with the names of the planned network as it is told in a language."""
    old, texts, n_new = live.texts, planned.texts, len(live.planned.texts)
    first = np.concatenate([texts.first, texts.first[-1] + old.first[n_new + 1 :] - old.first[n_new]])
    new = Texts(first, np.concatenate([texts.utf8, old.utf8[int(old.first[n_new]) :]]))
    return replace(
        live,
        planned=planned,
        stops=planned.stops,
        lines=planned.lines,
        agencies=planned.agencies,
        bookings=planned.bookings,
        texts=new,
    )


def as_planned(planned: Network) -> LiveNetwork:
    """Nothing is known."""
    return with_changes(planned, no_runs(), "")
