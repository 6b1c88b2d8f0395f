"""Lines and boats: all of them, and the timetable of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from api.pages.live_words import LivePage, live_page
from api.pages.sketch import line_sketch, network_sketch
from api.pages.told_now import CallNow, ToldNews
from api.present.footnotes import Footnotes, usual_headsign
from api.present.run_names import direction
from api.privacy.uses import uses
from api.service import Service
from api.web.days import written
from api.web.headers import may_be_gone_back_to
from mobility.clock import clock_of_day, days_after, evening, has_left, service_day_start
from mobility.errors import NotFound
from mobility.privacy.register import LOOKUP, PLACES
from mobility.routing.line_days import LineGrid, line_day, running_days

TableCell = tuple[str, CallNow, str]
TableRow = tuple[str, str, tuple[TableCell, ...]]
CallTimes = Sequence[int | None]
"""Seconds of the service day, None where it does not call."""
NOTHING = [("", CallNow())] * 2
NO_CALL: TableCell = ("", CallNow(), "")


@dataclass(frozen=True, slots=True)
class LineStop:
    """A stop and what calls there next: clock, "" where nothing does that day; now: what is known of it; then: the one
    after. on_the_way: that it is between the stop before and this one now, in words, "" where it is not."""

    name: str
    href: str
    clock: str
    now: CallNow
    then: str
    on_the_way: str = ""


@dataclass(frozen=True, slots=True)
class LineTable:
    """A direction. rows: a stop's name and page, with the clock of each run, "" where it does not call, what is known
    of it and the letters of `notes`. upcoming: of each stop what is next. first, last: clocks of those that run, ""
    where none does. now: of each run, empty where there is nothing to say of any. gone: of those that do not run their
    first clock and what is said of them. notes: letter and words."""

    towards: str
    rows: tuple[TableRow, ...]
    upcoming: tuple[LineStop, ...]
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
    found = zip(grid.runs, letters, runs_today(live, grid, day), strict=True)
    runs = [(run, marks, one) for run, marks, column in found for one in column]
    until_s = live.of.asking.now_s - service_day_start(day, live.of.asking.territory.zone)
    cells = [_cells(*one, until_s) for one in runs]
    from_s = _from_s(live, day)
    rows = [
        (stops.name[stop], href(f"/stops/{quote(stops.id[stop], safe='')}"), tuple(column[at] for column in cells))
        for at, stop in enumerate(grid.stops)
    ]
    starts = [next(time for time, *_ in column if time) for column in cells]
    running = list(_running(cells))
    now = tuple(one for *_, one in runs)
    return LineTable(
        towards=direction(network, line, usual) or stops.name[grid.towards],
        rows=tuple(rows),
        upcoming=tuple(_upcoming(rows, [run for run, *_ in runs], from_s, _between(live, line))),
        first=running[0] if running else "",
        last=running[-1] if running else "",
        runs=len(starts),
        now=now if any(one.words for one in now) else (),
        gone=tuple((start, one.words) for start, one in zip(starts, now, strict=True) if one.is_struck),
        notes=tuple(notes.texts),
    )


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


VehicleWords = Callable[[CallNow], str]


def _between(live: LivePage, line: int) -> VehicleWords:
    """`Bus entre ces deux arrêts`, or where its timetable has it: the clocks of stops before it are of another one."""
    said = live.of.said
    name = said["mode"].get(line_sign(live.of, line).mode, said["mode"]["OTHER"])

    def told(now: CallNow) -> str:
        words: str = said["lines"]["on_the_way" if now.is_heard_of else "on_the_way_planned"].format(vehicle=name)
        return words[:1].upper() + words[1:]

    return told


def _upcoming(
    rows: Sequence[TableRow], runs: Sequence[CallTimes], from_s: int, between: VehicleWords
) -> Iterator[LineStop]:
    """runs: of each its time at each stop."""
    called = set[int]()
    for at, (name, link, cells) in enumerate(rows):
        ahead = sorted(_ahead(cells, [run[at] for run in runs], from_s))
        (first, now), (then, after) = [*((cells[run][0], cells[run][1]) for _, run in ahead[:2]), *NOTHING][:2]
        next_run = ahead[0][1] if ahead else None
        is_between = next_run is not None and next_run not in called and _is_between(rows, runs, (next_run, at), from_s)
        called |= {next_run} if next_run is not None else set()
        yield LineStop(name, link, first, now, after.expected or then, between(now) if is_between else "")


def _ahead(cells: Sequence[TableCell], times: CallTimes, from_s: int) -> Iterator[tuple[int, int]]:
    """When it is there, and which run it is. What does not run is no answer to when one can leave."""
    for run, (time_s, (_, now, _)) in enumerate(zip(times, cells, strict=True)):
        if time_s is not None and not now.is_struck and not has_left(time_s + now.after_s, from_s):
            yield time_s + now.after_s, run


def _is_between(rows: Sequence[TableRow], runs: Sequence[CallTimes], call: tuple[int, int], from_s: int) -> bool:
    """Whether it has left the row before, where it calls there at all. call: which run, at which stop."""
    run, at = call
    left_s = runs[run][at - 1] if at else None
    return left_s is not None and has_left(left_s + rows[at - 1][2][run][1].after_s, from_s)


def _with_past(now: CallNow, time_s: int, until_s: int) -> CallNow:
    """until_s: what is there before has left."""
    return replace(now, is_past=True) if has_left(time_s + now.after_s, until_s) else now


def _cells(run: tuple[int | None, ...], letters: list[str], today: RunToday, until_s: int) -> list[TableCell]:
    calls = iter(today.calls)
    return [
        NO_CALL if time_s is None else (clock_of_day(time_s), _with_past(next(calls), time_s, until_s), letter)
        for time_s, letter in zip(run, letters, strict=True)
    ]
