"""Departures that go the same way as one entry, for who reads them."""

from __future__ import annotations

from collections.abc import Sequence

from api.present.legs import AnswerContext
from api.present.pieces import Json
from api.present.prose import clock, duration
from api.web.sentences import Sentences, sentences
from mobility.ranking.costs import Option
from mobility.ranking.entries import FoldedWay
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
    """`T1 toutes les 10 min : 8:02, 8:12, 8:22`, or that they are the best of more that leave."""
    said = sentences(context.wishes.language)
    text, times = said["entry"], ", ".join(clock(one.departure_s, context.zone) for one in found)
    if way.every_s == HOUR_S:
        return text["hourly"].format(lines=_lines(found[0], said), times=times)
    if way.every_s:
        return text["every"].format(lines=_lines(found[0], said), duration=duration(way.every_s, said), times=times)
    return text["at" if way.whole else "best"].format(lines=_lines(found[0], said), times=times)


def rhythm(context: AnswerContext, found: Sequence[Itinerary], way: FoldedWay) -> str:
    """`toutes les 10 min`, beside the one that leads, whose lines stand there; else when the others leave."""
    said = sentences(context.wishes.language)
    text = said["entry"]
    if way.every_s:
        return text["each_hour"] if way.every_s == HOUR_S else text["each"].format(duration=duration(way.every_s, said))
    rows = zip(way.departures, found, strict=True)
    others = [clock(one.departure_s, context.zone) for row, one in rows if row != way.lead]
    return text["also" if way.whole else "among"].format(times=", ".join(others[: BESIDE if way.whole else 1]))


def _lines(itinerary: Itinerary, said: Sentences) -> str:
    names = [ride.line_name for ride in itinerary.rides if not ride.stays]
    if itinerary.carpool is not None:
        names.append(said["mode"].get(SHARED_CAR, SHARED_CAR))
    return " + ".join(names)
