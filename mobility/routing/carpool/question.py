"""What one search for rides in drivers' cars is asked, and what it answers with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mobility.geo import Point, distance_m
from mobility.routing.access import Doors, on_foot
from mobility.routing.carpool.candidates import Candidates
from mobility.routing.carpool.meeting_ways import MeetingSurroundings, MeetingWays
from mobility.routing.carpool.rules import CarpoolRules
from mobility.routing.query import Query, Spot
from mobility.routing.stop_ways import Way
from mobility.routing.territory import Territory
from mobility.search.path import Path
from mobility.search.search import SearchDay, SearchLimits


class PickupPair(NamedTuple):
    """A ride that can be had. gets_in, gets_out: rows of the view's waypoints. in_s, out_s: epoch seconds.
    onward: the rest of the way by vehicles, None: on foot. walked: that at the other end, in seconds, None: ridden.
    early_s: so long before in_s one is there."""

    of: Candidates
    offer: int
    gets_in: int
    gets_out: int
    in_s: int
    out_s: int
    walked: int | None
    onward: Path | None
    moment_s: int
    early_s: int


@dataclass(frozen=True)
class Question:
    """All that one search for carpools needs."""

    territory: Territory
    query: Query
    doors: Doors
    day: SearchDay
    limits: SearchLimits
    rules: CarpoolRules

    @property
    def anchor_s(self) -> int:
        return self.day.timetable.anchor_s

    @property
    def n_nodes(self) -> int:
        return self.day.timetable.n_stops

    def boards_at(self, path: Path) -> int:
        """The node where its first ride begins."""
        day, first = self.day.timetable, path.rides[0]
        return int(day.position_stop[day.pattern_first_position[day.trip_pattern[first.trip]] + first.board])

    @cached_property
    def meeting_ways(self) -> MeetingWays:
        return self.territory.meeting_ways(on_foot(self.query))

    @cached_property
    def walked(self) -> dict[tuple[Point, bool], Way | None]:
        return {}

    def around(self, of: Candidates, point: int, offer: int) -> MeetingSurroundings:
        waypoint = of.view.offer(offer).waypoints[point - int(of.view.first[offer])]
        return self.meeting_ways.of(waypoint.meeting_point)

    def on_foot(self, around: MeetingSurroundings, inward: bool) -> Way | None:
        """From the origin, or inward to the destination; None where that is too far."""
        key = around.spot.point, inward
        if key not in self.walked:
            self.walked[key] = self._on_foot(around.spot, inward)
        return self.walked[key]

    def _on_foot(self, spot: Spot, inward: bool) -> Way | None:
        near = self.doors.egress if inward else self.doors.access
        if spot.stop in near:
            return near[spot.stop]
        walking, door = self.query.walking, self.query.destination if inward else self.query.origin
        longest_s = walking.egress_s if inward else walking.access_s
        if distance_m(door.point, spot.point) > longest_s * walking.speed_mps:
            return None
        if door.stop >= 0 and door.stop == spot.stop:
            return Way(0, 0)
        ends = (spot.point, door.point) if inward else (door.point, spot.point)
        way = self.territory.streets.way(*ends, longest_s, walking.speed_mps, on_foot(self.query))
        return None if way is None else Way(way.seconds, way.metres, way.estimated)
