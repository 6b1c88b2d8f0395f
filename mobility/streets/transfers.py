"""Walks between stops on streets, found when a network is built."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mobility.network.footpaths import Walks, are_of_one_station, guessed_between, joined, walks_on_the_ground
from mobility.network.network import Stops
from mobility.network.terrain import Terrain
from mobility.streets.footholds import FARTHEST_M
from mobility.streets.graph import Mode, Streets
from mobility.streets.lanes import Lanes, Links
from mobility.streets.search import Search
from mobility.streets.trails import lengths_cm

Bools = NDArray[np.bool_]
Int32s = NDArray[np.int32]


class StreetWalks:
    """Walks on foot, or without a step, between the stops of a network."""

    def __init__(self, streets: Streets, stops: Stops, terrain: Terrain, mode: Mode = Mode.WALK) -> None:
        self._stops, self._terrain = stops, terrain
        self._rows = np.flatnonzero((stops.kind == 0) & ~np.isnan(stops.lat)).astype(np.int32)
        lanes = Lanes(streets, mode)
        self._search = Search(lanes)
        self._links = Links(lanes, [stops.point(stop) for stop in self._rows.tolist()], FARTHEST_M)
        self._place = np.full(len(stops), -1, np.int32)
        self._place[self._rows[self._links.is_linked]] = np.flatnonzero(self._links.is_linked)

    def near(self) -> Walks:
        """As far on streets as a straight line of terrain.longest_m is taken to be.

        Within a station one walks indoors, and to a stop without a street near one does as without streets: there the
        straight line remains.
        """
        stops, ground, ways = self._stops, walks_on_the_ground(self._stops, self._terrain), self._ways()
        indoors = are_of_one_station(stops, ways.start, ways.end)
        guessed = self._are_guessed(ground.start, ground.end) & self._are_dry(ground.start, ground.end)
        return joined(ground.taken(guessed), ways.taken(~indoors))

    def between(self, start: Int32s, end: Int32s) -> tuple[Walks, Bools]:
        """The walk of each pair, and whether there is one no longer than a straight line may be at most."""
        guessed, is_there = guessed_between(self._stops, self._terrain, start, end)
        is_there &= self._are_dry(start, end)
        seconds, metres = guessed.duration_s.copy(), guessed.distance_m.copy()
        longest_cm = 2 * self._longest_cm
        for row in np.flatnonzero(~self._are_guessed(start, end)).tolist():
            from_place, to_place = self._place[start[row]], self._place[end[row]]
            trail = self._search.trail(self._links.held[from_place], self._links.held[to_place], longest_cm)
            is_there[row] = trail is not None
            if trail is not None:
                seconds[row] = self._seconds(np.array([trail.cost]))[0]
                metres[row] = round(lengths_cm(self._search.lanes, trail)[0] / 100)
        return Walks(start, end, seconds, metres), is_there

    @property
    def _longest_cm(self) -> int:
        return int(self._terrain.longest_m * self._terrain.detour_factor * 100)

    def _are_guessed(self, start: Int32s, end: Int32s) -> Bools:
        off_streets = (self._place[start] < 0) | (self._place[end] < 0)
        return off_streets | are_of_one_station(self._stops, start, end)

    def _are_dry(self, start: Int32s, end: Int32s) -> Bools:
        """Whether no shore lies across on the straight line; within a station one need not ask."""
        lat, lon = self._stops.lat, self._stops.lon
        across = self._search.lanes.coast.lies_between((lat[start], lon[start]), (lat[end], lon[end]))
        return ~across | are_of_one_station(self._stops, start, end)

    def _seconds(self, cost: Int32s) -> Int32s:
        return np.maximum(np.ceil(cost / 100 / self._terrain.speed_mps), self._terrain.change_s).astype(np.int32)

    def _ways(self) -> Walks:
        start, found = [], []
        for place, holds in enumerate(self._links.held):
            reached = self._search.reach(holds, self._longest_cm, self._links)
            start.append(np.full(len(reached.place), self._rows[place], np.int32))
            found.append(np.stack([self._rows[reached.place], reached.cost, reached.length]))
        end, cost, length = np.concatenate([np.empty((3, 0), np.int32), *found], axis=1)
        starts = np.concatenate([np.empty(0, np.int32), *start])
        walks = Walks(starts, end, self._seconds(cost), np.rint(length / 100).astype(np.int32))
        return walks.taken(starts != end)
