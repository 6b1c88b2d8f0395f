"""stop_times.txt as numbers: which calls a trip makes, in order, and why a trip cannot be ridden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from gtfs.frequencies import never_run
from gtfs.table import Table
from gtfs.values import MISSING, bad, integers, rows_of

Bools = NDArray[np.bool_]
Int8s = NDArray[np.int8]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]


HOUR_S = 3600
FLEXIBLE = ("location_id", "location_group_id", "start_pickup_drop_off_window", "end_pickup_drop_off_window")


class Fault(IntEnum):
    """Why a trip is left out of the snapshot. FLEXIBLE is none of the feed's faults: on-demand calls only. NEVER: no
    row of frequencies.txt about it makes a run."""

    NONE = 0
    NO_CALLS = 1
    ONE_CALL = 2
    BAD_VALUE = 3
    BACKWARDS = 4
    FLEXIBLE = 5
    TOO_LONG = 6
    NEVER = 7


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """Columns, one row a call, sorted by trip (row of trips.txt) and stop_sequence; see `first` for a trip's calls.

    row: of stop_times.txt. One of arrival and departure stands for both; both are MISSING where both are blank, never
    so at the ends of a trip: `cut` marks trips that lost untimed calls there. flexible: calls without a stop or with
    a pick-up window. fault: see Fault. cut, fault: by trip.
    """

    first: Int64s
    row: Int32s
    trip: Int32s
    stop: Int32s
    arrival_s: Int32s
    departure_s: Int32s
    flexible: int
    cut: Bools
    fault: Int8s

    @property
    def usable(self) -> Bools:
        return np.equal(self.fault, Fault.NONE)

    def keep(self, mask: Bools) -> Calls:
        if mask.all():
            return self
        trip = self.trip[mask]
        parts = self.row[mask], trip, self.stop[mask], self.arrival_s[mask], self.departure_s[mask]
        return Calls(_first(trip, len(self.fault)), *parts, self.flexible, self.cut, self.fault)


def calls_of(tables: Mapping[str, Table], max_trip_h: int) -> Calls:
    """max_trip_h: a trip that ends later, counted from the start of its service day, is left out."""
    trips, stop_times = tables["trips"], tables["stop_times"]
    on_demand = flexible_rows(stop_times)
    trip = rows_of(trips["trip_id"], stop_times["trip_id"])
    calls = _sorted(tables, trip, on_demand)
    fault = np.zeros(len(trips), np.int8)
    cut = np.zeros(len(trips), bool)
    calls = replace(calls, flexible=int(on_demand.sum()), fault=fault, cut=cut)
    calls = _without_untimed_ends(calls)
    fault[never_run(tables)] = Fault.NEVER
    fault[calls.trip[calls.departure_s > max_trip_h * HOUR_S]] = Fault.TOO_LONG
    fault[_backwards(calls)] = Fault.BACKWARDS
    count = np.diff(calls.first)
    fault[count == 1] = Fault.ONE_CALL
    fault[count == 0] = Fault.NO_CALLS
    fault[np.intersect1d(trip[on_demand & (trip >= 0)], np.flatnonzero(count == 0))] = Fault.FLEXIBLE
    fault[trip[_bad_rows(stop_times) & (trip >= 0)]] = Fault.BAD_VALUE
    return calls


def flexible_rows(stop_times: Table) -> Bools:
    """Calls of on-demand trips (GTFS-Flex): in a zone instead of at a stop, or within a window instead of at a time."""
    said = [~stop_times[name].blank() for name in FLEXIBLE]
    return np.asarray(np.logical_or.reduce(said))


def _sorted(tables: Mapping[str, Table], trip: Int32s, on_demand: Bools) -> Calls:
    stop_times = tables["stop_times"]
    stop = rows_of(tables["stops"]["stop_id"], stop_times["stop_id"])
    sequence = integers(stop_times["stop_sequence"], "whole")
    row = _order(trip, sequence, (trip >= 0) & (stop >= 0) & (sequence >= 0) & ~on_demand)
    arrival = integers(stop_times["arrival_time"], "time")[row]
    departure = integers(stop_times["departure_time"], "time")[row]
    np.copyto(arrival, departure, where=arrival == MISSING)
    np.copyto(departure, arrival, where=departure == MISSING)
    n = len(tables["trips"])
    by_trip = np.zeros(n, np.int8)
    return Calls(
        first=_first(trip[row], n),
        row=row,
        trip=trip[row],
        stop=stop[row],
        arrival_s=arrival,
        departure_s=departure,
        flexible=0,
        cut=by_trip > 0,
        fault=by_trip,
    )


def _order(trip: Int32s, sequence: Int32s, kept: Bools) -> Int32s:
    """Rows to keep, by trip and sequence, the first of equal ones. Most files are in order already."""
    row = np.flatnonzero(kept).astype(np.int32)
    key = (trip.astype(np.int64) << 32) + sequence
    if len(row) < len(key):
        key = key[row]
    if np.all(key[1:] > key[:-1]):
        return row
    order = np.argsort(key, kind="stable")
    again = np.concatenate(([False], key[order[1:]] == key[order[:-1]]))
    return row[order[~again]]


def _first(trip: Int32s, n_trips: int) -> Int64s:
    first = np.zeros(n_trips + 1, np.int64)
    np.cumsum(np.bincount(trip, minlength=n_trips), out=first[1:])
    return first


def _without_untimed_ends(calls: Calls) -> Calls:
    timed = calls.arrival_s != MISSING
    if timed.all():
        return calls
    index = np.arange(len(timed))
    before = np.maximum.accumulate(np.where(timed, index, -1))
    after = np.minimum.accumulate(np.where(timed, index, len(timed))[::-1])[::-1]
    inside = (before >= calls.first[calls.trip]) & (after < calls.first[calls.trip + 1])
    calls.cut[calls.trip[~inside]] = True
    return calls.keep(inside)


def _backwards(calls: Calls) -> Int32s:
    """Trips that arrive before they left, at one call or from one to the next."""
    return calls.trip[backward_calls(calls)]


def backward_calls(calls: Calls) -> Int64s:
    """Calls at which time runs backwards."""
    timed = np.flatnonzero(calls.arrival_s != MISSING)
    arrival, departure, trip = calls.arrival_s[timed], calls.departure_s[timed], calls.trip[timed]
    wrong = departure < arrival
    wrong[1:] |= (arrival[1:] < departure[:-1]) & (trip[1:] == trip[:-1])
    return timed[wrong]


def _bad_rows(stop_times: Table) -> Bools:
    wrong = bad(stop_times["arrival_time"], "time") | bad(stop_times["departure_time"], "time")
    return wrong | bad(stop_times["stop_sequence"], "whole")
