"""The timetables of one week: days that are alike stand together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from api.pages.line_groups import trunk_first
from mobility.network.network import Network
from mobility.routing.departures import NOT_POSSIBLE
from mobility.routing.line_days import CallTerms, LineGrid, line_day

WEEK = 7
WeekDeparture = tuple[int, CallTerms]
"""Seconds of the service day, and what is said of the call."""


@dataclass(frozen=True, slots=True)
class WeekDays:
    """Days of the week on which a line runs alike. grids: one for each direction; none where it does not run."""

    days: tuple[date, ...]
    grids: tuple[LineGrid, ...]


@dataclass(frozen=True, slots=True)
class LineWeek:
    """line: row of network.lines."""

    line: int
    days: tuple[WeekDays, ...]


@dataclass(frozen=True, slots=True)
class StopDepartures:
    """What leaves a stop on one line in one direction. headsign: row of network.texts. times_s: seconds of the service
    day. terms: of each."""

    line: int
    towards: int
    headsign: int
    days: tuple[date, ...]
    times_s: tuple[int, ...]
    terms: tuple[CallTerms, ...]


def weeks(network: Network, first_day: date, lines: Sequence[int] | None = None) -> tuple[LineWeek, ...]:
    """Of every line that runs within a week from that day on, as on a board: trunk lines first, then by number; of the
    lines given, where any are."""
    rows: list[int] = np.unique(network.patterns.line).tolist() if lines is None else [*lines]
    rows.sort(key=lambda row: (network.lines.number(row), network.lines.id[row]))
    found = [LineWeek(row, _alike(network, row, first_day)) for row in trunk_first(network, first_day, rows)]
    return tuple(one for one in found if any(days.grids for days in one.days))


def _alike(network: Network, line: int, first_day: date) -> tuple[WeekDays, ...]:
    known: dict[tuple[LineGrid, ...], list[date]] = {}
    for day in (first_day + timedelta(days=n) for n in range(WEEK)):
        known.setdefault(line_day(network, line, day), []).append(day)
    return tuple(WeekDays(tuple(days), grids) for grids, days in known.items())


def departures(network: Network, found: Sequence[LineWeek]) -> dict[int, tuple[StopDepartures, ...]]:
    """By station, or by stop that has none: rows of network.stops. Days that are alike there stand together."""
    at: dict[int, dict[_Alike, tuple[date, ...]]] = {}
    for week in found:
        for days, grid in ((alike, grid) for alike in week.days for grid in alike.grids):
            for (place, headsign), leaving in _leaving(network, grid).items():
                known, key = at.setdefault(place, {}), _Alike(week.line, grid.towards, headsign, leaving)
                known[key] = tuple(sorted((*known.get(key, ()), *days.days)))
    return {place: tuple(one.on(days) for one, days in known.items()) for place, known in at.items()}


class _Alike(NamedTuple):
    line: int
    towards: int
    headsign: int
    leaving: tuple[WeekDeparture, ...]

    def on(self, days: tuple[date, ...]) -> StopDepartures:
        times_s, terms = zip(*self.leaving, strict=True)
        return StopDepartures(self.line, self.towards, self.headsign, days, times_s, terms)


def _leaving(network: Network, grid: LineGrid) -> dict[tuple[int, int], tuple[WeekDeparture, ...]]:
    """By place and headsign."""
    at: dict[tuple[int, int], set[WeekDeparture]] = {}
    for run, terms in zip(grid.runs, grid.terms, strict=True):
        for stop, departure in _boarded(grid, run, terms):
            at.setdefault((_place(network, stop), departure[1].headsign), set()).add(departure)
    return {way: tuple(sorted(leaving)) for way, leaving in at.items()}


def _boarded(
    grid: LineGrid, run: tuple[int | None, ...], terms: tuple[CallTerms | None, ...]
) -> Iterator[tuple[int, WeekDeparture]]:
    """Stop and departure of each call but the last, where everybody gets out, and those where nobody gets in."""
    calls = [
        (stop, (time_s, said))
        for stop, time_s, said in zip(grid.stops, run, terms, strict=True)
        if time_s is not None and said is not None
    ]
    yield from (call for call in calls[:-1] if call[1][1].pickup != NOT_POSSIBLE)


def _place(network: Network, stop: int) -> int:
    parent = int(network.stops.parent[stop])
    return parent if parent >= 0 else stop
