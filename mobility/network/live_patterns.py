"""Patterns of changed runs, past the planned ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mobility.network.changed_runs import ChangedRuns
from mobility.network.network import Network, Patterns

Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]


class NewPatterns:
    """Patterns of runs that stop elsewhere or let in and out elsewhere than planned: one for each that differs."""

    def __init__(self, planned: Network) -> None:
        self._planned = planned
        self._known: dict[tuple[int, bytes], int] = {}
        self._lines: list[int] = []
        self._columns: list[tuple[Int32s, Int32s, UInt8s, UInt8s, UInt8s, UInt8s]] = []

    def row(self, changed: ChangedRuns, run: int) -> int:
        pattern = int(changed.pattern[run])
        if pattern >= 0:
            return pattern
        calls = changed.calls_of(run)
        columns = (
            changed.stop[calls],
            self._nodes(changed, run, calls),
            changed.pickup[calls],
            changed.drop_off[calls],
            changed.planned_pickup[calls],
            changed.planned_drop_off[calls],
        )
        key = int(changed.line[run]), b"".join(column.tobytes() for column in columns)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self._planned.patterns.line) + len(self._lines)
            self._lines.append(key[0])
            self._columns.append(columns)
        return found

    def _nodes(self, changed: ChangedRuns, run: int, calls: slice) -> Int32s:
        """Where a call stays at its planned stop, the place of the search that transfers.txt gave it."""
        patterns, stop, trip = self._planned.patterns, changed.stop[calls], int(changed.trip[run])
        if trip < 0 or not self._planned.has_split_stops:
            return stop
        position = changed.position[calls]
        first = int(patterns.first_position[self._planned.trips.pattern[trip]])
        stays = (position >= 0) & (changed.planned_stop[calls] == stop)
        return np.where(stays, patterns.node[first + np.maximum(position, 0)], stop).astype(np.int32)

    def patterns(self) -> Patterns:
        of = self._planned.patterns
        if not self._columns:
            return of
        sizes = [len(columns[0]) for columns in self._columns]
        stop, node, pickup, drop_off = (np.concatenate(parts) for parts in list(zip(*self._columns, strict=True))[:4])
        return Patterns(
            line=np.concatenate([of.line, np.array(self._lines, of.line.dtype)]),
            first_position=np.concatenate([of.first_position, of.first_position[-1] + np.cumsum(sizes)]).astype(
                of.first_position.dtype
            ),
            stop=np.concatenate([of.stop, stop]),
            node=np.concatenate([of.node, node]),
            pickup=np.concatenate([of.pickup, pickup.astype(of.pickup.dtype)]),
            drop_off=np.concatenate([of.drop_off, drop_off.astype(of.drop_off.dtype)]),
        )

    def planned_rules(self) -> tuple[UInt8s, UInt8s]:
        empty = np.empty(0, np.uint8)
        pickup = np.concatenate([empty, *(columns[4] for columns in self._columns)])
        return pickup, np.concatenate([empty, *(columns[5] for columns in self._columns)])
