"""When an on-demand service may be called for, as opening hours in the notation of OpenStreetMap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from gtfs.calendar import WEEKDAYS
from gtfs.feed import Feed
from gtfs.values import integers, rows_of

SHORT = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
Bools = NDArray[np.bool_]
ClockSpan = tuple[int, int]
"""Seconds of the service day."""


def running_days(feed: Feed) -> Bools:
    """[trip, weekday]: whether calendar.txt names it; exceptions alone are no habit."""
    calendar = feed.tables["calendar"]
    runs = np.zeros((len(calendar) + 1, len(WEEKDAYS)), bool)
    for day, name in enumerate(WEEKDAYS):
        runs[:-1, day] = integers(calendar[name], "0-1", 0) == 1
    return runs[rows_of(calendar["service_id"], feed.tables["trips"]["service_id"])]


def opening_hours(windows: Iterable[tuple[Bools, ClockSpan]]) -> str:
    """Of windows on the weekdays of their trips, `Mo-Fr 05:30-19:00; Sa-Su 08:00-18:00`; "" where there is none."""
    by_day = [set[ClockSpan]() for _ in WEEKDAYS]
    for days, (start_s, end_s) in windows:
        if 0 <= start_s < end_s:
            for day in np.flatnonzero(days).tolist():
                by_day[day].add((start_s, end_s))
    return _told([tuple(sorted(spans)) for spans in by_day])


def _told(by_day: Sequence[tuple[ClockSpan, ...]]) -> str:
    rules = []
    for spans, days in groupby(range(len(WEEKDAYS)), key=lambda day: by_day[day]):
        if spans:
            first, *rest = days
            named = SHORT[first] + (f"-{SHORT[rest[-1]]}" if rest else "")
            rules.append(f"{named} {','.join(f'{_clock(start)}-{_clock(end)}' for start, end in spans)}")
    return "; ".join(rules)


def _clock(moment_s: int) -> str:
    return f"{moment_s // 3600 % 24:02}:{moment_s // 60 % 60:02}"
