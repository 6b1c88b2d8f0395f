"""Lines and boats: all of them, and the timetable of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

import numpy as np
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from api.pages.frame import Frame, frame, href, page
from api.pages.line_live import RunToday, extra_runs, line_news, runs_today
from api.pages.live_words import LivePage, live_page
from api.pages.sketch import line_sketch, network_sketch
from api.pages.stops import line_sign
from api.pages.told_now import CallNow
from api.present.footnotes import Footnotes, usual_headsign
from api.present.runs import direction
from api.privacy.uses import uses
from api.service import Service
from api.web.days import written
from mobility.clock import local_date
from mobility.errors import NotFound
from mobility.privacy.register import LOOKUP
from mobility.routing.line_days import LineGrid, line_day, running_days

BOAT = "FERRY"


TableCell = tuple[str, CallNow, str]


@dataclass(frozen=True, slots=True)
class LineTable:
    """A direction. rows: a stop's name and page, with the clock of each run, "" where it does not call, what is known
    of it and the letters of `notes`. words: of each run, empty where there is nothing to say of any. struck: how many
    do not run. notes: letter and words."""

    towards: str
    rows: tuple[tuple[str, str, tuple[TableCell, ...]], ...]
    first: str
    last: str
    runs: int
    words: tuple[str, ...]
    struck: int
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RunningDay:
    """A day on which a line runs. ahead: after the day asked for, else before it."""

    words: str
    href: str
    ahead: bool
    tables: tuple[LineTable, ...]


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/lines")
    @uses(LOOKUP)
    def lines() -> ResponseReturnValue:
        of = frame(service)
        signs = [line_sign(of, line) for line in _in_service(of)]
        boats, others = ([one for one in signs if (one.mode == BOAT) is boat] for boat in (True, False))
        groups = [("boat", "boats", boats), ("bus", "others", others)]
        return page("lines.html", of, groups=groups, sketch=of.drawn(network_sketch))

    @bp.get("/lines/<path:line>")
    @uses(LOOKUP)
    def line(line: str) -> ResponseReturnValue:
        of = frame(service)
        network = of.asking.territory.network
        row = network.lines.id.find(line)
        if row is None:
            raise NotFound("line", "line")
        day, live = _day(of), live_page(of)
        grids = line_day(network, row, day)
        tables = [_table(live, row, grid, day) for grid in grids]
        return page(
            "line.html",
            of,
            line=network.lines.id[row],
            sign=line_sign(of, row),
            operator=network.agencies[int(network.lines.agency[row])],
            day=day.isoformat(),
            day_in_words=written(day, "EEEE d MMMM yyyy"),
            tables=tables,
            nearest=None if tables else _nearest(live, row, day),
            news=line_news(live, row, grids, day),
            age=live.age([row]) if day == of.today else "",
            extra=extra_runs(live, row, day),
            made=live.made,
            sketch=of.drawn(lambda drawn: line_sketch(drawn, row)),
        )


def _in_service(of: Frame) -> list[int]:
    """Lines that run at all, by their names."""
    network = of.asking.territory.network
    rows: list[int] = np.unique(network.patterns.line).tolist()
    return sorted(rows, key=lambda row: (network.lines.short_name[row].zfill(8), network.lines.long_name[row]))


def _day(of: Frame) -> date:
    """The day asked for; today where none is, or none that can be read."""
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return local_date(of.asking.now_s, of.asking.territory.zone)


def _nearest(live: LivePage, line: int, asked: date) -> RunningDay | None:
    """The next day after the one asked for, else the last before it; None where the line has no run at all."""
    network = live.of.asking.territory.network
    days = running_days(network, line)
    if not days:
        return None
    day = next((one for one in days if one > asked), days[-1])
    link = href(request.path, day=day.isoformat())
    tables = tuple(_table(live, line, grid, day) for grid in line_day(network, line, day))
    return RunningDay(written(day, "EEEE d MMMM yyyy"), link, day > asked, tables)


def _table(live: LivePage, line: int, grid: LineGrid, day: date) -> LineTable:
    network = live.of.asking.territory.network
    stops, notes = network.stops, Footnotes(network, line, live.of.said)
    usual = usual_headsign(grid)
    letters = [notes.along(terms, usual) for terms in grid.terms]
    found = zip(grid.runs, letters, runs_today(live, grid, day), strict=True)
    runs = [(run, marks, one) for run, marks, column in found for one in column]
    cells = [_cells(*one) for one in runs]
    rows = [
        (stops.name[stop], href(f"/stops/{quote(stops.id[stop], safe='')}"), tuple(column[at] for column in cells))
        for at, stop in enumerate(grid.stops)
    ]
    starts = [next(time for time, *_ in column if time) for column in cells]
    words = tuple(one.words for *_, one in runs)
    struck = sum(one.is_struck for *_, one in runs)
    return LineTable(
        towards=direction(network, line, usual) or stops.name[grid.towards],
        rows=tuple(rows),
        first=starts[0],
        last=starts[-1],
        runs=len(starts),
        words=words if any(words) else (),
        struck=struck,
        notes=tuple(notes.texts),
    )


def _cells(run: tuple[int | None, ...], letters: list[str], today: RunToday) -> list[TableCell]:
    calls = iter(today.calls)
    return [
        ("", CallNow(), "") if time_s is None else (clock_of_day(time_s), next(calls), letter)
        for time_s, letter in zip(run, letters, strict=True)
    ]


def clock_of_day(time_s: int | None) -> str:
    """As printed in timetables: 25:10 is ten past one at night."""
    if time_s is None:
        return ""
    return f"{time_s // 3600 % 24}:{time_s // 60 % 60:02}"
