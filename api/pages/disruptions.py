"""Disruptions: all news that are told now, by line and by day, with the departures that are cancelled; the same as an
Atom feed; what is severe, for the first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from api.pages.atom import NewsEntry, NewsFeed, atom
from api.pages.cancelled import cancelled_runs
from api.pages.concerned import Concerned, concerned, in_words, told_together, touches
from api.pages.form import day_fault, wall_clock
from api.pages.frame import Frame, frame, href, page
from api.pages.line_sign import lines_by_name
from api.pages.live_words import EVER_S, LivePage, live_page
from api.pages.told_now import SEVERE, ToldNews
from api.parse.value_faults import RequestFault
from api.privacy.uses import uses
from api.service import Service
from api.web.days import spoken_day
from api.web.headers import may_be_kept, revalidated
from mobility.clock import NIGHT_ENDS_H, at_clock, days_after, evening, midnight
from mobility.errors import InvalidQuery, NotFound
from mobility.network.live_alerts import LiveAlert
from mobility.privacy.register import LOOKUP

KEPT_S, FEED_KEPT_S = 30, 60
MOST_RUNS = 12
"""Of a line, one by one."""
MOST_SEVERE = 2
PATH, IN_FRENCH = "/disruptions", "/perturbations"
READ = ("line", "day")


@dataclass(frozen=True, slots=True)
class Disruption:
    """effect: in a word or two, "" where the news do not say."""

    news: ToldNews
    effect: str
    about: tuple[Concerned, ...]


@dataclass(frozen=True, slots=True)
class SevereNews:
    """For the first page. about: lines, stops, departures. when: "" of departures, which name their hour."""

    header: str
    about: str
    when: str


@dataclass(frozen=True, slots=True)
class Selected:
    """line: row of the network, -1 all. day: None from now on."""

    line: int
    day: date | None


def add(bp: Blueprint, service: Service) -> None:
    @bp.get(PATH)
    @uses(LOOKUP)
    def disruptions() -> ResponseReturnValue:
        of = frame(service)
        asked, live = _selected(of), live_page(of)
        network, day, faults = of.asking.territory.network, asked.day or of.today, day_fault(of, "day")
        may_be_kept(KEPT_S)
        answer = page(
            "disruptions.html",
            of,
            400 if faults else 200,
            faults=faults,
            found=[_disruption(live, alert) for alert in _found(live, asked)],
            cancelled=list(cancelled_runs(live, asked.line, day, MOST_RUNS)),
            cancelled_on=spoken_day(day, of.today),
            line=network.lines.id[asked.line] if asked.line >= 0 else "",
            day=asked.day.isoformat() if asked.day else "",
            lines=[(network.lines.id[row], _called(of, row)) for row in lines_by_name(network)],
            shown_at=live.shown_at,
            age=live.age(range(len(network.lines.mode)), day),
            feed=href(f"{PATH}.atom", **_query(of, asked)),
        )
        return revalidated(answer)

    @bp.get(IN_FRENCH)
    @uses(LOOKUP)
    def in_french() -> ResponseReturnValue:
        """What people type who have the word from a notice."""
        return redirect(href(PATH, **{name: request.args[name] for name in READ if name in request.args}), 301)

    @bp.get(f"{PATH}.atom")
    @uses(LOOKUP)
    def feed() -> Response:
        of = frame(service)
        if day_fault(of, "day"):
            raise InvalidQuery("day", RequestFault.NO_DAY)
        asked, live = _selected(of), live_page(of)
        may_be_kept(FEED_KEPT_S)
        text = atom(_feed(of, asked), [_entry(live, alert) for alert in _found(live, asked)])
        return revalidated(Response(text, mimetype="application/atom+xml"))


def severe(of: Frame) -> list[SevereNews]:
    """What holds now or until the night ends and is severe, for the first page; no more than MOST_SEVERE."""
    live = live_page(of)
    if live.live is None:
        return []
    now_s, zone = of.asking.now_s, of.asking.territory.zone
    end_s = at_clock(days_after(evening(now_s, zone), 1), time(NIGHT_ENDS_H), zone)
    told = (one for one in live.live.alerts.told(now_s) if one.rank >= SEVERE and one.is_felt(now_s, end_s - 1))
    return [_severe(live, alert) for alert in islice(told, MOST_SEVERE)]


def _severe(live: LivePage, alert: LiveAlert) -> SevereNews:
    one = _disruption(live, alert)
    are_runs = all(scope.trips for scope in alert.scopes)
    return SevereNews(one.news.header, told_together(one.about), "" if are_runs else one.news.when)


def _selected(of: Frame) -> Selected:
    """Raises NotFound for a line that there is not; a day that is none is no day."""
    asked, network = request.args.get("line", ""), of.asking.territory.network
    row = network.lines.id.find(asked) if asked else -1
    if row is None:
        raise NotFound("line", "line")
    at = wall_clock(request.args.get("day", ""))
    return Selected(row, at.date() if at else None)


def _query(of: Frame, asked: Selected) -> dict[str, str]:
    lines = of.asking.territory.network.lines
    line = {"line": lines.id[asked.line]} if asked.line >= 0 else {}
    return line | ({"day": asked.day.isoformat()} if asked.day else {})


def _found(live: LivePage, asked: Selected) -> list[LiveAlert]:
    """The most severe first."""
    if live.live is None:
        return []
    of = live.of
    network, now_s = of.asking.territory.network, of.asking.now_s
    from_s, until_s = (now_s, EVER_S) if asked.day is None else _span(of, asked.day)
    return [
        alert
        for alert in live.live.alerts.told(now_s)
        if alert.is_felt(from_s, until_s) and (asked.line < 0 or touches(network, alert, asked.line))
    ]


def _span(of: Frame, day: date) -> tuple[int, int]:
    zone = of.asking.territory.zone
    return midnight(day, zone), midnight(day + timedelta(days=1), zone) - 1


def _disruption(live: LivePage, alert: LiveAlert) -> Disruption:
    return Disruption(live.told(alert), _effect(live.of, alert), concerned(live.of, alert))


def _effect(of: Frame, alert: LiveAlert) -> str:
    """A stop without service is not one that does not run."""
    are_stops = all(scope.stops and not scope.trips for scope in alert.scopes)
    key = "no_call" if are_stops and alert.effect == "NO_SERVICE" else f"effect_{alert.effect}"
    return str(of.said["disruptions"].get(key, ""))


def _called(of: Frame, line: int) -> str:
    lines = of.asking.territory.network.lines
    short, long = lines.short_name[line], lines.long_name[line]
    return f"{short} · {long}" if short and long else short or long


def _feed(of: Frame, asked: Selected) -> NewsFeed:
    config, said = of.service.config, of.said["disruptions"]
    title = f"{said['title']} · {config.territory.name}"
    of_line = f" · {_called(of, asked.line)}" if asked.line >= 0 else ""
    query = _query(of, asked) | {"lang": of.language}
    address = (
        config.public_address
    )  # without one links are relative: proxies keep the feed, and it names no client's Host
    return NewsFeed(title + of_line, address, f"{PATH}.atom", PATH, query, of.said.locale, config.data_use.controller)


def _entry(live: LivePage, alert: LiveAlert) -> NewsEntry:
    one = _disruption(live, alert)
    about = ", ".join(in_words(part) for part in one.about)
    parts = (one.effect, one.news.when, about, one.news.text)
    return NewsEntry(alert.id, one.news.header, "\n".join(filter(None, parts)), _since(live.of, alert), one.news.href)


def _since(of: Frame, alert: LiveAlert) -> int:
    """When it was told first, as far as it says so: else when it is felt first, else this day's first second."""
    now_s = of.asking.now_s
    begins = [span[0] for span in (*alert.communication, *alert.impact) if span[0] is not None and span[0] <= now_s]
    return max(begins) if begins else midnight(of.today, of.asking.territory.zone)
