"""Rides that are cancelled and would have led there far sooner: which, why, and the next one that runs."""

from __future__ import annotations

from collections.abc import Sequence

from api.present.clock import stamp
from api.present.day_words import days_of
from api.present.legs import AnswerContext
from api.present.now import reason_of
from api.present.pieces import Json
from api.present.prose import clock
from api.web.sentences import Sentences, sentences
from mobility.clock import local_date
from mobility.network.live import planned_of
from mobility.ranking.answer import CancelledRide
from mobility.routing.headways import headway_s
from mobility.routing.itinerary import RideLeg


def cancelled_rides(context: AnswerContext, found: Sequence[CancelledRide], tells_next: bool = True) -> list[Json]:
    """tells_next: in their sentences, where nothing else says which one can be taken next."""
    return [_cancelled(context, one, tells_next) for one in found]


def _cancelled(context: AnswerContext, one: CancelledRide, tells_next: bool) -> Json:
    """next: when the next one leaves, null where none of the next does. reason: null where nobody said one."""
    ride, following = one.ride, one.following
    why = reason_of(context.live, ride) if context.live else ""
    told = (_day_words if one.whole_day else cancelled_words)(context, ride, why)
    return {
        "line": ride.line_name,
        "mode": ride.mode,
        "stop": ride.start.name,
        "stopId": planned_of(ride.network).stops.id[ride.start.stop],
        "departure": stamp(ride.departure_s),
        "reason": why or None,
        "next": stamp(following.departure_s) if following else None,
        "nextApproximate": following is not None and headway_s(following) > 0,
        "wholeDay": one.whole_day,
        "sentence": f"{told} {_next(context, one)}" if tells_next else told,
    }


def _day_words(context: AnswerContext, ride: RideLeg, why: str) -> str:
    days = days_of(context)
    text, day = days.said["changes"], days.day_of_service(ride.departure_s)
    told = text["whole_day"].format(line=ride.line_name, stop=ride.start.name, end=ride.end.name, day=day)
    return _because(f"{told[:1].upper()}{told[1:]}", why, days.said)


def cancelled_words(context: AnswerContext, ride: RideLeg, why: str) -> str:
    """why: "" where nobody said it."""
    said, start = sentences(context.wishes.language), clock(ride.departure_s, context.zone)
    told = said["changes"]["cancelled"].format(line=ride.line_name, stop=ride.start.name, start=start)
    return _because(told, why, said)


def _because(told: str, why: str, said: Sentences) -> str:
    return said["changes"]["because"].format(what=told.rstrip("."), why=why) if why else told


def _next(context: AnswerContext, one: CancelledRide) -> str:
    days = days_of(context)
    text, zone = days.said["changes"], context.zone
    if one.following is None:
        return text["no_next"]
    start_s, about = one.following.departure_s, headway_s(one.following) > 0
    is_that_day = local_date(start_s, zone) == local_date(one.ride.departure_s, zone)
    start = days.at(start_s, about) if is_that_day else days.coming(start_s, about=about)
    return text["next"].format(start=start)
