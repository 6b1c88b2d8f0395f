"""Walks between stops on streets, found when a network is built."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mobility.network.footpaths import Walks, are_of_one_station, joined, walks_on_the_ground
from mobility.network.network import Stops
from mobility.network.terrain import Terrain
from mobility.streets.graph import Mode, Streets
from mobility.streets.lanes import Lanes, Links
from mobility.streets.search import Search
from mobility.streets.snapping import FARTHEST_M

Bools = NDArray[np.bool_]


def walks_on_streets(streets: Streets, stops: Stops, terrain: Terrain) -> Walks:
    """As far on streets as a straight line of terrain.longest_m is taken to be.

    Within a station one walks indoors, and to a stop without a street near one does as without streets: there the
    straight line remains.
    """
    lanes = Lanes(streets, Mode.WALK)
    rows = np.flatnonzero((stops.kind == 0) & ~np.isnan(stops.lat)).astype(np.int32)
    links = Links(lanes, [stops.point(stop) for stop in rows.tolist()], FARTHEST_M)
    ground, ways = walks_on_the_ground(stops, terrain), _ways(lanes, links, rows, terrain)
    is_linked = np.zeros(len(stops), bool)
    is_linked[rows[links.is_linked]] = True
    indoors = are_of_one_station(stops, ways.start, ways.end)
    guessed = ~(is_linked[ground.start] & is_linked[ground.end]) | are_of_one_station(stops, ground.start, ground.end)
    return joined(ground.taken(guessed), ways.taken(~indoors))


def _ways(lanes: Lanes, links: Links, rows: NDArray[np.int32], terrain: Terrain) -> Walks:
    search, longest_cm = Search(lanes), int(terrain.longest_m * terrain.detour_factor * 100)
    start, found = [], []
    for place, holds in enumerate(links.held):
        reached = search.reach(holds, longest_cm, links)
        start.append(np.full(len(reached.place), rows[place], np.int32))
        found.append(np.stack([rows[reached.place], reached.cost, reached.length]))
    end, cost, length = np.concatenate([np.empty((3, 0), np.int32), *found], axis=1)
    seconds = np.maximum(np.ceil(cost / 100 / terrain.speed_mps), terrain.change_s).astype(np.int32)
    starts = np.concatenate([np.empty(0, np.int32), *start])
    walks = Walks(starts, end, seconds, np.rint(length / 100).astype(np.int32))
    return walks.taken(starts != end)
