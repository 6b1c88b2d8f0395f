"""Ways under one's own steam between any two points: a protocol, and its simplest router, the straight line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from math import ceil
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point, distance_m, distances_m
from mobility.network.day import mirrored_footpaths
from mobility.network.network import Network
from mobility.network.point_index import PointIndex
from mobility.network.round_barriers import RoundBarriers, around
from mobility.network.terrain import Barriers
from mobility.network.timetable import Footpaths

Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

CAR = "CAR"
AT_M = 0.5
"""Nearer than this a point is that of a stop."""


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Stops (rows of Network.stops, in no order) with the seconds and metres of the way to each.

    estimated: the way is no way on streets. unknown_m: of ground of which nobody knows whether it is free of steps;
    empty unless asked step-free.
    """

    stop: Int32s
    seconds: Int32s
    metres: Int32s
    estimated: Bools
    unknown_m: Int32s = field(default_factory=lambda: np.empty(0, np.int32))

    def among(self, stops: Int32s) -> Reach:
        """Those that are among the stops."""
        return self.taken(np.isin(self.stop, stops))

    def taken(self, row: Bools) -> Reach:
        unknown_m = self.unknown_m[row] if len(self.unknown_m) else self.unknown_m
        return Reach(self.stop[row], self.seconds[row], self.metres[row], self.estimated[row], unknown_m)

    def with_guesses(self, guessed: Reach) -> Reach:
        """These and other stops that are guessed: of them nobody knows whether a way has steps."""
        if not len(guessed.stop):
            return self
        unknown_m = np.concatenate([self.unknown_m, guessed.metres]) if len(self.unknown_m) else self.unknown_m
        return Reach(
            np.concatenate([self.stop, guessed.stop]),
            np.concatenate([self.seconds, guessed.seconds]),
            np.concatenate([self.metres, guessed.metres]),
            np.concatenate([self.estimated, guessed.estimated]),
            unknown_m,
        )


NOWHERE = Reach(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, bool))


class Turn(StrEnum):
    """Which way at the beginning of a step, seen from the one before."""

    DEPART = "DEPART"
    STRAIGHT = "STRAIGHT"
    SLIGHTLY_LEFT = "SLIGHTLY_LEFT"
    LEFT = "LEFT"
    SHARP_LEFT = "SHARP_LEFT"
    SLIGHTLY_RIGHT = "SLIGHTLY_RIGHT"
    RIGHT = "RIGHT"
    SHARP_RIGHT = "SHARP_RIGHT"
    BACK = "BACK"


class Passage(StrEnum):
    """What one goes along."""

    STREET = "STREET"
    STAIRS = "STAIRS"
    CROSSING = "CROSSING"


@dataclass(frozen=True, slots=True)
class Step:
    """street: its name, empty where it has none. Points first_point .. last_point (inclusive) of the way's line."""

    turn: Turn
    passage: Passage
    street: str
    distance_m: int
    first_point: int
    last_point: int


class Drawn(NamedTuple):
    line: tuple[Point, ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class StreetWay:
    """From one point to another. draw: for whoever looks at it; many ways are only measured. unknown_m: see Reach; None
    where nobody asked."""

    seconds: int
    metres: int
    estimated: bool
    draw: Callable[[], Drawn] = field(repr=False, compare=False)
    unknown_m: int | None = None

    @cached_property
    def _drawn(self) -> Drawn:
        return self.draw()

    @property
    def line(self) -> tuple[Point, ...]:
        return self._drawn.line

    @property
    def steps(self) -> tuple[Step, ...]:
        return self._drawn.steps


class StreetRouter(Protocol):
    """mode: WALK, STEP_FREE, BIKE or CAR, at speed_mps on level, even ground (by car that of the streets)."""

    @property
    def estimated(self) -> bool:
        """Whether metres are estimated, not measured on streets."""

    @property
    def goes_straight(self) -> bool:
        """Whether each way is nothing but the line between its ends, so that there is no more of it to draw."""

    def access(self, point: Point, longest_s: int, speed_mps: float, mode: str = "WALK", inward: bool = False) -> Reach:
        """The stops served by a line within longest_s of the point (inward: from which the point is as near)."""

    def has_street_at(self, stop: int) -> bool:
        """Whether ways from and to the stop (row of Network.stops) are ways on streets."""

    def towards(self, start: Point, ends: tuple[Point, ...], longest_s: int, speed_mps: float, mode: str) -> Reach:
        """Those of the ends within longest_s of the start; Reach.stop holds their numbers. Always the same few tuples
        of ends are asked for: what is known of them is kept."""

    def direct(self, start: Point, end: Point) -> float | None:
        """Metres on foot, None where there is no way."""

    def way(self, start: Point, end: Point, longest_s: int, speed_mps: float, mode: str = "WALK") -> StreetWay | None:
        """The way itself, None where there is none within longest_s."""


class StraightLine:
    """Straight lines times the detour factor, refused where a barrier lies across and no known walk leads round it.

    A query costs microseconds: an index of the stops and prepared barriers.
    """

    estimated = True

    @property
    def goes_straight(self) -> bool:
        return not self._barriers

    def __init__(self, network: Network, only: Int32s | None = None) -> None:
        """only: the stops that are found near a point, all that lines serve unless said otherwise."""
        stops, self._network = network.stops, network
        self._terrain, self._footpaths = network.terrain, network.footpaths
        self._barriers = Barriers.of(self._terrain)
        served = (stops.kind == 0) & (stops.modes != 0) & ~np.isnan(stops.lat)
        self._stop = self.stops = np.flatnonzero(served).astype(np.int32) if only is None else only
        self._lat, self._lon = stops.lat[self._stop], stops.lon[self._stop]
        self._index = PointIndex(self._lat, self._lon)

    def access(self, point: Point, longest_s: int, speed_mps: float, mode: str = "WALK", inward: bool = False) -> Reach:
        """Stops behind a barrier by a known walk from (inward: to) a stop beside them; not by car."""
        opened, blocked = self._on_straight_lines(point, longest_s, speed_mps)
        if not len(blocked) or mode == CAR:
            return opened
        found = self._around(point, (opened, blocked), (longest_s, speed_mps), inward)
        return opened.with_guesses(Reach(found.stop, found.seconds, found.metres, np.ones(len(found.stop), bool)))

    def _on_straight_lines(self, point: Point, longest_s: int, speed_mps: float) -> tuple[Reach, Int32s]:
        """Stops that one gets to, and those as near that lie behind a barrier."""
        longest_m = longest_s * speed_mps / self._terrain.detour_factor
        near = self._index.within(point, longest_m)
        straight_m = distances_m(point, self._lat[near], self._lon[near])
        is_near = straight_m <= longest_m
        near, straight_m = near[is_near], straight_m[is_near]
        across = self._are_across(point, self._lat[near], self._lon[near], straight_m)
        metres = straight_m[~across] * self._terrain.detour_factor
        seconds = np.ceil(metres / speed_mps).astype(np.int32)
        stop = self._stop[near]
        opened = Reach(stop[~across], seconds, np.round(metres).astype(np.int32), np.ones(len(metres), bool))
        return opened, stop[across]

    def _around(
        self, point: Point, stops: tuple[Reach, Int32s], limits: tuple[int, float], inward: bool
    ) -> RoundBarriers:
        """stops: those that are open, and those blocked. limits: seconds, and metres a second.

        Over a strait leads only a walk that somebody knows, which is one that lies across it, too: one beside it may be
        a guess, and two guesses make no way.
        """
        (opened, blocked), (longest_s, speed_mps) = stops, limits
        by_strait = blocked[self._are_straits(np.full((len(blocked), 2), [point.lon, point.lat]), blocked)]

        def may_lead(by: Int32s, to: Int32s) -> Bools:
            leads = np.isin(to, blocked)
            guessed = np.flatnonzero(leads & np.isin(to, by_strait))
            leads[guessed] = self._are_straits(self._lon_lat(by[guessed]), to[guessed])
            return leads

        footpaths = self._footpaths_back if inward else self._footpaths
        near = opened.stop, opened.seconds, opened.metres
        found = around(footpaths, near, may_lead, (self._terrain, speed_mps))
        return found.taken(found.seconds <= longest_s)

    def _are_straits(self, starts: Floats, ends: Int32s) -> Bools:
        return self._barriers.are_straits(starts, self._lon_lat(ends))

    def _lon_lat(self, stop: Int32s) -> Floats:
        return np.stack([self._network.stops.lon[stop], self._network.stops.lat[stop]], axis=1)

    def towards(self, start: Point, ends: tuple[Point, ...], longest_s: int, speed_mps: float, mode: str) -> Reach:
        if not ends:
            return NOWHERE
        lat, lon = np.array([[end.lat, end.lon] for end in ends]).T
        straight_m = distances_m(start, lat, lon)
        across = self._are_across(start, lat, lon, straight_m)
        metres = straight_m * self._terrain.detour_factor
        seconds = np.ceil(metres / speed_mps).astype(np.int32)
        near = np.flatnonzero((seconds <= longest_s) & ~across).astype(np.int32)
        return Reach(near, seconds[near], np.round(metres[near]).astype(np.int32), np.ones(len(near), bool))

    def nearest(self, point: Point, longest_m: float, most: int) -> Int32s:
        """Served stops within longest_m as the crow flies; where there are more than `most`, the nearest."""
        near = self._index.within(point, longest_m)
        if len(near) > most:
            near = near[np.argsort(distances_m(point, self._lat[near], self._lon[near]), kind="stable")[:most]]
        return self._stop[near]

    def are_open(self, point: Point, stops: Int32s) -> Bools:
        """Whether no barrier lies across on the line between the point and each of the stops."""
        near = np.searchsorted(self._stop, stops)
        return self.are_open_to(point, self._lat[near], self._lon[near])

    def are_open_to(self, point: Point, lat: Floats, lon: Floats) -> Bools:
        """The same of places."""
        return ~self._are_across(point, lat, lon, distances_m(point, lat, lon))

    def _are_across(self, point: Point, lat: Floats, lon: Floats, straight_m: Floats) -> Bools:
        if not self._barriers:
            return np.zeros(len(lat), bool)
        start = np.broadcast_to([point.lon, point.lat], (len(lat), 2))
        return self._barriers.lie_across(start, np.stack([lon, lat], 1), straight_m)

    def has_street_at(self, stop: int) -> bool:
        return False

    @cached_property
    def _footpaths_back(self) -> Footpaths:
        return mirrored_footpaths(self._footpaths)

    def direct(self, start: Point, end: Point) -> float | None:
        return self._open_m(start, end, distance_m(start, end))

    def _open_m(self, start: Point, end: Point, straight_m: float) -> float | None:
        columns = (np.array([one]) for one in (end.lat, end.lon, straight_m))
        if self._barriers and self._are_across(start, *columns)[0]:
            return None
        return straight_m * self._terrain.detour_factor

    def way(self, start: Point, end: Point, longest_s: int, speed_mps: float, mode: str = "WALK") -> StreetWay | None:
        straight_m = distance_m(start, end)
        if seconds_on_foot(straight_m * self._terrain.detour_factor, speed_mps) > longest_s:
            return None
        metres = self._open_m(start, end, straight_m)
        if metres is None:
            return None if mode == CAR else self._way_around(start, end, longest_s, speed_mps)
        return StreetWay(seconds_on_foot(metres, speed_mps), round(metres), True, partial(Drawn, (start, end)))

    def _way_around(self, start: Point, end: Point, longest_s: int, speed_mps: float) -> StreetWay | None:
        """As access: to a stop behind a barrier, or from one."""
        for point, there, inward in ((start, end, False), (end, start, True)):
            behind = self._stop[self._index.within(there, AT_M)]
            if len(behind):
                opened, _ = self._on_straight_lines(point, longest_s, speed_mps)
                found = self._around(point, (opened, behind), (longest_s, speed_mps), inward)
                if len(found.stop):
                    best = int(np.argmin(found.seconds))
                    line = start, self._network.stops.point(int(found.by[best])), end
                    return StreetWay(int(found.seconds[best]), int(found.metres[best]), True, partial(Drawn, line))
        return None


def seconds_on_foot(metres: float, speed_mps: float) -> int:
    return ceil(metres / speed_mps)
