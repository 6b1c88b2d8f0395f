"""Lines and boats: all of them, and the timetable of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from api.pages import icons
from api.pages.form import LONGEST_TEXT, day_fault, wall_clock
from api.pages.frame import Frame, frame, href, page
from api.pages.help import beyond_timetables
from api.pages.line_live import RunToday, extra_runs, line_news, runs_today
from api.pages.line_search import search_lines
from api.pages.line_sign import line_sign
from api.pages.line_stops import LineStop, OnTheWay, TableCell, TableRow, between, legend, upcoming
from api.pages.live_words import LivePage, live_page
from api.pages.sketch import line_sketch, network_sketch
from api.pages.told_now import CallNow, ToldNews
from api.present.footnotes import Footnotes, usual_headsign
from api.present.prose import clock_about
from api.present.run_names import direction
from api.privacy.uses import uses
from api.service import Service
from api.web.days import written
from api.web.headers import may_be_gone_back_to
from api.web.sentences import Sentences
from mobility.clock import clock_of_day, days_after, evening, has_left, service_day_start
from mobility.errors import NotFound
from mobility.network.network import Network
from mobility.privacy.register import LOOKUP, PLACES
from mobility.routing.line_days import LineGrid, is_about, line_day, running_days

NO_CALL: TableCell = ("", CallNow(), "")


@dataclass(frozen=True, slots=True)
class LineTable:
    """A direction. rows: a stop's name and page, with the clock of each run, "" where it does not call, what is known
    of it and the letters of `notes`. upcoming: of each stop what is next; legend: what its signs mean. first, last:
    clocks of those that run, "" where none does. now: of each run, empty where there is nothing to say of any. gone: of
    those that do not run their first clock and what is said of them. notes: letter and words."""

    towards: str
    rows: tuple[TableRow, ...]
    upcoming: tuple[LineStop, ...]
    legend: tuple[OnTheWay, ...]
    first: str
    last: str
    runs: int
    now: tuple[RunToday, ...]
    gone: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LineOnDay:
    """A line on the day that is looked at. iso: as in addresses; in_words: its date; said: as people call it. chosen:
    which of the tables is looked at, from 1 on. beyond: that no timetable reaches the day. nearest: a day on which it
    runs, where it does not on this one. age: of what is known; extra: runs that are in no timetable."""

    iso: str
    in_words: str
    said: str
    is_today: bool
    tables: tuple[LineTable, ...]
    chosen: int
    beyond: str
    nearest: RunningDay | None
    news: tuple[ToldNews, ...]
    age: str
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunningDay:
    """A day on which a line runs. ahead: after the day asked for, else before it."""

    words: str
    href: str
    ahead: bool
    tables: tuple[LineTable, ...]


def add(bp: Blueprint, service: Service) -> None:
    @bp.route("/lines", methods=["GET", "POST"])
    @uses(PLACES)
    def lines() -> ResponseReturnValue:
        may_be_gone_back_to()
        of = frame(service)
        found = search_lines(of, (request.form.get("namePick") or request.form.get("name", "").strip())[:LONGEST_TEXT])
        return page("lines.html", of, found=found, sketch=of.drawn(network_sketch))

    @bp.get("/lines/<path:line>")
    @uses(LOOKUP)
    def line(line: str) -> ResponseReturnValue:
        of = frame(service)
        network = of.asking.territory.network
        row = network.lines.id.find(line)
        if row is None:
            raise NotFound("line", "line")
        live, faults, sign = live_page(of), day_fault(of, "day"), line_sign(of, row)
        return page(
            "line.html",
            of,
            400 if faults else 200,
            faults=faults,
            line=network.lines.id[row],
            sign=sign,
            vehicle=icons.of_mode(sign.mode),
            operator=network.agencies[int(network.lines.agency[row])],
            on=_on_day(live, row, _day(of, row)),
            printed=live.printed_plan,
            sketch=of.drawn(lambda drawn: line_sketch(drawn, row)),
        )


def _on_day(live: LivePage, line: int, day: date) -> LineOnDay:
    of = live.of
    grids = line_day(of.asking.territory.network, line, day)
    tables, beyond = tuple(_table(live, line, grid, day) for grid in grids), beyond_timetables(of, [line], day)
    return LineOnDay(
        iso=day.isoformat(),
        in_words=written(day, "EEEE d MMMM yyyy"),
        said=_said(of, day),
        is_today=_is_now(of, day),
        tables=tables,
        chosen=_direction(len(tables)),
        beyond=beyond,
        nearest=None if tables else _nearest(live, line, max(day, days_after(of.today, -1)) if beyond else day),
        news=tuple(line_news(live, line, grids, [day])),
        age=live.age([line], day),
        extra=tuple(extra_runs(live, line, day)),
    )


def _direction(count: int) -> int:
    """Which of the tables is looked at, from 1 on; the first where none is asked for."""
    asked = request.args.get("direction", "")
    return int(asked) if asked.isdecimal() and 1 <= int(asked) <= count else 1


def _day(of: Frame, line: int) -> date:
    """The day asked for. Where none is, or none that can be read: today, or after midnight the evening before while
    something of it still goes."""
    if asked := wall_clock(request.args.get("day", "")):
        return asked.date()
    night = evening(of.asking.now_s, of.asking.territory.zone)
    return night if night < of.today and _still_goes(of, line, night) else of.today


def _still_goes(of: Frame, line: int, day: date) -> bool:
    from_s = of.asking.now_s - service_day_start(day, of.asking.territory.zone)
    runs = (run for grid in line_day(of.asking.territory.network, line, day) for run in grid.runs)
    return any(time_s is not None and not has_left(time_s, from_s) for run in runs for time_s in run)


def _is_now(of: Frame, day: date) -> bool:
    return day in (of.today, evening(of.asking.now_s, of.asking.territory.zone))


def _said(of: Frame, day: date) -> str:
    """`aujourd’hui`, `mercredi 3 juin`; of the evening before, after midnight, `cette nuit`."""
    is_night = day < of.today and _is_now(of, day)
    return of.days.day_of_service(of.asking.now_s) if is_night else of.days.day(day)


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
    found = list(zip(grid.runs, letters, runs_today(live, grid, day), strict=True))
    runs = [(run, marks, one) for run, marks, column in found for one in column]
    about = [is_about(terms) for terms, (*_, column) in zip(grid.terms, found, strict=True) for _ in column]
    until_s = live.of.asking.now_s - service_day_start(day, live.of.asking.territory.zone)
    cells = [_cells(*one, until_s) for one in runs]
    from_s = _from_s(live, day)
    spoken = [_spoken(column, told, live.of.said) for column, told in zip(cells, about, strict=True)]
    rows = list(_rows(network, grid, cells))
    starts = [next(time for time, *_ in column if time) for column in cells]
    running = list(_running(spoken))
    now = tuple(one for *_, one in runs)
    stops_ahead = tuple(
        upcoming(list(_rows(network, grid, spoken)), [run for run, *_ in runs], from_s, between(live, line))
    )
    return LineTable(
        towards=direction(network, line, usual) or stops.name[grid.towards],
        rows=tuple(rows),
        upcoming=stops_ahead,
        legend=tuple(legend(live, line, stops_ahead)),
        first=running[0] if running else "",
        last=running[-1] if running else "",
        runs=len(starts),
        now=now if any(one.words for one in now) else (),
        gone=tuple((start, one.words) for start, one in zip(starts, now, strict=True) if one.is_struck),
        notes=tuple(notes.texts),
    )


def _rows(network: Network, grid: LineGrid, cells: Sequence[Sequence[TableCell]]) -> Iterator[TableRow]:
    for at, stop in enumerate(grid.stops):
        link = href(f"/stops/{quote(network.stops.id[stop], safe='')}")
        yield network.stops.name[stop], link, tuple(column[at] for column in cells)


def _spoken(column: Sequence[TableCell], about: bool, said: Sentences) -> list[TableCell]:
    """As it is told outside of the grid: of a run at a headway about when, but for what is known now."""
    return [
        (clock_about(at, about and at != "" and not now.is_heard_of, said), now, letters) for at, now, letters in column
    ]


def _running(cells: Iterable[Sequence[TableCell]]) -> Iterator[str]:
    """When each run begins, of those that run: where it calls first now, and goes on from there."""
    for column in cells:
        clocks = [time for time, now, _ in column if time and not now.is_struck]
        if len(clocks) > 1:
            yield clocks[0]


def _from_s(live: LivePage, day: date) -> int:
    """Seconds of the service day: now on that of today or of this night, its beginning on any other."""
    is_now = _is_now(live.of, day)
    return live.of.asking.now_s - service_day_start(day, live.of.asking.territory.zone) if is_now else 0


def _with_past(now: CallNow, time_s: int, until_s: int) -> CallNow:
    """until_s: what is there before has left."""
    return replace(now, is_past=True) if has_left(time_s + now.after_s, until_s) else now


def _cells(run: tuple[int | None, ...], letters: list[str], today: RunToday, until_s: int) -> list[TableCell]:
    calls = iter(today.calls)
    return [
        NO_CALL if time_s is None else (clock_of_day(time_s), _with_past(next(calls), time_s, until_s), letter)
        for time_s, letter in zip(run, letters, strict=True)
    ]
