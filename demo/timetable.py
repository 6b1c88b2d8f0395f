"""The trips of the demo territory: a line's runs become departures, and a departure becomes the times at each stop."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from demo.geometry import length_m, way
from demo.records import Line, Run, TableError, Territory

DEPARTURES = re.compile(r"(\d\d):(\d\d)(?:-(\d\d):(\d\d)/(\d+))?")


@dataclass(frozen=True, slots=True)
class Trip:
    """One departure; times are minutes since the start of the service day, one for each stop."""

    trip_id: str
    line: Line
    service: str
    back: bool
    stops: tuple[str, ...]
    minutes: tuple[int, ...]
    headway: "Headway | None" = None


@dataclass(frozen=True, slots=True)
class Headway:
    """A trip repeated every so many minutes; departures before `until` (minutes) count."""

    since: int
    until: int
    every: int
    exact: bool


def trips(territory: Territory) -> Iterator[Trip]:
    """All trips, in the order of the table."""
    return (trip for line in territory.lines for run in line.runs for trip in _trips_of_run(territory, line, run))


def _trips_of_run(territory: Territory, line: Line, run: Run) -> Iterator[Trip]:
    for back in (False, True):
        if run.way == ("out" if back else "back"):
            continue
        stops = _part(line.stops, run)[:: -1 if back else 1]
        offsets = _offsets(territory, line, stops)
        for departures in (_departures(line, text) for text in run.at):
            starts = [departures.since] if run.headway else range(departures.since, departures.until, departures.every)
            for start in starts:
                minutes = tuple(start + offset for offset in offsets)
                name = "-".join((line.line_id, run.service, "back" if back else "out", stops[0], clock(start)[:5]))
                headway = Headway(departures.since, departures.until, departures.every, run.exact)
                yield Trip(name, line, run.service, back, stops, minutes, headway if run.headway else None)


def _part(stops: tuple[str, ...], run: Run) -> tuple[str, ...]:
    first = stops.index(run.first_stop) if run.first_stop else 0
    last = stops.index(run.last_stop) if run.last_stop else len(stops) - 1
    return stops[first : last + 1]


def _departures(line: Line, text: str) -> Headway:
    match = DEPARTURES.fullmatch(text)
    if match is None:
        raise TableError("lines.toml", line.line_id, "at", text)
    hour, minute, last_hour, last_minute, every = (int(part) if part else None for part in match.groups())
    since = 60 * (hour or 0) + (minute or 0)
    if every is None:
        return Headway(since, since + 1, 1, exact=False)
    return Headway(since, 60 * (last_hour or 0) + (last_minute or 0) + 1, every, exact=False)


def _offsets(territory: Territory, line: Line, stops: tuple[str, ...]) -> list[int]:
    """Minutes from the first of the stops to each, at least one minute for each hop."""
    if line.minutes:
        known = dict(zip(line.stops, line.minutes, strict=True))
        return [abs(known[stop] - known[stops[0]]) for stop in stops]
    offsets, travelled_m = [0], 0.0
    for a, b in pairwise(stops):
        travelled_m += line.detour * length_m(way(territory, a, b))
        offsets.append(max(offsets[-1] + 1, round(travelled_m / (line.speed_km_h * 1000 / 60))))
    return offsets


def clock(minutes: int) -> str:
    """HH:MM:SS, over 24 hours after midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}:00"
