"""Walks of an answer drawn on the map: only of what is shown, once the choice is made.

The search knows how long each walk takes; the line and the steps are looked up for the few that people see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from mobility.geo import Point
from mobility.network.streets import StreetRouter, StreetWay
from mobility.routing.access import on_foot
from mobility.routing.itinerary import Answer, Itinerary, Leg, RideLeg, WalkLeg
from mobility.routing.query import Query
from mobility.routing.territory import Territory

LONGER = 1.5
"""A walk is looked up within so many times the time it takes: in step-free search it may go round stairs."""


def drawn(territory: Territory, answer: Answer) -> Answer:
    """The answer with line and steps of each walk on streets."""
    if territory.streets.estimated:
        return answer
    pen = Pen(territory.streets, answer.query)
    return replace(answer, itineraries=pen.draw(answer.itineraries), direct=pen.draw(answer.direct))


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws each walk once, however many itineraries share it."""

    streets: StreetRouter
    query: Query
    known: dict[tuple[Point, Point], StreetWay | None] = field(default_factory=dict)

    def draw(self, itineraries: Iterable[Itinerary]) -> tuple[Itinerary, ...]:
        return tuple(replace(one, legs=tuple(map(self._leg, one.legs))) for one in itineraries)

    def _leg(self, leg: Leg) -> Leg:
        if isinstance(leg, RideLeg) or leg.line:
            return leg
        way = self._way(leg)
        return leg if way is None else replace(leg, estimated=False, line=way.line, steps=way.steps)

    def _way(self, leg: WalkLeg) -> StreetWay | None:
        """None where the leg is a guess, or a rule of the feed says how long the walk takes."""
        is_transfer = leg.start.stop >= 0 and leg.end.stop >= 0
        if leg.estimated and not is_transfer:
            return None
        ends = leg.start.point, leg.end.point
        if ends not in self.known:
            speed_mps, longest_s = self.query.walking.speed_mps, int((leg.arrival_s - leg.departure_s) * LONGER) + 60
            self.known[ends] = self.streets.way(*ends, longest_s, speed_mps, on_foot(self.query))
        way = self.known[ends]
        if way is None or way.estimated or (is_transfer and abs(way.metres - leg.distance_m) > 1):
            return None
        return way
