"""What a device keeps for a quay without network: boats and last buses of today and tomorrow, news, counters to call.
After midnight the evening before is still today: its last boat may be ahead.

Everything on it is public; api/static/offline.js copies it, and the worker shows it where no page can be fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from flask import Blueprint
from flask.typing import ResponseReturnValue

from api.pages.concerned import concerned, told_together
from api.pages.frame import Frame, frame, page
from api.pages.line_live import RunToday, runs_today
from api.pages.line_sign import LineSign, is_boat, line_sign, lines_by_name
from api.pages.live_words import LivePage, live_page
from api.pages.made_once import once_for_a_network
from api.pages.telephone import with_phone
from api.pages.told_now import ToldNews
from api.present.opening_hours import spoken_hours
from api.present.prose import clock, clock_about
from api.privacy.uses import uses
from api.service import Service
from api.web.days import spoken_day
from api.web.headers import may_be_kept
from mobility.clock import clock_of_day, evening, has_left, service_day_start
from mobility.network.live import planned_of
from mobility.network.network import Network
from mobility.privacy.register import DEVICE
from mobility.routing.line_days import LineGrid, is_about, line_day

KEPT_S = 60
ToldRun = tuple[tuple[int | None, ...], bool, bool]
"""A run at the stops of its direction, whether it does not run, and whether it runs at a headway."""
LAST_RUNS = 3
"""Of a direction: the last one that runs may be none of the last ones by timetable."""
DAYS_KNOWN = timedelta(days=2)
"""Timetables of days before are let go."""


class QuayClock(NamedTuple):
    """Of a boat. leaves_s: epoch seconds. is_off: it does not run. is_past: it has left."""

    clock: str
    leaves_s: int
    is_off: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class QuayTimes:
    """clocks: of each boat from there."""

    quay: str
    clocks: tuple[QuayClock, ...]


@dataclass(frozen=True, slots=True)
class Crossings:
    """A boat line in one direction on one day, in words. last: when the last one leaves the first quay."""

    sign: LineSign
    towards: str
    last: str
    quays: tuple[QuayTimes, ...]


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last one of a line in one direction: from which stop, and when."""

    sign: LineSign
    start: str
    towards: str
    clock: str


@dataclass(frozen=True, slots=True)
class KeptDay:
    words: str
    boats: tuple[Crossings, ...]
    last: tuple[LastRun, ...]


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/offline")
    @uses(DEVICE)
    def offline() -> ResponseReturnValue:
        of = frame(service)
        live, zone = live_page(of), of.asking.territory.zone
        day = evening(of.asking.now_s, zone)
        may_be_kept(KEPT_S)
        return page(
            "offline.html",
            of,
            days=[_day(live, day + timedelta(days=ahead)) for ahead in (0, 1)],
            news=_news(live),
            counters=_counters(of),
            made_s=of.asking.now_s,
            made=of.said["offline"]["made"].format(day=spoken_day(of.today), clock=clock(of.asking.now_s, zone)),
        )


def _news(live: LivePage) -> list[ToldNews]:
    """All that is told, with what each is about: nothing else on the page says so."""
    of, alerts = live.of, live.live.alerts.told(live.of.asking.now_s) if live.live else []
    return [replace(live.told(alert), about=told_together(concerned(of, alert))) for alert in alerts]


def _day(live: LivePage, day: date) -> KeptDay:
    network = live.of.asking.territory.network
    lines = lines_by_name(network)
    boats = (one for line in lines if is_boat(network, line) for one in _crossings(live, line, day))
    others = (one for line in lines if not is_boat(network, line) for one in _last_runs(live, line, day))
    return KeptDay(spoken_day(day), tuple(boats), tuple(others))


@once_for_a_network
def _days(network: Network) -> dict[date, dict[tuple[int, int], tuple[LineGrid, ...]]]:
    """Of each day the lines looked at so far. network: as planned."""
    return {}


def _known(network: Network, line: int, day: date, last: int = 0) -> tuple[LineGrid, ...]:
    """As line_day. Each device asks for the same two days on its first visit, and that is most of what it costs."""
    days = _days(planned_of(network))
    for past in [one for one in [*days] if one < day - DAYS_KNOWN]:
        days.pop(past, None)
    lines = days.setdefault(day, {})
    found = lines.get((line, last))
    if found is None:
        found = lines[line, last] = line_day(network, line, day, last)
    return found


def _crossings(live: LivePage, line: int, day: date) -> Iterator[Crossings]:
    network, sign = live.of.asking.territory.network, line_sign(live.of, line)
    for grid in _known(network, line, day):
        struck = [all(run.is_struck for run in runs) for runs in runs_today(live, grid, day)]
        start_s = service_day_start(day, live.of.asking.territory.zone)
        now_s = live.of.asking.now_s
        told = [(run, off, is_about(terms)) for run, off, terms in zip(grid.runs, struck, grid.terms, strict=True)]
        clocks_at = (tuple(_clocks(live.of, told, at, (start_s, now_s))) for at in range(len(grid.stops) - 1))
        rows = zip(grid.stops, clocks_at, strict=False)
        quays = tuple(QuayTimes(network.stops.name[stop], clocks) for stop, clocks in rows if clocks)
        running = [one.clock for one in quays[0].clocks if not one.is_off] if quays else []
        yield Crossings(sign, _towards(live, grid), running[-1] if running else "", quays)


def _clocks(of: Frame, runs: Sequence[ToldRun], at: int, since: tuple[int, int]) -> Iterator[QuayClock]:
    """Of the boats that leave again from there. since: when the service day began, and now."""
    start_s, now_s = since
    leaving = ((run[at], is_off, about) for run, is_off, about in runs if any(_after(run, at)))
    for time_s, is_off, about in leaving:
        if time_s is not None:
            leaves_s = start_s + time_s
            told = clock_about(clock_of_day(time_s), about, of.said)
            yield QuayClock(told, leaves_s, is_off, has_left(leaves_s, now_s))


def _after(run: tuple[int | None, ...], at: int) -> list[bool]:
    return [time_s is not None for time_s in run[at + 1 :]]


def _last_runs(live: LivePage, line: int, day: date) -> Iterator[LastRun]:
    network, sign = live.of.asking.territory.network, line_sign(live.of, line)
    for grid in _known(network, line, day, LAST_RUNS):
        columns = zip(grid.runs, grid.terms, runs_today(live, grid, day), strict=True)
        running = [(_start(run), is_about(terms)) for run, terms, told in columns if not _is_struck(told)]
        if running:
            (at, time_s), about = max(running, key=lambda one: one[0][1])
            told_at = clock_about(clock_of_day(time_s), about, live.of.said)
            yield LastRun(sign, network.stops.name[grid.stops[at]], _towards(live, grid), told_at)


def _is_struck(told: list[RunToday]) -> bool:
    return all(run.is_struck for run in told)


def _start(run: tuple[int | None, ...]) -> tuple[int, int]:
    """At which stop of the grid it begins, and when."""
    return next((at, time_s) for at, time_s in enumerate(run) if time_s is not None)


def _towards(live: LivePage, grid: LineGrid) -> str:
    return live.of.asking.territory.network.stops.name[grid.towards]


def _counters(of: Frame) -> list[dict[str, str]]:
    """Those that answer the telephone."""
    return [
        {
            "name": one.name,
            "phone": one.properties["phone"],
            "hours": spoken_hours(one.properties.get("opening_hours", ""), of.said),
        }
        for one in sorted(with_phone(of.asking.territory.network.places), key=lambda one: one.name)
    ]
