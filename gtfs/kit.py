"""A feed as a gtfs_kit.Feed. The only module that imports gtfs_kit (0.7 s, 100 MB), so import it only where it is used.

gtfs_kit stops at the first odd row and names none. So it is given what our reader made of the feed: trips that can be
ridden, their calls with every time, calendars and frequencies that are valid, shapes that are lines. Every column that
gtfs_kit knows is there, blank where the feed has none; a value that its type does not allow is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

import gtfs_kit
import numpy as np
import pandas as pd
from gtfs_kit.constants import DTYPES
from numpy.typing import NDArray

from gtfs.feed import Feed
from gtfs.freeze import snapshot
from gtfs.snapshot import FeedSnapshot
from gtfs.table import Column, Table
from gtfs.values import MISSING, floats, integers, number


def kit_feed(feed: Feed) -> gtfs_kit.Feed:
    """Distances are in kilometres. A table without a row is None there."""
    frozen, tables = feed.once(snapshot), feed.tables
    own = {
        "trips": _trips(feed, frozen),
        "stop_times": _stop_times(feed, frozen),
        "calendar": _frame(_valid_spans(tables["calendar"]), DTYPES["calendar"]),
        "calendar_dates": _frame(_valid_dates(tables["calendar_dates"]), DTYPES["calendar_dates"]),
        "frequencies": _frequencies(frozen),
        "shapes": _shapes(frozen),
    }
    rest = {name: _frame(_with_own_key(tables[name]), types) for name, types in DTYPES.items() if name not in own}
    return gtfs_kit.Feed(dist_units="km", **rest, **{name: _or_none(frame) for name, frame in own.items()})


def _or_none(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    return None if frame is None or frame.empty else frame


def _trips(feed: Feed, frozen: FeedSnapshot) -> pd.DataFrame:
    trips, shape = frozen.trips, frozen.trips.shape
    return pd.DataFrame(
        {
            "route_id": _texts(feed.keys("routes").texts()[trips.route]),
            "service_id": _texts(np.array(frozen.services.ids, object)[trips.service]),
            "trip_id": _texts(trips.ids),
            "trip_headsign": _texts(trips.headsign),
            "trip_short_name": _texts(trips.short_name),
            "direction_id": pd.array([value if value >= 0 else None for value in trips.direction.tolist()], "Int32"),
            "block_id": _texts(feed.tables["trips"]["block_id"].texts()[feed.ridden]),
            "shape_id": _texts(np.where(shape >= 0, shape.astype("U"), "")),
            "wheelchair_accessible": pd.array(trips.wheelchair, "Int32"),
            "bikes_allowed": pd.array(trips.bikes, "Int32"),
        }
    )


def _stop_times(feed: Feed, frozen: FeedSnapshot) -> pd.DataFrame:
    """stop_sequence: the place among the calls of its trip, from 1."""
    calls, counts = frozen.stop_times, np.diff(frozen.stop_times.first_call)
    before = np.repeat(calls.first_call[:-1], counts)
    return pd.DataFrame(
        {
            "trip_id": _texts(frozen.trips.ids).repeat(counts),
            "arrival_time": clocks(calls.arrival_s),
            "departure_time": clocks(calls.departure_s),
            "stop_id": _texts(feed.keys("stops").texts()).take(calls.stop),
            "stop_sequence": pd.array(np.arange(len(calls.stop)) - before + 1, "Int32"),
            "pickup_type": pd.array(calls.pickup, "Int32"),
            "drop_off_type": pd.array(calls.drop_off, "Int32"),
        }
    )


def _frequencies(frozen: FeedSnapshot) -> pd.DataFrame:
    runs = frozen.frequencies
    return pd.DataFrame(
        {
            "trip_id": _texts(frozen.trips.ids[[run.trip for run in runs]]),
            "start_time": clocks(np.array([run.start_s for run in runs], np.int32)),
            "end_time": clocks(np.array([run.end_s for run in runs], np.int32)),
            "headway_secs": pd.array([run.headway_s for run in runs], "Int32"),
            "exact_times": pd.array([int(run.exact) for run in runs], "Int32"),
        }
    )


def _shapes(frozen: FeedSnapshot) -> pd.DataFrame:
    """shape_id: the row of the shape, as the trips have it."""
    shapes, counts = frozen.shapes, np.diff(frozen.shapes.first_point)
    return pd.DataFrame(
        {
            "shape_id": _texts(np.arange(len(counts)).astype("U")).repeat(counts),
            "shape_pt_lat": shapes.lat,
            "shape_pt_lon": shapes.lon,
            "shape_pt_sequence": pd.array(np.arange(len(shapes.lat)), "Int32"),
        }
    )


def _valid_spans(calendar: Table) -> Table:
    start, end = (integers(calendar[name], "date") for name in ("start_date", "end_date"))
    return calendar.take(np.flatnonzero((start != MISSING) & (end != MISSING) & (start <= end)))


def _valid_dates(calendar_dates: Table) -> Table:
    day, kind = integers(calendar_dates["date"], "date"), integers(calendar_dates["exception_type"], "1-2")
    return calendar_dates.take(np.flatnonzero((day != MISSING) & (kind != MISSING)))


def _with_own_key(table: Table) -> Table:
    """Without the rows of stops and routes that repeat an id: a reference means the first."""
    if table.name not in ("stops", "routes"):
        return table
    codes = table[f"{table.name[:-1]}_id"].codes
    return table.take(np.sort(np.unique(codes, return_index=True)[1]))


def _frame(table: Table, types: Mapping[str, str]) -> pd.DataFrame | None:
    """None for a table without a row, as gtfs_kit has it. Columns that it does not know stay text."""
    if not len(table):
        return None
    names = dict.fromkeys((*types, *table.columns))
    return pd.DataFrame({name: _series(table[name], types.get(name, "string")) for name in names})


def _series(column: Column, kind: str) -> pd.Series:
    if kind == "string":
        return pd.Series(_texts(column.values).take(column.codes))
    if kind == "float":
        return pd.Series(floats(column))
    values = [_whole(text) for text in column.values]
    return pd.Series(pd.array(values, dtype="Int32").take(column.codes))


def _texts(texts: NDArray[np.object_] | NDArray[np.str_]) -> pd.api.extensions.ExtensionArray:
    return pd.array([text or None for text in texts.tolist()], dtype="string")


def clocks(seconds: NDArray[np.int32]) -> pd.api.extensions.ExtensionArray:
    """Seconds of the service day as HH:MM:SS, each different one made once."""
    different, codes = np.unique(seconds, return_inverse=True)
    told = [f"{one // 3600:02}:{one // 60 % 60:02}:{one % 60:02}" for one in different.tolist()]
    return pd.array(told, dtype="string").take(codes)


def _whole(text: str) -> int | None:
    """Int32 also where gtfs_kit says Int16: 40 000 s between two buses are no reason to lose a feed."""
    value = number(text)
    return int(value) if value is not None and abs(value) < 2**31 and value == int(value) else None
