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

from mobility.geo import Point, distances_m
from mobility.money import minor_units
from mobility.rentals.zones import RentalZones


@dataclass(frozen=True, slots=True)
class VehicleType:
    """form, propulsion, returned: RentalFormFactor, RentalPropulsionType, RentalReturnConstraint of the MOTIS API.

    guessed: the operator does not say where it is to be returned.
    """

    id: str
    form: str = "BICYCLE"
    propulsion: str = "HUMAN"
    returned: str = "ANY_STATION"
    guessed: bool = True
    name: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class RentalStation:
    """vehicles, docks: free ones. by_type: vehicles, docks_by_type: docks, of vehicle types. web, android, ios: where
    to hire."""

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


@dataclass(frozen=True, slots=True)
class RentalVehicle:
    """A vehicle that stands free, not at a station."""

    id: str
    point: Point
    type: str = ""
    reserved: bool = False
    disabled: bool = False
    reported_s: int | None = None
    web: str = ""
    android: str = ""
    ios: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """From minute `start` (to minute `end`) of a ride, `rate` for each `every` minutes begun; every 0: once."""

    start: int
    rate: float
    every: int
    end: int | None = None


@dataclass(frozen=True, slots=True)
class PricingPlan:
    """by_distance: something is paid by the kilometre, too, so that a price by time alone says too little."""

    id: str
    name: str
    currency: str
    base: float
    rates: tuple[Rate, ...] = ()
    by_distance: bool = False
    description: str = ""

    def minor(self, minutes: float) -> int | None:
        """What a ride costs, in minor units; None where its length in kilometres matters."""
        if self.by_distance:
            return None
        return minor_units(Decimal(self.base + sum(_paid(rate, minutes) for rate in self.rates)), self.currency)


@dataclass(frozen=True)
class RentalSystem:
    """updated_s: epoch seconds of the counts, as the operator says. local: whether it is run for this territory.
    zones: None where the operator publishes none."""

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


def _paid(rate: Rate, minutes: float) -> float:
    last = minutes if rate.end is None else min(minutes, rate.end)
    if minutes <= rate.start or last <= rate.start:
        return 0.0
    return rate.rate * (ceil((last - rate.start) / rate.every) if rate.every else 1)


def _degrees(points: list[Point]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([point.lat for point in points]), np.array([point.lon for point in points])


def _near(point: Point, within_m: float, degrees: tuple[np.ndarray, np.ndarray]) -> list[int]:
    metres = distances_m(point, *degrees)
    found = np.flatnonzero(metres <= within_m)
    rows: list[int] = found[np.argsort(metres[found], kind="stable")].tolist()
    return rows
