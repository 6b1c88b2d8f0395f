"""Walks of up to half an hour between two vehicles, found where somebody asks: those between stops that the network
holds are of some hundred metres (docs/search.md).

Only where a stop is reached before another must be left a walk is looked for, and from the side that has fewer stops:
where no ride leads from the one side to the other, that is a handful. From either side the same walks are found, those
guessed round water, too (straight_line.py).
"""

from __future__ import annotations

from itertools import product
from math import cos, radians
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.geo import METRES_A_DEGREE
from mobility.network.footpaths import are_of_one_station
from mobility.network.network import Network, Stops
from mobility.network.point_index import PointIndex
from mobility.network.timetable import Footpaths, Int32s
from mobility.planning.long_walks import FARTHER_S
from mobility.routing.access import early_at_quay_s, on_foot, ways
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.search.search import SearchDay

Bools = NDArray[np.bool_]
Int64s = NDArray[np.int64]
SQUARE_MARGIN = 1.01
"""The earth is no ball, and a square is wider in the south than in the north."""
NOT_REACHED_S, NOT_LEFT_S = 2**40, -(2**40)


class FarWalks(NamedTuple):
    """One row a walk between two stops. early_s: and so long before the boat one is there."""

    start: Int32s
    end: Int32s
    seconds: Int32s
    metres: Int32s
    estimated: Bools
    early_s: Int32s

    def taken(self, rows: NDArray[np.generic]) -> FarWalks:
        return FarWalks(*(column[rows] for column in self))


NONE = np.empty(0, np.int32)
NO_WALKS = FarWalks(NONE, NONE, NONE, NONE, np.empty(0, bool), NONE)


class Sides(NamedTuple):
    """By stop, in seconds of one day, when one is there and until when one must be away."""

    reached_s: Int64s
    left_s: Int64s


def far_walks(territory: Territory, query: Query, searched: SearchDay, sides: Sides) -> FarWalks:
    """All between stops that the day has no walk for, and that lead to one in time; each pair once."""
    starts, ends = _pairs(territory.network.stops, sides, query.walking.speed_mps)
    inward = len(np.unique(ends)) < len(np.unique(starts))
    found = (
        _beyond(_of_stop(territory, query, stop, inward), territory.network, _known(searched, inward), stop)
        for stop in np.unique(ends if inward else starts).tolist()
    )
    every = FarWalks(*(np.concatenate(columns) for columns in zip(NO_WALKS, *found, strict=True)))
    in_time = sides.reached_s[every.start] + every.seconds + every.early_s <= sides.left_s[every.end]
    return every.taken(in_time)


def _known(searched: SearchDay, inward: bool) -> Footpaths:
    return searched.mirrored_footpaths if inward else searched.footpaths


def _pairs(stops: Stops, sides: Sides, speed_mps: float) -> tuple[Int32s, Int32s]:
    """Starts and ends between which a walk would be in time if it went straight."""
    starts, ends = _near_each_other(stops, sides, FARTHER_S * speed_mps)
    found, index = [(NONE, NONE)], PointIndex(stops.lat[ends], stops.lon[ends])
    for start in starts.tolist():
        rows, straight_m = index.measured(stops.point(start), FARTHER_S * speed_mps)
        in_time = sides.reached_s[start] + np.floor(straight_m / speed_mps) <= sides.left_s[ends[rows]]
        there = ends[rows[in_time]]
        found.append((np.full(len(there), start, np.int32), there))
    return np.concatenate([one for one, _ in found]), np.concatenate([one for _, one in found])


def _of_stop(territory: Territory, query: Query, stop: int, inward: bool) -> FarWalks:
    network = territory.network
    spot = stop_spot(network, stop)
    found = ways(territory, spot, FARTHER_S, query.walking.speed_mps, on_foot(query), inward)
    here, there = np.full(len(found), stop, np.int32), network.node_stop[found.node]
    start, end = (there, here) if inward else (here, there)
    early_s = early_at_quay_s(territory, end, found.seconds, found.estimated)
    walks = FarWalks(start, end, found.seconds, found.metres, found.estimated, early_s)
    return walks.taken(found.node == there)


def _beyond(walks: FarWalks, network: Network, known: Footpaths, stop: int) -> FarWalks:
    """Without those at the stop itself, at its station, and where one walks in any case. known: from the stop, be it
    in time or back in time."""
    rows = np.concatenate([known.of(node) for node in network.nodes(stop)]).astype(np.int64)
    usual = network.node_stop[known.to_stop[rows]]
    there = np.where(walks.start == stop, walks.end, walks.start)
    at_once = (there == stop) | are_of_one_station(network.stops, walks.start, walks.end)
    return walks.taken(~at_once & ~np.isin(there, usual))


def _near_each_other(stops: Stops, sides: Sides, farthest_m: float) -> tuple[Int32s, Int32s]:
    """The stops that are reached before others near them must be left, and those others: by squares, so that some may
    be too far, and none is missing."""
    located = ~np.isnan(stops.lat)
    starts = np.flatnonzero(located & (sides.reached_s < NOT_REACHED_S)).astype(np.int32)
    ends = np.flatnonzero(located & (sides.left_s > NOT_LEFT_S)).astype(np.int32)
    if not len(starts) or not len(ends):
        return starts[:0], ends[:0]
    squares = _squares(stops, np.concatenate([starts, ends]), farthest_m)
    of_start, of_end = squares[:, : len(starts)], squares[:, len(starts) :]
    shape = tuple(squares.max(axis=1) + 2)
    first_s, last_s = np.full(shape, NOT_REACHED_S), np.full(shape, NOT_LEFT_S)
    np.minimum.at(first_s, tuple(of_start), sides.reached_s[starts])
    np.maximum.at(last_s, tuple(of_end), sides.left_s[ends])
    in_time = sides.reached_s[starts] <= _of_nine(np.maximum, last_s)[tuple(of_start)]
    left_late = sides.left_s[ends] >= _of_nine(np.minimum, first_s)[tuple(of_end)]
    return starts[in_time], ends[left_late]


def _squares(stops: Stops, rows: Int32s, side_m: float) -> Int64s:
    """Row and column of each, from 1 on; a side is no shorter than that."""
    lat, lon = stops.lat[rows], stops.lon[rows]
    narrow = cos(radians(min(89.0, float(np.abs(lat).max()))))
    north, east = (lat - lat.min()) * METRES_A_DEGREE, (lon - lon.min()) * METRES_A_DEGREE * narrow
    return (np.stack([north, east]) / (side_m * SQUARE_MARGIN)).astype(np.int64) + 1


def _of_nine(best: np.ufunc, values: Int64s) -> Int64s:
    """Of each square and the eight round it."""
    out = values.copy()
    height, width = values.shape
    for down, right in product((0, 1, 2), repeat=2):
        inside = values[down : height - 2 + down, right : width - 2 + right]
        out[1:-1, 1:-1] = best(out[1:-1, 1:-1], inside)
    return out
