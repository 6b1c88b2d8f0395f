"""Shared bikes, scooters and cars between a door and a stop: taken near the start, given back near the goal.

As many as people travel, or none. Never taken and given back at the same station. What is free is what was counted
last; of a trip later on, it is not known. A vehicle that needs no dock is left at the goal, or as near to it as its
operator allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from mobility.geo import Point, distance_m
from mobility.rentals.systems import RentalStation, RentalSystem, RentalVehicle, VehicleType
from mobility.routing.last_kilometre.option import Contact, Counted, Option, VehiclePrice, Where
from mobility.routing.last_kilometre.ways import TripEnd, WaysContext
from mobility.routing.last_kilometre.zones import RiddenLine, parking, riding, takeable

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
    """Where a vehicle is taken. station: None where it stands free."""

    where: Where
    vehicles: int | None
    type: VehicleType
    reported_s: int | None
    station: RentalStation | None
    url: str


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
        for back in _returns(setting, side, system, take.type):
            if take.station is None or take.station is not back.station:
                yield _ride(setting, side, take, back)


def _takes(setting: WaysContext, side: TripEnd, system: RentalSystem) -> Iterator[Take]:
    stations = [one for one in setting.stations_near(system, side.start) if _rents(setting, system, one)]
    for station in stations[:NEAREST]:
        count = station.vehicles if setting.fresh else None
        yield Take(_where(station), count, _type_at(system, station), station.reported_s, station, station.web)
    vehicles = takeable(setting, system, side.start) if setting.fresh else []
    for vehicle in vehicles[:NEAREST]:
        type = system.type(vehicle.type)
        together = _standing_with(vehicle, vehicles)
        if together >= _needed(setting, type):
            where = Where("vehicle", vehicle.id, system.name, vehicle.point)
            yield Take(where, together, type, vehicle.reported_s, None, vehicle.web)


def _needed(setting: WaysContext, type: VehicleType) -> int:
    """Each rides a bike or scooter of their own; a car holds more."""
    return ceil(setting.party / CAR_SEATS) if type.form == "CAR" else setting.party


def _standing_with(vehicle: RentalVehicle, free: Sequence[RentalVehicle]) -> int:
    """So many of its kind stand within a few steps of it, itself among them."""
    return sum(one.type == vehicle.type and distance_m(one.point, vehicle.point) <= TOGETHER_M for one in free)


def _returns(setting: WaysContext, side: TripEnd, system: RentalSystem, type: VehicleType) -> Iterator[Return]:
    if type.returned == "ANY_STATION":
        yield from _stations_back(setting, side, system, type)
    elif type.returned == "NONE":
        found = parking(setting, system, type.id, side.goal)
        yield Return(found.place, parking=found.allowed)
        yield from _stations_back(setting, side, system, type) if found.at_stations else ()


def _stations_back(setting: WaysContext, side: TripEnd, system: RentalSystem, type: VehicleType) -> Iterator[Return]:
    """With free docks enough, or where nobody knows."""
    stations = [one for one in setting.stations_near(system, side.goal) if _takes_back(setting, type, one)]
    for station in stations[:NEAREST]:
        yield Return(station.point, station.docks if setting.fresh else None, station)


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
        price=_price(system, take.type, ride.ride_s) if is_left else None,
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


def _rents(setting: WaysContext, system: RentalSystem, station: RentalStation) -> bool:
    needed = _needed(setting, _type_at(system, station))
    return station.renting is not False and not (setting.fresh and _is_less(station.vehicles, needed))


def _takes_back(setting: WaysContext, type: VehicleType, station: RentalStation) -> bool:
    return station.returning is not False and not (setting.fresh and _is_less(station.docks, _needed(setting, type)))


def _is_less(counted: int | None, needed: int) -> bool:
    """What nobody counted is not known to be too few."""
    return counted is not None and counted < needed


def _where(station: RentalStation) -> Where:
    return Where("bike_station", station.id, station.name, station.point)


def _type_at(system: RentalSystem, station: RentalStation) -> VehicleType:
    """The kind of vehicle that most of those at the station are."""
    if not station.by_type:
        return system.main_type
    return system.type(max(station.by_type, key=lambda one: one[1])[0])


def _price(system: RentalSystem, type: VehicleType, ride_s: int) -> VehiclePrice | None:
    """Without a subscription, by the only plan or the one that the vehicle names."""
    named = [plan for plan in system.plans if plan.id == type.plan] or list(system.plans)
    paid = named[0].minor(ride_s / 60) if len(named) == 1 else None
    return None if paid is None else VehiclePrice(paid, named[0].currency)
