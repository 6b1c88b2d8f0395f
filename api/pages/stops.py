"""Stops: finding one, and what leaves from it next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import isfinite
from urllib.parse import quote

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from api.pages import icons
from api.pages.colour import shades
from api.pages.form import CLOCK, wall_clock
from api.pages.frame import Frame, frame, href, page, spoken_day
from api.pages.live_words import LivePage, line_subject, live_page
from api.pages.sketch import MapSources, Sketch, stop_sketch
from api.pages.stop_list import stops_by_commune
from api.pages.told_now import CallNow
from api.present import reservations
from api.present.now import subject_of
from api.present.prose import clock
from api.present.rows import ToldRide, headsign_at, rows
from api.present.runs import called, towards
from api.privacy.uses import uses
from api.service import Service
from api.web.headers import may_be_gone_back_to
from mobility.clock import local_date
from mobility.errors import NotFound
from mobility.network.live_alerts import Subject
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.network.options import WalkOption, elsewhere, walks_from
from mobility.places.match import Match, Wanted
from mobility.privacy.register import LOOKUP, PLACES
from mobility.routing.departures import BoardQuery, Call, board, boarded, equivalents, lines_at
from mobility.routing.reservation import boarding

CALLS = 20
MOST_FOUND = 20
ON_FOOT = 12
AN_HOUR = 60
"""Minutes."""
STATES = ("unknown", "yes", "no")
STOPS = Wanted(kinds=frozenset({"stop", "station"}))


@dataclass(frozen=True, slots=True)
class Departure:
    """day: in words where it is not today. soon: how long one waits, in words, "" of more than an hour.
    note: what is to be arranged before one gets in. now: what is known of it."""

    clock: str
    soon: str
    day: str
    line: str
    towards: str
    note: str
    now: CallNow
    icon: str
    href: str
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class LineSign:
    name: str
    long_name: str
    mode: str
    href: str
    fill: str
    ink: str


def add(bp: Blueprint, service: Service) -> None:
    @bp.route("/stops", methods=["GET", "POST"])
    @uses(PLACES)
    def stops() -> ResponseReturnValue:
        may_be_gone_back_to()
        of = frame(service)
        text = request.form.get("name", "").strip()
        found, communes = _found(of, text), stops_by_commune(of.asking.territory.places)
        return page("stops.html", of, name=text, found=found, searched=bool(text), communes=communes)

    @bp.get("/communes/<path:commune>")
    @uses(LOOKUP)
    def commune(commune: str) -> ResponseReturnValue:
        of = frame(service)
        communes = stops_by_commune(of.asking.territory.places, commune)
        if not any(one.stops for one in communes):
            raise NotFound("commune", "commune")
        return page("stops.html", of, name="", found=[], searched=False, communes=communes)

    @bp.get("/stops/<path:stop>")
    @uses(LOOKUP)
    def stop(stop: str) -> ResponseReturnValue:
        of = frame(service)
        network = of.asking.territory.network
        row = network.stop(stop, "stop")
        known = _board(of, row, _moment(of))
        return page("stop.html", of, stop=network.stops.id[row], board=known, sketch=of.drawn(_drawing(network, row)))


def _drawing(network: Network, row: int) -> Callable[[MapSources], Sketch | None]:
    placed = isfinite(network.stops.lat[row])
    return lambda drawn: stop_sketch(drawn, row) if placed else None


def _moment(of: Frame) -> int:
    """Epoch seconds of what is asked for, `at=2026-11-24T08:00`; now where that is no time."""
    asked = wall_clock(request.args.get("at", ""))
    return int(asked.replace(tzinfo=of.asking.territory.zone).timestamp()) if asked else of.asking.now_s


def _found(of: Frame, text: str) -> list[tuple[Match, str]]:
    places = of.asking.territory.places
    found = places.search(text, MOST_FOUND, STOPS) if places and text else []
    return [(one, href(f"/stops/{quote(one.id, safe='')}")) for one in found]


def _board(of: Frame, row: int, from_s: int) -> dict[str, object]:
    network, stops = of.asking.territory.network, equivalents(of.asking.territory.network, row)
    found, lines = board(network, BoardQuery(stops, from_s, count=CALLS, struck=True)), lines_at(network, stops)
    told, live = rows(network, [call.ride for call in found.calls]), live_page(of)
    return {
        "name": network.stops.name[row],
        "at": _wall_clock(of, from_s),
        "at_in_words": _in_words(of, from_s),
        "later": _wall_clock(of, found.calls[-1].at_s + 60) if found.calls else "",
        "description": network.stops.description[row],
        "step_free": STATES[int(network.stops.wheelchair[row])],
        "departures": [_departure(live, call, one) for call, one in zip(found.calls, told, strict=True)],
        "lines": [line_sign(of, line) for line in lines],
        "on_foot": [_on_foot(of, walk) for walk in elsewhere(walks_from(network, row))[:ON_FOOT]],
        "news": live.news(_subjects(live, stops, lines, found.calls), from_s),
        "age": live.age(lines),
        "made": live.made,
        "shown_at": live.shown_at,
    }


def _subjects(live: LivePage, stops: Sequence[int], lines: Sequence[int], calls: Sequence[Call]) -> list[Subject]:
    """What news of a stop may be about: the stop, its lines there, what leaves next."""
    network, here = live.of.asking.territory.network, frozenset(stops)
    runs = [subject_of(live.live, call.ride) for call in calls] if live.live else []
    wide = [Subject(stops=here), *(line_subject(network, line) for line in lines)]
    return [one._replace(stops=here) for one in (*wide, *runs)]


def _on_foot(of: Frame, walk: WalkOption) -> dict[str, str]:
    """A stop or place that one walks to, the nearest first."""
    way = of.said["board"]["walk"].format(n=-(-walk.seconds // 60), m=walk.metres)
    link = href(f"/stops/{quote(walk.stop, safe='')}") if walk.stop else ""
    return {"name": walk.name, "way": way, "href": link}


def _wall_clock(of: Frame, epoch_s: int) -> str:
    return datetime.fromtimestamp(epoch_s, of.asking.territory.zone).strftime(CLOCK)


def _in_words(of: Frame, epoch_s: int) -> str:
    zone = of.asking.territory.zone
    return f"{spoken_day(local_date(epoch_s, zone), of.today)}, {clock(epoch_s, zone)}"


def _soon(of: Frame, at_s: int) -> str:
    minutes = at_s // 60 - of.asking.now_s // 60
    if not 0 <= minutes <= AN_HOUR:
        return ""
    return of.said["board"]["in_minutes"].format(n=minutes) if minutes else of.said["board"]["now"]


def _departure(live: LivePage, call: Call, row: ToldRide) -> Departure:
    of, network = live.of, call.ride.network
    now = live.call(call.ride, row, call.position)
    if now.is_struck and (after := live.next_after(boarded(call))):
        now = replace(now, words=f"{now.words} · {after}")
    row = row._replace(headsign=headsign_at(network, call.ride, call.position))
    sign, zone = line_sign(of, call.ride.line), of.asking.territory.zone
    day = local_date(call.at_s, zone)
    return Departure(
        clock=clock(call.at_s, zone),
        soon="" if now.is_struck else _soon(of, call.at_s),
        day="" if day == of.today else spoken_day(day, of.today),
        line=called(network, row),
        towards=towards(network, row) or call.ride.end.name,
        note="" if now.is_struck else _to_arrange(of, call),
        now=now,
        icon=icons.of_mode(sign.mode),
        href=sign.href,
        fill=sign.fill,
        ink=sign.ink,
    )


def _to_arrange(of: Frame, call: Call) -> str:
    """Before one gets in: to book, or to signal to the driver."""
    found = boarding(boarded(call))
    return str(reservations.told(found, "", of.said)["sentence"]) if found else ""


def line_sign(of: Frame, line: int) -> LineSign:
    """A line as its badge shows it."""
    lines = of.asking.territory.network.lines
    name, long_name = lines.name(line), lines.long_name[line]
    link = href(f"/lines/{quote(lines.id[line], safe='')}")
    return LineSign(name, long_name, MODES[lines.mode[line]], link, *shades(lines.color[line]))
