"""Vehicles for hire as their operators publish them now: stations, free vehicles, counts with their age, prices.

Knows nothing of GBFS (mobility/rentals/gbfs.py reads that). None and "" mean that it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from math import ceil
from typing import Protocol

import numpy as np
from shapely.geometry.base import BaseGeometry

from mobility.geo import Point, distances_m
from mobility.money import minor_units
from mobility.rentals.zones import RentalZones


@dataclass(frozen=True, slots=True)
class VehicleType:
    """form, propulsion, returned: RentalFormFactor, RentalPropulsionType, RentalReturnConstraint of the MOTIS API.

    guessed: the operator does not say where it is to be returned. range_m: full of what drives it.
    """

    id: str
    form: str = "BICYCLE"
    propulsion: str = "HUMAN"
    returned: str = "ANY_STATION"
    guessed: bool = True
    name: str = ""
    plan: str = ""
    range_m: float | None = None


@dataclass(frozen=True, slots=True)
class RentalStation:
    """vehicles, docks: free ones. by_type: vehicles, docks_by_type: docks, of vehicle types. web, android, ios: where
    to hire. hours: as OpenStreetMap writes them. area: in which a virtual station is."""

    id: str
    name: str
    point: Point
    vehicles: int | None = None
    docks: int | None = None
    renting: bool | None = None
    returning: bool | None = None
    by_type: tuple[tuple[str, int], ...] = ()
    docks_by_type: tuple[tuple[str, int], ...] = ()
    capacity: int | None = None
    reported_s: int | None = None
    address: str = ""
    web: str = ""
    android: str = ""
    ios: str = ""
    hours: str = ""
    area: BaseGeometry | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RentalVehicle:
    """station: at which it stands, "" where it stands free. range_m: as it is now; fuel: 0 to 1 of the whole.
    until_s: when it has to be back, in epoch seconds. home: the station that it belongs to. plan: its own."""

    id: str
    point: Point
    type: str = ""
    reserved: bool = False
    disabled: bool = False
    reported_s: int | None = None
    web: str = ""
    android: str = ""
    ios: str = ""
    station: str = ""
    range_m: float | None = None
    fuel: float | None = None
    until_s: int | None = None
    home: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """From minute (or kilometre) `start`, to `end`, of a ride, `rate` for each `every` of them begun; every 0: once."""

    start: int
    rate: Decimal
    every: int
    end: int | None = None


@dataclass(frozen=True, slots=True)
class PricingPlan:
    """rates: by the minute; by_km: by the kilometre, added to them. taxed: False where a tax comes on top."""

    id: str
    name: str
    currency: str
    base: Decimal
    rates: tuple[Rate, ...] = ()
    by_km: tuple[Rate, ...] = ()
    taxed: bool = True
    description: str = ""

    def minor(self, minutes: float, km: float) -> int | None:
        """What a ride costs, in minor units; nobody is paid for riding."""
        paid = self.base + sum(_paid(rate, minutes) for rate in self.rates)
        return minor_units(max(Decimal(0), paid + sum(_paid(rate, km) for rate in self.by_km)), self.currency)


@dataclass(frozen=True)
class RentalSystem:
    """updated_s: epoch seconds of the counts, as the operator says. local: whether it is run for this territory.
    zones: None where the operator publishes none. docked: vehicles at stations of which more than their
    number is known. hours: in which one can hire, as OpenStreetMap writes them."""

    id: str
    name: str
    operator: str = ""
    url: str = ""
    purchase_url: str = ""
    phone: str = ""
    color: str = ""
    licence: str = ""
    local: bool | None = None
    updated_s: int | None = None
    types: tuple[VehicleType, ...] = ()
    stations: tuple[RentalStation, ...] = field(default=(), repr=False)
    vehicles: tuple[RentalVehicle, ...] = field(default=(), repr=False)
    plans: tuple[PricingPlan, ...] = ()
    docked: tuple[RentalVehicle, ...] = field(default=(), repr=False)
    hours: str = ""
    zones: RentalZones | None = field(default=None, repr=False)

    def stations_near(self, point: Point, within_m: float) -> list[RentalStation]:
        """The nearest first."""
        return [self.stations[row] for row in _near(point, within_m, self._station_degrees)]

    def vehicles_near(self, point: Point, within_m: float) -> list[RentalVehicle]:
        """The nearest first, without those that nobody can take."""
        found = [self.vehicles[row] for row in _near(point, within_m, self._vehicle_degrees)]
        return [vehicle for vehicle in found if not vehicle.reserved and not vehicle.disabled]

    def type(self, id: str) -> VehicleType:
        return next((kind for kind in self.types if kind.id == id), VehicleType(id))

    @property
    def main_type(self) -> VehicleType:
        """The one that speaks for the system where nobody says which vehicle it is."""
        return self.types[0] if self.types else VehicleType("")

    @cached_property
    def _station_degrees(self) -> tuple[np.ndarray, np.ndarray]:
        return _degrees([station.point for station in self.stations])

    @cached_property
    def _vehicle_degrees(self) -> tuple[np.ndarray, np.ndarray]:
        return _degrees([vehicle.point for vehicle in self.vehicles])


class RentalBoard(Protocol):
    """Who knows what is for hire now. Never raises, never blocks for more than a moment."""

    def systems(self) -> tuple[RentalSystem, ...]: ...


@dataclass(frozen=True, slots=True)
class FixedBoard:
    """A board that never changes."""

    known: tuple[RentalSystem, ...] = ()

    def systems(self) -> tuple[RentalSystem, ...]:
        return self.known


NO_RENTALS = FixedBoard()


def _paid(rate: Rate, ridden: float) -> Decimal:
    """ridden: minutes or kilometres."""
    last = ridden if rate.end is None else min(ridden, rate.end)
    if last <= rate.start:
        return Decimal(0)
    return rate.rate * (ceil((last - rate.start) / rate.every) if rate.every else 1)


def _degrees(points: list[Point]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([point.lat for point in points]), np.array([point.lon for point in points])


def _near(point: Point, within_m: float, degrees: tuple[np.ndarray, np.ndarray]) -> list[int]:
    metres = distances_m(point, *degrees)
    found = np.flatnonzero(metres <= within_m)
    rows: list[int] = found[np.argsort(metres[found], kind="stable")].tolist()
    return rows
