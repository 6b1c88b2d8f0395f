"""How changed runs are laid beside the frozen columns: trips and calls past the planned ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mobility.network.changed_runs import ChangedRuns, RunState, Told
from mobility.network.columns import Ids, Texts
from mobility.network.live_services import LaidServices
from mobility.network.network import Calls, Network, Trips

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Laid:
    """kept: the changed runs that become trips: all but those that others replace."""

    planned: Network
    changed: ChangedRuns
    kept: Int64s

    @cached_property
    def trip(self) -> Int32s:
        """The planned trip of each, -1 none."""
        return self.changed.trip[self.kept]

    @cached_property
    def sizes(self) -> Int64s:
        return np.diff(self.changed.first_call)[self.kept]

    @cached_property
    def starts(self) -> Int64s:
        return np.concatenate(([0], np.cumsum(self.sizes))).astype(np.int64)

    @cached_property
    def at(self) -> Int64s:
        """The call of `changed` of each call that is appended."""
        first: Int64s = self.changed.first_call[self.kept]
        return np.repeat(first - self.starts[:-1], self.sizes) + np.arange(self.starts[-1])

    @cached_property
    def row_of(self) -> dict[tuple[int, int], int]:
        """The new trip that stands for a planned one on a day."""
        n_trips, stands_for = len(self.planned.trips), self.changed.state[self.kept] != RunState.ADDED
        keys = zip(self.trip.tolist(), self.changed.day[self.kept].tolist(), stands_for.tolist(), strict=True)
        return {(trip, day): n_trips + row for row, (trip, day, stands) in enumerate(keys) if stands}

    def copied(self, values: NDArray[Any], unknown: int) -> NDArray[Any]:
        """A column of planned trips with what the new ones take from theirs."""
        if not len(self.planned.trips):
            return np.full(len(self.kept), unknown, values.dtype)
        theirs = np.where(self.trip >= 0, values[np.maximum(self.trip, 0)], unknown)
        return np.concatenate([values, theirs.astype(values.dtype)])


def laid_texts(laid: Laid) -> tuple[Texts, Int32s]:
    """The texts with "" and what else is new, and the row of each new trip's headsign."""
    of, trips = laid.planned.texts, laid.planned.trips
    theirs = trips.headsign[np.maximum(laid.trip, 0)] if len(trips) else np.zeros(len(laid.kept), np.int32)
    rows, new = theirs.astype(np.int32), {"": 0}
    for number, (run, trip) in enumerate(zip(laid.kept.tolist(), laid.trip.tolist(), strict=True)):
        if (text := laid.changed.headsign[run]) or trip < 0:
            rows[number] = len(of) + new.setdefault(text, len(new))
    return (_with_texts(of, list(new)) if len(laid.kept) else of), rows


def _with_texts(of: Texts, new: list[str]) -> Texts:
    more = Texts.of(new)
    return Texts(np.concatenate([of.first, of.first[-1] + more.first[1:]]), np.concatenate([of.utf8, more.utf8]))


def _with_ids(of: Ids, new: list[str]) -> Ids:
    """New ones are at the end; their places in the order are found one by one."""
    if not new:
        return of
    rows = sorted(range(len(new)), key=new.__getitem__)
    places = [_place(of, new[row]) for row in rows]
    order = np.insert(of.order, places, np.array(rows, of.order.dtype) + len(of))
    return Ids(_with_texts(of.texts, new), order)


def _place(ids: Ids, text: str) -> int:
    low, high = 0, len(ids.order)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if ids[int(ids.order[middle])] < text else (low, middle)
    return low


def laid_trips(laid: Laid, pattern: Int32s, services: LaidServices) -> Trips:
    of, is_added = laid.planned.trips, laid.changed.state[laid.kept] == RunState.ADDED
    added = [laid.changed.id[run] for run in laid.kept[is_added].tolist()]
    id_row = laid.copied(of.id_row, 0)
    id_row[len(of) :][is_added] = len(of.id) + np.arange(len(added))
    return Trips(
        id=_with_ids(of.id, added),
        id_row=id_row,
        pattern=np.concatenate([of.pattern, pattern]),
        service=np.concatenate([services.of_planned, services.of_new]),
        headsign=np.concatenate([of.headsign, laid_texts(laid)[1].astype(of.headsign.dtype)]),
        short_name=laid.copied(of.short_name, len(laid.planned.texts)),
        direction=laid.copied(of.direction, -1),
        wheelchair=laid.copied(of.wheelchair, 0),
        bikes=laid.copied(of.bikes, 0),
        shape=_shapes(laid),
        headway_s=np.concatenate([of.headway_s, np.zeros(len(laid.kept), of.headway_s.dtype)]),
        stays_as=laid_stays(laid, laid.row_of),
        first_call=np.concatenate([of.first_call, len(laid.planned.calls.arrival) + laid.starts[:-1]]),
    )


def _shapes(laid: Laid) -> Int32s:
    """A run that stops elsewhere goes another way: its course is from stop to stop."""
    shape: Int32s = laid.copied(laid.planned.trips.shape, -1)
    for number, run in enumerate(laid.kept.tolist()):
        if laid.changed.pattern[run] < 0 and np.any(laid.changed.position[laid.changed.calls_of(run)] < 0):
            shape[len(laid.planned.trips) + number] = -1
    return shape


def laid_stays(laid: Laid, row_of: dict[tuple[int, int], int]) -> Int32s:
    """A run goes on as the run of that day that its trip goes on as. Where that leaves before this one is there, or one
    of the two is cancelled, who is seated is promised nothing: whether the vehicle still does both, nobody has said."""
    of, changed = laid.planned.trips.stays_as, laid.changed
    own = np.full(len(laid.kept), -1, of.dtype)
    if np.any(of >= 0):
        gone = changed.state == RunState.REMOVED
        removed = set(zip(changed.trip[gone].tolist(), changed.day[gone].tolist(), strict=True))
        for number, run in enumerate(laid.kept.tolist()):
            trip, day = int(changed.trip[run]), int(changed.day[run])
            further = int(of[trip]) if trip >= 0 and changed.state[run] == RunState.RUNS else -1
            if further >= 0 and (further, day) not in removed:
                own[number] = _goes_on(laid, run, row_of.get((further, day), further))
    return np.concatenate([of, own])


def _goes_on(laid: Laid, run: int, further: int) -> int:
    changed, last = laid.changed, laid.changed.calls_of(run).stop - 1
    past = further - len(laid.planned.trips)
    if past >= 0:
        follows = int(laid.kept[past])
        leaves_s = int(changed.departure[changed.first_call[follows]])
        is_cancelled = changed.state[follows] == RunState.CANCELLED
    else:
        leaves_s = int(laid.planned.calls.departure[laid.planned.trips.first_call[further]])
        is_cancelled = False
    ends_early = bool(changed.told[last] & Told.SKIPPED)
    return -1 if is_cancelled or ends_early or int(changed.arrival[last]) > leaves_s else further


def laid_calls(laid: Laid) -> Calls:
    of, changed = laid.planned.calls, laid.changed
    position, trip = changed.position[laid.at], np.repeat(laid.trip, laid.sizes)
    is_planned = (trip >= 0) & (position >= 0)
    first = laid.planned.trips.first_call
    source = first[np.maximum(trip, 0)] + np.maximum(position, 0) if len(first) else np.zeros(len(trip), np.int64)
    source = np.where(is_planned, source, 0)

    def column(values: NDArray[Any], unknown: int) -> NDArray[Any]:
        if not len(values):
            return values
        return np.concatenate([values, np.where(is_planned, values[source], unknown).astype(values.dtype)])

    return replace(
        of,
        arrival=np.concatenate([of.arrival, changed.arrival[laid.at]]),
        departure=np.concatenate([of.departure, changed.departure[laid.at]]),
        exact=column(of.exact, 1),
        headsign=column(of.headsign, len(laid.planned.texts)),
        pickup_booking=column(of.pickup_booking, -1),
        drop_off_booking=column(of.drop_off_booking, -1),
        sequence=column(of.sequence, -1),
    )
