"""Ways by a Valhalla server. Where it does not answer, or knows no street near, the router behind it serves.

At most MOST_STOPS stops are asked about, those nearest in a straight line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mobility.geo import EARTH_RADIUS_M, Point, distance_m
from mobility.network.network import Network
from mobility.network.straight_line import StraightLine
from mobility.network.ways import Drawn, Reach, Step, StreetRouter, StreetWay
from mobility.streets.costs import FASTEST_KMH
from mobility.streets.footholds import FARTHEST_M
from mobility.streets.graph import Mode
from mobility.streets.lanes import OFF_STREET
from mobility.streets.valhalla import Document, ValhallaServer
from mobility.streets.valhalla_words import (
    NO_STREET_NEAR,
    NO_WAY,
    TOO_FAR,
    Matrix,
    ToldWay,
    costing,
    error_code,
    location,
    read_matrix,
    read_route,
)

Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]
T = TypeVar("T")

MOST_STOPS = 500
"""Valhalla's matrix costs about half a millisecond a stop, and its servers take no more than 2 500 unless told."""
APART_M = 1.0
"""Ends nearer than this to the streets are on them."""


class OnValhalla:
    """behind: who serves where Valhalla does not."""

    estimated = goes_straight = False

    def __init__(self, server: ValhallaServer, network: Network, behind: StreetRouter) -> None:
        self._server, self._behind = server, behind
        self._straight, self._stops = StraightLine(network), network.stops

    def access(self, point: Point, longest_s: int, speed_mps: float, mode: str = "WALK", inward: bool = False) -> Reach:
        fastest_mps = FASTEST_KMH / 3.6 if mode == Mode.CAR else speed_mps
        stops = self._straight.nearest(point, longest_s * fastest_mps, MOST_STOPS)
        if not len(stops):
            return self._behind.access(point, longest_s, speed_mps, mode, inward)
        matrix = self._matrix(point, stops, costing(mode, speed_mps), inward)
        if matrix is None or distance_m(point, matrix.here) > FARTHEST_M:
            return self._behind.access(point, longest_s, speed_mps, mode, inward)
        known = self._within(point, stops, matrix, (longest_s, _off_mps(mode, speed_mps)), mode)
        off_streets = stops[_apart_m(self._stops.lat[stops], self._stops.lon[stops], matrix) > FARTHEST_M]
        guesses = self._straight.access(point, longest_s, speed_mps, mode, inward)
        return known.with_guesses(guesses.among(off_streets))

    def towards(self, start: Point, ends: tuple[Point, ...], longest_s: int, speed_mps: float, mode: str) -> Reach:
        return self._behind.towards(start, ends, longest_s, speed_mps, mode)

    def has_street_at(self, stop: int) -> bool:
        return self._behind.has_street_at(stop)

    def direct(self, start: Point, end: Point) -> float | None:
        found = self.way(start, end, 2**30, 1.33)
        return None if found is None else float(found.metres)

    def way(self, start: Point, end: Point, longest_s: int, speed_mps: float, mode: str = "WALK") -> StreetWay | None:
        question = costing(mode, speed_mps) | {
            "locations": [location(start), location(end)],
            "units": "kilometers",
            "directions_type": "maneuvers",
        }
        answer = self._server.ask("route", question)
        code = self._refusal(answer)
        if code in (NO_WAY, TOO_FAR):
            return None
        told = self._read(read_route, answer) if answer is not None and not code else None
        if told is None or max(distance_m(start, told.line[0]), distance_m(end, told.line[-1])) > FARTHEST_M:
            return self._behind.way(start, end, longest_s, speed_mps, mode)
        if told.by_ferry or (mode == Mode.STEP_FREE and any(step.passage == "STAIRS" for step in told.steps)):
            return None
        way = _with_ends(told, start, end, _off_mps(mode, speed_mps), mode == Mode.STEP_FREE)
        return way if way.seconds <= longest_s else None

    def _matrix(self, point: Point, stops: Int32s, mover: Document, inward: bool) -> Matrix | None:
        here, there = [location(point)], [location(self._stops.point(stop)) for stop in stops.tolist()]
        ends = {"sources": there, "targets": here} if inward else {"sources": here, "targets": there}
        answer = self._server.ask("sources_to_targets", {**mover, **ends, "units": "kilometers"})
        if answer is None or self._refusal(answer):
            return None
        matrix = self._read(lambda document: read_matrix(document, inward), answer)
        if matrix is not None and len(matrix.seconds) != len(stops):
            self._server.rest("its matrix has another size")
            return None
        return matrix

    def _within(self, point: Point, stops: Int32s, matrix: Matrix, within: tuple[int, float], mode: str) -> Reach:
        """within: seconds, and the speed off streets. Where ferries are not shut out, nobody goes across water."""
        longest_s, off_mps = within
        off_m = _apart_m(self._stops.lat[stops], self._stops.lon[stops], matrix)
        seconds = np.ceil(matrix.seconds + (off_m + distance_m(point, matrix.here)) / off_mps).astype(np.int32)
        metres = np.rint(matrix.metres + off_m + distance_m(point, matrix.here)).astype(np.int32)
        open_way = (matrix.seconds >= 0) & (seconds <= longest_s) & (off_m <= FARTHEST_M)
        if not matrix.shuts_ferries:
            open_way &= self._straight.are_open(point, stops)
        unknown_m = metres[open_way] if mode == Mode.STEP_FREE else metres[:0]
        is_guess = np.zeros(int(open_way.sum()), bool)
        return Reach(stops[open_way], seconds[open_way], metres[open_way], is_guess, unknown_m)

    def _refusal(self, answer: Document | None) -> int:
        """The code of a refusal; 0 for an answer or none. Refusals that are not about the places are faults."""
        if answer is None:
            return 0
        code = self._read(error_code, answer)
        if code is None or code not in (0, NO_STREET_NEAR, NO_WAY, TOO_FAR):
            self._server.rest(f"it refuses with {code}")
        return -1 if code is None else code

    def _read(self, read: Callable[[Document], T], answer: Document) -> T | None:
        """None, and no further question for a while, where the answer is not Valhalla's."""
        try:
            return read(answer)
        except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
            self._server.rest(f"its answer cannot be read ({type(error).__name__})")
            return None


def _apart_m(lat: Floats, lon: Floats, matrix: Matrix) -> Floats:
    """Metres between places and where they meet the streets: short, so that the ground is flat."""
    north, east = matrix.lat - lat, (matrix.lon - lon) * np.cos(np.radians(lat))
    metres: Floats = np.hypot(north, east) * np.pi / 180 * EARTH_RADIUS_M
    return metres


def _off_mps(mode: str, speed_mps: float) -> float:
    """Between a point and the street one walks: bikes are pushed, cars are left."""
    return 1 / OFF_STREET[Mode.CAR] if mode == Mode.CAR else speed_mps / OFF_STREET[Mode(mode)]


def _with_ends(told: ToldWay, start: Point, end: Point, off_mps: float, asks_steps: bool) -> StreetWay:
    """With the pieces between the points and the streets. Of steps Valhalla says nothing sure: all is unknown."""
    before_m, after_m = distance_m(start, told.line[0]), distance_m(told.line[-1], end)
    before = (start,) if before_m > APART_M else ()
    after = (end,) if after_m > APART_M else ()
    steps = tuple(_later(step, len(before)) for step in told.steps)
    metres = round(told.metres + before_m + after_m)
    seconds = round(told.seconds + (before_m + after_m) / off_mps)
    drawn = Drawn((*before, *told.line, *after), steps)
    return StreetWay(seconds, metres, False, lambda: drawn, metres if asks_steps else None)


def _later(step: Step, by: int) -> Step:
    """The step, on a line that begins with so many more points."""
    first, last = step.first_point + by, step.last_point + by
    return Step(step.turn, step.passage, step.street, step.distance_m, first, last)
