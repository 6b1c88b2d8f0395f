"""The legs of itineraries in groups, each told as one leg of the API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.present.carpool_legs import carpool
from api.present.legs import AnswerContext, Own, ToldRideLeg, ride, walk
from api.present.pieces import Json
from api.present.rows import rows
from mobility.routing.itinerary import CarpoolLeg, Itinerary, RideLeg, WalkLeg

Group = Own | list[ToldRideLeg]
"""What is told as one leg: a walk, a ride in a driver's car, or a ride with those of the same
vehicle that it is joined with."""


def told_legs(context: AnswerContext, found: Sequence[Itinerary]) -> list[list[Own | ToldRideLeg]]:
    """The legs of each itinerary, rides with what the network says of them."""
    rides = [leg for one in found for leg in one.legs if isinstance(leg, RideLeg)]
    told = iter(zip(rides, rows(context.pieces.network, rides), strict=True))
    return [[next(told) if isinstance(leg, RideLeg) else leg for leg in one.legs] for one in found]


def grouped(legs: Sequence[Own | ToldRideLeg], joined: bool) -> Iterator[Group]:
    group: list[ToldRideLeg] = []
    for leg in legs:
        if group and (not isinstance(leg, tuple) or not (joined and leg[0].stays)):
            yield group
            group = []
        if not isinstance(leg, tuple):
            yield leg
        else:
            group.append(leg)
    if group:
        yield group


def leg_json(context: AnswerContext, group: Group) -> Json:
    if isinstance(group, WalkLeg):
        return walk(context, group)
    return carpool(context, group) if isinstance(group, CarpoolLeg) else ride(context, group)
