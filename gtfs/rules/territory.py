"""What no validator of GTFS alone sees: the licence, school and public holidays, water, and what a version loses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import shapely
from numpy.typing import NDArray

from gtfs.connections import lost
from gtfs.counted import counted
from gtfs.feed import Feed
from gtfs.freeze import snapshot
from gtfs.notice import Severity
from gtfs.rules.registry import Place, at_rows, rule
from gtfs.values import floats, integers, rows_of

UNKNOWN_LICENCES = ("", "unknown")
HOLIDAYS = {(1, 1), (5, 1), (12, 25)}
"""Month and day of the public holidays of France on which hardly any network runs as on other days."""
FRENCH = "Europe/Paris"
WEEK = timedelta(days=7)
QUAY_DEGREES = 0.0005
"""About 50 m: a stop on a quay may lie at or just over the edge of the water that was drawn."""


@rule(Severity.WARNING)
def licence_unknown(feed: Feed, today: date) -> Iterator[Place]:
    """Nobody said under which licence the feed may be shown and passed on. Source: Hent."""
    if feed.source.licence.lower() in UNKNOWN_LICENCES:
        yield Place("", field="licence", value=feed.source.licence)


@rule(Severity.WARNING)
def stop_never_served(feed: Feed, today: date) -> Iterator[Place]:
    """Trips call at the stop, and not one of them runs on any day. Source: Hent."""
    stops, trips = feed.tables["stops"], feed.tables["trips"]
    service = rows_of(feed.keys("services"), trips["service_id"])
    runs = feed.ridden & np.append(feed.services.active.any(axis=1), False)[service]
    named, served = np.zeros((2, len(stops) + 1), bool)
    named[rows_of(feed.keys("stops"), feed.tables["stop_times"]["stop_id"])] = True
    served[feed.calls.stop[runs[feed.calls.trip]]] = True
    yield from at_rows(stops, (named & ~served)[:-1], "stop_id")


@rule(Severity.WARNING)
def accessible_trip_without_accessible_stop(feed: Feed, today: date) -> Iterator[Place]:
    """A trip takes wheelchairs, and all its stops say that none can board there. Source: GTFS, wheelchair_boarding."""
    stops, trips, calls = feed.tables["stops"], feed.tables["trips"], feed.calls
    closed = integers(stops["wheelchair_boarding"], "0-2", 0) == 2
    takes = integers(trips["wheelchair_accessible"], "0-2", 0) == 1
    open_calls = np.bincount(calls.trip[~closed[calls.stop]], minlength=len(trips))
    yield from at_rows(trips, takes & (np.diff(calls.first) > 0) & (open_calls == 0), "wheelchair_accessible")


@rule(Severity.INFO)
def same_on_public_holiday(feed: Feed, today: date) -> Iterator[Place]:
    """As many trips on 1 January, 1 May or 25 December as a week before, where days differ at all.

    Source: Hent; of a French agency. Labour code, article L3133-1.
    """
    first, counts = feed.services.first_day, _trips_a_day(feed)
    if FRENCH not in feed.tables["agency"]["agency_timezone"].values or len(set(counts[counts > 0].tolist())) < 2:
        return
    for number, count in enumerate(counts.tolist()):
        day = first + timedelta(days=number)
        is_holiday = (day.month, day.day) in HOLIDAYS and day.weekday() < 6
        if is_holiday and number >= 7 and count and count == counts[number - 7]:
            yield Place(
                "calendar_dates.txt", 0, "date", day.isoformat(), f"{counted(count, 'trip')}, as on {day - WEEK}"
            )


@rule(Severity.INFO)
def same_in_school_holidays(feed: Feed, today: date) -> Iterator[Place]:
    """Every week of the school holidays is like every week of school. Source: Hent; the holidays of the config."""
    counts, first = _trips_a_day(feed), feed.services.first_day
    days = [first + timedelta(days=number) for number in range(len(counts))]
    off = np.array([day in feed.around.holidays for day in days], bool)
    tuesdays = np.array([day.weekday() == 1 for day in days], bool)
    school, holidays = set(counts[tuesdays & ~off].tolist()), set(counts[tuesdays & off].tolist())
    if len(school) == 1 and school == holidays and school != {0}:
        yield Place("calendar.txt", message=f"{counted(school.pop(), 'trip')} each Tuesday")


def _trips_a_day(feed: Feed) -> NDArray[np.int64]:
    service = rows_of(feed.keys("services"), feed.tables["trips"]["service_id"])
    trips = np.bincount(service[service >= 0], minlength=len(feed.services.ids))
    return np.asarray(trips @ feed.services.active, np.int64)


@rule(Severity.WARNING)
def transfer_over_water(feed: Feed, today: date) -> Iterator[Place]:
    """A transfer on foot whose straight way is mostly over water. Source: Hent; the water of the config."""
    table, stops = feed.tables["transfers"], feed.tables["stops"]
    if not feed.around.water or not len(table):
        return
    ends = [rows_of(feed.keys("stops"), table[name]) for name in ("from_stop_id", "to_stop_id")]
    lat, lon = floats(stops["stop_lat"], "latitude"), floats(stops["stop_lon"], "longitude")
    known = (ends[0] >= 0) & (ends[1] >= 0) & (integers(table["transfer_type"], "0-5", 0) < 3)
    for end in ends:
        known[known] &= ~np.isnan(lat[end[known]])
    both = [np.column_stack((lon[end[known]], lat[end[known]])) for end in ends]
    ways = shapely.linestrings(np.stack(both, axis=1))
    over = shapely.length(shapely.intersection(ways, shapely.unary_union(list(feed.around.water))))
    wet = np.zeros(len(table), bool)
    wet[known] = (over > QUAY_DEGREES) & (over > shapely.length(ways) / 2)
    for place, row in zip(at_rows(table, wet, "from_stop_id"), np.flatnonzero(wet), strict=True):
        yield replace(place, message=f"→ {table['to_stop_id'].values[table['to_stop_id'].codes[row]]}")


@rule(Severity.WARNING)
def connection_lost(feed: Feed, today: date) -> Iterator[Place]:
    """Two lines met at a stop in the version before, and never do in this one. Source: Hent."""
    if feed.around.before is None or not feed.ridden.any():
        return
    for one, meetings in sorted(lost(feed.around.before, feed.once(snapshot)).items(), key=lambda found: -found[1]):
        value = f"{one.line} > {one.onward}"
        yield Place("stop_times.txt", 0, "stop_id", value, f"at {one.stop}, {counted(meetings, 'time')} a day before")
