"""The way at an end of an itinerary that the itinerary itself goes by own bike or by car, beside the others there."""

from __future__ import annotations

from collections.abc import Sequence

from mobility.network.place import TerritoryPlace
from mobility.places.nearby import place_point
from mobility.routing.itinerary import WalkLeg
from mobility.routing.last_kilometre.context import TripEnd, WaysContext
from mobility.routing.last_kilometre.option import FREE, Option, Where, claim, price, said
from mobility.routing.last_kilometre.ways import by_own_bike

DRIVEN_TWICE = 2
"""Who drives somebody to a stop or fetches them there goes back alone, or came alone."""


def taken(setting: WaysContext, side: TripEnd, legs: Sequence[WalkLeg]) -> Option:
    """legs: all of that end, one of them by bike or car."""
    if any(leg.mode == "BIKE" for leg in legs):
        return by_own_bike(setting, side, lasts_s(legs), metres(legs), any(leg.estimated for leg in legs))
    is_parked = len(legs) > 1
    return _parked(setting, side, legs) if is_parked else _driven(setting, side, legs)


def _driven(setting: WaysContext, side: TripEnd, legs: Sequence[WalkLeg]) -> Option:
    return Option(
        end=side.end,
        kind="driven",
        duration_s=lasts_s(legs),
        distance_m=metres(legs),
        estimated=any(leg.estimated for leg in legs),
        local=True,
        step_free=None,
        price=FREE,
        co2e_g=setting.co2e_g("CAR", DRIVEN_TWICE * metres(legs)),
    )


def _parked(setting: WaysContext, side: TripEnd, legs: Sequence[WalkLeg]) -> Option:
    park = _park_at(setting, legs[0])
    return Option(
        end=side.end,
        kind="park_and_ride",
        duration_s=lasts_s(legs),
        distance_m=metres(legs),
        estimated=any(leg.estimated for leg in legs),
        local=claim(park, "local"),
        step_free=claim(park, "step_free"),
        price=price(park, per_hour=True),
        co2e_g=setting.co2e_g("CAR", legs[0].distance_m),
        operator=park.properties.get("operator", ""),
        place=Where.of(park),
        contact=said(park, setting.at.date()),
        spaces=park.properties.get("spaces", ""),
    )


def _park_at(setting: WaysContext, drive: WalkLeg) -> TerritoryPlace:
    here = drive.end.point
    parks = setting.around.nearby.of_kind("car_park")
    return next(place for place in parks if place_point(place) == here and place.name == drive.end.name)


def lasts_s(legs: Sequence[WalkLeg]) -> int:
    """With the time in which the vehicle is left behind."""
    return legs[-1].arrival_s - legs[0].departure_s


def metres(legs: Sequence[WalkLeg]) -> int:
    return sum([leg.distance_m for leg in legs])
