"""What changed between two versions of a feed, in the words of who runs the network: lines, stops, trips a day, first
and last departures, connections lost. Ids may all have changed: lines and stops are known by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from gtfs.connections import Connection, line_names, lost, trips_a_day, trips_on
from gtfs.earth import METRES_A_DEGREE
from gtfs.snapshot import FeedSnapshot, Stop

MOVED_M = 30.0
"""A stop that moved by less stands where it stood."""


DateSpan = tuple[date, date]
"""First and last day."""


class Day(StrEnum):
    WEEKDAY = "weekday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True)
class OrdinaryDay:
    """A line on the ordinary day of its kind. first_s, last_s: departures, seconds of the service day."""

    trips: int
    first_s: int
    last_s: int


@dataclass(frozen=True, slots=True)
class LineChange:
    """before, after: None where the line does not run on such a day."""

    line: str
    day: Day
    before: OrdinaryDay | None
    after: OrdinaryDay | None


@dataclass(frozen=True, slots=True)
class MovedStop:
    name: str
    metres: int


@dataclass(frozen=True, slots=True)
class DayChange:
    """Trips on the ordinary day of its kind; before_on, after_on: which day was looked at, None where none runs."""

    day: Day
    before: int
    after: int
    before_on: date | None
    after_on: date | None


@dataclass(frozen=True, slots=True)
class FeedDiff:
    """runs: first and last day of service before and after, None where there is none. days: of every kind; days_lost:
    those on which something ran, and nothing does; changed: what runs otherwise. connections_lost: with meetings a day
    before, most first."""

    before: str
    after: str
    lines_added: tuple[str, ...]
    lines_removed: tuple[str, ...]
    stops_added: tuple[str, ...]
    stops_removed: tuple[str, ...]
    stops_moved: tuple[MovedStop, ...]
    runs: tuple[DateSpan | None, DateSpan | None]
    days: tuple[DayChange, ...]
    days_lost: tuple[date, ...]
    changed: tuple[LineChange, ...]
    connections_lost: tuple[tuple[Connection, int], ...]


def diff(before: FeedSnapshot, after: FeedSnapshot) -> FeedDiff:
    lines, stops = (_lines(before), _lines(after)), (_stops(before), _stops(after))
    days = {day: (ordinary_day(before, day), ordinary_day(after, day)) for day in Day}
    ran, runs = running_days(before), running_days(after)
    gone = sorted(lost(before, after).items(), key=lambda one: (-one[1], one[0]))
    return FeedDiff(
        before.sha256,
        after.sha256,
        lines_added=_only(lines[1], lines[0]),
        lines_removed=_only(lines[0], lines[1]),
        stops_added=_only(set(stops[1]), set(stops[0])),
        stops_removed=_only(set(stops[0]), set(stops[1])),
        stops_moved=_moved(*stops),
        runs=(_span(ran), _span(runs)),
        days=tuple(_day_change(before, after, day, on) for day, on in days.items()),
        days_lost=tuple(sorted(set(ran) - set(runs))),
        changed=tuple(change for day, on in days.items() for change in _line_changes(before, after, day, on)),
        connections_lost=tuple(gone),
    )


def running_days(feed: FeedSnapshot) -> list[date]:
    """Those on which any trip runs, in order."""
    first = feed.services.first_day
    return [first + timedelta(days=number) for number, count in enumerate(trips_a_day(feed).tolist()) if count]


def _span(days: Sequence[date]) -> DateSpan | None:
    return (days[0], days[-1]) if days else None


def ordinary_day(feed: FeedSnapshot, kind: Day) -> date | None:
    """The first day of its kind with the median number of trips, of the days on which any runs."""
    first, counts = feed.services.first_day, trips_a_day(feed)
    days = [first + timedelta(days=number) for number in range(len(counts))]
    ran = [(int(count), day) for count, day in zip(counts, days, strict=True) if count and kind_of(day) is kind]
    if not ran:
        return None
    median = sorted(count for count, _ in ran)[len(ran) // 2]
    return next(day for count, day in ran if count == median)


def kind_of(day: date) -> Day:
    return (Day.SATURDAY, Day.SUNDAY)[day.weekday() - 5] if day.weekday() >= 5 else Day.WEEKDAY


def _lines(feed: FeedSnapshot) -> set[str]:
    """Those with a trip."""
    names = line_names(feed)
    return {names[route] for route in np.unique(feed.trips.route).tolist()}


def _stops(feed: FeedSnapshot) -> dict[str, list[Stop]]:
    """By name, those where a trip calls."""
    found: dict[str, list[Stop]] = {}
    for row in np.unique(feed.stop_times.stop).tolist():
        found.setdefault(feed.stops[row].name, []).append(feed.stops[row])
    return found


def _only(here: set[str], there: set[str]) -> tuple[str, ...]:
    return tuple(sorted(here - there))


def _moved(before: Mapping[str, list[Stop]], after: Mapping[str, list[Stop]]) -> tuple[MovedStop, ...]:
    """Names of which no stop is where one was; how far the nearest went."""
    found = []
    for name in sorted(before.keys() & after.keys()):
        nearest = min((_metres(one, other) for one in before[name] for other in after[name]), default=0.0)
        if nearest > MOVED_M:
            found.append(MovedStop(name, round(nearest)))
    return tuple(found)


def _metres(one: Stop, other: Stop) -> float:
    """0 where a position is unknown."""
    east = (one.lon - other.lon) * np.cos(np.radians(one.lat))
    metres = float(METRES_A_DEGREE * np.hypot(one.lat - other.lat, east))
    return metres if metres == metres else 0.0


Dates = tuple[date | None, date | None]


def _day_change(before: FeedSnapshot, after: FeedSnapshot, day: Day, on: Dates) -> DayChange:
    old, new = (len(trips_on(feed, date)) if date else 0 for feed, date in zip((before, after), on, strict=True))
    return DayChange(day, old, new, *on)


def _line_changes(before: FeedSnapshot, after: FeedSnapshot, day: Day, on: Dates) -> list[LineChange]:
    old, new = (_line_days(feed, date) if date else {} for feed, date in zip((before, after), on, strict=True))
    return [
        LineChange(line, day, old.get(line), new.get(line))
        for line in sorted(old.keys() | new.keys())
        if old.get(line) != new.get(line)
    ]


def _line_days(feed: FeedSnapshot, day: date) -> dict[str, OrdinaryDay]:
    names, trips = line_names(feed), trips_on(feed, day)
    departures = feed.stop_times.departure_s[feed.stop_times.first_call[trips]]
    by_line: dict[str, list[int]] = {}
    for route, departure in zip(feed.trips.route[trips].tolist(), departures.tolist(), strict=True):
        by_line.setdefault(names[route], []).append(departure)
    return {line: OrdinaryDay(len(found), min(found), max(found)) for line, found in by_line.items()}
