"""The timetables of one week: days that are alike stand together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from mobility.network.network import Network
from mobility.routing.line_days import LineGrid, line_day

WEEK = 7


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
    """What leaves a stop on one line in one direction. times_s: seconds of the service day."""

    line: int
    towards: int
    days: tuple[date, ...]
    times_s: tuple[int, ...]


def weeks(network: Network, first_day: date) -> tuple[LineWeek, ...]:
    """Of every line that runs within a week from that day on, by its name."""
    rows: list[int] = np.unique(network.patterns.line).tolist()
    rows.sort(key=lambda row: (network.lines.short_name[row].zfill(8), network.lines.id[row]))
    found = [LineWeek(row, _alike(network, row, first_day)) for row in rows]
    return tuple(one for one in found if any(days.grids for days in one.days))


def _alike(network: Network, line: int, first_day: date) -> tuple[WeekDays, ...]:
    known: dict[tuple[LineGrid, ...], list[date]] = {}
    for day in (first_day + timedelta(days=n) for n in range(WEEK)):
        known.setdefault(line_day(network, line, day), []).append(day)
    return tuple(WeekDays(tuple(days), grids) for grids, days in known.items())


def departures(network: Network, found: Sequence[LineWeek]) -> dict[int, tuple[StopDepartures, ...]]:
    """By station, or by stop that has none: rows of network.stops. Days that are alike there stand together."""
    at: dict[int, dict[tuple[int, int, tuple[int, ...]], tuple[date, ...]]] = {}
    for week in found:
        for days, grid in ((alike, grid) for alike in week.days for grid in alike.grids):
            for place, times_s in _leaving(network, grid).items():
                known, key = at.setdefault(place, {}), (week.line, grid.towards, times_s)
                known[key] = tuple(sorted((*known.get(key, ()), *days.days)))
    return {
        place: tuple(StopDepartures(line, towards, days, times_s) for (line, towards, times_s), days in known.items())
        for place, known in at.items()
    }


def _leaving(network: Network, grid: LineGrid) -> dict[int, tuple[int, ...]]:
    at: dict[int, set[int]] = {}
    for run in grid.runs:
        for stop, time_s in _boarded(grid, run):
            at.setdefault(_place(network, stop), set()).add(time_s)
    return {place: tuple(sorted(times)) for place, times in at.items()}


def _boarded(grid: LineGrid, run: tuple[int | None, ...]) -> Iterator[tuple[int, int]]:
    """Stop and time of each call but the last, where everybody gets out."""
    calls = [(stop, time_s) for stop, time_s in zip(grid.stops, run, strict=True) if time_s is not None]
    yield from calls[:-1]


def _place(network: Network, stop: int) -> int:
    parent = int(network.stops.parent[stop])
    return parent if parent >= 0 else stop
