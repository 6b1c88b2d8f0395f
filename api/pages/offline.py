"""What a device keeps for a quay without network: boats and last buses of today and tomorrow, news, counters to call.

Everything on it is public; api/static/offline.js copies it, and the worker shows it where no page can be fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from flask import Blueprint
from flask.typing import ResponseReturnValue

from api.pages.frame import Frame, frame, page, spoken_day
from api.pages.line_live import RunToday, runs_today
from api.pages.line_sign import LineSign, line_sign
from api.pages.live_words import LivePage, live_page
from api.present.opening_hours import spoken_hours
from api.present.prose import clock
from api.privacy.uses import uses
from api.service import Service
from api.web.headers import may_be_kept
from mobility.network.modes import BOAT, MODES
from mobility.privacy.register import DEVICE
from mobility.routing.line_days import LineGrid, line_day

KEPT_S = 60
LAST_RUNS = 3
"""Of a direction: the last one that runs may be none of the last ones by timetable."""


@dataclass(frozen=True, slots=True)
class QuayTimes:
    """clocks: of each boat from there, and whether it does not run."""

    quay: str
    clocks: tuple[tuple[str, bool], ...]


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
        may_be_kept(KEPT_S)
        return page(
            "offline.html",
            of,
            days=[_day(live, of.today + timedelta(days=ahead)) for ahead in (0, 1)],
            news=[live.told(one) for one in live.live.alerts.told(of.asking.now_s)] if live.live else [],
            counters=_counters(of),
            made_s=of.asking.now_s,
            made=of.said["offline"]["made"].format(day=spoken_day(of.today), clock=clock(of.asking.now_s, zone)),
        )


def _day(live: LivePage, day: date) -> KeptDay:
    network = live.of.asking.territory.network
    lines = np.unique(network.patterns.line).tolist()
    lines.sort(key=lambda line: network.lines.short_name[line].zfill(8))
    boats = [line for line in lines if MODES[network.lines.mode[line]] == BOAT]
    others = [line for line in lines if line not in boats]
    crossings = tuple(one for line in boats for one in _crossings(live, line, day))
    return KeptDay(spoken_day(day), crossings, tuple(one for line in others for one in _last_runs(live, line, day)))


def _crossings(live: LivePage, line: int, day: date) -> Iterator[Crossings]:
    network, sign = live.of.asking.territory.network, line_sign(live.of, line)
    for grid in line_day(network, line, day):
        struck = [all(run.is_struck for run in runs) for runs in runs_today(live, grid, day)]
        rows = ((stop, _clocks(grid, at, struck)) for at, stop in enumerate(grid.stops[:-1]))
        quays = tuple(QuayTimes(network.stops.name[stop], clocks) for stop, clocks in rows if clocks)
        running = [one for one, is_off in quays[0].clocks if not is_off] if quays else []
        yield Crossings(sign, _towards(live, grid), running[-1] if running else "", quays)


def _clocks(grid: LineGrid, at: int, struck: list[bool]) -> tuple[tuple[str, bool], ...]:
    """Of the boats that leave again from there."""
    leaving = ((run[at], is_off) for run, is_off in zip(grid.runs, struck, strict=True) if any(_after(run, at)))
    return tuple((_clock(time_s), is_off) for time_s, is_off in leaving if time_s is not None)


def _after(run: tuple[int | None, ...], at: int) -> list[bool]:
    return [time_s is not None for time_s in run[at + 1 :]]


def _last_runs(live: LivePage, line: int, day: date) -> Iterator[LastRun]:
    network, sign = live.of.asking.territory.network, line_sign(live.of, line)
    for grid in line_day(network, line, day, last=LAST_RUNS):
        columns = zip(grid.runs, runs_today(live, grid, day), strict=True)
        running = [run for run, told in columns if not _is_struck(told)]
        if running:
            at, time_s = _start(max(running, key=lambda run: _start(run)[1]))
            yield LastRun(sign, network.stops.name[grid.stops[at]], _towards(live, grid), _clock(time_s))


def _is_struck(told: list[RunToday]) -> bool:
    return all(run.is_struck for run in told)


def _start(run: tuple[int | None, ...]) -> tuple[int, int]:
    """At which stop of the grid it begins, and when."""
    return next((at, time_s) for at, time_s in enumerate(run) if time_s is not None)


def _towards(live: LivePage, grid: LineGrid) -> str:
    return live.of.asking.territory.network.stops.name[grid.towards]


def _clock(time_s: int) -> str:
    """As printed in timetables: 25:10 is ten past one at night."""
    return f"{time_s // 3600 % 24}:{time_s // 60 % 60:02}"


def _counters(of: Frame) -> list[dict[str, str]]:
    """Those that answer the telephone."""
    counters = [
        one for one in of.asking.territory.network.places if one.kind == "counter" and one.properties.get("phone")
    ]
    return [
        {
            "name": one.name,
            "phone": one.properties["phone"],
            "hours": spoken_hours(one.properties.get("opening_hours", ""), of.said),
        }
        for one in sorted(counters, key=lambda one: one.name)
        if one.properties.get("phone")
    ]
