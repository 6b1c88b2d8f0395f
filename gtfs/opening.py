"""When an on-demand service may be called for, as opening hours in the notation of OpenStreetMap."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from gtfs.feed import Feed
from gtfs.values import integers, rows_of

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
Span = tuple[int, int]


def opening_hours(feed: Feed, trips: Sequence[int]) -> str:
    """Of the windows of these trips on the weekdays of calendar.txt, `Mo-Fr 05:30-19:00; Sa-Su 08:00-18:00`.

    "" where no weekday is named: exceptions alone are no habit.
    """
    calendar, stop_times = feed.tables["calendar"], feed.tables["stop_times"]
    runs = [integers(calendar[name], "0-1", 0) == 1 for name in DAYS]
    service = rows_of(calendar["service_id"], feed.tables["trips"]["service_id"])
    trip = rows_of(feed.tables["trips"]["trip_id"], stop_times["trip_id"]).tolist()
    start = integers(stop_times["start_pickup_drop_off_window"], "time").tolist()
    end = integers(stop_times["end_pickup_drop_off_window"], "time").tolist()
    wanted, spans = set(trips), [set[Span]() for _ in DAYS]
    for of, start_s, end_s in zip(trip, start, end, strict=True):
        if of in wanted and 0 <= start_s < end_s and service[of] >= 0:
            for day, running in enumerate(runs):
                if running[service[of]]:
                    spans[day].add((start_s, end_s))
    return _told([tuple(sorted(some)) for some in spans])


def _told(by_day: Sequence[tuple[Span, ...]]) -> str:
    rules = []
    for spans, days in groupby(range(len(DAYS)), key=lambda day: by_day[day]):
        if spans:
            first, *rest = days
            named = SHORT[first] + (f"-{SHORT[rest[-1]]}" if rest else "")
            rules.append(f"{named} {','.join(f'{_clock(start)}-{_clock(end)}' for start, end in spans)}")
    return "; ".join(rules)


def _clock(moment_s: int) -> str:
    return f"{moment_s // 3600 % 24:02}:{moment_s // 60 % 60:02}"
