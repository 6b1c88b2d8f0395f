"""What leaves a stop next: by line and direction, and one after the other by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from api.present.prose import clock
from api.present.rows import ToldRide, headsign_at, rows
from api.present.run_names import direction, name_of_run
from api.web.days import spoken_day
from mobility.clock import evening, local_date
from mobility.routing.departures import Board, BoardQuery, Call, board, boarded
from mobility.routing.reservation import boarding

CALLS = 20
NEXT = 3
AN_HOUR = 60
"""Minutes."""
AHEAD_S = 2 * 3600
"""So far a direction is looked for among all departures; one that leaves later is asked for by itself."""


@dataclass(frozen=True, slots=True)
class Departure:
    """on, day: its date, and that in words where it is not today. soon, short: how long one waits, in words; of more
    than an hour soon is "" and short the clock. quay: as the sign there says, "" where there is none. note: what is to
    be arranged before one gets in. now: what is known."""

    clock: str
    soon: str
    short: str
    on: date
    day: str
    line: str
    towards: str
    quay: str
    note: str
    now: CallNow
    icon: str
    href: str
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class BoardDirection:
    """A line in one direction: the next of it on one day and in the night after it, at most NEXT."""

    sign: LineSign
    line: str
    towards: str
    quay: str
    icon: str
    next: tuple[Departure, ...]


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


def by_day(live: LivePage, query: BoardQuery, lines: Sequence[int]) -> list[DirectionsOfDay]:
    """The directions of the lines under the day of their next departure, which is said once."""
    every = sorted(directions(live, query, lines), key=lambda one: one.next[0].on)
    days = groupby(every, key=lambda one: one.next[0].day)
    return [DirectionsOfDay(day, tuple(ones)) for day, ones in days]


def directions(live: LivePage, query: BoardQuery, lines: Sequence[int]) -> list[BoardDirection]:
    """Of each of the lines, in their order; in each direction the next departures of the day of the first. Lines that
    leave later than the others stand after them, with the first one."""
    network = live.of.asking.territory.network
    near = board(network, replace(query, window_s=AHEAD_S)).calls
    seen = {call.ride.line for call in near}
    far = [board(network, replace(query, line=line, count=NEXT)).calls for line in lines if line not in seen]
    groups: dict[tuple[int, str], list[Call]] = {}
    for call in (*near, *(call for calls in far for call in calls)):
        groups.setdefault((call.ride.line, _bound_for(call)), []).append(call)
    order = {line: row for row, line in enumerate(lines)}
    keys = sorted(groups, key=lambda key: (key[0] not in seen, order.get(key[0], -1)))
    return [_direction(live, groups[key][: NEXT if key[0] in seen else 1]) for key in keys]


def _bound_for(call: Call) -> str:
    network = call.ride.network
    said = direction(network, call.ride.line, headsign_at(network, call.ride, call.position))
    return said or call.ride.end.name


def _direction(live: LivePage, calls: Sequence[Call]) -> BoardDirection:
    told, first = _told(live, calls), calls[0]
    zone = live.of.asking.territory.zone
    night = evening(first.at_s, zone)
    found = tuple(
        one for one, call in zip(told, calls, strict=True) if told[0].on == one.on or evening(call.at_s, zone) == night
    )
    quays = {one.quay for one in found}
    return BoardDirection(
        sign=line_sign(live.of, first.ride.line),
        line=found[0].line,
        towards=found[0].towards,
        quay=quays.pop() if len(quays) == 1 else "",
        icon=found[0].icon,
        next=found,
    )


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
    day, quay = local_date(call.at_s, zone), network.stops.platform[call.ride.stop_at(call.position)]
    return Departure(
        clock=clock(call.at_s, zone),
        soon="" if now.is_struck else _soon(of, call.at_s, ("in_minutes", "now")),
        short=_soon(of, call.at_s, ("minutes", "now")) or clock(call.at_s, zone),
        on=day,
        day="" if day == of.today else spoken_day(day, of.today),
        line=name_of_run(network, row.line, row.short_name, row.headsign),
        towards=direction(network, row.line, row.headsign) or call.ride.end.name,
        quay=quay_sign(quay),
        note="" if now.is_struck else _to_arrange(of, call),
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
