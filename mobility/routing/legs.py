"""From a path, which is numbers of one searched day, to the itinerary that a passenger can follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from mobility.clock import days_after, service_day_start
from mobility.network.network import Network
from mobility.network.timetable import DayTimetable, Footpaths
from mobility.routing.access import Doors, Way
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, WalkLeg, stop_spot
from mobility.routing.path import Path, Ride
from mobility.routing.query import Query
from mobility.routing.territory import Territory


@dataclass(frozen=True, slots=True)
class Telling:
    """What a path is told with: the day its numbers belong to, and the ways at the ends."""

    territory: Territory
    query: Query
    day: DayTimetable
    footpaths: Footpaths
    doors: Doors
    service_days: dict[tuple[int, str], tuple[date, int]] = field(default_factory=dict)

    def itinerary(self, path: Path) -> Itinerary:
        anchor_s = self.day.anchor_s
        legs = tuple(self._legs(path))
        return Itinerary(legs, anchor_s + path.departure_s, anchor_s + path.arrival_s)

    def _legs(self, path: Path) -> Iterator[Leg]:
        rides = [self._ride(ride) for ride in path.rides]
        first, last = self._node(path.rides[0], 0), self._node(path.rides[-1], 1)
        yield from self._access(rides[0][0], self.doors.access[first])
        for number, legs in enumerate(rides):
            if number:
                yield from self._change(path.rides[number - 1], path.rides[number], rides[number - 1][-1])
            yield from legs
        yield from self._egress(rides[-1][-1], self.doors.egress[last])

    def _access(self, ride: RideLeg, way: Way) -> Iterator[Leg]:
        start, end = self.query.origin, ride.start
        if way.duration_s or (way.distance_m and start.stop != end.stop):
            yield WalkLeg(start, end, ride.departure_s - way.duration_s, ride.departure_s, way.distance_m)

    def _egress(self, ride: RideLeg, way: Way) -> Iterator[Leg]:
        start, end = ride.end, self.query.destination
        if way.duration_s or (way.distance_m and start.stop != end.stop):
            yield WalkLeg(start, end, ride.arrival_s, ride.arrival_s + way.duration_s, way.distance_m)

    def _change(self, before: Ride, after: Ride, ride: RideLeg) -> Iterator[Leg]:
        """The walk between two rides; none where both call at the same stop."""
        network, out, into = self.territory.network, self._node(before, 1), self._node(after, 0)
        stop, next_stop = int(network.node_stop[out]), int(network.node_stop[into])
        if stop == next_stop:
            return
        way = _footpath(self.footpaths, out, into)
        start, end = stop_spot(network, stop), stop_spot(network, next_stop)
        yield WalkLeg(start, end, ride.arrival_s, ride.arrival_s + way.duration_s, way.distance_m)

    def _node(self, ride: Ride, end: int) -> int:
        pattern = self.day.trip_pattern[ride.trip]
        position = ride.alight if end else ride.board
        return int(self.day.position_stop[self.day.pattern_first_position[pattern] + position])

    def _ride(self, ride: Ride) -> list[RideLeg]:
        """One leg, or several where the vehicle goes on as another trip and one stays seated."""
        network, trip = self.territory.network, int(self.day.trip_row[ride.trip])
        offset = int(self.day.trip_day[ride.trip])
        board, alight, legs = ride.board, ride.alight, list[RideLeg]()
        while True:
            length = _length(network, trip)
            if board < length:
                service_day, start_s = self._service_day(offset, trip)
                stays = bool(legs)
                legs.append(RideLeg(network, trip, service_day, start_s, board, min(alight, length - 1), stays))
            if alight < length:
                return legs
            board, alight, trip = max(0, board - length), alight - length, int(network.trips.stays_as[trip])

    def _service_day(self, offset: int, trip: int) -> tuple[date, int]:
        """The service day of a trip and its start in epoch seconds."""
        zone = self.territory.service_zone(trip)
        known = self.service_days.get((offset, zone.key))
        if known is None:
            day = days_after(self.day.day, offset)
            known = self.service_days[offset, zone.key] = day, service_day_start(day, zone)
        return known


def direct_itinerary(query: Query, mode: str, way: Way) -> Itinerary:
    """All the way without a vehicle, leaving or arriving when asked."""
    start_s = query.at_s - way.duration_s if query.arrive_by else query.at_s
    end_s = start_s + way.duration_s
    leg = WalkLeg(query.origin, query.destination, start_s, end_s, way.distance_m, mode)
    return Itinerary((leg,), start_s, end_s)


def _length(network: Network, trip: int) -> int:
    pattern = int(network.trips.pattern[trip])
    first = network.patterns.first_position
    return int(first[pattern + 1] - first[pattern])


def _footpath(footpaths: Footpaths, start: int, end: int) -> Way:
    for index in footpaths.of(start):
        if footpaths.to_stop[index] == end:
            return Way(int(footpaths.duration_s[index]), int(footpaths.distance_m[index]))
    raise LookupError(f"no footpath from node {start} to node {end}")
