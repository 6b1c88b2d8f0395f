"""Who may stay seated: trips that go on as another one, day by day (docs/decisions/0030).

transfers.txt says so with type 4. Where it says nothing of a trip, an equal block_id does, if the vehicle leaves the
very stop within ten minutes as its next trip of that day; type 5 forbids it. A trip goes on as the other on the days
on which both run. One that goes on as different trips is a run for each of them and one for the days on which it ends.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby

import numpy as np
from numpy.typing import NDArray

from mobility.feeds.build.services import DaySet, ServiceTable
from mobility.feeds.build.transfers import STAYS, TransferRules
from mobility.feeds.build.trips import PublishedCalls, RunTable, Templates

Int32s = NDArray[np.int32]

STAND_S = 600
"""So long a vehicle may stand between two trips of its block, and who is in it stays."""
NEVER_SEATED = 5


def with_stays(
    runs: RunTable, rules: TransferRules, calendar: ServiceTable, trips: Templates, calls: PublishedCalls
) -> RunTable:
    """The runs, with more rows where a trip goes on as several. Runs of frequencies.txt go on as nothing."""
    if not len(calls.departure):
        return runs
    ruled, blocks = _pairs(rules, trips, calls), _Blocks(trips, calls, rules)
    if not ruled and not blocks.members:
        return runs
    concerned = np.fromiter({*ruled, *chain.from_iterable(ruled.values()), *blocks.members}, np.int64)
    rows = _Rows(runs, concerned)
    for trip in sorted(ruled.keys() | blocks.members.keys(), key=lambda trip: -blocks.leaves_s[trip]):
        for run in rows.of(trip):
            if trip in ruled:
                _go_on(rows, calendar, run, [further for other in ruled[trip] for further in rows.of(other)])
            else:
                _go_on_in_block(rows, calendar, run, blocks.next_of(trip))
    return rows.as_runs()


class _Rows:
    """Runs as rows that can be added to."""

    def __init__(self, runs: RunTable, trips: NDArray[np.int64]) -> None:
        """trips: those that are asked for."""
        self._runs = runs
        self.service: list[int] = runs.service.tolist()
        self.stays_as: list[int] = runs.stays_as.tolist()
        self._source = list(range(len(runs.template)))
        plain = (np.bincount(runs.template)[runs.template] == 1) & (runs.headway_s == 0)
        asked = np.flatnonzero(plain & np.isin(runs.template, trips))
        self._of_trip = {
            trip: [run] for trip, run in zip(runs.template[asked].tolist(), asked.tolist(), strict=True)
        }

    def of(self, trip: int) -> tuple[int, ...]:
        return tuple(self._of_trip.get(trip, ()))

    def copy(self, run: int) -> int:
        self._source.append(self._source[run])
        self.service.append(self.service[run])
        self.stays_as.append(-1)
        copy = len(self._source) - 1
        self._of_trip[int(self._runs.template[self._source[run]])].append(copy)
        return copy

    def as_runs(self) -> RunTable:
        runs, source = self._runs, np.array(self._source)
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
    left, row, used = days, run, False
    for other in onward:
        both = days & calendar.rows[rows.service[other]][0]
        if not both:
            continue
        row = rows.copy(run) if used else run
        rows.service[row], rows.stays_as[row], used = calendar.row(both, zone), other, True
        left &= ~both
    if used and left:
        rows.service[rows.copy(run)] = calendar.row(left, zone)


@dataclass(frozen=True, slots=True)
class _Next:
    """A trip of the same block that may be the vehicle's next, and the trips by which one knows that it is not.

    trips: those that leave at the same moment, by number. stays: whether who is in the vehicle may stay in it.
    """

    trips: tuple[int, ...]
    stays: bool


class _Blocks:
    """The trips of each block, in order of departure."""

    def __init__(self, trips: Templates, calls: PublishedCalls, rules: TransferRules) -> None:
        self._trips, self._calls = trips, calls
        first = np.minimum(trips.first_call, len(calls.departure) - 1)
        last = first + np.maximum(trips.length, 1) - 1
        leaves_s = calls.departure[first]
        # As lists: they are asked one by one, and each element of an array is made an object first.
        self.leaves_s, self._arrives_s = leaves_s.tolist(), calls.arrival[last].tolist()
        self._starts_at, self._ends_at = calls.stop[first].tolist(), calls.stop[last].tolist()
        self._forbidden = set(_named(rules, NEVER_SEATED))
        self.members: dict[int, list[int]] = {}
        in_order = np.lexsort((leaves_s, trips.block))
        in_order = in_order[(trips.block[in_order] >= 0) & (trips.length[in_order] > 1)]
        for together in np.split(in_order, np.flatnonzero(np.diff(trips.block[in_order])) + 1):
            block = together.tolist()
            self.members |= dict.fromkeys(block, block) if len(block) > 1 else {}

    def next_of(self, trip: int) -> list[_Next]:
        """In order of departure, all that leave after this one and soon enough, or while it is under way."""
        leaves_s, until_s = self.leaves_s[trip], self._arrives_s[trip] + STAND_S
        block = self.members[trip]
        first, end = (bisect(block, bound, key=self.leaves_s.__getitem__) for bound in (leaves_s - 1, until_s))
        overlapping = [one for one in block[:first] if self._arrives_s[one] > leaves_s]
        later = [one for one in block[first:end] if one != trip]
        by_moment = groupby(later, key=self.leaves_s.__getitem__)
        found = [_Next(tuple(overlapping), False)] if overlapping else []
        return found + [self._next(trip, tuple(together)) for _, together in by_moment]

    def _next(self, trip: int, together: tuple[int, ...]) -> _Next:
        first = together[0]
        stays = self.leaves_s[first] >= self._arrives_s[trip] and self._starts_at[first] == self._ends_at[trip]
        return _Next(together, stays and (trip, first) not in self._forbidden)


def _go_on_in_block(rows: _Rows, calendar: ServiceTable, run: int, onward: list[_Next]) -> None:
    """On each day as the first that leaves on it; where two leave at that moment, nobody knows as which."""
    days, zone = calendar.rows[rows.service[run]]
    left, ends = days, days
    row, used = run, False
    for following in onward:
        further = [one for trip in following.trips for one in rows.of(trip)]
        running = [left & calendar.rows[rows.service[one]][0] for one in further]
        some, several = _some_and_several(running)
        if not some:
            continue
        for other, both in zip(further, running, strict=True):
            alone = both & ~several
            if following.stays and alone and other != run:
                row = rows.copy(run) if used else run
                rows.service[row], rows.stays_as[row], used = calendar.row(alone, zone), other, True
                ends &= ~alone
        left &= ~some
    if used and ends:
        rows.service[rows.copy(run)] = calendar.row(ends, zone)


def _some_and_several(of_days: list[DaySet]) -> tuple[DaySet, DaySet]:
    """Days that are in one of them, and in more than one."""
    some = several = 0
    for days in of_days:
        several |= some & days
        some |= days
    return some, several


def _pairs(rules: TransferRules, trips: Templates, calls: PublishedCalls) -> dict[int, list[int]]:
    """Each trip with those as which it goes on."""
    onward: dict[int, list[int]] = {}
    for trip, other in _named(rules, STAYS):
        leaves_s = int(calls.departure[trips.first_call[other]])
        arrives_s = int(calls.arrival[trips.first_call[trip] + trips.length[trip] - 1])
        if trip != other and leaves_s >= arrives_s and other not in onward.get(trip, ()):
            onward.setdefault(trip, []).append(other)
    return onward


def _named(rules: TransferRules, kind: int) -> Iterator[tuple[int, int]]:
    stays = (rules.type == kind) & (rules.from_trip >= 0) & (rules.to_trip >= 0)
    return zip(rules.from_trip[stays].tolist(), rules.to_trip[stays].tolist(), strict=True)
