"""frequencies.txt: trips that run again and again, and how many runs that makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gtfs.archive import ReadLimits
from gtfs.errors import FeedFault, UnreadableFeed
from gtfs.table import Table
from gtfs.values import MISSING, integers, rows_of

Bools = NDArray[np.bool_]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Repetitions:
    """Columns, one row a row of the file. trip: row of trips.txt, -1 unknown. runs: 0 where it makes none, as it ends
    before it starts, has no headway, or names no trip."""

    trip: Int32s
    start_s: Int32s
    end_s: Int32s
    headway_s: Int32s
    exact: Bools
    runs: Int64s


def repetitions(tables: Mapping[str, Table]) -> Repetitions:
    table = tables["frequencies"]
    trip = rows_of(tables["trips"]["trip_id"], table["trip_id"])
    start, end = integers(table["start_time"], "time"), integers(table["end_time"], "time")
    headway = integers(table["headway_secs"], "whole")
    makes_any = (trip >= 0) & (start != MISSING) & (start < end) & (headway > 0)
    span = np.where(makes_any, end.astype(np.int64) - start, 0)
    runs = -(-span // np.where(makes_any, headway, 1))
    return Repetitions(trip, start, end, headway, integers(table["exact_times"], "0-1", 0) == 1, runs)


def never_run(tables: Mapping[str, Table]) -> Bools:
    """Trips of which the file has rows, and no row that makes a run: when they run, nobody knows."""
    found, never = repetitions(tables), np.zeros(len(tables["trips"]), bool)
    never[found.trip[found.trip >= 0]] = True
    never[found.trip[found.runs > 0]] = False
    return never


def bound(tables: Mapping[str, Table], limits: ReadLimits) -> None:
    """Raises UnreadableFeed at the row with which the runs, or their calls, become too many."""
    found, table = repetitions(tables), tables["frequencies"]
    if not len(table):
        return
    trips, calls = tables["trips"]["trip_id"], tables["stop_times"]["trip_id"]
    of_call = rows_of(trips, calls)
    length = np.bincount(of_call[of_call >= 0], minlength=max(len(trips), 1))
    _at_most(limits.max_runs, FeedFault.TOO_MANY_RUNS, found.runs, table)
    _at_most(limits.max_run_calls, FeedFault.TOO_MANY_CALLS, found.runs * length[found.trip], table)


def _at_most(most: int, code: FeedFault, counts: Int64s, table: Table) -> None:
    too_many = np.flatnonzero(np.cumsum(counts) > most)
    if len(too_many):
        row, column = int(too_many[0]), table["headway_secs"]
        value = str(column.values[column.codes[row]])
        line = int(table.lines[row])
        raise UnreadableFeed(code, file=table.file, line=line, column="headway_secs", value=value, count=most)
