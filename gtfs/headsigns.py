"""What stands on the vehicle at a call (stop_headsign). Where publishers write the next stop, it is no direction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gtfs.calls import Bools, Calls
from gtfs.snapshot import Stop
from gtfs.table import Column


def call_headsigns(calls: Calls, column: Column, places: Sequence[Stop]) -> NDArray[np.object_]:
    """A text a call, "" where it has none; empty where no call has one. column: of stop_times.txt."""
    if not any(column.values):
        return np.zeros(0, object)
    of_call = column.take(calls.row)
    told = ~of_call.blank() & ~_of_trips_that_name_the_next_stop(calls, of_call, places)[calls.trip]
    return np.where(told, of_call.texts(), "") if told.any() else np.zeros(0, object)


def _of_trips_that_name_the_next_stop(calls: Calls, headsign: Column, places: Sequence[Stop]) -> Bools:
    """By trip: each headsign before the last call is the next stop's name, and not only that of the last stop."""
    goes_on = np.zeros(len(calls.trip), bool)
    goes_on[:-1] = calls.trip[1:] == calls.trip[:-1]
    names = {name: row for row, name in enumerate(dict.fromkeys(_plain(text) for text in headsign.values))}
    of_value = np.array([names[_plain(text)] for text in headsign.values], np.int32)
    of_stop = np.array([names.get(_plain(place.name), -1) for place in places], np.int32)
    is_next = goes_on & (of_value[headsign.codes] == np.roll(of_stop[calls.stop], -1))
    is_said = goes_on & ~headsign.blank()
    n_trips = len(calls.fault)
    others = np.bincount(calls.trip, is_said & ~is_next, n_trips)
    on_the_way = np.bincount(calls.trip, is_next & np.roll(goes_on, -1), n_trips)
    found: Bools = (others == 0) & (on_the_way > 0)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
