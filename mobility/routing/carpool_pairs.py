"""The rides in drivers' cars that could help with one question: an offer, where to get in, where to get out, when.

What can bring nobody there in time is left out before anything is looked at closely.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.departures import Lack
from mobility.carpool.overlay import DayOffers, View
from mobility.carpool.pairs import METRES_A_DEGREE, pairs, promising
from mobility.clock import days_after, local_date
from mobility.geo import Point, distance_m
from mobility.routing.carpool_rules import CarpoolRules
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.travellers.profiles import StepFree

Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]
Int32s = NDArray[np.int32]
UInt8s = NDArray[np.uint8]
Running = tuple[Int64s, Int32s, Int32s, Int32s, UInt8s]
Offered = tuple[Int32s, Floats, Floats, Int32s, Int32s, UInt8s, UInt8s]

MOST_PAIRS = 20_000
NIGHT_S = 6 * 3600
"""A drive of yesterday evening may still be on its way."""
OFFER, GETS_IN, GETS_OUT, IN_S, OUT_S = range(5)
"""Columns of pairs."""


@dataclass(frozen=True, slots=True)
class Times:
    """Epoch seconds: leaving at the earliest, getting in at the latest, arriving at the latest."""

    earliest_s: int
    until_s: int
    latest_s: int


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The offers (rows) of one date to look at, with all their waypoints (rows)."""

    view: View
    day: date
    running: DayOffers
    offers: Int64s
    points: Int64s
    away_m: Floats
    nearer_m: float

    def metres_from(self, point: Point) -> Floats:
        """By row of points, in a straight line."""
        return _metres(self.view, self.points, point.lat, point.lon)

    def row_of(self, waypoints: Int64s) -> Int64s:
        """The rows of `points` that hold these."""
        return np.searchsorted(self.points, waypoints)

    def pairs(self, ready_s: Int64s, must_s: Int64s, party: int) -> Int64s:
        """ready_s, must_s: by row of `points`; see mobility/carpool/pairs.py."""
        ready, must = np.empty(len(self.view.lat), np.int64), np.empty(len(self.view.lat), np.int64)
        ready[self.points], must[self.points] = ready_s, must_s
        found = np.empty((MOST_PAIRS, 5), np.int64)
        nearest = self.away_m, self.nearer_m
        running, way = _running(self.view, self.running), _way(self.view)
        n_found = pairs(self.offers, running, way, ready, must, nearest, party, found)
        return found[:n_found]


def nearer_m(query: Query, rules: CarpoolRules) -> float:
    whole_m = distance_m(query.origin.point, query.destination.point)
    return max(rules.nearer_m, rules.nearer_share * whole_m)


def candidates(territory: Territory, query: Query, times: Times) -> list[Candidates]:
    """Of each date with drives at the time; none where nothing promises to help."""
    carpooling = territory.carpooling
    if carpooling is None:
        return []
    view, least_m = carpooling.overlay.latest(), nearer_m(query, carpooling.rules)
    if not view.offers or least_m > distance_m(query.origin.point, query.destination.point):
        return []
    found = (_of_day(territory, query, times, view, day) for day in _dates(territory, times))
    return [one for one in found if one is not None]


def _dates(territory: Territory, times: Times) -> list[date]:
    day, last = (local_date(at_s, territory.zone) for at_s in (times.earliest_s - NIGHT_S, times.until_s))
    dates = []
    while day <= last:
        dates.append(day)
        day = days_after(day, 1)
    return dates[:3]


def _of_day(territory: Territory, query: Query, times: Times, view: View, day: date) -> Candidates | None:
    carpooling = territory.carpooling
    assert carpooling is not None
    rules, running = carpooling.rules, carpooling.overlay.day(view, day)
    rows, score = np.empty(rules.looked_at, np.int64), np.empty(rules.looked_at, np.int64)
    start, end, least_m = query.origin.point, query.destination.point, nearer_m(query, rules)
    n_found = promising(
        _running(view, running), running.departures(view), _way(view), (start.lat, start.lon, end.lat, end.lon),
        (times.earliest_s, times.until_s, times.latest_s, carpooling.now()),
        (query.profile.party, int(needs(query)), rules.early_s, least_m, query.arrive_by), rows, score,
    )  # fmt: skip
    if not n_found:
        return None
    offers = np.sort(rows[:n_found])
    points = np.concatenate([np.arange(view.first[row], view.first[row + 1]) for row in offers])
    away_m = np.empty(len(view.lat))
    away_m[points] = _metres(view, points, end.lat, end.lon)
    return Candidates(view, day, running, offers, points.astype(np.int64), away_m, least_m)


def needs(query: Query) -> Lack:
    """What is known not to fit is left out; what must surely fit must be said to."""
    profile, found = query.profile, Lack(0)
    if query.step_free:
        found |= Lack.SURE_WHEELCHAIR if profile.step_free is StepFree.STRICT else Lack.WHEELCHAIR
    if query.with_bike:
        found |= Lack.SURE_BIKE
    return found | Lack.LUGGAGE if profile.luggage else found


def _metres(view: View, points: NDArray[np.generic], lat: float, lon: float) -> Floats:
    north = (view.lat[points] - lat) * METRES_A_DEGREE
    east = (view.lon[points] - lon) * METRES_A_DEGREE * np.cos(np.radians(lat))
    metres: Floats = np.hypot(north, east)
    return metres


def _running(view: View, day: DayOffers) -> Running:
    return day.start_s, view.flexible_s, day.detour_s, day.left, day.served


def _way(view: View) -> Offered:
    return view.first, view.lat, view.lon, view.after_s, view.detour_s, view.pickup, view.drop_off
