"""Who may stay seated: trips that go on as another one (transfers.txt type 4), day by day.

Only an explicit rule says so; an equal block_id does not. A trip goes on as the other on the days on which both run.
One that goes on as different trips becomes a run for each of them and one for the days on which it ends.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mobility.feeds.build.services import ServiceTable
from mobility.feeds.build.transfers import STAYS, TransferRules
from mobility.feeds.build.trips import PublishedCalls, RunTable, Templates

Int32s = NDArray[np.int32]


def with_stays(
    runs: RunTable, rules: TransferRules, calendar: ServiceTable, trips: Templates, calls: PublishedCalls
) -> RunTable:
    """The runs, with more rows where a trip goes on as several. Runs of frequencies.txt go on as nothing."""
    last_first = _pairs(rules, trips, calls)
    if not last_first:
        return runs
    rows = _Rows(runs)
    for trip, onward in last_first:
        for run in rows.of(trip):
            _go_on(rows, calendar, run, [further for other in onward for further in rows.of(other)])
    return rows.as_runs()


class _Rows:
    """Runs as rows that can be added to."""

    def __init__(self, runs: RunTable) -> None:
        self._runs = runs
        self.service: list[int] = runs.service.tolist()
        self.stays_as: list[int] = runs.stays_as.tolist()
        self._source = list(range(len(runs.template)))
        plain = np.flatnonzero((np.bincount(runs.template)[runs.template] == 1) & (runs.headway_s == 0))
        self._of_trip = {int(runs.template[run]): [int(run)] for run in plain}

    def of(self, trip: int) -> list[int]:
        return list(self._of_trip.get(trip, ()))

    def copy(self, run: int) -> int:
        self._source.append(self._source[run])
        self.service.append(self.service[run])
        self.stays_as.append(-1)
        copy = len(self._source) - 1
        self._of_trip[int(self._runs.template[self._source[run]])].append(copy)
        return copy

    def as_runs(self) -> RunTable:
        runs, source = self._runs, self._source
        return RunTable(
            template=runs.template[source],
            service=np.array(self.service, np.int32),
            shift_s=runs.shift_s[source],
            headway_s=runs.headway_s[source],
            stays_as=np.array(self.stays_as, np.int32),
        )


def _go_on(rows: _Rows, calendar: ServiceTable, run: int, onward: list[int]) -> None:
    """Divide the days of `run` among the runs as which it goes on; what is left, it ends where it ends."""
    days, zone = calendar.rows[rows.service[run]]
    left, row, used = days.copy(), run, False
    for other in onward:
        both = days & calendar.rows[rows.service[other]][0]
        if not both.any():
            continue
        row = rows.copy(run) if used else run
        rows.service[row], rows.stays_as[row], used = calendar.row(both, zone), other, True
        left &= 1 - both
    if used and left.any():
        rows.service[rows.copy(run)] = calendar.row(left, zone)


def _pairs(rules: TransferRules, trips: Templates, calls: PublishedCalls) -> list[tuple[int, list[int]]]:
    """Each trip with those as which it goes on, the last of a row of trips first."""
    onward: dict[int, list[int]] = {}
    for trip, other in _named(rules):
        leaves_s = int(calls.departure[trips.first_call[other]])
        arrives_s = int(calls.arrival[trips.first_call[trip] + trips.length[trip] - 1])
        if trip != other and leaves_s >= arrives_s and other not in onward.get(trip, ()):
            onward.setdefault(trip, []).append(other)
    return sorted(onward.items(), key=lambda pair: -int(calls.departure[trips.first_call[pair[0]]]))


def _named(rules: TransferRules) -> Iterator[tuple[int, int]]:
    stays = (rules.type == STAYS) & (rules.from_trip >= 0) & (rules.to_trip >= 0)
    return zip(rules.from_trip[stays].tolist(), rules.to_trip[stays].tolist(), strict=True)
