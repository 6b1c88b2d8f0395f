"""What stands round the stops of a territory: measured once for each place, then known.

Only stops and places of the territory are remembered here, never where a traveller begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np

from mobility.geo import Point, distance_m, distances_m
from mobility.network.network import Network
from mobility.network.place import TerritoryPlace
from mobility.network.ways import StreetRouter
from mobility.places.nearby import Nearby, StraightWays, place_point
from mobility.routing.last_kilometre.option import LastKilometreRules, said
from mobility.routing.parks import ParkTable, park_table

KINDS = ("car_park", "taxi_rank", "carpool_point", "bike_shelter")


@dataclass(frozen=True, slots=True)
class NearPlace:
    """A place and the way to it on foot, which is as long as the way from it."""

    place: TerritoryPlace
    metres: int
    estimated: bool


Placed = tuple[TerritoryPlace, bool]
"""A place, and whether it lies in the town centre."""


@dataclass(frozen=True)
class Neighbourhood:
    network: Network
    streets: StreetRouter
    rules: LastKilometreRules
    _parks: dict[str, ParkTable] = field(default_factory=dict, repr=False)
    _at_stop: dict[int, tuple[NearPlace, ...]] = field(default_factory=dict, repr=False)
    _local: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    _round: dict[str, tuple[Placed, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def nearby(self) -> Nearby:
        return Nearby(self.network.places)

    @cached_property
    def ground(self) -> StraightWays:
        return StraightWays(self.network.terrain)

    @cached_property
    def has_hours(self) -> bool:
        """Whether any place says when it is open, or how long ahead it is to be booked."""
        return any(contact.hours or contact.notice for contact in map(said, self.network.places))

    def at_stop(self, stop: int) -> tuple[NearPlace, ...]:
        """The places that one can walk to from a stop, the nearest first. Threads may do the same work twice."""
        found = self._at_stop.get(stop)
        if found is None:
            found = self._at_stop[stop] = tuple(self._look(stop))
        return found

    def parks(self, mode: str) -> ParkTable:
        """mode: of the walks between car parks and stops, WALK or STEP_FREE."""
        table = self._parks.get(mode)
        if table is None:
            table = self._parks[mode] = park_table(self.network, self.rules.reach_m, mode)
        return table

    def at_door(self, door: Point) -> tuple[NearPlace, ...]:
        """The same round any point; straight lines."""
        near = self.nearby.around(door, self.rules.reach_m, KINDS)
        ways = self.ground.metres(door, [place_point(place) for place in near])
        return tuple(NearPlace(place, round(m), True) for place, m in zip(near, ways, strict=True) if m == m)

    def local_lines(self, centre: TerritoryPlace) -> tuple[int, ...]:
        """The lines that call in a town centre and never leave it by more than rules.centre_line_m."""
        known = self._local.get(centre.id)
        if known is None:
            known = self._local[centre.id] = tuple(self._lines_of(centre))
        return known

    def round_centre(self, centre: TerritoryPlace, kinds: Sequence[str]) -> tuple[Placed, ...]:
        """The places in and round a town centre, the nearest to its middle first. kinds: always the same ones."""
        known = self._round.get(centre.id)
        if known is None:
            within_m = self.rules.radius_m + self.rules.parking_m
            near = self.nearby.around(place_point(centre), within_m, kinds)
            known = tuple((place, self._holds(centre, place_point(place))) for place in near)
            self._round[centre.id] = known
        return known

    def _look(self, stop: int) -> Iterator[NearPlace]:
        """The shortest way first."""
        ways, places = self.network.place_ways, self.network.places
        here = self.network.stops.point(stop)
        for way in ways.of(stop).tolist():
            place = places[ways.place[way]]
            if place.kind in KINDS and distance_m(here, place_point(place)) <= self.rules.reach_m:
                yield NearPlace(place, int(ways.metres[way]), bool(ways.estimated[way]))

    def _lines_of(self, centre: TerritoryPlace) -> Iterator[int]:
        patterns, stops = self.network.patterns, self.network.stops
        distance = distances_m(place_point(centre), stops.lat, stops.lon)
        inside = self._inside(centre, distance)
        farthest: dict[int, float] = {}
        calls: set[int] = set()
        for pattern, (first, end) in enumerate(pairwise(patterns.first_position.tolist())):
            line, row = int(patterns.line[pattern]), patterns.stop[first:end]
            farthest[line] = max(farthest.get(line, 0.0), float(distance[row].max(initial=0.0)))
            if inside[row].any():
                calls.add(line)
        yield from (line for line in sorted(calls) if farthest[line] <= self.rules.centre_line_m)

    def _inside(self, centre: TerritoryPlace, distance: np.ndarray) -> np.ndarray:
        """Which stops lie in the town centre."""
        near = np.flatnonzero(distance <= self.rules.centre_line_m).tolist()
        held = [stop for stop in near if self._holds(centre, self.network.stops.point(stop))]
        inside = np.zeros(len(distance), bool)
        inside[np.array(held, np.int64)] = True
        return inside

    def _holds(self, centre: TerritoryPlace, point: Point) -> bool:
        return centre in self.nearby.holding(point, "town_centre", self.rules.radius_m)


def nearest(found: Sequence[NearPlace], kind: str, within_m: float) -> NearPlace | None:
    return next((one for one in found if one.place.kind == kind and one.metres <= within_m), None)
