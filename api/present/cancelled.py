"""Rides that are cancelled and would have led there far sooner: which, why, and the next one that runs."""

from __future__ import annotations

from collections.abc import Sequence

from api.present.clock import stamp
from api.present.day_words import days_of
from api.present.legs import AnswerContext
from api.present.now import reason_of
from api.present.pieces import Json
from api.present.prose import clock
from api.web.sentences import sentences
from mobility.clock import local_date
from mobility.network.live import planned_of
from mobility.ranking.answer import CancelledRide
from mobility.routing.itinerary import RideLeg


def cancelled_rides(context: AnswerContext, found: Sequence[CancelledRide]) -> list[Json]:
    return [_cancelled(context, one) for one in found]


def _cancelled(context: AnswerContext, one: CancelledRide) -> Json:
    """next: when the next one leaves, null where none of the next does. reason: null where nobody said one."""
    ride, following = one.ride, one.following
    why = reason_of(context.live, ride) if context.live else ""
    return {
        "line": ride.line_name,
        "mode": ride.mode,
        "stop": ride.start.name,
        "stopId": planned_of(ride.network).stops.id[ride.start.stop],
        "departure": stamp(ride.departure_s),
        "reason": why or None,
        "next": stamp(following.departure_s) if following else None,
        "sentence": f"{cancelled_words(context, ride, why)} {_next(context, one)}",
    }


def cancelled_words(context: AnswerContext, ride: RideLeg, why: str) -> str:
    """why: "" where nobody said it."""
    text, start = sentences(context.wishes.language)["changes"], clock(ride.departure_s, context.zone)
    told = text["cancelled"].format(line=ride.line_name, stop=ride.start.name, start=start)
    return text["because"].format(what=told.rstrip("."), why=why) if why else told


def _next(context: AnswerContext, one: CancelledRide) -> str:
    days = days_of(context)
    text, zone = days.said["changes"], context.zone
    if one.following is None:
        return text["no_next"]
    start_s = one.following.departure_s
    is_that_day = local_date(start_s, zone) == local_date(one.ride.departure_s, zone)
    start = days.said["day"]["at"].format(clock=clock(start_s, zone)) if is_that_day else days.coming(start_s)
    return text["next"].format(start=start)
