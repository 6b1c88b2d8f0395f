"""Legs as JSON: schema Leg of the MOTIS API, with the members that real clients need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

import orjson

from api.parse.plan import Wishes
from api.present import reservations
from api.present.calls import ending, is_served, joined, starting, texts
from api.present.clock import stamp
from api.present.now import LiveTelling, RunNow, known_now, ride_now, stops_between, tell_alerts, tell_leg
from api.present.pieces import Json, Pieces
from api.present.polyline import written
from api.present.rows import ARRIVAL_S, DEPARTURE_S, DROP_OFF, PICKUP, CallRow, ToldRide
from api.present.runs import known, members
from api.present.steps import steps
from api.web.sentences import sentences
from mobility.geo import Point
from mobility.network.feed_shop import NO_SHOP
from mobility.network.ways import StreetWay
from mobility.planning.fallbacks import Fallback
from mobility.ranking.shop_links import shop_link
from mobility.routing.drawn import Drawing, not_drawn
from mobility.routing.itinerary import CarpoolLeg, Itinerary, RideLeg, WalkLeg
from mobility.routing.query import Spot
from mobility.routing.reservation import ARRANGED, Reservation, reservation


class Walked(NamedTuple):
    """Line and steps of a walk as JSON."""

    line: Json
    steps: list[Json]


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """What one answer is told with. now_s: epoch seconds of the clock, whatever is asked about. walked: its lines on
    foot so far; places of travellers are kept nowhere else. live: None where nothing is known, or nobody wants to know.
    if_missed: what is left to who misses the rides of one, None where nobody asks; alternatives: what may take the
    place of each, likewise. about: the day asked about, None where that is none."""

    pieces: Pieces
    wishes: Wishes
    zone: ZoneInfo
    now_s: int
    walked: dict[Drawing | tuple[Point, Point], Walked] = field(default_factory=dict)
    live: LiveTelling | None = None
    if_missed: Callable[[Itinerary], Sequence[Fallback]] | None = None
    alternatives: Callable[[Itinerary], Sequence[Sequence[Itinerary]]] | None = None
    about: date | None = None

    @property
    def precision(self) -> int:
        return self.pieces.dialect.polyline_precision


Own = WalkLeg | CarpoolLeg
"""What is told of itself: the network's columns say nothing of it."""
ToldRideLeg = tuple[RideLeg, ToldRide]
"""A ride and what the network's columns say of it."""


def ride(context: AnswerContext, legs: Sequence[ToldRideLeg]) -> Json:
    """One leg of the API: one ride, or several where one stays seated and wishes them joined."""
    pieces, (first, row), (_, last) = context.pieces, legs[0], legs[-1]
    calls = joined_calls(legs)
    now = known_now(context.live, legs) if context.live is not None else None
    start_s, end_s = calls[0][DEPARTURE_S], calls[-1][ARRIVAL_S]
    start, end = stamp(start_s), stamp(end_s)
    told: Json = {
        **members(pieces, row),
        "from": starting(pieces, calls[0]),
        "to": ending(pieces, calls[-1]),
        "duration": end_s - start_s,
        "startTime": start,
        "endTime": end,
        "scheduledStartTime": start,
        "scheduledEndTime": end,
        "scheduled": True,
        "interlineWithPreviousLeg": first.stays,
        "intermediateStops": orjson.Fragment(_between(context, calls) if now is None else stops_between(pieces, now)),
        "legGeometry": ridden_line(context, legs if context.wishes.detailed_legs else ()),
        "hent": known(row, row.is_exact and last.is_exact),
    }
    if context.live is not None:
        _tell_now(context.live, pieces, told, legs, now)
    _add_extended(context, told, first)
    if calls[0][PICKUP] in ARRANGED or calls[-1][DROP_OFF] in ARRANGED:
        _add_reservation(context, told, reservation(first, legs[-1][0]))
    _add_shop(told, first)
    return told


def _between(context: AnswerContext, calls: Sequence[CallRow]) -> str:
    """By timetable."""
    is_whole = context.wishes.with_skipped_stops
    return texts(context.pieces, [call for call in calls[1:-1] if is_whole or is_served(call)])


def _tell_now(live: LiveTelling, pieces: Pieces, told: Json, legs: Sequence[ToldRideLeg], now: RunNow | None) -> None:
    """now: None where nothing is known but news."""
    leg = legs[0][0]
    if now is not None:
        tell_leg(live, pieces, told, leg, now)
    if live.alerts.every:
        calls = (now or ride_now(live, legs)).calls
        tell_alerts(live, told, leg, (calls[0], calls[-1]))


def _add_extended(context: AnswerContext, told: Json, leg: RideLeg) -> None:
    if note := extended(context, leg):
        told["hent"] |= {"extended": True, "notes": [note]}


def extended(context: AnswerContext, leg: RideLeg) -> str:
    """Said of a ride on a day that its timetable does not reach; "" of any other."""
    network = context.pieces.network
    feed = network.feeds[int(network.lines.feed[leg.line])]
    if feed.last_day is None or leg.service_day <= feed.last_day:
        return ""
    said = sentences(context.wishes.language)["feeds"]["extended"]
    return str(said.format(day=f"{feed.last_day:%d/%m/%Y}"))


def _add_reservation(context: AnswerContext, told: Json, found: Reservation | None) -> None:
    """Said of a ride that is to be booked, or of which the driver is to be told."""
    if found is None:
        return
    asked = reservations.told(found, told["to"]["name"], sentences(context.wishes.language))
    told["reservation"] = "COMPULSORY" if found.booked else "NONE"
    told["hent"] |= {"reservation": asked, "notes": [*told["hent"].get("notes", ()), asked["sentence"]]}


def _add_shop(told: Json, leg: RideLeg) -> None:
    """Where the feed says how its operator sells this ride."""
    link = shop_link(leg)
    if link is not NO_SHOP:
        told["ticketUrls"] = {name: address for name, address in asdict(link).items() if address}


def walk(context: AnswerContext, leg: WalkLeg) -> Json:
    is_transfer = leg.start.stop >= 0 and leg.end.stop >= 0
    drawn = context.wishes.detailed_transfers if is_transfer else context.wishes.detailed_legs
    course = walked(context, leg) if drawn else Walked(geometry("", context.precision, 0), [])
    told = own(context.pieces, leg)
    told["legGeometry"], told["steps"], told["hent"] = course.line, course.steps, {"estimated": leg.estimated}
    return told


def own(pieces: Pieces, leg: Own) -> Json:
    """What a walk and a ride with a neighbour both tell of their ends."""
    start, end = stamp(leg.departure_s), stamp(leg.arrival_s)
    return {
        "mode": leg.mode,
        "from": {**spot(pieces, leg.start), "departure": start, "scheduledDeparture": start},
        "to": {**spot(pieces, leg.end), "arrival": end, "scheduledArrival": end},
        "duration": leg.arrival_s - leg.departure_s,
        "startTime": start,
        "endTime": end,
        "scheduledStartTime": start,
        "scheduledEndTime": end,
        "realTime": False,
        "scheduled": True,
        "distance": leg.distance_m,
    }


def spot(pieces: Pieces, place: Spot) -> Json:
    if place.stop >= 0:
        return pieces.place(place.stop)
    found: Json = {"name": place.name, "lat": place.point.lat, "lon": place.point.lon, "vertexType": "NORMAL"}
    found["tz"] = pieces.network.zones[0]
    return found | {"level": 0} if pieces.dialect.has_level else found


def joined_calls(legs: Sequence[ToldRideLeg]) -> list[CallRow]:
    """From boarding to alighting, over all rides of one vehicle."""
    calls = legs[0][1].calls
    for _, other in legs[1:]:
        calls = joined(calls, other.calls)
    return calls


def ridden_line(context: AnswerContext, legs: Sequence[ToldRideLeg]) -> Json:
    """The courses of all legs one after the other, each step coded from where the one before ended."""
    code, length, at = "", 0, (0, 0)
    for leg, row in legs:
        course = context.pieces.course(row.pattern, row.shape)
        part, points, at = course.between(leg.board, leg.alight, at)
        code, length = code + part, length + points
    return geometry(code, context.precision, length)


def walked(context: AnswerContext, leg: WalkLeg) -> Walked:
    """Written once for all itineraries that share the way: theirs is one drawing. What is not drawn has its ends."""
    ends = leg.start.point, leg.end.point
    key = ends if leg.drawing is not_drawn else leg.drawing
    known = context.walked.get(key)
    if known is None:
        known = context.walked[key] = _drawn(context, ends, leg.drawing())
    return known


def _drawn(context: AnswerContext, ends: tuple[Point, Point], way: StreetWay | None) -> Walked:
    """ends: of a way that is not known."""
    line = written(ends if way is None else way.line, context.precision)
    last = len(line.lat) - 1
    drawn = geometry(line.between(0, last), context.precision, last + 1)
    return Walked(drawn, steps(way, line, context.precision, sentences(context.wishes.language)) if way else [])


def geometry(code: str, precision: int, length: int) -> Json:
    return {"points": code, "precision": precision, "length": length}
