"""Each kind of way between a door and a stop: whether there is one, and what is known of it.

A function answers for one kind and one side of an itinerary. It makes nothing up: a way whose length or price nobody
knows has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from mobility.money import minor_units
from mobility.network.place import TerritoryPlace
from mobility.places.nearby import place_point
from mobility.routing.last_kilometre.context import M_PER_KM, TripEnd, WaysContext
from mobility.routing.last_kilometre.option import (
    FREE,
    End,
    Option,
    VehiclePrice,
    Where,
    amount,
    claim,
    price,
    said,
)
from mobility.routing.neighbourhood import NearPlace, nearest


def walk(setting: WaysContext, side: TripEnd) -> Iterator[Option]:
    yield Option(
        side.end, "walk", side.walk_s, side.walk_m, side.estimated, True, side.step_free, price=FREE, co2e_g=0.0
    )


def step_free_walk(setting: WaysContext, side: TripEnd) -> Iterator[Option]:
    """At a wheelchair's pace, where the way is not known to have steps."""
    if side.smooth_m and side.step_free is not False:
        yield Option(
            side.end,
            "step_free_walk",
            side.smooth_s,
            side.smooth_m,
            side.estimated,
            True,
            side.step_free,
            price=FREE,
            co2e_g=0.0,
        )


def own_bike(setting: WaysContext, side: TripEnd) -> Iterator[Option]:
    """To the first stop, where it is left or taken along; from the last one only if it came along."""
    if not setting.rides_bikes or not side.walk_m or (side.end is End.EGRESS and side.bikes is False):
        return
    duration_s = ceil(side.walk_m / setting.walking.cycling_mps)
    yield by_own_bike(setting, side, duration_s, side.walk_m, estimated=True)


def by_own_bike(setting: WaysContext, side: TripEnd, duration_s: int, distance_m: int, estimated: bool) -> Option:
    """estimated: the length is not that of a way on streets."""
    shelter = shelter_at(setting, side) if side.end is End.ACCESS else None
    return Option(
        end=side.end,
        kind="own_bike",
        duration_s=duration_s,
        distance_m=distance_m,
        estimated=estimated,
        local=True,
        step_free=False,
        price=FREE,
        co2e_g=0.0,
        place=Where.of(shelter.place) if shelter else None,
        spaces=shelter.place.properties.get("spaces", "") if shelter else "",
        aboard=side.bikes,
    )


def carpool(setting: WaysContext, side: TripEnd) -> Iterator[Option]:
    """A place where people share cars; who drives from there, and when, is not known here."""
    found = nearest(_start_places(setting, side), "carpool_point", setting.rules.reach_m)
    if found is not None and setting.rules.carpool:
        known = found.place.properties
        yield Option(
            end=side.end,
            kind="carpool",
            duration_s=None,
            distance_m=found.metres,
            estimated=found.estimated,
            local=True,
            step_free=claim(found.place, "step_free"),
            operator=known.get("operator", known.get("proprio", "")),
            place=Where.of(found.place),
            contact=said(found.place, setting.at.date()),
            spaces=known.get("spaces", known.get("nbre_pl", "")),
            waits=True,
        )


def taxi(setting: WaysContext, side: TripEnd) -> Iterator[Option]:
    """From the nearest rank; nobody walks most of the way to a taxi for the rest of it."""
    found = nearest(_start_places(setting, side), "taxi_rank", setting.rules.reach_m)
    if found is None or found.metres > side.walk_m / 2 or setting.is_closed(found.place):
        return
    drive = setting.drive(place_point(found.place), side.goal)
    driven = drive.metres if drive else None
    seconds = setting.walk_s(found.metres) + drive.seconds if drive else None
    yield Option(
        end=side.end,
        kind="taxi",
        duration_s=seconds,
        distance_m=None if driven is None else round(found.metres + driven),
        estimated=found.estimated or drive is None or drive.estimated,
        local=claim(found.place, "local"),
        step_free=claim(found.place, "step_free"),
        price=_fare(found.place, driven),
        co2e_g=setting.co2e_g("CAR", driven),
        operator=found.place.properties.get("operator", ""),
        place=Where.of(found.place),
        contact=said(found.place, setting.at.date()),
        waits=True,
    )


def park_and_ride(setting: WaysContext, side: TripEnd) -> Iterator[Option]:
    """By own car to a car park at the first stop; not most of the way, and nobody has a car at the last stop."""
    rules = setting.rules
    if side.end is not End.ACCESS:
        return
    park = nearest(setting.around.at_stop(side.stop), "car_park", rules.reach_m)
    drive = setting.drive(side.door, place_point(park.place)) if park else None
    driven = drive.metres if drive else 0
    if park is None or drive is None or not rules.worth_m < driven <= rules.drive_share * setting.straight_m:
        return
    known = park.place.properties
    yield Option(
        end=side.end,
        kind="park_and_ride",
        duration_s=drive.seconds + setting.walk_s(park.metres),
        distance_m=round(driven + park.metres),
        estimated=park.estimated or drive.estimated,
        local=claim(park.place, "local"),
        step_free=claim(park.place, "step_free"),
        price=price(park.place, per_hour=True),
        co2e_g=setting.co2e_g("CAR", driven),
        operator=known.get("operator", ""),
        place=Where.of(park.place),
        contact=said(park.place, setting.at.date()),
        spaces=known.get("spaces", ""),
    )


def _start_places(setting: WaysContext, side: TripEnd) -> tuple[NearPlace, ...]:
    """Round the point where the way begins."""
    return setting.at_door(side.door) if side.end is End.ACCESS else setting.around.at_stop(side.stop)


def shelter_at(setting: WaysContext, side: TripEnd) -> NearPlace | None:
    return nearest(setting.around.at_stop(side.stop), "bike_shelter", setting.rules.shelter_m)


def _fare(rank: TerritoryPlace, metres: float | None) -> VehiclePrice | None:
    """By the tariff that the rank's file states: to get in, for each kilometre, and at least."""
    pickup, per_km = amount(rank, "pickup_price"), amount(rank, "km_price")
    currency = rank.properties.get("currency", "")
    if pickup is None or per_km is None or metres is None or not currency:
        return None
    paid = max(pickup + per_km * metres / M_PER_KM, amount(rank, "least_price") or 0.0)
    minor = minor_units(Decimal(paid), currency)
    return None if minor is None else VehiclePrice(minor, currency)
