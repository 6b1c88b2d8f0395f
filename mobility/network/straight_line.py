"""The simplest router: ways as the crow flies, times a detour, round what lies across."""

from __future__ import annotations

from functools import cached_property, partial
from math import ceil

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point, distance_m, distances_between_m, distances_m
from mobility.network.day import mirrored_footpaths
from mobility.network.network import Network
from mobility.network.point_index import PointIndex
from mobility.network.round_barriers import NO_WAY_ROUND, RoundBarriers, around, both, quickest
from mobility.network.terrain import Barriers
from mobility.network.timetable import Footpaths
from mobility.network.ways import CAR, NOWHERE, Drawn, Reach, StreetWay

Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

AT_M = 0.5
"""Nearer than this a point is that of a stop."""


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
        """Stops behind a barrier by a known walk from (inward: to) a stop beside them, or from the point where that is
        one itself; not by car."""
        opened, blocked = self._on_straight_lines(point, longest_s, speed_mps)
        if not len(blocked) or mode == CAR:
            return opened
        limits = longest_s, speed_mps
        found = self._around(point, (opened, blocked), limits, inward)
        here = self._stop[self._index.within(point, AT_M)]
        if len(here):
            found = quickest(both(found, self._onward(here, blocked, limits, inward)))
        return opened.with_guesses(Reach(found.stop, found.seconds, found.metres, np.ones(len(found.stop), bool)))

    def _on_straight_lines(self, point: Point, longest_s: int, speed_mps: float) -> tuple[Reach, Int32s]:
        """Stops that one gets to, and those as near that lie behind a barrier."""
        near, straight_m = self._index.measured(point, longest_s * speed_mps / self._terrain.detour_factor)
        stop = self._stop[near]
        if self.goes_straight:
            return self._opened(stop, straight_m, speed_mps), stop[:0]
        across = self._are_across(point, self._lat[near], self._lon[near], straight_m)
        return self._opened(stop[~across], straight_m[~across], speed_mps), stop[across]

    def _opened(self, stop: Int32s, straight_m: Floats, speed_mps: float) -> Reach:
        metres = straight_m * self._terrain.detour_factor
        seconds = np.ceil(metres / speed_mps).astype(np.int32)
        return Reach(stop, seconds, np.round(metres).astype(np.int32), np.ones(len(metres), bool))

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

    def _onward(self, here: Int32s, blocked: Int32s, limits: tuple[int, float], inward: bool) -> RoundBarriers:
        """As _around, seen from the other end: by a known walk from the stops that one is at, and straight on."""
        footpaths, (longest_s, speed_mps) = self._footpaths_back if inward else self._footpaths, limits
        none, pace = np.zeros(len(here), np.int32), (self._terrain, speed_mps)
        walks = around(footpaths, (here, none, none), lambda _, to: np.isin(to, self._stop), pace)
        on_m = self._terrain.detour_factor * distances_between_m(self._lon_lat(walks.stop), self._lon_lat(blocked))
        seconds = walks.seconds[:, None] + np.ceil(on_m / speed_mps).astype(np.int32)
        row, end = np.nonzero(seconds <= longest_s)
        leads = self._lead_on(here[:1], walks.stop[row], blocked[end], on_m[row, end])
        row, end = row[leads], end[leads]
        metres = walks.metres[row] + np.round(on_m[row, end]).astype(np.int32)
        return RoundBarriers(blocked[end], walks.stop[row], seconds[row, end], metres)

    def _lead_on(self, here: Int32s, by: Int32s, to: Int32s, on_m: Floats) -> Bools:
        """Whether nothing lies across between `by` and `to`, and over a strait a walk leads that somebody knows."""
        at, starts, ends = np.repeat(self._lon_lat(here), len(by), axis=0), self._lon_lat(by), self._lon_lat(to)
        leads = ~self._barriers.lie_across(starts, ends, on_m / self._terrain.detour_factor)
        over = np.flatnonzero(leads & self._barriers.are_straits(at, ends))
        leads[over] = self._are_straits(at[over], by[over])
        return leads

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
        """As access: to a stop behind a barrier, or from one, whichever is quicker."""
        limits = longest_s, speed_mps
        found = both(self._to_stop_at(start, end, limits, False), self._to_stop_at(end, start, limits, True))
        if not len(found.stop):
            return None
        best = int(np.argmin(found.seconds))
        line = start, self._network.stops.point(int(found.by[best])), end
        return StreetWay(int(found.seconds[best]), int(found.metres[best]), True, partial(Drawn, line))

    def _to_stop_at(self, point: Point, there: Point, limits: tuple[int, float], inward: bool) -> RoundBarriers:
        behind = self._stop[self._index.within(there, AT_M)]
        if not len(behind):
            return NO_WAY_ROUND
        opened, _ = self._on_straight_lines(point, *limits)
        return self._around(point, (opened, behind), limits, inward)


def seconds_on_foot(metres: float, speed_mps: float) -> int:
    return ceil(metres / speed_mps)
