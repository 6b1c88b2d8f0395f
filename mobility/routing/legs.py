"""From paths, which are numbers of one searched day, to itineraries that a passenger can follow.

An answer has dozens of rides, so what is the same for all of them is looked up column by column, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise, product
from typing import NamedTuple

from mobility.clock import days_after, service_day_start
from mobility.network.network import Network
from mobility.network.place_ways import PACES
from mobility.network.terrain import on_foot_s
from mobility.network.timetable import DayTimetable, Footpaths
from mobility.places.nearby import place_point
from mobility.routing.access import Doors, on_foot
from mobility.routing.changes import Along, at_best_stops
from mobility.routing.drawn import Drawing, is_guessed
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, WalkLeg, ride_leg, stop_spot
from mobility.routing.query import Query, Spot
from mobility.routing.ride_rows import ride_rows
from mobility.routing.stop_ways import Way
from mobility.routing.territory import Territory
from mobility.search.path import Path, Ride

LEG_MODE = {"BIKE": "BIKE", "CAR_DROPOFF": "CAR"}
DOOR = -1
"""Where a trip begins and ends, in place of a node."""


@dataclass(frozen=True, slots=True)
class Aboard:
    """A ride as legs (several where one stays seated as the vehicle goes on as another trip), with its two nodes."""

    legs: tuple[RideLeg, ...]
    board_node: int
    alight_node: int


class Walk(NamedTuple):
    """A way between two ends, whenever it is gone. after_s: it begins so long after getting out of the ride before it;
    at the origin (less than 0) so long before getting into the first one."""

    start: Spot
    end: Spot
    after_s: int
    way: Way
    mode: str
    drawing: Drawing

    def leg(self, at_s: int) -> WalkLeg:
        """at_s: of getting in or out."""
        start, end, after_s, (duration_s, distance_m, estimated, _), mode, drawing = self
        begins_s = at_s + after_s
        return WalkLeg(start, end, begins_s, begins_s + duration_s, distance_m, mode, estimated, drawing)


@dataclass(frozen=True, slots=True)
class ItineraryMaker:
    """What a path is told with: the day its numbers belong to, and the ways at the ends. The rest is remembered.

    walks: by both ends, nodes or the DOOR; each is asked for once, however many itineraries share it. changes: by both
    stops, the quickest walk between two rides."""

    territory: Territory
    query: Query
    day: DayTimetable
    footpaths: Footpaths
    doors: Doors
    spots: dict[int, Spot] = field(default_factory=dict)
    walks: dict[tuple[int, int], tuple[Walk, ...]] = field(default_factory=dict)
    changes: dict[tuple[int, int], tuple[Walk, ...] | None] = field(default_factory=dict)
    service_days: dict[tuple[int, int], tuple[date, int]] = field(default_factory=dict)

    def itineraries(self, paths: Sequence[Path]) -> list[Itinerary]:
        """paths: with a ride at least. Each is told with its changes at the best stops."""
        along = Along(self.day, self.footpaths, self.doors)
        return self.as_found(at_best_stops(self.territory, self.query, along, paths))

    def as_found(self, paths: Sequence[Path]) -> list[Itinerary]:
        """Each with its changes where it was found."""
        rides = list(dict.fromkeys(ride for path in paths for ride in path.rides))
        aboard = dict(zip(rides, self._aboard(rides), strict=True))
        return [self._itinerary(path, [aboard[ride] for ride in path.rides]) for path in paths]

    def between(self, start: int, end: int, at_s: int) -> list[WalkLeg] | None:
        """On foot from one stop to another as between two rides, beginning then: nothing at one stop, None where one
        does not walk so."""
        if start == end:
            return []
        if (start, end) not in self.changes:
            self.changes[start, end] = self._quickest(start, end)
        known = self.changes[start, end]
        return None if known is None else [walk.leg(at_s) for walk in known]

    def _quickest(self, start: int, end: int) -> tuple[Walk, ...] | None:
        network = self.territory.network
        pairs = [pair for pair in product(network.nodes(start), network.nodes(end)) if self._is_held(*pair)]
        return min((self._walks(*pair) for pair in pairs), key=_lasts_s, default=None)

    def _is_held(self, start: int, end: int) -> bool:
        walks = self.footpaths
        return end in walks.to_stop[int(walks.first[start]) : int(walks.first[start + 1])]

    def _itinerary(self, path: Path, rides: list[Aboard]) -> Itinerary:
        anchor_s = self.day.anchor_s
        return Itinerary(tuple(self._legs(rides)), anchor_s + path.departure_s, anchor_s + path.arrival_s)

    def _legs(self, rides: list[Aboard]) -> Iterator[Leg]:
        first, last = rides[0], rides[-1]
        yield from self._walked(DOOR, first.board_node, first.legs[0].departure_s)
        yield from first.legs
        for before, after in pairwise(rides):
            yield from self._walked(before.alight_node, after.board_node, before.legs[-1].arrival_s)
            yield from after.legs
        yield from self._walked(last.alight_node, DOOR, last.legs[-1].arrival_s)

    def _walked(self, start: int, end: int, at_s: int) -> list[WalkLeg]:
        """at_s: of getting into the first ride, later on out of the one before."""
        return [walk.leg(at_s) for walk in self._walks(start, end)]

    def _walks(self, start: int, end: int) -> tuple[Walk, ...]:
        known = self.walks.get((start, end))
        if known is None:
            known = self.walks[start, end] = tuple(self._asked(start, end))
        return known

    def _asked(self, start: int, end: int) -> Iterator[Walk]:
        if start == DOOR:
            return self._access(end)
        return self._egress(start) if end == DOOR else self._change(start, end)

    def _access(self, node: int) -> Iterator[Walk]:
        ways, start, end = self.doors.access, self.query.origin, self._spot(node)
        way, early_s = ways[node], ways.early(node)
        if ways.parked is not None:
            place, drive, walk = ways.parts(node)
            park = Spot(place_point(place), place.name)
            yield self._walk(start, park, -early_s - way.duration_s, drive, "CAR")
            yield self._walk(park, end, -early_s - walk.duration_s, walk, on_foot(self.query))
        elif ways.mode != "WALK":
            yield self._walk(start, end, -early_s - way.duration_s, way.without(ways.stay_s), LEG_MODE[ways.mode])
        elif way.duration_s or (way.distance_m and start.stop != end.stop):
            yield self._walk(start, end, -early_s - way.duration_s, way, on_foot(self.query))

    def _egress(self, node: int) -> Iterator[Walk]:
        ways, start, end = self.doors.egress, self._spot(node), self.query.destination
        way = ways[node]
        if ways.mode != "WALK":
            yield self._walk(start, end, 0, way, LEG_MODE[ways.mode])
        elif way.duration_s or (way.distance_m and end.stop != start.stop):
            yield self._walk(start, end, 0, way, on_foot(self.query))

    def _change(self, before: int, after: int) -> Iterator[Walk]:
        """The walk between two rides, without what else a change takes; none where both call at the same stop, or at
        stops that stand at one point."""
        start, end, territory = self._spot(before), self._spot(after), self.territory
        if start.stop == end.stop:
            return
        way = _footpath(self.footpaths, before, after)
        if way.distance_m or start.point != end.point:
            guessed = is_guessed(territory.network, territory.streets, start.stop, end.stop)
            mode = on_foot(self.query) if territory.network.knows_steps else "WALK"
            foot_s = on_foot_s(way.duration_s, way.distance_m, self.query.walking.speed_mps)
            yield self._walk(start, end, 0, way._replace(duration_s=foot_s, estimated=guessed), mode)

    def _walk(self, start: Spot, end: Spot, after_s: int, way: Way, mode: str) -> Walk:
        """mode: of streets. With steps or without, one walks."""
        drawing = self.doors.pen.of(start, end, way.duration_s, mode, way.estimated)
        return Walk(start, end, after_s, way, "WALK" if mode in PACES else mode, drawing)

    def _spot(self, node: int) -> Spot:
        spot = self.spots.get(node)
        if spot is None:
            network = self.territory.network
            spot = self.spots[node] = stop_spot(network, int(network.node_stop[node]))
        return spot

    def _aboard(self, rides: list[Ride]) -> Iterator[Aboard]:
        network = self.territory.network
        for ride, row in zip(rides, ride_rows(self.day, network, rides), strict=True):
            service_day, start_s = start = self._service_day(row.day, row.service)
            if ride.alight >= row.n_calls:
                yield Aboard(tuple(self._going_on(ride, row.trip, start)), row.board_node, row.alight_node)
                continue
            leg = RideLeg(
                network=network,
                trip=row.trip,
                pattern=row.pattern,
                line=row.line,
                first_call=row.first_call,
                service_day=service_day,
                day_start_s=start_s,
                board=ride.board,
                alight=ride.alight,
                departure_s=start_s + row.departure_s,
                arrival_s=start_s + row.arrival_s,
            )
            yield Aboard((leg,), row.board_node, row.alight_node)

    def _going_on(self, ride: Ride, trip: int, start: tuple[date, int]) -> Iterator[RideLeg]:
        """The legs of a ride on a vehicle that goes on as another trip."""
        network = self.territory.network
        board, alight, stays = ride.board, ride.alight, False
        while trip >= 0 and alight >= 0:
            length = _length(network, trip)
            if board < length:
                yield replace(ride_leg(network, trip, start, (board, min(alight, length - 1))), stays=stays)
                stays = True
            board, alight, trip = max(0, board - length), alight - length, int(network.trips.stays_as[trip])

    def _service_day(self, offset: int, service: int) -> tuple[date, int]:
        """The service day of a trip and its start in epoch seconds."""
        known = self.service_days.get((offset, service))
        if known is None:
            day = days_after(self.day.day, offset)
            start_s = service_day_start(day, self.territory.zone_of_service(service))
            known = self.service_days[offset, service] = day, start_s
        return known


def direct_itinerary(query: Query, mode: str, way: Way) -> Itinerary:
    """All the way without a vehicle, leaving or arriving when asked."""
    start_s = query.at_s - way.duration_s if query.arrive_by else query.at_s
    end_s = start_s + way.duration_s
    ends = query.origin, query.destination
    leg = WalkLeg(*ends, start_s, end_s, way.distance_m, mode, way.estimated, lambda: way.drawn)
    return Itinerary((leg,), start_s, end_s)


def _lasts_s(walks: Sequence[Walk]) -> int:
    return sum(walk.way.duration_s for walk in walks)


def _length(network: Network, trip: int) -> int:
    pattern = int(network.trips.pattern[trip])
    first = network.patterns.first_position
    return int(first[pattern + 1] - first[pattern])


def _footpath(footpaths: Footpaths, start: int, end: int) -> Way:
    first, after = int(footpaths.first[start]), int(footpaths.first[start + 1])
    ends = footpaths.to_stop[first:after].tolist()
    if end not in ends:
        raise LookupError(f"no footpath from node {start} to node {end}")
    index = first + ends.index(end)
    return Way(int(footpaths.duration_s[index]), int(footpaths.distance_m[index]))
