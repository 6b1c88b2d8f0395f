"""The legs of an itinerary as a page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from urllib.parse import quote

from api.pages import icons
from api.pages.about_times import told_about, wait_about
from api.pages.colour import PLAIN, shades
from api.pages.leg_line import LegLine, StopLine
from api.pages.leg_live import ends_now, leg_news, ride_now
from api.pages.live_words import LivePage
from api.pages.quay import quay_sign
from api.present import reservations
from api.present.carpool_legs import notes, seat_of
from api.present.day_words import days_of
from api.present.fallbacks import fallback_sentence
from api.present.itineraries import margins
from api.present.leg_groups import Group, grouped
from api.present.legs import AnswerContext, Own, ToldRideLeg, extended, ridden_line, walked
from api.present.now import NOT_ALLOWED, NowCall
from api.present.polyline import encode
from api.present.prose import about_every, clock, duration, margin, own_way, own_way_end_s
from api.present.runs import display_name, towards
from api.present.steps import sentence as step_sentence
from api.web.sentences import Sentences
from mobility.planning.fallbacks import Fallback
from mobility.routing.itinerary import CarpoolLeg, Itinerary, RideLeg, WalkLeg, full_minute_s
from mobility.routing.query import Spot
from mobility.routing.reservation import reservation

A_CHANGE_S = 60
SEAT = ("offer", "date", "pickup", "dropOff", "wait")
"""What one asks a driver for a place with."""


@dataclass(frozen=True, slots=True)
class CardTelling:
    """What the cards of a page are told with. names: of the two places as the traveller typed them."""

    live: LivePage
    context: AnswerContext
    names: tuple[str, str] = ("", "")

    @property
    def said(self) -> Sentences:
        return self.live.of.said


def leg_lines(telling: CardTelling, itinerary: Itinerary, rows: Sequence[Own | ToldRideLeg]) -> tuple[LegLine, ...]:
    """rows: its legs, rides with what the network says of them."""
    groups = list(grouped(rows, telling.context.wishes.join_interlined))
    told_before, missed = set[str](), iter(telling.context.if_missed(itinerary) if telling.context.if_missed else ())
    found: list[LegLine] = []
    for group, left_s in zip(groups, margins(groups), strict=True):
        one = _ride(telling, group, told_before) if isinstance(group, list) else _own(telling, group)
        waited_s = one.start_s - found[-1].end_s if found else 0
        words = _wait(left_s, waited_s, telling.said)
        one = replace(one, wait=wait_about(one, found, words, telling.said) if left_s is not None else words)
        found.append(_with_fallback(telling, one, next(missed, None)) if _is_boarded(group) else one)
    return tuple(told_about(list(_with_names(telling, found)), telling.said))


def _is_boarded(group: Group) -> bool:
    return isinstance(group, list) and not group[0][0].stays


def _with_fallback(telling: CardTelling, leg: LegLine, found: Fallback | None) -> LegLine:
    if found is None or (leg.every and not found.is_last):
        return leg
    words = fallback_sentence(found, days_of(telling.context))
    return replace(leg, missed=words, is_last=found.is_last)


def _with_names(telling: CardTelling, found: Sequence[LegLine]) -> Iterator[LegLine]:
    """The first and the last place as the traveller calls them; the end by the minute that one is sure to be there."""
    for number, (leg, then) in enumerate(zip_longest(found, found[1:])):
        start, end = leg.start, leg.end
        if then is not None and not leg.ride:
            end = replace(end, clock=clock(own_way_end_s(leg.end_s, then.start_s), telling.context.zone))
        if number == 0 and telling.names[0] and not start.href:
            start = replace(start, name=telling.names[0])
        if number == len(found) - 1:
            name = telling.names[1] if telling.names[1] and not end.href else end.name
            end = replace(end, name=name, clock=clock(full_minute_s(leg.end_s), telling.context.zone))
        yield replace(leg, start=start, end=end)


def _own(telling: CardTelling, leg: Own) -> LegLine:
    return _walk(telling, leg) if isinstance(leg, WalkLeg) else _shared_car(telling, leg)


def _walk(telling: CardTelling, leg: WalkLeg) -> LegLine:
    said = telling.said
    return replace(
        _between_ends(telling, leg),
        text=own_way(leg.mode, leg.arrival_s - leg.departure_s, leg.distance_m, said),
        lasting="",
        steps=tuple(step_sentence(step, said) for step in leg.steps),
        points=walked(telling.context, leg).line["points"],
    )


def _shared_car(telling: CardTelling, leg: CarpoolLeg) -> LegLine:
    said = telling.said
    return replace(
        _between_ends(telling, leg),
        text=said["mode"][leg.mode],
        operator=said["last_kilometre"]["carpool"],
        points=encode(leg.course, telling.context.precision),
        notes=tuple(notes(leg, said)),
        seat={name: str(value) for name, value in seat_of(leg).items()},
    )


def _between_ends(telling: CardTelling, leg: Own) -> LegLine:
    """What a walk and a driver's car say alike."""
    fill, ink = shades(PLAIN)
    return LegLine(
        mode=leg.mode,
        icon=icons.of_mode(leg.mode),
        start_s=leg.departure_s,
        end_s=leg.arrival_s,
        start=_place(telling, leg.start, leg.departure_s),
        end=_place(telling, leg.end, leg.arrival_s),
        text="",
        lasting=duration(leg.arrival_s - leg.departure_s, telling.said),
        fill=fill,
        ink=ink,
    )


def _ride(telling: CardTelling, legs: Sequence[ToldRideLeg], told_before: set[str]) -> LegLine:
    context, said, (first, row) = telling.context, telling.said, legs[0]
    pieces, now = context.pieces, ride_now(context.live, legs)
    start, end = now.calls[0], now.calls[-1]
    start_now, end_now = ends_now(telling.live, first, now)
    fill, ink = shades(pieces.network.lines.color[row.line])
    mode = pieces.dialect.mode(first.mode)
    return LegLine(
        mode=mode,
        icon=icons.of_mode(mode),
        start_s=start.departure_s,
        end_s=end.arrival_s,
        start=replace(_stop(telling, start.stop, start.departure_s), now=start_now),
        end=replace(_stop(telling, end.stop, end.arrival_s), now=end_now),
        line=display_name(pieces, row),
        headsign=towards(pieces, row) or pieces.pattern(row.pattern)["headsign"],
        text=said["mode"].get(mode, said["mode"]["OTHER"]),
        lasting=duration(end.arrival_s - start.departure_s, said),
        between=tuple(_stop(telling, one.stop, one.departure_s) for one in now.calls[1:-1] if _is_told(one)),
        operator=pieces.line(row.line)["agencyName"],
        ride=True,
        fill=fill,
        ink=ink,
        points=ridden_line(context, legs)["points"],
        notes=tuple(_ride_notes(telling, first, legs[-1][0])),
        news=leg_news(telling.live, first, now, told_before),
        every=about_every(row.headway_s, said),
    )


def _is_told(call: NowCall) -> bool:
    """Where somebody may get in or out, or was to."""
    return call.is_skipped or call.pickup != NOT_ALLOWED or call.drop_off != NOT_ALLOWED


def _ride_notes(telling: CardTelling, first: RideLeg, last: RideLeg) -> Iterator[str]:
    """That the timetable does not reach that day; what is to be booked, or said to the driver."""
    if note := extended(telling.context, first):
        yield note
    if found := reservation(first, last):
        yield str(reservations.told(found, last.end.name, telling.said)["sentence"])


def _wait(left_s: int | None, waited_s: int, said: Sentences) -> str:
    """Before a ride after another one: how late that may be."""
    if left_s is not None:
        return margin(left_s, said)
    return str(said["answer"]["wait"].format(minutes=duration(waited_s, said))) if waited_s >= A_CHANGE_S else ""


def _place(telling: CardTelling, spot: Spot, at_s: int) -> StopLine:
    if spot.stop >= 0:
        return _stop(telling, spot.stop, at_s)
    return StopLine(clock(at_s, telling.context.zone), spot.name, "")


def _stop(telling: CardTelling, stop: int, at_s: int) -> StopLine:
    stops = telling.context.pieces.network.stops
    quay, link = stops.platform[stop], f"/stops/{quote(stops.id[stop], safe='')}"
    return StopLine(clock(at_s, telling.context.zone), stops.name[stop], link, quay_sign(quay))
