"""The streets of a territory with its stops: a StreetRouter that knows ways, and guesses where there are no streets."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point, distance_m
from mobility.network.modes import BOAT_MODE
from mobility.network.network import Network
from mobility.network.straight_line import StraightLine
from mobility.network.ways import NOWHERE, Drawn, Reach, StreetRouter, StreetWay
from mobility.streets.buckets import in_units
from mobility.streets.footholds import FARTHEST_M, LAT, LON, OFF
from mobility.streets.graph import E7, Mode, Streets
from mobility.streets.lanes import LEAST_COST, Lanes, Links
from mobility.streets.search import Foothold, Search, Trail
from mobility.streets.trails import lengths_cm, line_and_steps

Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]

MOST_COST = 2**30
ASHORE_M, MOST_NEAR = 300.0, 20
OWN_QUAY_M = 1000.0
ONLY_BOATS = 1 << BOAT_MODE
TABLES = 8
"""Of places that are kept linked to the streets, for `towards`."""
OFF_STREETS = Trail(*(Foothold(0.0, 0, Point(0.0, 0.0)),) * 2, (), 0)
ON_FOOT = (Mode.WALK, Mode.STEP_FREE)
CAR_SPEED_MPS = 1.0
"""Costs by car are times: a centisecond each."""


class OnStreets:
    """A stop or point farther than FARTHEST_M from all streets is reached by the straight line, and so marked."""

    estimated = goes_straight = False

    def __init__(self, streets: Streets, network: Network) -> None:
        self.streets, self.network = streets, network
        self._straight = StraightLine(network)
        self._stop = self._straight.stops
        self._points = [network.stops.point(stop) for stop in self._stop.tolist()]
        self._searching = cache(self._search)
        self._beyond = cache(self._look_beyond)
        self._linking = lru_cache(TABLES)(self._link)
        self._at_stops, self._quay_cm = frozenset(self._points), 100 * network.terrain.quay_m
        self._has_street = np.zeros(len(network.stops), bool)
        self._has_street[self.stops_on_streets] = True

    @property
    def stops_on_streets(self) -> Int32s:
        """Rows of the stops that have a street near."""
        rows: Int32s = self._stop[self._searching(Mode.WALK)[1].is_linked]
        return rows

    def access(self, point: Point, longest_s: int, speed_mps: float, mode: str = "WALK", inward: bool = False) -> Reach:
        search, links = self._searching(Mode(mode))
        holds = self._footholds(search, point)
        if not len(holds):
            return self._guessed(search, self._straight, point, (longest_s, speed_mps, mode, inward))
        unit = 100 * _speed(mode, speed_mps)
        found = search.reach(holds, min(MOST_COST, int(longest_s * unit)), links, inward)
        stop, seconds, metres, unknown_m = in_units(found.table, self._stop, unit)
        is_guess = np.zeros(len(stop), bool)
        known = Reach(stop, seconds, metres, is_guess, unknown_m if mode == Mode.STEP_FREE else unknown_m[:0])
        if links.all_linked:
            return known
        limits = longest_s, speed_mps, mode, inward
        return known.with_guesses(self._over_land(search, point, self._beyond(Mode(mode)).access(point, *limits)))

    def _guessed(
        self, search: Search, straight: StraightLine, point: Point, limits: tuple[int, float, str, bool]
    ) -> Reach:
        """What straight lines lead to that do not lead over water."""
        found = straight.access(point, *limits)
        # Whether one is at sea is asked of every piece of the coast: only where there is no foothold and it matters.
        if len(found.stop) and self._is_on_water(search.lanes, point):
            found = self._quays(search.lanes, point, found)
        return self._over_land(search, point, found)

    def _over_land(self, search: Search, point: Point, found: Reach) -> Reach:
        """Without the stops to which the straight line leads over water."""
        if not search.lanes.coast or not len(found.stop):
            return found
        stops = self.network.stops
        across = search.lanes.coast.lies_across(point, stops.lat[found.stop], stops.lon[found.stop])
        return found.taken(~across)

    def towards(self, start: Point, ends: tuple[Point, ...], longest_s: int, speed_mps: float, mode: str) -> Reach:
        """An end without a street near is not reached."""
        search, _ = self._searching(Mode(mode))
        holds = self._footholds(search, start)
        if not ends or (not len(holds) and self._is_on_water(search.lanes, start)):
            return NOWHERE
        if not len(holds):
            return self._straight.towards(start, ends, longest_s, speed_mps, mode)
        unit = 100 * _speed(mode, speed_mps)
        found = search.reach(holds, min(MOST_COST, int(longest_s * unit)), self._linking(Mode(mode), ends))
        rows = np.arange(len(ends), dtype=np.int32)
        end, seconds, metres, _ = in_units(found.table, rows, unit)
        return Reach(end, seconds, metres, np.zeros(len(end), bool))

    def has_street_at(self, stop: int) -> bool:
        return bool(self._has_street[stop])

    def direct(self, start: Point, end: Point) -> float | None:
        search, _ = self._searching(Mode.WALK)
        trail = self._trail(search, start, end, MOST_COST)
        if trail is OFF_STREETS:
            return self._straight.direct(start, end) if self._is_dry(search, start, end) else None
        return None if trail is None else float(round(lengths_cm(search.lanes, trail)[0] / 100))

    def way(self, start: Point, end: Point, longest_s: int, speed_mps: float, mode: str = "WALK") -> StreetWay | None:
        unit = 100 * _speed(mode, speed_mps)
        search, _ = self._searching(Mode(mode))
        trail = self._trail(search, start, end, min(MOST_COST, int(longest_s * unit)))
        if trail is None:
            return None
        if trail is OFF_STREETS:
            is_dry = self._is_dry(search, start, end)
            return self._straight.way(start, end, longest_s, speed_mps, mode) if is_dry else None
        length_cm, unknown_cm = lengths_cm(search.lanes, trail)
        unknown_m = round(unknown_cm / 100) if mode == Mode.STEP_FREE else None
        return StreetWay(
            ceil(trail.cost / unit), round(length_cm / 100), False, self._drawing(trail, start, end), unknown_m
        )

    def _is_dry(self, search: Search, start: Point, end: Point) -> bool:
        lanes = search.lanes
        if any(self._is_own_quay(lanes, *ends) for ends in ((start, end), (end, start))):
            return True
        if any(self._is_on_water(lanes, point) for point in (start, end)):
            return False
        return not lanes.coast.lies_across(start, np.array([end.lat]), np.array([end.lon]))[0]

    def _is_own_quay(self, lanes: Lanes, point: Point, quay: Point) -> bool:
        metres = distance_m(point, quay) * self.network.terrain.detour_factor
        if quay not in self._at_stops or not lanes.is_beyond(point) or metres > OWN_QUAY_M:
            return False
        return bool((self.network.stops.modes[self._straight.nearest(quay, 1.0, MOST_NEAR)] == ONLY_BOATS).any())

    def _drawing(self, trail: Trail, start: Point, end: Point) -> Callable[[], Drawn]:
        return lambda: Drawn(*line_and_steps(self.streets, trail, start, end))

    def _look_beyond(self, mode: Mode) -> StraightLine:
        """To the stops that have no street of the mode near."""
        return StraightLine(self.network, self._stop[~self._searching(mode)[1].is_linked])

    def _link(self, mode: Mode, ends: tuple[Point, ...]) -> Links:
        return Links(self._searching(mode)[0].lanes, ends, FARTHEST_M)

    def _trail(self, search: Search, start: Point, end: Point, bound: int) -> Trail | None:
        """OFF_STREETS where an end has no street near."""
        if distance_m(start, end) * 100 * LEAST_COST[search.lanes.mode] > bound + 1:
            return None
        holds = self._footholds(search, start), self._footholds(search, end)
        return search.trail(*holds, bound) if all(map(len, holds)) else OFF_STREETS

    def _footholds(self, search: Search, point: Point) -> Floats:
        """Nobody walks over water to the street on the other bank; but stops may lie off the edge of a quay."""
        holds = search.lanes.footholds(point)
        off_cm = holds[:, OFF].tolist()
        if not off_cm or max(off_cm) <= self._quay_cm:
            return holds
        if min(off_cm) > self._quay_cm and self._is_on_water(search.lanes, point):
            return holds[:0]
        if point in self._at_stops:
            return holds
        return holds[self._straight.are_open_to(point, holds[:, LAT] / E7, holds[:, LON] / E7)]

    def _is_on_water(self, lanes: Lanes, point: Point) -> bool:
        """Who gets to no street on foot gets to none by bike or car."""
        if not lanes.coast or point in self._at_stops:
            return False
        return self._searching(Mode.WALK)[0].lanes.is_cut_off(point) or self._is_at_sea(lanes, point)

    def _is_at_sea(self, lanes: Lanes, point: Point) -> bool:
        """Beyond the extract its last shore tells little: what lies in sight of it may be an island, unless somebody
        waits for a bus there (docs/decisions/0037)."""
        if not lanes.is_beyond(point):
            return lanes.coast.is_at_sea(point)
        near = self._straight.nearest(point, ASHORE_M, MOST_NEAR)
        return lanes.coast.is_in_sight(point) and not (self.network.stops.modes[near] & ~ONLY_BOATS).any()

    def _quays(self, lanes: Lanes, point: Point, found: Reach) -> Reach:
        """From an island beyond the extract one gets to the boats that call there."""
        if not lanes.is_beyond(point):
            return NOWHERE
        modes = self.network.stops.modes[found.stop]
        return found.taken((modes == ONLY_BOATS) & (found.metres <= OWN_QUAY_M))

    def _search(self, mode: Mode) -> tuple[Search, Links]:
        lanes = Lanes(self.streets, mode)
        search, links = Search(lanes), Links(lanes, self._points, FARTHEST_M)
        if mode in ON_FOOT:
            search.work_out(links)
        return search, links


def router_of(streets: Streets | None, network: Network) -> StreetRouter:
    """Where no streets are known, straight lines."""
    return OnStreets(streets, network) if streets else StraightLine(network)


def _speed(mode: str, speed_mps: float) -> float:
    return CAR_SPEED_MPS if mode == Mode.CAR else speed_mps
