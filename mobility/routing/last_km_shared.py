"""Shared bikes, scooters and cars between a door and a stop: taken near the start, given back near the goal.

Never taken and given back at the same station. What is free is what was counted last; of a trip later on, it is not
known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from mobility.geo import Point, distance_m
from mobility.network.rental import RentalStation, RentalSystem, VehicleType
from mobility.routing.last_km_option import Contact, Counted, Option, Price, Where
from mobility.routing.last_km_ways import Setting, Side

NEAREST = 2
"""Stations, and free vehicles, that are looked at on each side of a ride."""
SLOWER = 0.8
"""A shared bike is heavy: its pace as a share of that of the own one."""
DRIVEN = {"CAR", "MOPED"}
FACTOR = {"HUMAN": "BIKE"}
"""Of emissions, by propulsion; of motors it is not known."""


@dataclass(frozen=True, slots=True)
class Take:
    """Where a vehicle is taken. station: None where it stands free."""

    where: Where
    vehicles: int | None
    type: VehicleType
    reported_s: int | None
    station: RentalStation | None
    url: str


@dataclass(frozen=True, slots=True)
class Return:
    """Where it is given back. station: None at the goal itself."""

    point: Point
    docks: int | None
    station: RentalStation | None


@dataclass(frozen=True, slots=True)
class Ride:
    """walk_m: to the vehicle and from where it is left."""

    take: Take
    back: Return
    walk_m: tuple[float, float]
    ride_m: float
    walk_s: int
    ride_s: int

    @property
    def duration_s(self) -> int:
        return self.walk_s + self.ride_s


def shared_vehicle(setting: Setting, side: Side) -> Iterator[Option]:
    """The fastest of each system, where it is faster than walking."""
    for system in setting.systems:
        rides = sorted(_rides(setting, side, system), key=lambda ride: ride.duration_s)
        # Whether water lies across costs most to find out: it is asked of the fastest first.
        dry = (ride for ride in rides if ride.duration_s < side.walk_s and _is_dry(setting, side, ride))
        best = next(dry, None)
        if best is not None and (setting.rides_bikes or best.take.type.form in DRIVEN):
            yield _option(setting, side, system, best)


def _rides(setting: Setting, side: Side, system: RentalSystem) -> Iterator[Ride]:
    returns = list(_returns(setting, side, system))
    for take in _takes(setting, side, system):
        for back in returns:
            if _is_allowed(take, back):
                yield _ride(setting, side, take, back)


def _takes(setting: Setting, side: Side, system: RentalSystem) -> Iterator[Take]:
    stations = [one for one in setting.stations_near(system, side.start) if _rents(setting, one)]
    for station in stations[:NEAREST]:
        count = station.vehicles if setting.fresh else None
        yield Take(_where(station), count, _type_at(system, station), station.reported_s, station, station.web)
    vehicles = system.vehicles_near(side.start, setting.rules.reach_m) if setting.fresh else []
    for vehicle in vehicles[:NEAREST]:
        where = Where("vehicle", vehicle.id, system.name, vehicle.point)
        yield Take(where, 1, system.type(vehicle.type), vehicle.reported_s, None, vehicle.web)


def _returns(setting: Setting, side: Side, system: RentalSystem) -> Iterator[Return]:
    """At a station with a free dock, or where nobody knows; a vehicle that needs none is left at the goal."""
    yield Return(side.goal, None, None)
    stations = [one for one in setting.stations_near(system, side.goal) if _takes_back(setting, one)]
    for station in stations[:NEAREST]:
        yield Return(station.point, station.docks if setting.fresh else None, station)


def _is_allowed(take: Take, back: Return) -> bool:
    returned = take.type.returned
    if returned == "ROUNDTRIP_STATION" or (returned == "ANY_STATION") != (back.station is not None):
        return False
    return take.station is None or take.station is not back.station


def _ride(setting: Setting, side: Side, take: Take, back: Return) -> Ride:
    factor = setting.around.network.terrain.detour_factor
    start, end = take.where.point, back.point
    walk_m = factor * distance_m(side.start, start), factor * distance_m(end, side.goal)
    ride_m = factor * distance_m(start, end)
    speed_mps = setting.rules.driving_mps if take.type.form in DRIVEN else setting.walking.cycling_mps * SLOWER
    return Ride(take, back, walk_m, ride_m, sum(map(setting.walk_s, walk_m)), ceil(ride_m / speed_mps))


def _is_dry(setting: Setting, side: Side, ride: Ride) -> bool:
    start, end = ride.take.where.point, ride.back.point
    ways = (side.start, start), (start, end), (side.goal, end)
    return all(setting.metres(a, b) is not None for a, b in ways)


def _option(setting: Setting, side: Side, system: RentalSystem, ride: Ride) -> Option:
    take, back = ride.take, ride.back
    reported_s = take.reported_s or system.updated_s
    return Option(
        end=side.end,
        kind="shared_vehicle",
        duration_s=ride.duration_s,
        distance_m=round(sum(ride.walk_m) + ride.ride_m),
        estimated=True,
        local=system.local,
        step_free=None if take.type.form in DRIVEN else False,
        price=_price(system, take.type, ride.ride_s),
        co2e_g=setting.co2e_g(FACTOR.get(take.type.propulsion, take.type.propulsion), ride.ride_m),
        operator=system.operator or system.name,
        place=take.where,
        until=_where(back.station) if back.station else None,
        counted=Counted(take.vehicles, back.docks, max(0, setting.now_s - reported_s) if reported_s else None),
        contact=Contact(system.phone, take.url or system.url),
        form=take.type.form,
    )


def _rents(setting: Setting, station: RentalStation) -> bool:
    return station.renting is not False and not (setting.fresh and station.vehicles == 0)


def _takes_back(setting: Setting, station: RentalStation) -> bool:
    return station.returning is not False and not (setting.fresh and station.docks == 0)


def _where(station: RentalStation) -> Where:
    return Where("bike_station", station.id, station.name, station.point)


def _type_at(system: RentalSystem, station: RentalStation) -> VehicleType:
    """The kind of vehicle that most of those at the station are."""
    if not station.by_type:
        return system.main_type
    return system.type(max(station.by_type, key=lambda one: one[1])[0])


def _price(system: RentalSystem, type: VehicleType, ride_s: int) -> Price | None:
    """Without a subscription, by the only plan or the one that the vehicle names."""
    named = [plan for plan in system.plans if plan.id == type.plan] or list(system.plans)
    paid = named[0].price(ride_s / 60) if len(named) == 1 else None
    return None if paid is None else Price(paid, named[0].currency)
