"""Where passengers change within minutes: which lines meet at which stop, and how often in a day.

A connection is known by names, so that two versions of a feed can be compared whatever became of the ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from gtfs.snapshot import FeedSnapshot

Int64s = NDArray[np.int64]
LEAST_S, MOST_S = 60, 600
"""A change of less is missed, for more nobody speaks of a connection."""
ARRIVALS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True, order=True)
class Connection:
    """Passengers of one line step over to another, at stops of this name."""

    stop: str
    line: str
    onward: str


def line_names(feed: FeedSnapshot) -> tuple[str, ...]:
    return tuple(route.short_name or route.long_name or route.id for route in feed.routes)


def trips_on(feed: FeedSnapshot, day: date) -> Int64s:
    """Rows of the trips that run on a service day."""
    services, number = feed.services, (day - feed.services.first_day).days
    if not 0 <= number < services.active.shape[1]:
        return np.zeros(0, np.int64)
    return np.flatnonzero(services.active[:, number][feed.trips.service])


def busiest_day(feed: FeedSnapshot) -> date | None:
    """The first day with the most trips; None where nothing ever runs."""
    counts = trips_a_day(feed)
    return feed.services.first_day + timedelta(days=int(np.argmax(counts))) if counts.any() else None


def trips_a_day(feed: FeedSnapshot) -> Int64s:
    """For each day of the services."""
    trips = np.bincount(feed.trips.service, minlength=len(feed.services.ids))
    return np.asarray(trips @ feed.services.active, np.int64)


def connections(feed: FeedSnapshot, day: date) -> Mapping[Connection, int]:
    """How often each is met on a day."""
    names, lines = sorted({stop.name for stop in feed.stops}), sorted(set(line_names(feed)))
    if not lines:
        return {}
    keys, counts = _meetings(_Events.of(feed, day, names, lines), len(lines))
    place, line, onward = keys // len(lines) ** 2, keys // len(lines) % len(lines), keys % len(lines)
    rows = zip(place.tolist(), line.tolist(), onward.tolist(), counts.tolist(), strict=True)
    return {Connection(names[a], lines[b], lines[c]): n for a, b, c, n in rows}


def lost(before: FeedSnapshot, after: FeedSnapshot) -> Mapping[Connection, int]:
    """Connections of the busiest day before, of lines that still call at the stop, and never meet there any more."""
    days = busiest_day(before), busiest_day(after)
    if days[0] is None or days[1] is None:
        return {}
    kept, still = connections(after, days[1]), _calling(after, days[1])
    return {
        one: count
        for one, count in connections(before, days[0]).items()
        if one not in kept and {(one.stop, one.line), (one.stop, one.onward)} <= still
    }


def _calling(feed: FeedSnapshot, day: date) -> set[tuple[str, str]]:
    """Which line calls at stops of which name."""
    names, lines = sorted({stop.name for stop in feed.stops}), sorted(set(line_names(feed)))
    events = _Events.of(feed, day, names, lines)
    pairs = np.unique(events.place * len(lines) + events.line).tolist() if lines else []
    return {(names[pair // len(lines)], lines[pair % len(lines)]) for pair in pairs}


@dataclass(frozen=True, slots=True, eq=False)
class _Events:
    """Columns, one row a call of the day. leaves, comes: not at the end, not at the start of its trip."""

    place: Int64s
    line: Int64s
    arrival_s: Int64s
    departure_s: Int64s
    comes: NDArray[np.bool_]
    leaves: NDArray[np.bool_]

    @classmethod
    def of(cls, feed: FeedSnapshot, day: date, names: list[str], lines: list[str]) -> _Events:
        place_of = {name: number for number, name in enumerate(names)}
        line_of = {name: number for number, name in enumerate(lines)}
        trips, calls = trips_on(feed, day), feed.stop_times
        count = calls.first_call[trips + 1] - calls.first_call[trips]
        rows, first = _ranges(calls.first_call[trips], count)
        position = np.arange(len(rows)) - first
        place = np.array([place_of[stop.name] for stop in feed.stops], np.int64)
        line = np.array([line_of[name] for name in line_names(feed)], np.int64)
        return cls(
            place=place[calls.stop[rows]],
            line=np.repeat(line[feed.trips.route[trips]], count),
            arrival_s=calls.arrival_s[rows].astype(np.int64),
            departure_s=calls.departure_s[rows].astype(np.int64),
            comes=(position > 0) & (calls.drop_off[rows] != 1),
            leaves=(position < np.repeat(count, count) - 1) & (calls.pickup[rows] != 1),
        )


def _meetings(events: _Events, lines: int) -> tuple[Int64s, Int64s]:
    """Keys (place * lines + line) * lines + onward, each once, and how often it is met."""
    clock = 10**6  # seconds: more than any service day has
    leaving = np.flatnonzero(events.leaves)
    sortable = events.place[leaving] * clock + events.departure_s[leaving]
    leaving, sortable = leaving[np.argsort(sortable, kind="stable")], np.sort(sortable)
    coming = np.flatnonzero(events.comes)
    found: list[tuple[Int64s, Int64s]] = []
    for part in np.array_split(coming, len(coming) // ARRIVALS_AT_ONCE + 1):
        at = events.place[part] * clock + events.arrival_s[part]
        start, end = np.searchsorted(sortable, at + LEAST_S), np.searchsorted(sortable, at + MOST_S, "right")
        rows, _ = _ranges(start, end - start)
        onward, of = events.line[leaving[rows]], np.repeat(part, end - start)
        other = onward != events.line[of]
        key = ((events.place[of] * lines + events.line[of]) * lines + onward)[other]
        found.append(np.unique(key, return_counts=True))
    keys, which = np.unique(np.concatenate([part[0] for part in found]), return_inverse=True)
    counts = np.bincount(which, np.concatenate([part[1] for part in found]), len(keys)).astype(np.int64)
    return keys, counts


def _ranges(start: Int64s, count: Int64s) -> tuple[Int64s, Int64s]:
    """start[i], start[i] + 1, ... count[i] times, one after the other; and where in the result each range begins."""
    begin = np.repeat(np.cumsum(count) - count, count)
    return np.repeat(start, count) + np.arange(len(begin)) - begin, begin
