"""Walks that are longer than the traveller asked for, as API and sentences tell them."""

from __future__ import annotations

from api.present.clock import stamp
from api.present.day_words import DayWords
from api.present.pieces import Json
from mobility.planning.long_walks import LongWalk, LongWalks, WalkBetween, long_walks
from mobility.ranking.answer import Answer
from mobility.routing.empty_reason import EmptyReason
from mobility.routing.headways import arrives_about, headway_s
from mobility.routing.itinerary import Itinerary, RideLeg, full_minute_s


def walk_minutes(walk: LongWalk) -> int:
    """Nobody walks faster than is said."""
    return -(-walk.lasts_s // 60)


def limit_minutes(limit_s: int) -> int:
    """Of a walk between two vehicles the limit is in metres: the longest of these is told by the same rule."""
    return -(-limit_s // 60)


def farther_walks(walks: LongWalks) -> list[Json]:
    """end: of the trip, at which the walk is, or the transfer. duration: seconds."""
    between = walks.between
    ends = ("access", walks.to), ("transfer", between and between.walk), ("egress", walks.after)
    return [_walk(end, walk, between if end == "transfer" else None) for end, walk in ends if walk]


def _walk(end: str, walk: LongWalk, between: WalkBetween | None) -> Json:
    """start, then: of a transfer, where the walk begins and what leaves where it leads to."""
    return {
        "end": end,
        "stop": walk.stop,
        "duration": walk.lasts_s,
        "start": walk.start or None,
        "then": next_ride(between.onward) if between else None,
    }


def next_ride(ride: RideLeg) -> Json:
    return {
        "line": ride.line_name,
        "mode": ride.mode,
        "stop": ride.start.name,
        "stopId": ride.network.stops.id[ride.start.stop],
        "departure": stamp(ride.departure_s),
        **({"headway": apart_s} if (apart_s := headway_s(ride)) else {}),
    }


def walk_between_words(between: WalkBetween, days: DayWords) -> dict[str, str | int]:
    """What a sentence tells of the walk and of what one takes after it."""
    walk, onward = between
    then = days.at(onward.departure_s, headway_s(onward) > 0)
    return {
        "minutes": walk_minutes(walk),
        "begin": walk.start,
        "stop": walk.stop,
        "line": onward.line_name,
        "then": then,
    }


def too_long_sentence(found: Answer, days: DayWords) -> str:
    """With the walk that is too long: where, how long, and what the limit is."""
    if found.reason is EmptyReason.WALK_BETWEEN_TOO_LONG:
        return _between_sentence(found, min(found.walked_farther, key=lambda one: one.arrival_s), days)
    walks = [walk for one in found.walked_farther for walk in long_walks(one, found.query).every]
    shortest = min(walks, key=lambda walk: walk.lasts_s)
    minutes, limit = walk_minutes(shortest), shortest.limit_s // 60
    text = days.said.worded_for("reason", step_free=found.query.step_free)[EmptyReason.WALK_TOO_LONG]
    return text.format(stop=shortest.stop, minutes=minutes, limit=limit)


def _between_sentence(found: Answer, way: Itinerary, days: DayWords) -> str:
    between, first = long_walks(way, found.query).between, way.rides[0]
    assert between is not None
    return days.said.worded_for("reason", step_free=found.query.step_free)[EmptyReason.WALK_BETWEEN_TOO_LONG].format(
        limit=limit_minutes(between.walk.limit_s),
        first=first.line_name,
        start=days.coming(first.departure_s, about=headway_s(first) > 0),
        end=days.at(full_minute_s(way.arrival_s), arrives_about(way)),
        **walk_between_words(between, days),
    )
