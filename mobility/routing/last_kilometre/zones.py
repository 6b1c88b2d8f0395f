"""Where a shared vehicle may be taken, ridden and left, by the zones of its operator; mobility/rentals/zones.py.

Only vehicles that stand free ask whether a ride may begin or end somewhere: stations say for themselves.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from mobility.geo import Point
from mobility.rentals.systems import RentalSystem, RentalVehicle
from mobility.routing.last_kilometre.context import WaysContext
from mobility.routing.last_kilometre.option import Parking

KPH_IN_MPS = 3.6


class RiddenLine(NamedTuple):
    """Of a kind of vehicle at a speed, as the crow flies; metres: of the way that is ridden, which is longer."""

    type: str
    speed_mps: float
    start: Point
    end: Point
    metres: float


class Riding(NamedTuple):
    """forbidden_m: on which one may not ride; they are counted at the pace of a walk."""

    seconds: int
    forbidden_m: float


def takeable(setting: WaysContext, system: RentalSystem, start: Point) -> list[RentalVehicle]:
    """The vehicles that stand free round a point and may be taken where they stand, the nearest first."""
    key = system.id, start
    found = setting.vehicles.get(key)
    if found is None:
        found = setting.vehicles[key] = _takeable(setting, system, start)
    return found


def _takeable(setting: WaysContext, system: RentalSystem, start: Point) -> list[RentalVehicle]:
    near = system.vehicles_near(start, setting.rules.reach_m)
    if system.zones is None:
        return near
    rules = system.zones.rules([(vehicle.point, vehicle.type) for vehicle in near], setting.at_s)
    return [vehicle for vehicle, rule in zip(near, rules, strict=True) if rule.start is not False]


def parking(setting: WaysContext, system: RentalSystem, type: str, goal: Point) -> Parking:
    """Where a vehicle of a kind that needs no dock is left."""
    key = system.id, type, goal
    found = setting.parkings.get(key)
    if found is None:
        found = setting.parkings[key] = _parking(setting, system, type, goal)
    return found


def _parking(setting: WaysContext, system: RentalSystem, type: str, goal: Point) -> Parking:
    if system.zones is None:
        return Parking(None, goal)
    rule = system.zones.rule(goal, type, setting.at_s)
    if rule.parking is not False:
        return Parking(rule.parking, goal)
    place = system.zones.parking_near(goal, type, setting.at_s, setting.rules.reach_m)
    return Parking(False, place, rule.at_stations)


def riding(setting: WaysContext, system: RentalSystem, way: RiddenLine) -> Riding:
    if system.zones is None:
        return Riding(ceil(way.metres / way.speed_mps), 0.0)
    on_foot_mps = setting.walking.speed_mps
    seconds, forbidden_m = 0.0, 0.0
    for rule, share in system.zones.stretches(way.start, way.end, way.type, setting.at_s):
        metres = share * way.metres
        if rule.through is False:
            forbidden_m += metres
            seconds += metres / on_foot_mps
        else:
            most_mps = way.speed_mps if rule.most_kph is None else max(on_foot_mps, rule.most_kph / KPH_IN_MPS)
            seconds += metres / min(way.speed_mps, most_mps)
    return Riding(ceil(seconds), forbidden_m)
