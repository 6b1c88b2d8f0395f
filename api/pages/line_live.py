"""What is known now of a line's runs on a day: each run of its timetable, call by call, and those that are extra."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np

from api.pages.concerned import parts_concerned
from api.pages.live_words import LivePage, line_subject
from api.pages.told_now import CallNow, ToldNews
from api.present.now import subject_of
from api.present.prose import clock
from api.present.rows import ToldRide, rows
from mobility.clock import service_day_start
from mobility.network.changed_runs import RunState
from mobility.network.live import planned_of
from mobility.network.live_alerts import Subject
from mobility.routing.headways import headway_s
from mobility.routing.itinerary import RideLeg, ride_leg
from mobility.routing.line_days import LineGrid

DIRECTIONS = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class RunToday:
    """calls: in their order. words: of the run, "" nothing to say. anchor: as of CallNow."""

    calls: tuple[CallNow, ...]
    words: str
    is_struck: bool
    anchor: str = ""


def runs_today(live: LivePage, grid: LineGrid, day: date) -> list[list[RunToday]]:
    """Of each column of the grid its runs."""
    legs = [run_leg(live, trip, day) for trips in grid.trips for trip in trips]
    told = rows(legs[0].network, legs) if legs else []
    found = [_run(live, leg, row, day) for leg, row in zip(legs, told, strict=True)]
    runs = iter(_with_next(live, legs, found))
    return [[next(runs) for _ in trips] for trips in grid.trips]


def _with_next(live: LivePage, legs: Sequence[RideLeg], runs: Sequence[RunToday]) -> Iterator[RunToday]:
    """Beside each run that does not run, the next one of its table that does."""
    left = (leg for leg, run in zip(legs, runs, strict=True) if not run.is_struck)
    running = sorted(left, key=lambda leg: leg.departure_s)
    for leg, run in zip(legs, runs, strict=True):
        after = next((one for one in running if one.departure_s > leg.departure_s), None)
        if not run.is_struck or after is None:
            yield run
            continue
        start = live.of.days.at(after.departure_s, headway_s(after) > 0)
        said = live.of.said["live"]["next"].format(start=start)
        yield replace(run, words=f"{run.words} · {said}")


def run_leg(live: LivePage, trip: int, day: date) -> RideLeg:
    """A run of the timetable from its first stop to its last."""
    network = planned_of(live.of.asking.territory.network)
    zone = ZoneInfo(network.zones[int(network.services.zone[network.trips.service[trip]])])
    first, after = network.patterns.first_position[int(network.trips.pattern[trip]) :][:2].tolist()
    return ride_leg(network, trip, (day, service_day_start(day, zone)), (0, after - first - 1))


def _run(live: LivePage, leg: RideLeg, row: ToldRide, day: date) -> RunToday:
    calls = tuple(live.call(leg, row, position) for position in range(len(row.calls)))
    told = next((call for call in calls if call.is_struck or call.planned), calls[0])
    unknown = live.of.said["live"]["scheduled"]
    words = "" if told.words == unknown and day != live.of.today else told.words
    return RunToday(calls, words, all(call.is_struck for call in calls), told.anchor)


def line_news(live: LivePage, line: int, grids: Sequence[LineGrid], days: Sequence[date]) -> list[ToldNews]:
    """Of the line, its runs of those days and its stops, felt from the first of them on."""
    network, here = live.of.asking.territory.network, frozenset(stop for grid in grids for stop in grid.stops)
    wide = [line_subject(network, line, direction) for direction in DIRECTIONS]
    found = [one._replace(stops=here) for one in (*wide, *(one for day in days for one in _of_runs(live, grids, day)))]
    from_s = service_day_start(days[0], live.of.asking.territory.zone)
    return live.news(found, from_s, partial(parts_concerned, stops=here))


def _of_runs(live: LivePage, grids: Sequence[LineGrid], day: date) -> Iterator[Subject]:
    for grid in grids if live.live else ():
        for trip in (trip for trips in grid.trips for trip in trips):
            if live.live:
                yield subject_of(live.live, run_leg(live, trip, day))


def extra_runs(live: LivePage, line: int, day: date) -> list[str]:
    """Runs that are in no timetable, each as a sentence."""
    if live.live is None:
        return []
    runs, said = live.live.network.changed, live.of.said["live"]["extra"]
    added = (runs.state == RunState.ADDED) & (runs.line == line) & (runs.day == day.toordinal())
    return [said.format(**_ends(live, run)) for run in np.flatnonzero(added).tolist()]


def _ends(live: LivePage, run: int) -> dict[str, str]:
    network, runs = live.of.asking.territory.network, live.live.network.changed if live.live else None
    assert runs is not None
    zone, calls = ZoneInfo(network.zones[int(runs.zone[run])]), runs.calls_of(run)
    start_s = service_day_start(date.fromordinal(int(runs.day[run])), zone)
    first, last = calls.start, calls.stop - 1
    return {
        "start": clock(start_s + int(runs.departure[first]), live.of.asking.territory.zone),
        "stop": network.stops.name[int(runs.stop[first])],
        "end": clock(start_s + int(runs.arrival[last]), live.of.asking.territory.zone),
        "last": network.stops.name[int(runs.stop[last])],
    }
