"""Departures that go the same way as one entry, for who reads them."""

from __future__ import annotations

from collections.abc import Sequence

from api.present.day_words import days_of
from api.present.legs import AnswerContext
from api.present.pieces import Json
from api.present.prose import about_every, clock, clock_about, duration
from api.web.sentences import Sentences, sentences
from mobility.ranking.costs import Option
from mobility.ranking.entries import FoldedWay
from mobility.routing.headways import every_about_s, first_headway_s
from mobility.routing.itinerary import Itinerary

SHARED_CAR = "RIDE_SHARING"
HOUR_S = 3600
BESIDE = 2
"""Other departures that are told in two words."""


def folded(context: AnswerContext, shown: Sequence[Option], found: Sequence[FoldedWay]) -> list[Json]:
    """itineraries, lead: places in the list of the answer."""
    return [
        {
            "first": one.first,
            "lead": one.lead,
            "itineraries": list(one.departures),
            "every": one.every_s or None,
            "sentence": entry_sentence(context, [shown[row].itinerary for row in one.departures], one),
        }
        for one in found
    ]


def entry_sentence(context: AnswerContext, found: Sequence[Itinerary], way: FoldedWay) -> str:
    """`T1 toutes les 10 min : 8:02, 8:12, 8:22`, or that they are the best of more that leave; of rides at a headway
    how often alone."""
    said = sentences(context.wishes.language)
    text, lines, apart = said["entry"], _lines(found[0], said), [every_about_s(one) for one in found]
    if all(apart):
        return f"{lines} {about_every(max(apart), said)}"
    times = ", ".join(_leaves(context, one, said) for one in found)
    if way.every_s == HOUR_S:
        return text["hourly"].format(lines=lines, times=times)
    if way.every_s:
        return text["every"].format(lines=lines, duration=duration(way.every_s, said), times=times)
    return text["at" if way.whole else "best"].format(lines=lines, times=times)


def rhythm(context: AnswerContext, found: Sequence[Itinerary], way: FoldedWay) -> str:
    """`toutes les 10 min`, beside the one that leads, whose lines stand there; else when the others leave. Of rides
    that are all at a headway `N toutes les 10 min environ`."""
    said = sentences(context.wishes.language)
    text, apart = said["entry"], [every_about_s(one) for one in found]
    if all(apart):
        return f"{_lines(found[0], said)} {about_every(max(apart), said)}"
    if way.every_s:
        return text["each_hour"] if way.every_s == HOUR_S else text["each"].format(duration=duration(way.every_s, said))
    rows = zip(way.departures, found, strict=True)
    others = [one for row, one in rows if row != way.lead]
    if not way.whole:
        return text["among"].format(times=_leaves(context, others[0], said))
    first = days_of(context).at(others[0].departure_s, first_headway_s(others[0]) > 0)
    return text["also"].format(times=", ".join([first, *(_leaves(context, one, said) for one in others[1:BESIDE])]))


def _leaves(context: AnswerContext, one: Itinerary, said: Sentences) -> str:
    return clock_about(clock(one.departure_s, context.zone), first_headway_s(one) > 0, said)


def _lines(itinerary: Itinerary, said: Sentences) -> str:
    names = [ride.line_name for ride in itinerary.rides if not ride.stays]
    if itinerary.carpool is not None:
        names.append(said["mode"].get(SHARED_CAR, SHARED_CAR))
    return " + ".join(names)
