"""Runs that differ from the timetable, or of which at least something is known: what the live state has of trips.

A run is a trip on a service day. Columns, so that a version is one small file and is laid beside the frozen network
without a loop over its calls (mobility/network/live.py).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mobility.network.columns import Texts

Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]


class RunState(IntEnum):
    """RUNS: with the times and stops said. CANCELLED: is shown, struck. REMOVED: another run took its place, nobody
    is told. ADDED: is in no timetable."""

    RUNS = 0
    CANCELLED = 1
    REMOVED = 2
    ADDED = 3


class Told(IntEnum):
    """Bits of a call. KNOWN: its times are of real time; without it nothing is known but the timetable."""

    KNOWN = 1
    SKIPPED = 2


OCCUPANCY = (
    "", "EMPTY", "MANY_SEATS_AVAILABLE", "FEW_SEATS_AVAILABLE", "STANDING_ROOM_ONLY", "CRUSHED_STANDING_ROOM_ONLY",
    "FULL", "NOT_ACCEPTING_PASSENGERS", "NO_DATA_AVAILABLE", "NOT_BOARDABLE",
)  # fmt: skip
"""States of GTFS-Realtime; they are no scale. The first: nothing is said."""


@dataclass(frozen=True, slots=True, eq=False)
class ChangedRuns:
    """R runs with C calls. Rows are those of the network that the runs were matched with.

    trip            int32[R]    the planned trip; of an added run the one that it copies, -1 none
    day             int32[R]    service day, as date.toordinal
    state           uint8[R]    RunState
    pattern         int32[R]    where it stops and lets in and out by plan; -1: as its calls say
    line            int32[R]
    zone            int32[R]    of its service day, as row of Network.zones
    first_call      int64[R+1]  calls of run r: first_call[r] .. first_call[r + 1]
    id, headsign    R texts     id: namespaced, of an added run, else ""; headsign: "" as planned
    source          int32[R]    whoever said so, as a row of the version's sources
    stop            int32[C]    where it calls
    planned_stop    int32[C]    where it was to call; -1 where it was not
    arrival, departure                  int32[C]  seconds of the service day, as they are expected
    planned_arrival, planned_departure  int32[C]  as they were planned
    pickup, drop_off                    uint8[C]  as in GTFS; 1, none, where the call is skipped
    planned_pickup, planned_drop_off    uint8[C]
    position        int32[C]    in the planned trip, -1 not in it
    told            uint8[C]    bits of Told
    occupancy       uint8[C]    of the vehicle as it leaves: place in OCCUPANCY
    """

    trip: Int32s
    day: Int32s
    state: UInt8s
    pattern: Int32s
    line: Int32s
    zone: Int32s
    first_call: NDArray[np.int64]
    id: Texts
    headsign: Texts
    source: Int32s
    stop: Int32s
    planned_stop: Int32s
    arrival: Int32s
    departure: Int32s
    planned_arrival: Int32s
    planned_departure: Int32s
    pickup: UInt8s
    drop_off: UInt8s
    planned_pickup: UInt8s
    planned_drop_off: UInt8s
    position: Int32s
    told: UInt8s
    occupancy: UInt8s

    def __len__(self) -> int:
        return len(self.trip)

    def calls_of(self, run: int) -> slice:
        return slice(int(self.first_call[run]), int(self.first_call[run + 1]))


OF_RUNS = ("trip", "day", "state", "pattern", "line", "zone", "source")
OF_CALLS = (
    "stop", "planned_stop", "arrival", "departure", "planned_arrival", "planned_departure", "pickup", "drop_off",
    "planned_pickup", "planned_drop_off", "position", "told", "occupancy",
)  # fmt: skip
EACH = (*OF_RUNS, *OF_CALLS)
TIMES = frozenset({"arrival", "departure", "told", "occupancy", "source"})
TEXTS = ("id", "headsign")
BYTES = frozenset({"state", "pickup", "drop_off", "planned_pickup", "planned_drop_off", "told", "occupancy"})


def no_runs() -> ChangedRuns:
    columns: dict[str, Any] = {name: np.empty(0, np.uint8 if name in BYTES else np.int32) for name in EACH}
    return ChangedRuns(first_call=np.zeros(1, np.int64), id=Texts.of(()), headsign=Texts.of(()), **columns)


def joined(parts: list[ChangedRuns]) -> ChangedRuns:
    """One after the other."""
    parts = [part for part in parts if len(part)]
    if len(parts) < 2:
        return parts[0] if parts else no_runs()
    columns: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in EACH}
    sizes = np.concatenate([np.diff(part.first_call) for part in parts])
    columns["first_call"] = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    for name in TEXTS:
        columns[name] = Texts.of([text for part in parts for text in getattr(part, name)])
    return ChangedRuns(**columns)


def taken(runs: ChangedRuns, rows: NDArray[np.int64]) -> ChangedRuns:
    """Some of the runs, in this order."""
    sizes = np.diff(runs.first_call)[rows]
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    calls = np.repeat(runs.first_call[rows] - starts[:-1], sizes) + np.arange(starts[-1])
    columns: dict[str, Any] = {name: getattr(runs, name)[rows] for name in OF_RUNS}
    columns |= {name: getattr(runs, name)[calls] for name in OF_CALLS}
    columns |= {name: Texts.of([getattr(runs, name)[row] for row in rows.tolist()]) for name in TEXTS}
    return ChangedRuns(first_call=starts, **columns)


def differ_in_times(before: ChangedRuns, now: ChangedRuns) -> bool:
    """Whether both have the same runs, calls and rules, and differ at most in when those are and in what is known."""
    told = arrays_of(before), arrays_of(now)
    return all(np.array_equal(told[0][name], told[1][name]) for name in told[0] if name not in TIMES)


def arrays_of(runs: ChangedRuns) -> dict[str, NDArray[Any]]:
    """All columns by name, to be written as they are; `runs_from` makes the runs of them again."""
    found: dict[str, NDArray[Any]] = {}
    for column in fields(runs):
        value = getattr(runs, column.name)
        if isinstance(value, Texts):
            found |= {f"{column.name}.first": value.first, f"{column.name}.utf8": value.utf8}
        else:
            found[column.name] = value
    return found


def runs_from(arrays: dict[str, NDArray[Any]]) -> ChangedRuns:
    """Raises KeyError where a column is missing."""
    named: dict[str, Any] = {name: Texts(arrays[f"{name}.first"], arrays[f"{name}.utf8"]) for name in TEXTS}
    named |= {column.name: arrays[column.name] for column in fields(ChangedRuns) if column.name not in named}
    return ChangedRuns(**named)
