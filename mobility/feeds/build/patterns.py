"""Patterns: the templates of one line that call at the same places under the same rules."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gtfs.equal_trips import numbers_of_equal
from mobility.feeds.build.trips import PublishedCalls, RunTable, Templates
from mobility.network.columns import Ids
from mobility.network.csr import ranges
from mobility.network.network import Calls, Patterns, Trips

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    patterns: Patterns
    of_template: Int32s


def grouped(trips: Templates, calls: PublishedCalls) -> Grouped:
    """Patterns in the order of their first trip."""
    first_call = np.append(trips.first_call, len(calls.stop))
    of_template = numbers_of_equal(first_call, trips.line, (calls.node, calls.pickup, calls.drop_off))
    return Grouped(_patterns(trips, calls, np.unique(of_template, return_index=True)[1]), of_template)


def _patterns(trips: Templates, calls: PublishedCalls, examples: Int64s) -> Patterns:
    length = trips.length[examples]
    call = ranges(trips.first_call[examples], length)
    return Patterns(
        line=trips.line[examples],
        first_position=np.concatenate([[0], np.cumsum(length)]).astype(np.int32),
        stop=calls.stop[call],
        node=calls.node[call],
        pickup=calls.pickup[call].astype(np.uint8),
        drop_off=calls.drop_off[call].astype(np.uint8),
    )


def in_order(trips: Templates, calls: PublishedCalls, runs: RunTable, of_template: Int32s) -> Int64s:
    """Runs by pattern, then first departure."""
    first_call = trips.first_call[runs.template]
    leaves_s = calls.departure[first_call] + runs.shift_s if len(first_call) else first_call
    return np.lexsort((leaves_s, of_template[runs.template]))


def timetabled_calls(trips: Templates, calls: PublishedCalls, runs: RunTable) -> Calls:
    """The calls of all runs, one run after the other."""
    length = trips.length[runs.template]
    call = ranges(trips.first_call[runs.template], length)
    arrival, departure, exact = calls.arrival[call], calls.departure[call], calls.exact[call]
    if runs.shift_s.any():
        later_s = np.repeat(runs.shift_s, length)
        arrival, departure = arrival + later_s, departure + later_s
        exact = exact & np.repeat(runs.headway_s == 0, length)
    told = calls.headsign, calls.pickup_booking, calls.drop_off_booking, calls.sequence
    return Calls(arrival, departure, exact, *(rows[call] if len(rows) else rows for rows in told))


def trip_table(trips: Templates, runs: RunTable, of_template: Int32s) -> Trips:
    rows, length = runs.template, trips.length[runs.template]
    return Trips(
        id=Ids.of(trips.ids),
        id_row=rows,
        pattern=of_template[rows],
        service=runs.service,
        headsign=trips.headsign[rows],
        short_name=trips.short_name[rows],
        direction=trips.direction[rows],
        wheelchair=trips.wheelchair[rows],
        bikes=trips.bikes[rows],
        shape=trips.shape[rows],
        headway_s=runs.headway_s,
        stays_as=runs.stays_as,
        first_call=np.cumsum(length, dtype=np.int64) - length,
    )
