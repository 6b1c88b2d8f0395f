"""Where and when a shared vehicle may be taken, how far it goes, where it may be given back, and what that costs.

What the operator does not say is None: not known. Zones are another matter (mobility/rentals/zones.py).
Source: GBFS 3.0 (gbfs.org), station_status, vehicle_status, vehicle_types, system_pricing_plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mobility.places.hours import is_open
from mobility.rentals.systems import PricingPlan, RentalStation, RentalSystem, RentalVehicle, VehicleType

ANY_STATION, ROUNDTRIP, ANYWHERE = "ANY_STATION", "ROUNDTRIP_STATION", "NONE"


def is_closed(system: RentalSystem, station: RentalStation | None, at: datetime) -> bool:
    """Known to be. at: by the clocks of the place. A station's own hours go before the system's."""
    hours = (station.hours if station is not None else "") or system.hours
    return bool(hours) and is_open(hours, at) is False


def vehicles_at(system: RentalSystem, station: RentalStation, type: VehicleType) -> int | None:
    """Of a kind, now. A kind that is left out of a list of kinds is not there."""
    if station.renting is False:
        return 0
    if station.by_type:
        return sum(count for id, count in station.by_type if id == type.id)
    return station.vehicles


def docks_at(station: RentalStation, type: VehicleType) -> int | None:
    """Free for a kind, now. Where docks are listed by kind, the others have none; None also where there is no limit."""
    if station.returning is False or station.docks == 0:
        return 0
    if station.docks_by_type:
        return sum(count for id, count in station.docks_by_type if id == type.id)
    return station.docks


def has_less(counted: int | None, needed: int) -> bool:
    """What nobody counted is not known to be too few."""
    return counted is not None and counted < needed


def given_back(type: VehicleType, at_station: bool) -> str:
    """As RentalReturnConstraint of the MOTIS API, for a vehicle that was taken at a station or in the street.

    Versions before 2.3 cannot say it: what stands at stations goes back to stations, what stands free is left free.
    """
    if not type.guessed:
        return type.returned
    return ANY_STATION if at_station else ANYWHERE


def may_return(type: VehicleType, station: RentalStation, home: str = "", needed: int = 1) -> bool | None:
    """home: the station to which a vehicle that makes round trips belongs, or where it was taken."""
    if type.returned == ROUNDTRIP and not type.guessed and station.id != home:
        return False
    docks = docks_at(station, type)
    return False if has_less(docks, needed) else True if station.returning else None


def goes_m(vehicle: RentalVehicle, type: VehicleType) -> float | None:
    """How far, with what it has in it."""
    if vehicle.range_m is not None:
        return vehicle.range_m
    if vehicle.fuel is not None and type.range_m is not None:
        return vehicle.fuel * type.range_m
    return None


def all_go_m(vehicles: Sequence[RentalVehicle], type: VehicleType, needed: int) -> float | None:
    """How far so many of them go, at the best; None where that is not known of enough."""
    known = sorted((far for one in vehicles if (far := goes_m(one, type)) is not None), reverse=True)
    unknown = len(vehicles) - len(known)
    return known[needed - 1 - unknown] if 0 <= needed - 1 - unknown < len(known) else None


def plan_of(system: RentalSystem, type: VehicleType, vehicle_plan: str = "") -> PricingPlan | None:
    """The vehicle's own, else that of its kind, else the only one. Without a subscription."""
    for wanted in filter(None, (vehicle_plan, type.plan)):
        for plan in system.plans:
            if plan.id == wanted:
                return plan
    return system.plans[0] if len(system.plans) == 1 else None
