"""Walks drawn on the map, one at a time and only when somebody looks.

The search knows how long each walk takes; the line and the steps are looked up for the few that are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from mobility.network.network import Network
from mobility.network.ways import StreetRouter, StreetWay
from mobility.routing.query import Spot

Drawing = Callable[[], StreetWay | None]

SPARE_S = 60
"""A way is looked up within the time it takes and so much more: times of walks are rounded."""


def not_drawn() -> None:
    """Of a walk that is a guess."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws each walk once, however many itineraries share it."""

    streets: StreetRouter
    speed_mps: float
    cycling_mps: float
    known: dict[tuple[Spot, Spot, str], StreetWay | None] = field(default_factory=dict)

    def of(self, start: Spot, end: Spot, duration_s: int, mode: str, estimated: bool = False) -> Drawing:
        """Of a guess where all is guessed, too, if it may lead round a barrier, and so be no line between its ends."""
        if self.streets.goes_straight or (estimated and not self.streets.estimated):
            return not_drawn
        return partial(self._way, start, end, duration_s + SPARE_S, mode)

    def _way(self, start: Spot, end: Spot, longest_s: int, mode: str) -> StreetWay | None:
        key = start, end, mode
        try:
            return self.known[key]
        except KeyError:
            speed_mps = self.cycling_mps if mode == "BIKE" else self.speed_mps
            way = self.streets.way(start.point, end.point, longest_s, speed_mps, mode)
            found = self.known[key] = None if way is None or is_bare(way) else way
            return found


def is_bare(way: StreetWay) -> bool:
    """Whether it is a guess that has nothing but its ends."""
    return way.estimated and len(way.line) <= 2


def is_guessed(network: Network, streets: StreetRouter, start: int, end: int) -> bool:
    """Whether the walk between two stops is none on streets: the network knew none, or has none near; or indoors."""
    if not network.terrain.on_streets or not (streets.has_street_at(start) and streets.has_street_at(end)):
        return True
    parent = network.stops.parent
    return bool(parent[start] >= 0 and parent[start] == parent[end])
