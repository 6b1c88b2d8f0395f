"""You may not have to go so far: a place to work that is much nearer than the destination."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mobility.geo import Point, distance_m
from mobility.places.hours import is_open
from mobility.places.nearby import place_point
from mobility.routing.last_kilometre.option import Contact, Where, said
from mobility.routing.neighbourhood import Neighbourhood

LOOKED_AT = 3


@dataclass(frozen=True, slots=True)
class NearerPlace:
    """distance_m: to the place, by the straight line times a factor; trip_m: to the destination, alike."""

    where: Where
    distance_m: int
    trip_m: int
    contact: Contact


def nearer_place(around: Neighbourhood, origin: Point, destination: Point, there: datetime) -> NearerPlace | None:
    """The nearest third place that lies within rules.telework_share of a trip of rules.telework_least_m or more.

    there: when the trip arrives, by the clocks of the place: nobody is sent to one that is closed then. None where the
    trip goes to a third place, or where water lies between.
    """
    rules, straight_m = around.rules, distance_m(origin, destination)
    if straight_m < rules.telework_least_m or around.nearby.around(destination, HERE_M, ["third_place"]):
        return None
    near = around.nearby.around(origin, rules.telework_share * straight_m, ["third_place"])[:LOOKED_AT]
    ways = around.ground.metres(origin, [place_point(place) for place in near])
    trip_m = round(straight_m * around.network.terrain.detour_factor)
    for place, metres in zip(near, ways, strict=True):
        if metres == metres and is_open(said(place).hours, there) is not False:
            return NearerPlace(Where.of(place), round(metres), trip_m, said(place))
    return None


HERE_M = 100.0
"""Nearer than this, the trip goes to the place."""
