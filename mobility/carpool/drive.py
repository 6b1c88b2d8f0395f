"""The way of an offer over the streets, or an estimate where no map knows one."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from mobility.carpool.draft import Drive
from mobility.carpool.offer import MeetingPoint, PointKind, Waypoint
from mobility.errors import InvalidQuery
from mobility.geo import distance_m
from mobility.network.streets import StreetRouter

LONGEST_S = 4 * 3600
DETOUR, MPS = 1.4, 12.0
"""Of an estimated drive in the country: beside the straight line, and on average (43 km/h)."""


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """Serves the ends of an offer and nothing between them."""

    streets: StreetRouter

    def __call__(self, start: MeetingPoint, end: MeetingPoint, longest_detour_s: int) -> Drive:
        metres, seconds, estimated = self._measured(start, end)
        if seconds > LONGEST_S:
            raise InvalidQuery("toPlace", "lies more than four hours of driving away")
        ends = ((start, 0, 0), (end, seconds, metres))
        served = [(place, s, m) for place, s, m in ends if place.kind is not PointKind.BLURRED]
        return Drive(tuple(Waypoint(place, s, m) for place, s, m in served), seconds, metres, estimated)

    def _measured(self, start: MeetingPoint, end: MeetingPoint) -> tuple[int, int, bool]:
        way = None if self.streets.estimated else self.streets.way(start.point, end.point, LONGEST_S, 1.0, "CAR")
        if way:
            return way.metres, way.seconds, way.estimated
        metres = round(distance_m(start.point, end.point) * DETOUR)
        return metres, ceil(metres / MPS), True
