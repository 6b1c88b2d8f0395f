"""What may take the place of a ride, as the member `alternatives` of schema Leg of the MOTIS API has it: each a row of
legs, a way, the ride (several where one stays seated and wishes them apart), a way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from api.present.leg_groups import grouped, leg_json
from api.present.legs import AnswerContext
from api.present.pieces import Json
from api.present.rows import rows
from mobility.routing.itinerary import Itinerary, Leg, RideLeg


def tell_alternatives(
    context: AnswerContext, told: Sequence[Json], found: Sequence[Sequence[Sequence[Itinerary]]]
) -> None:
    """Into each leg that a ride is boarded for. told: itineraries; found: of each its rides, of each what may take its
    place; nothing for a trip with a driver."""
    tell = _teller(context, [one for rides in found for others in rides for one in others])
    for itinerary, rides in zip(told, found, strict=True):
        if rides:
            boarded = [leg for leg in itinerary["legs"] if leg.get("interlineWithPreviousLeg") is False]
            for leg, others in zip(boarded, rides, strict=True):
                leg["alternatives"] = [tell(one) for one in others]


def _teller(context: AnswerContext, every: Sequence[Itinerary]) -> Callable[[Itinerary], list[Json]]:
    """Tells one. What several share is looked up and written once: a run may take the place of those before and
    after it."""
    rides = list(dict.fromkeys(ride for one in every for ride in one.rides))
    row = dict(zip(rides, rows(context.pieces.network, rides), strict=True))
    known: dict[tuple[Leg, ...], Json] = {}

    def tell(found: Itinerary) -> list[Json]:
        legs = [(leg, row[leg]) if isinstance(leg, RideLeg) else leg for leg in found.legs]
        told = []
        for group in grouped(legs, context.wishes.join_interlined):
            key = tuple(ride for ride, _ in group) if isinstance(group, list) else (group,)
            if key not in known:
                known[key] = leg_json(context, group)
            told.append(known[key])
        return told

    return tell
