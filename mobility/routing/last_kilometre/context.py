"""What the ways of the last kilometre are told with: one end of a trip, what stands round it, and when one is there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil, isnan
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mobility.clock import QUARTER_S
from mobility.geo import Point
from mobility.impact import Factors
from mobility.network.place import TerritoryPlace
from mobility.places.hours import is_open
from mobility.rentals.rules import is_closed
from mobility.rentals.systems import RentalStation, RentalSystem, RentalVehicle
from mobility.routing.last_kilometre.option import (
    End,
    LastKilometreRules,
    Parking,
    said,
)
from mobility.routing.neighbourhood import NearPlace, Neighbourhood
from mobility.routing.query import Walking

FRESH_S = 3600
"""What is free for hire now is said of who is there within this time."""
M_PER_KM = 1000.0
LONGEST_DRIVE_S = 3600


class TripEnd(NamedTuple):
    """One end of an itinerary. walk_s, walk_m: the way on foot as the itinerary has it. step_free: of that way and the
    stop together; smooth_s, smooth_m: of the way without steps, which may be another one. bikes: whether every vehicle
    of the itinerary takes them (None: somebody does not say)."""

    end: End
    door: Point
    stop: int
    stop_point: Point
    walk_s: int
    walk_m: int
    estimated: bool
    step_free: bool | None
    smooth_s: int
    smooth_m: int
    bikes: bool | None

    @property
    def start(self) -> Point:
        return self.door if self.end is End.ACCESS else self.stop_point

    @property
    def goal(self) -> Point:
        return self.stop_point if self.end is End.ACCESS else self.door


class Drive(NamedTuple):
    """By car. estimated: not on streets."""

    metres: float
    seconds: int
    estimated: bool


@dataclass(frozen=True, slots=True)
class WaysContext:
    """What the ways of one answer are told with. now_s, at_s: epoch seconds, now and the beginning of the quarter of an
    hour in which one is there; zone: of the place. straight_m: of the whole trip. has_hours: whether it matters when
    one is there. party: how many travel. rides_bikes: whether one gets on a bike at all. measured and the like: what
    was found so far, for this answer alone."""

    around: Neighbourhood
    systems: tuple[RentalSystem, ...]
    factors: Factors
    walking: Walking
    now_s: int
    at_s: int
    zone: ZoneInfo
    straight_m: float
    has_hours: bool
    party: int = 1
    rides_bikes: bool = True
    measured: dict[tuple[Point, Point], float] = field(default_factory=dict)
    drives: dict[tuple[Point, Point], Drive | None] = field(default_factory=dict)
    round_doors: dict[Point, tuple[NearPlace, ...]] = field(default_factory=dict)
    stations: dict[tuple[str, Point], list[RentalStation]] = field(default_factory=dict)
    vehicles: dict[tuple[str, Point], list[RentalVehicle]] = field(default_factory=dict)
    parkings: dict[tuple[str, str, Point], Parking] = field(default_factory=dict)

    @property
    def rules(self) -> LastKilometreRules:
        return self.around.rules

    @property
    def fresh(self) -> bool:
        """Whether what is free for hire now says something about then."""
        return abs(self.at_s - self.now_s) <= FRESH_S

    @property
    def at(self) -> datetime:
        """By the clocks of the place."""
        return datetime.fromtimestamp(self.at_s, self.zone)

    @property
    def until_s(self) -> int:
        """The last second of the quarter: what closes within it is not promised."""
        return self.at_s + QUARTER_S - 1

    @property
    def edges(self) -> tuple[datetime, datetime]:
        return self.at, datetime.fromtimestamp(self.until_s, self.zone)

    def at_another(self, at_s: int) -> WaysContext:
        """The same, with all that was measured; where one may park changes with the hour."""
        return replace(self, at_s=at_s, parkings={})

    def is_closed(self, place: TerritoryPlace) -> bool:
        """Known to be closed then."""
        return any(is_open(said(place).hours, at) is False for at in self.edges)

    def is_for_hire(self, system: RentalSystem, station: RentalStation | None = None) -> bool:
        """Not known to be closed then."""
        return not any(is_closed(system, station, at) for at in self.edges)

    def walk_s(self, metres: float) -> int:
        return ceil(metres / self.walking.speed_mps)

    def metres(self, start: Point, end: Point) -> float | None:
        """By the straight line times a factor; None where water lies across."""
        metres = self.measured.get((start, end))
        if metres is None:
            metres = self.measured[start, end] = self.around.ground.metres(start, [end])[0]
        return None if isnan(metres) else metres

    def drive(self, start: Point, end: Point) -> Drive | None:
        """On streets where they are known; None where no road leads there."""
        if (start, end) not in self.drives:
            self.drives[start, end] = self._look(start, end)
        return self.drives[start, end]

    def _look(self, start: Point, end: Point) -> Drive | None:
        if self.around.streets.estimated:
            metres = self.metres(start, end)
            return None if metres is None else Drive(metres, ceil(metres / self.rules.driving_mps), True)
        way = self.around.streets.way(start, end, LONGEST_DRIVE_S, self.rules.driving_mps, "CAR")
        return None if way is None else Drive(way.metres, way.seconds, way.estimated)

    def at_door(self, door: Point) -> tuple[NearPlace, ...]:
        found = self.round_doors.get(door)
        if found is None:
            found = self.round_doors[door] = self.around.at_door(door)
        return found

    def stations_near(self, system: RentalSystem, point: Point) -> list[RentalStation]:
        found = self.stations.get((system.id, point))
        if found is None:
            found = self.stations[system.id, point] = system.stations_near(point, self.rules.reach_m)
        return found

    def co2e_g(self, mode: str, metres: float | None) -> float | None:
        per_km = self.factors.of(mode).co2e_g
        return None if per_km is None or metres is None else round(per_km * metres / M_PER_KM, 1)
