"""Stops: finding one, and what leaves from it next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from urllib.parse import quote

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from api.pages import icons
from api.pages.board import CALLS, BoardDay, DirectionsOfDay, by_day, one_by_one, upcoming
from api.pages.concerned import about_stop
from api.pages.form import CLOCK, LONGEST_TEXT
from api.pages.form_faults import outside
from api.pages.frame import Frame, frame, href, page
from api.pages.help import beyond_timetables
from api.pages.line_groups import trunk_first
from api.pages.line_sign import LineSign, line_sign
from api.pages.live_words import LivePage, line_subject, live_page
from api.pages.moment_asked import in_address, moment_asked
from api.pages.quay import quay_sign
from api.pages.sketch import MapSources, Sketch, stop_sketch
from api.pages.stop_list import stops_by_commune
from api.pages.stop_search import StopSearch, search_stops
from api.pages.told_now import ToldNews
from api.present.distances import distance
from api.present.now import subject_of
from api.present.prose import clock, duration, own_way_s
from api.privacy.uses import uses
from api.service import Service
from api.web.days import spoken_day
from api.web.headers import may_be_gone_back_to
from mobility.clock import local_date
from mobility.errors import NotFound
from mobility.network.live_alerts import Subject
from mobility.network.network import Network
from mobility.network.options import WalkOption, elsewhere, walks_from
from mobility.privacy.register import LOOKUP, PLACES
from mobility.routing.departures import BoardQuery, Call, board, equivalents, lines_at

ON_FOOT = 12
STATES = ("unknown", "yes", "no")


@dataclass(frozen=True, slots=True)
class StopBoard:
    """What a stop's page tells of what leaves from it. at: the moment looked at, as in a field, and in words. beyond:
    that no timetable reaches its day. later: the page of what leaves after. line: the one that alone is looked at, ""
    all; filters: each with its page and whether it is that one; unfiltered: the page of all. near, on_foot: stops and
    other places that one walks to. age: of what is known."""

    name: str
    at: str
    at_in_words: str
    beyond: str
    later: str
    description: str
    step_free: str
    days: tuple[BoardDay, ...]
    directions: tuple[DirectionsOfDay, ...]
    line: str
    filters: tuple[tuple[LineSign, str, bool], ...]
    unfiltered: str
    near: tuple[dict[str, str], ...]
    on_foot: tuple[dict[str, str], ...]
    news: tuple[ToldNews, ...]
    age: str
    printed: str
    shown_at: str
    now_s: int


def add(bp: Blueprint, service: Service) -> None:
    @bp.route("/stops", methods=["GET", "POST"])
    @uses(PLACES)
    def stops() -> ResponseReturnValue:
        may_be_gone_back_to()
        of = frame(service)
        found = search_stops(of, request.form.get("name", "").strip()[:LONGEST_TEXT])
        communes = stops_by_commune(of.asking.territory.places, found.commune)
        return page("stops.html", of, found=found, communes=communes, outside=outside(of, found.outside))

    @bp.get("/communes/<path:commune>")
    @uses(LOOKUP)
    def commune(commune: str) -> ResponseReturnValue:
        of = frame(service)
        communes = stops_by_commune(of.asking.territory.places, commune)
        if not any(one.stops for one in communes):
            raise NotFound("commune", "commune")
        return page("stops.html", of, found=StopSearch(), communes=communes, outside="")

    @bp.get("/stops/<path:stop>")
    @uses(LOOKUP)
    def stop(stop: str) -> ResponseReturnValue:
        of = frame(service)
        network = of.asking.territory.network
        row = network.stop(stop, "stop")
        shown = {"stop": network.stops.id[row], "sketch": of.drawn(_drawing(network, row))}
        at = moment_asked(of, "at")
        board = _board(of, row, at.at_s)
        return page("stop.html", of, 200 if at.is_read else 400, board=board, faults=at.faults, **shown)


def _drawing(network: Network, row: int) -> Callable[[MapSources], Sketch | None]:
    placed = isfinite(network.stops.lat[row])
    return lambda drawn: stop_sketch(drawn, row) if placed else None


def _board(of: Frame, row: int, from_s: int) -> StopBoard:
    network, stops = of.asking.territory.network, equivalents(of.asking.territory.network, row)
    lines, live = trunk_first(network, of.today, lines_at(network, stops)), live_page(of)
    line, day = _chosen(network, lines), local_date(from_s, of.asking.territory.zone)
    query = BoardQuery(stops, from_s, count=CALLS, struck=True, line=line)
    found = board(network, query)
    soon = upcoming(of, query, lines if line < 0 else [line]) if found.calls else []
    calls = (*found.calls, *(call for one in soon for call in one.calls))
    near, others = _on_foot(of, row)
    return StopBoard(
        name=network.stops.name[row],
        at=_wall_clock(of, from_s),
        at_in_words=_in_words(of, from_s),
        beyond=beyond_timetables(of, lines, day),
        later=_link(line, of, in_address(of, found.calls[-1].at_s + 60)) if found.calls else "",
        description=network.stops.description[row],
        step_free=STATES[int(network.stops.wheelchair[row])],
        days=tuple(one_by_one(live, found)),
        directions=tuple(by_day(live, soon, lambda line: f"{_link(line, of)}#in-order")),
        line=network.lines.id[line] if line >= 0 else "",
        filters=tuple((line_sign(of, one), _link(one, of), one == line) for one in lines),
        unfiltered=_link(-1, of),
        near=tuple(near),
        on_foot=tuple(others),
        news=tuple(live.news(_subjects(live, stops, lines, calls), from_s, about_stop(stops, row, lines))),
        age=live.age(lines, day),
        printed=live.printed_plan,
        shown_at=live.shown_at,
        now_s=of.asking.now_s,
    )


def _chosen(network: Network, lines: Sequence[int]) -> int:
    """The line that alone is looked at, -1 all."""
    asked = network.lines.id.find(request.args.get("line", ""))
    return asked if asked is not None and asked in lines else -1


def _link(line: int, of: Frame, at: str = "") -> str:
    """The same page of one line, -1 of all, from the moment that is looked at or another one."""
    at = at or request.args.get("at", "")
    chosen = {"line": of.asking.territory.network.lines.id[line]} if line >= 0 else {}
    return href(request.path, **chosen, **({"at": at} if at else {}))


def _subjects(live: LivePage, stops: Sequence[int], lines: Sequence[int], calls: Sequence[Call]) -> list[Subject]:
    """What news of a stop may be about: the stop, its lines there, what leaves next."""
    network, here = live.of.asking.territory.network, frozenset(stops)
    runs = [subject_of(live.live, call.ride) for call in calls] if live.live else []
    wide = [Subject(stops=here), *(line_subject(network, line) for line in lines)]
    return [one._replace(stops=here) for one in (*wide, *runs)]


def _on_foot(of: Frame, row: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Stops that one walks to, and places where one can do something; the nearest first, of those that are called alike
    alone."""
    walks = elsewhere(walks_from(of.asking.territory.network, row))
    stops, places = ([one for one in walks if bool(one.stop) is is_stop] for is_stop in (True, False))
    named = {told["name"]: told for told in reversed([_walked(of, one) for one in stops])}
    return list(named.values())[::-1][:ON_FOOT], [_walked(of, one) for one in places[:ON_FOOT]]


def _walked(of: Frame, walk: WalkOption) -> dict[str, str]:
    """A stop with the sign of its quay, if there is one."""
    lasts = duration(own_way_s(walk.seconds, walk.metres), of.said)
    way = of.said["board"]["walk"].format(duration=lasts, distance=distance(walk.metres, of.said))
    link = href(f"/stops/{quote(walk.stop, safe='')}") if walk.stop else ""
    name = ", ".join(filter(None, (walk.name, _quay(of, walk.stop))))
    return {"name": name, "way": way, "href": link, "icon": icons.of_place(walk.kind)}


def _quay(of: Frame, stop: str) -> str:
    stops = of.asking.territory.network.stops
    row = stops.id.find(stop) if stop else None
    sign = quay_sign(stops.platform[row]) if row is not None else ""
    return of.said["answer"]["platform"].format(name=sign) if sign else ""


def _wall_clock(of: Frame, epoch_s: int) -> str:
    return datetime.fromtimestamp(epoch_s, of.asking.territory.zone).strftime(CLOCK)


def _in_words(of: Frame, epoch_s: int) -> str:
    zone = of.asking.territory.zone
    return f"{spoken_day(local_date(epoch_s, zone), of.today)}, {clock(epoch_s, zone)}"
