"""The sheet of one line or one stop, for who prints it at once: the same as `hent export paper` writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from api.pages.cancelled import CancelledRun, cancelled_runs
from api.pages.concerned import about_stop
from api.pages.form import wall_clock
from api.pages.frame import Frame, frame, href
from api.pages.line_live import line_news
from api.pages.live_words import LivePage, line_subject, live_page
from api.paper.paper import Paper
from api.paper.sheets import STYLE, ServedSheet, days_like, line_sheet, stop_sheet
from api.paper.struck import struck_at
from api.paper.week import WEEK, WeekDays, weeks
from api.privacy.uses import uses
from api.service import Service
from api.web.days import spoken_day
from api.web.headers import may_be_kept
from mobility.errors import NotFound
from mobility.network.live_alerts import Subject
from mobility.privacy.register import LOOKUP
from mobility.routing.departures import equivalents, lines_at

KEPT_S = 60
"""What is announced stands on it."""


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("paper_pages", __name__)

    @bp.get("/lines/<path:line>/sheet")
    @uses(LOOKUP)
    def line_to_print(line: str) -> ResponseReturnValue:
        of = frame(service)
        network = of.asking.territory.network
        row, day = network.lines.id.find(line), _day(of)
        paper = _paper(of, day)
        found = weeks(network, paper.first_day, [row]) if row is not None else ()
        if not found:
            raise NotFound("line", "line")
        may_be_kept(KEPT_S)
        days = days_like(found[0], day)
        return line_sheet(paper, found[0], days, _known_of_line(of, found[0].line, days, _served(f"/lines/{line}")))

    @bp.get("/stops/<path:stop>/sheet")
    @uses(LOOKUP)
    def stop_to_print(stop: str) -> ResponseReturnValue:
        of = frame(service)
        row = of.asking.territory.network.stop(stop, "stop")
        paper = _paper(of, of.today)
        text = stop_sheet(paper, row, _known_of_stop(of, row, paper, _served(f"/stops/{stop}")))
        if not text:
            raise NotFound("stop", "stop")
        may_be_kept(KEPT_S)
        return text

    return bp


def _served(path: str) -> ServedSheet:
    return ServedSheet(href(path), url_for("static", filename=STYLE.name))


def _day(of: Frame) -> date:
    """What is asked for, today where that is no day."""
    asked = wall_clock(request.args.get("day", ""))
    return asked.date() if asked else of.today


def _paper(of: Frame, day: date) -> Paper:
    """Of the week from today on; from the day on, where that lies in another one."""
    first_day = of.today if of.today <= day < of.today + timedelta(days=WEEK) else day
    return Paper(of.asking.territory.network, of.service.config.territory.name, of.said, first_day)


def _known_of_line(of: Frame, line: int, shown: WeekDays, served: ServedSheet) -> ServedSheet:
    live = live_page(of)
    news = line_news(live, line, shown.grids, shown.days)
    return replace(served, news=tuple(news), gone=tuple(_gone(live, line, shown.days)))


def _known_of_stop(of: Frame, row: int, paper: Paper, served: ServedSheet) -> ServedSheet:
    live, network = live_page(of), of.asking.territory.network
    stops = equivalents(network, row)
    lines, here = lines_at(network, stops), frozenset(stops)
    subjects = [one._replace(stops=here) for one in (Subject(), *(line_subject(network, line) for line in lines))]
    news = live.news(subjects, of.asking.now_s, about_stop(stops, row, lines))
    return replace(served, news=tuple(news), gone=tuple(struck_at(live, stops, paper.week)))


def _gone(live: LivePage, line: int, days: Sequence[date]) -> Iterator[str]:
    """`mercredi 2 décembre : 7:55, 10:30 Lorient → Groix, supprimé : météo`: all of them, as paper leads nowhere."""
    colon = live.of.said["frame"]["colon"]
    for day in days:
        for cancelled in cancelled_runs(live, line, day):
            yield f"{spoken_day(day, live.of.today)}{colon}{' ; '.join(_alike(cancelled.runs))}"


def _alike(runs: Sequence[CancelledRun]) -> Iterator[str]:
    clocks = defaultdict[tuple[str, str], list[str]](list)
    for run in runs:
        clocks[run.way, run.words].append(run.clock)
    return (f"{', '.join(found)} {way}, {words}" for (way, words), found in clocks.items())
