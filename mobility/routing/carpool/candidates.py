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
from mobility.carpool.prefilter import promising
from mobility.clock import days_after, local_date
from mobility.geo import distance_m
from mobility.routing.carpool.rules import CarpoolRules
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.travellers.profiles import StepFree

Int64s = NDArray[np.int64]

NIGHT_S = 6 * 3600
"""A drive of yesterday evening may still be on its way."""


@dataclass(frozen=True, slots=True)
class Times:
    """Epoch seconds: leaving at the earliest, getting in at the latest, arriving at the latest. known: departure and
    arrival of what there is without a car and with one change at the most, which is as few as with one."""

    earliest_s: int
    until_s: int
    latest_s: int
    known: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The offers (rows) of one date to look at, in ascending order."""

    view: View
    day: date
    running: DayOffers
    offers: Int64s
    nearer_m: float


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
        running.departures(view), view.waypoints, running.stretches, (start.lat, start.lon, end.lat, end.lon),
        (times.earliest_s, times.until_s, times.latest_s, carpooling.now()),
        (query.profile.party, int(needs(query)), rules.early_s, least_m, query.arrive_by), rows, score,
    )  # fmt: skip
    return Candidates(view, day, running, np.sort(rows[:n_found]), least_m) if n_found else None


def needs(query: Query) -> Lack:
    """What is known not to fit is left out; what must surely fit must be said to."""
    profile, found = query.profile, Lack(0)
    if query.step_free:
        found |= Lack.SURE_WHEELCHAIR if profile.step_free is StepFree.STRICT else Lack.WHEELCHAIR
    if query.with_bike:
        found |= Lack.SURE_BIKE
    return found | Lack.LUGGAGE if profile.luggage else found
