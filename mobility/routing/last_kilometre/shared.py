"""Shared bikes, scooters and cars between a door and a stop: taken near the start, given back near the goal.

As many as people travel, or none. Never taken and given back at the same station. What is free is what was counted
last; of a trip later on, it is not known. A vehicle that needs no dock is left at the goal, or as near to it as its
operator allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import shapely

from mobility.geo import Point, distance_m
from mobility.rentals.rules import (
    ANY_STATION,
    ANYWHERE,
    all_go_m,
    docks_at,
    given_back,
    has_less,
    may_return,
    plan_of,
    vehicles_at,
)
from mobility.rentals.systems import RentalStation, RentalSystem, RentalVehicle, VehicleType
from mobility.routing.last_kilometre.context import TripEnd, WaysContext
from mobility.routing.last_kilometre.option import Contact, Counted, Option, VehiclePrice, Where
from mobility.routing.last_kilometre.zones import RiddenLine, parking, riding, takeable

M_PER_KM = 1000
NEAREST = 2
"""Stations, and free vehicles, that are looked at on each side of a ride."""
SLOWER = 0.8
"""A shared bike is heavy: its pace as a share of that of the own one."""
DRIVEN = {"CAR", "MOPED"}
CAR_SEATS = 4
"""Of a shared car, at least."""
TOGETHER_M = 100.0
"""Vehicles that stand no farther from each other are taken together."""
FACTOR = {"HUMAN": "BIKE"}
"""Of emissions, by propulsion; of motors it is not known."""


@dataclass(frozen=True, slots=True)
class Take:
    """Where a vehicle is taken. station: None where it stands free. goes_m: how far it goes; until_s: when it has to be
    back; plan: the price of its own."""

    where: Where
    vehicles: int | None
    type: VehicleType
    reported_s: int | None
    station: RentalStation | None
    url: str
    goes_m: float | None = None
    until_s: int | None = None
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """Where it is given back. station: None where it needs none; then parking says whether the goal is allowed.
    point: None where no allowed place is known."""

    point: Point | None
    docks: int | None = None
    station: RentalStation | None = None
    parking: bool | None = None


@dataclass(frozen=True, slots=True)
class RentalRide:
    """walk_m: to the vehicle and from where it is left, in all walk_s. forbidden_m: of ride_m, where one may not ride.
    end: where it is left, the goal where that is not known."""

    take: Take
    back: Return
    end: Point
    walk_m: tuple[float, float]
    ride_m: float
    walk_s: int
    ride_s: int
    forbidden_m: float = 0.0

    @property
    def duration_s(self) -> int:
        return self.walk_s + self.ride_s


def shared_vehicle(setting: WaysContext, side: TripEnd) -> Iterator[Option]:
    """The fastest of each system, where it is faster than walking; rather one that can be left somewhere."""
    for system in setting.systems:
        rides = sorted(_rides(setting, side, system), key=lambda ride: ride.duration_s)
        left = [ride for ride in rides if ride.back.point is not None]
        best = _fastest(setting, side, system, left) or _fastest(setting, side, system, rides)
        if best is not None and (setting.rides_bikes or best.take.type.form in DRIVEN):
            yield _option(setting, side, system, best)


def _fastest(setting: WaysContext, side: TripEnd, system: RentalSystem, rides: list[RentalRide]) -> RentalRide | None:
    """rides: the fastest first, as if nothing were in the way. What is costs most to find out, and only slows down."""
    best, most_s = None, side.walk_s
    for ride in rides:
        if ride.duration_s >= most_s:
            break
        slowed = _by_the_rules(setting, system, ride)
        if slowed.duration_s < most_s and _is_dry(setting, side, ride):
            best, most_s = slowed, slowed.duration_s
    return best


def _rides(setting: WaysContext, side: TripEnd, system: RentalSystem) -> Iterator[RentalRide]:
    for take in _takes(setting, side, system):
        for back in _returns(setting, side, system, take):
            ride = _ride(setting, side, take, back)
            if (take.station is None or take.station is not back.station) and _lasts(setting, ride):
                yield ride


def _lasts(setting: WaysContext, ride: RentalRide) -> bool:
    """Whether the vehicle goes so far, and may be away so long, as far as that is known."""
    take = ride.take
    is_far = take.goes_m is not None and ride.ride_m > take.goes_m
    return not is_far and (take.until_s is None or setting.until_s + ride.duration_s <= take.until_s)


def _takes(setting: WaysContext, side: TripEnd, system: RentalSystem) -> Iterator[Take]:
    stations = [one for one in setting.stations_near(system, side.start) if _kinds_at(setting, system, one)]
    for station in stations[:NEAREST]:
        for type, count in _kinds_at(setting, system, station):
            yield _from_station(setting, system, station, (type, count))
    vehicles = takeable(setting, system, side.start) if setting.fresh and setting.is_for_hire(system) else []
    for vehicle in vehicles[:NEAREST]:
        type = system.type(vehicle.type)
        together = _standing_with(vehicle, vehicles)
        if len(together) >= _needed(setting, type):
            yield _from_street(setting, system, vehicle, together)


def _kinds_at(
    setting: WaysContext, system: RentalSystem, station: RentalStation
) -> list[tuple[VehicleType, int | None]]:
    """What can be taken there, the most numerous first, and how many of it there are."""
    if station.renting is False or not setting.is_for_hire(system, station):
        return []
    listed = sorted(station.by_type, key=lambda one: one[1], reverse=True)
    types = [system.type(id) for id, _ in listed] or [system.main_type]
    if not setting.fresh:
        return [(type, None) for type in types[:1]]
    counted = [(type, vehicles_at(system, station, type)) for type in types]
    return [(type, count) for type, count in counted if not has_less(count, _needed(setting, type))]


def _from_station(
    setting: WaysContext, system: RentalSystem, station: RentalStation, kind: tuple[VehicleType, int | None]
) -> Take:
    type, count = kind
    there = [one for one in system.docked if one.station == station.id and one.type == type.id]
    goes_m = all_go_m(there, type, _needed(setting, type)) if setting.fresh else None
    return Take(_where(station), count, type, station.reported_s, station, station.web, goes_m)


def _from_street(
    setting: WaysContext, system: RentalSystem, vehicle: RentalVehicle, together: Sequence[RentalVehicle]
) -> Take:
    type, needed = system.type(vehicle.type), _needed(setting, system.type(vehicle.type))
    return Take(
        where=Where("vehicle", vehicle.id, system.name, vehicle.point),
        vehicles=len(together),
        type=type,
        reported_s=vehicle.reported_s,
        station=None,
        url=vehicle.web,
        goes_m=all_go_m(together if needed > 1 else [vehicle], type, needed),
        until_s=min((one.until_s for one in together[:needed] if one.until_s is not None), default=None),
        plan=vehicle.plan,
    )


def _needed(setting: WaysContext, type: VehicleType) -> int:
    """Each rides a bike or scooter of their own; a car holds more."""
    return ceil(setting.party / CAR_SEATS) if type.form == "CAR" else setting.party


def _standing_with(vehicle: RentalVehicle, free: Sequence[RentalVehicle]) -> list[RentalVehicle]:
    """Itself first, then those of its kind within a few steps of it."""
    same = (one for one in free if one.type == vehicle.type and one is not vehicle)
    return [vehicle, *(one for one in same if distance_m(one.point, vehicle.point) <= TOGETHER_M)]


def _returns(setting: WaysContext, side: TripEnd, system: RentalSystem, take: Take) -> Iterator[Return]:
    """Who does not say where a vehicle of a station goes back gets it back at a station: the street is for zones that
    allow it."""
    back = given_back(take.type, take.station is not None)
    if back == ANY_STATION:
        yield from _stations_back(setting, side, system, take.type)
    if back == ANYWHERE or (take.type.guessed and system.zones is not None):
        found = parking(setting, system, take.type.id, side.goal)
        if back == ANYWHERE or (found.allowed and found.place is not None):
            yield Return(found.place, parking=found.allowed)
        if back == ANYWHERE and (found.at_stations or found.place is None):
            yield from _stations_back(setting, side, system, take.type)


def _stations_back(setting: WaysContext, side: TripEnd, system: RentalSystem, type: VehicleType) -> Iterator[Return]:
    """With free docks enough, or where nobody knows. In the area of a virtual station one is there."""
    stations = [one for one in setting.stations_near(system, side.goal) if _takes_back(setting, system, type, one)]
    for station in stations[:NEAREST]:
        is_there = station.area is not None and station.area.covers(shapely.Point(side.goal.lon, side.goal.lat))
        docks = docks_at(station, type) if setting.fresh else None
        yield Return(side.goal if is_there else station.point, docks, station)


def _ride(setting: WaysContext, side: TripEnd, take: Take, back: Return) -> RentalRide:
    factor = setting.around.network.terrain.detour_factor
    start, end = take.where.point, back.point or side.goal
    walk_m = factor * distance_m(side.start, start), factor * distance_m(end, side.goal)
    ride_m = factor * distance_m(start, end)
    seconds = sum(map(setting.walk_s, walk_m))
    return RentalRide(take, back, end, walk_m, ride_m, seconds, ceil(ride_m / _speed_mps(setting, take.type)))


def _by_the_rules(setting: WaysContext, system: RentalSystem, ride: RentalRide) -> RentalRide:
    type = ride.take.type
    way = RiddenLine(type.id, _speed_mps(setting, type), ride.take.where.point, ride.end, ride.ride_m)
    found = riding(setting, system, way)
    return replace(ride, ride_s=found.seconds, forbidden_m=found.forbidden_m)


def _speed_mps(setting: WaysContext, type: VehicleType) -> float:
    return setting.rules.driving_mps if type.form in DRIVEN else setting.walking.cycling_mps * SLOWER


def _is_dry(setting: WaysContext, side: TripEnd, ride: RentalRide) -> bool:
    start, end = ride.take.where.point, ride.end
    ways = (side.start, start), (start, end), (side.goal, end)
    return all(setting.metres(a, b) is not None for a, b in ways)


def _option(setting: WaysContext, side: TripEnd, system: RentalSystem, ride: RentalRide) -> Option:
    take, back, is_left = ride.take, ride.back, ride.back.point is not None
    reported_s = take.reported_s or system.updated_s
    return Option(
        end=side.end,
        kind="shared_vehicle",
        duration_s=ride.duration_s if is_left else None,
        distance_m=round(sum(ride.walk_m) + ride.ride_m) if is_left else None,
        estimated=True,
        local=system.local,
        step_free=None if take.type.form in DRIVEN else False,
        price=_price(system, ride) if is_left else None,
        co2e_g=_emitted_g(setting, ride) if is_left else None,
        operator=system.operator or system.name,
        place=take.where,
        until=_until(back),
        counted=Counted(take.vehicles, back.docks, max(0, setting.now_s - reported_s) if reported_s else None),
        contact=Contact(system.phone, take.url or system.url),
        form=take.type.form,
        free=back.station is None,
        parking=back.parking,
        last_m=round(ride.walk_m[1]),
        no_riding_m=round(ride.forbidden_m),
    )


def _until(back: Return) -> Where | None:
    """None: right at the goal, or nobody knows where."""
    if back.station is not None:
        return _where(back.station)
    return Where("parking", "", "", back.point) if back.point is not None and back.parking is False else None


def _emitted_g(setting: WaysContext, ride: RentalRide) -> float | None:
    propulsion = ride.take.type.propulsion
    return setting.co2e_g(FACTOR.get(propulsion, propulsion), ride.ride_m)


def _takes_back(setting: WaysContext, system: RentalSystem, type: VehicleType, station: RentalStation) -> bool:
    """What was counted too long ago says nothing of free docks."""
    if station.returning is False or not setting.is_for_hire(system, station):
        return False
    return not setting.fresh or may_return(type, station, needed=_needed(setting, type)) is not False


def _where(station: RentalStation) -> Where:
    return Where("bike_station", station.id, station.name, station.point)


def _price(system: RentalSystem, ride: RentalRide) -> VehiclePrice | None:
    plan = plan_of(system, ride.take.type, ride.take.plan)
    paid = plan.minor(ride.ride_s / 60, ride.ride_m / M_PER_KM) if plan is not None else None
    return None if paid is None or plan is None else VehiclePrice(paid, plan.currency, taxed=plan.taxed)
