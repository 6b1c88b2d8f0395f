"""Shared bikes, scooters and cars between a door and a stop: taken near the start, given back near the goal.

Never taken and given back at the same station. What is free is what was counted last; of a trip later on, it is not
known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from mobility.geo import Point
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
    walk_m: float
    vehicles: int | None
    type: VehicleType
    reported_s: int | None
    station: RentalStation | None
    url: str


@dataclass(frozen=True, slots=True)
class Return:
    """Where it is given back. where: None at the goal itself."""

    where: Where | None
    point: Point
    walk_m: float
    docks: int | None
    station: RentalStation | None


def shared_vehicle(setting: Setting, side: Side) -> Iterator[Option]:
    """The fastest of each system, where it is faster than walking."""
    for system in setting.systems:
        takes = list(_takes(setting, side, system))
        returns = list(_returns(setting, side, system)) if takes else []
        rides = [ride for take in takes for back in returns for ride in _ride(setting, side, system, take, back)]
        best = min(rides, key=lambda ride: ride.duration_s or 0, default=None)
        if best is not None and (best.duration_s or 0) < side.walk_s:
            yield best


def _takes(setting: Setting, side: Side, system: RentalSystem) -> Iterator[Take]:
    stations = [one for one in system.stations_near(side.start, setting.rules.reach_m) if _rents(setting, one)]
    vehicles = system.vehicles_near(side.start, setting.rules.reach_m) if setting.fresh else []
    for station in stations[:NEAREST]:
        metres = setting.metres(side.start, station.point)
        if metres is not None:
            count = station.vehicles if setting.fresh else None
            yield Take(
                _where(station), metres, count, _type_at(system, station), station.reported_s, station, station.web
            )
    for vehicle in vehicles[:NEAREST]:
        metres = setting.metres(side.start, vehicle.point)
        if metres is not None:
            where = Where("vehicle", vehicle.id, system.name, vehicle.point)
            yield Take(where, metres, 1, system.type(vehicle.type), vehicle.reported_s, None, vehicle.web)


def _returns(setting: Setting, side: Side, system: RentalSystem) -> Iterator[Return]:
    """At a station with a free dock, or where nobody knows; a vehicle that needs none is left at the goal."""
    yield Return(None, side.goal, 0.0, None, None)
    stations = [one for one in system.stations_near(side.goal, setting.rules.reach_m) if _takes_back(setting, one)]
    for station in stations[:NEAREST]:
        metres = setting.metres(side.goal, station.point)
        if metres is not None:
            yield Return(_where(station), station.point, metres, station.docks if setting.fresh else None, station)


def _ride(setting: Setting, side: Side, system: RentalSystem, take: Take, back: Return) -> Iterator[Option]:
    returned = take.type.returned
    if returned == "ROUNDTRIP_STATION" or (returned == "ANY_STATION") != (back.station is not None):
        return
    if take.station is not None and take.station is back.station:
        return
    ridden = setting.metres(take.where.point, back.point)
    if ridden is None:
        return
    speed_mps = setting.rules.driving_mps if take.type.form in DRIVEN else setting.walking.cycling_mps * SLOWER
    ride_s = ceil(ridden / speed_mps)
    reported_s = take.reported_s or system.updated_s
    yield Option(
        end=side.end,
        kind="shared_vehicle",
        duration_s=setting.walk_s(take.walk_m) + ride_s + setting.walk_s(back.walk_m),
        distance_m=round(take.walk_m + ridden + back.walk_m),
        estimated=True,
        local=system.local,
        step_free=None if take.type.form in DRIVEN else False,
        price=_price(system, take.type, ride_s),
        co2e_g=setting.co2e_g(FACTOR.get(take.type.propulsion, take.type.propulsion), ridden),
        operator=system.operator or system.name,
        place=take.where,
        until=back.where,
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
