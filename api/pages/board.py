"""What leaves a stop next: by line and direction, and one after the other by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from api.pages import icons
from api.pages.frame import Frame
from api.pages.line_sign import LineSign, line_sign
from api.pages.live_words import LivePage
from api.pages.quay import quay_sign
from api.pages.told_now import CallNow
from api.present import reservations
from api.present.prose import about_every, clock, clock_about
from api.present.rows import ToldRide, headsign_at, rows
from api.present.run_names import direction, name_of_run
from api.web.days import spoken_day
from mobility.clock import has_left, local_date
from mobility.network.network import Network
from mobility.routing.departures import Board, BoardQuery, Call, boarded
from mobility.routing.next_calls import DirectionOf, NextCalls, next_calls
from mobility.routing.reservation import boarding

CALLS = 20
NEXT = 3
AN_HOUR = 60
"""Minutes."""
AHEAD_S = 2 * 3600
"""Directions that leave within it stand before the others."""


@dataclass(frozen=True, slots=True)
class Departure:
    """on, day: its date, and that in words where it is not today. soon, short: how long one waits, in words; of more
    than an hour soon is "" and short the clock. leaves_s: epoch seconds; is_past: it has left. quay: as the sign there
    says, "" where there is none. note: what is to be arranged before one gets in. every: of a run at a headway, in
    words: its clock is only about then, and nobody counts minutes to it. now: what is known."""

    clock: str
    soon: str
    short: str
    leaves_s: int
    is_past: bool
    on: date
    day: str
    line: str
    towards: str
    quay: str
    note: str
    every: str
    now: CallNow
    icon: str
    href: str
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class BoardDirection:
    """A line in one direction: the next of it on one day and in the night after it, at most NEXT. more: how many follow
    on that day and when the last does, in words, "" where none does; href: where all of them are. every: of runs at one
    headway, in words."""

    sign: LineSign
    line: str
    towards: str
    quay: str
    icon: str
    next: tuple[Departure, ...]
    more: str
    href: str
    every: str


@dataclass(frozen=True, slots=True)
class DirectionsOfDay:
    """Those of which the next one leaves on that day. day: in words, "" of today."""

    day: str
    directions: tuple[BoardDirection, ...]


@dataclass(frozen=True, slots=True)
class BoardDay:
    """day: in words, "" of today."""

    day: str
    departures: tuple[Departure, ...]


def one_by_one(live: LivePage, found: Board) -> list[BoardDay]:
    every = _told(live, found.calls)
    return [BoardDay(day, tuple(ones)) for day, ones in groupby(every, key=lambda one: one.day)]


def by_day(live: LivePage, found: Sequence[NextCalls], seen: Callable[[int], str]) -> list[DirectionsOfDay]:
    """The directions under the day of their next departure, which is said once. seen: the page of a line at the stop,
    on which all departures are."""
    every = sorted((_direction(live, one, seen) for one in found), key=lambda one: one.next[0].on)
    days = groupby(every, key=lambda one: one.next[0].day)
    return [DirectionsOfDay(day, tuple(ones)) for day, ones in days]


def upcoming(of: Frame, query: BoardQuery, lines: Sequence[int]) -> list[NextCalls]:
    """Of each of the lines, in their order; those that leave later than the others stand after them."""
    territory = of.asking.territory
    found = next_calls(territory.network, replace(query, count=NEXT), _called(territory.network), territory.zone)
    order = {line: row for row, line in enumerate(lines)}
    soon_s = query.at_s + AHEAD_S
    return sorted(found, key=lambda one: (one.calls[0].at_s > soon_s, order.get(one.calls[0].ride.line, -1)))


def _called(network: Network) -> DirectionOf:
    def called(pattern: int, headsign: int) -> tuple[int, str]:
        line, last = int(network.patterns.line[pattern]), int(network.patterns.first_position[pattern + 1]) - 1
        return line, direction(network, line, headsign) or network.stops.name[int(network.patterns.stop[last])]

    return called


def _direction(live: LivePage, found: NextCalls, seen: Callable[[int], str]) -> BoardDirection:
    told, line = _told(live, found.calls), found.calls[0].ride.line
    quays = {one.quay for one in told}
    return BoardDirection(
        sign=line_sign(live.of, line),
        line=told[0].line,
        towards=told[0].towards,
        quay=quays.pop() if len(quays) == 1 else "",
        icon=told[0].icon,
        next=tuple(told),
        every=told[0].every if all(one.every == told[0].every for one in told) else "",
        more=_more(live.of, found.rest_s, found.rest_about),
        href=seen(line),
    )


def _more(of: Frame, rest_s: Sequence[int], is_about: bool) -> str:
    """`et 9 jusqu’à 22:45`; where the last is at a headway neither how many nor until which minute."""
    if not rest_s:
        return ""
    last = clock(rest_s[-1], of.asking.territory.zone)
    said: str = of.said["board"]["more_about" if is_about else "more" if len(rest_s) > 1 else "more_one"]
    return said.format(n=len(rest_s), last=last)


def _told(live: LivePage, calls: Iterable[Call]) -> list[Departure]:
    every = list(calls)
    network = live.of.asking.territory.network
    told = rows(network, [call.ride for call in every])
    return [_departure(live, call, row) for call, row in zip(every, told, strict=True)]


def _departure(live: LivePage, call: Call, row: ToldRide) -> Departure:
    of, network = live.of, call.ride.network
    now = live.call(call.ride, row, call.position)
    if now.is_struck and (after := live.next_after(boarded(call))):
        now = replace(now, words=f"{now.words} · {after}")
    row = row._replace(headsign=headsign_at(network, call.ride, call.position))
    sign, zone = line_sign(of, call.ride.line), of.asking.territory.zone
    every, at = "" if now.is_heard_of else about_every(row.headway_s, of.said), clock(call.at_s, zone)
    at = clock_about(at, every != "", of.said)
    day, quay = local_date(call.at_s, zone), network.stops.platform[call.ride.stop_at(call.position)]
    return Departure(
        clock=at,
        soon="" if now.is_struck or every else _soon(of, call.at_s, ("in_minutes", "now")),
        short=at if every else _soon(of, call.at_s, ("minutes", "now")) or at,
        leaves_s=call.at_s,
        is_past=has_left(call.at_s, of.asking.now_s),
        on=day,
        day="" if day == of.today else spoken_day(day, of.today),
        line=name_of_run(network, row.line, row.short_name, row.headsign),
        towards=direction(network, row.line, row.headsign) or call.ride.end.name,
        quay=quay_sign(quay),
        note="" if now.is_struck else _to_arrange(of, call),
        every=every,
        now=now,
        icon=icons.of_mode(sign.mode),
        href=sign.href,
        fill=sign.fill,
        ink=sign.ink,
    )


def _soon(of: Frame, at_s: int, words: tuple[str, str]) -> str:
    """words: of some minutes, and of none."""
    minutes = at_s // 60 - of.asking.now_s // 60
    if not 0 <= minutes <= AN_HOUR:
        return ""
    return str(of.said["board"][words[0 if minutes else 1]].format(n=minutes))


def _to_arrange(of: Frame, call: Call) -> str:
    """Before one gets in: to book, or to signal to the driver."""
    found = boarding(boarded(call))
    return str(reservations.told(found, "", of.said)["sentence"]) if found else ""
