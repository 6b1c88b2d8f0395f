"""Which service runs on which day: calendar.txt, calendar_dates.txt, or both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from gtfs.errors import FeedFault, UnreadableFeed
from gtfs.snapshot import Services
from gtfs.table import Column, Table
from gtfs.values import MISSING, integers, rows_of

Bools = NDArray[np.bool_]
Int64s = NDArray[np.int64]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ADDED, REMOVED = 1, 2
"""calendar_dates.exception_type"""


def service_ids(tables: Mapping[str, Table]) -> Column:
    """Every service named in calendar.txt or calendar_dates.txt, in the order of the files."""
    columns = tables["calendar"]["service_id"], tables["calendar_dates"]["service_id"]
    ids = dict.fromkeys(text for column in columns for text in _in_order(column) if text)
    return Column(np.arange(len(ids), dtype=np.int32), np.array(list(ids), object))


def services(tables: Mapping[str, Table], max_service_days: int) -> Services:
    """Days on which no trip runs are cut off at both ends. Raises UnreadableFeed if the calendar is absurdly long."""
    ids = service_ids(tables)
    spans, exceptions = _spans(ids, tables["calendar"]), _exceptions(ids, tables["calendar_dates"])
    days = np.concatenate((spans[:, 1], spans[:, 2], exceptions[:, 1]))
    if not len(days):
        return Services(tuple(ids.values), date(1970, 1, 1), np.zeros((len(ids), 0), bool))
    first, n_days = int(days.min()), int(days.max() - days.min()) + 1
    if n_days * len(ids) > max_service_days:
        raise UnreadableFeed(FeedFault.TOO_MANY_DAYS, file="calendar.txt", services=len(ids), days=n_days)
    active = np.zeros((len(ids), n_days), bool)
    for service, start, end, *runs in spans.tolist():
        weekday = (np.arange(start, end + 1) - 1) % 7
        active[service, start - first : end - first + 1] |= np.array(runs, bool)[weekday]
    active[exceptions[:, 0], exceptions[:, 1] - first] = exceptions[:, 2] == ADDED
    return _trimmed(tuple(ids.values), first, active, _with_trips(ids, tables["trips"]))


def _in_order(column: Column) -> list[str]:
    """Different texts, in order of appearance (values are in that order unless they were merged or taken)."""
    return [str(column.values[code]) for code in dict.fromkeys(column.codes.tolist())]


def _spans(ids: Column, calendar: Table) -> Int64s:
    """Rows of service, first day, last day, seven weekdays; what has no valid dates never runs."""
    service = rows_of(ids, calendar["service_id"])
    start, end = integers(calendar["start_date"], "date"), integers(calendar["end_date"], "date")
    days = [integers(calendar[name], "0-1", 0) for name in WEEKDAYS]
    valid = (service >= 0) & (start != MISSING) & (end != MISSING) & (start <= end)
    rows: Int64s = np.column_stack((service, start, end, *days)).astype(np.int64)
    return np.asarray(rows[valid])


def _exceptions(ids: Column, calendar_dates: Table) -> Int64s:
    """Rows of service, day, type."""
    service = rows_of(ids, calendar_dates["service_id"])
    day = integers(calendar_dates["date"], "date")
    kind = integers(calendar_dates["exception_type"], "1-2")
    valid = (service >= 0) & (day != MISSING) & (kind != MISSING)
    rows: Int64s = np.column_stack((service, day, kind)).astype(np.int64)
    return np.asarray(rows[valid])


def _with_trips(ids: Column, trips: Table) -> Bools:
    """A service that no trip has puts no vehicle on the road."""
    known = np.zeros(len(ids.values) + 1, bool)
    known[rows_of(ids, trips["service_id"])] = True
    return known[:-1]


def _trimmed(ids: tuple[str, ...], first: int, active: Bools, with_trips: Bools) -> Services:
    used = np.flatnonzero(active[with_trips].any(axis=0))
    if not len(used):
        return Services(ids, date.fromordinal(first), active[:, :0])
    trimmed = np.ascontiguousarray(active[:, used[0] : used[-1] + 1])
    return Services(ids, date.fromordinal(first + int(used[0])), trimmed)
