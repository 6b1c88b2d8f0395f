"""Every stop that can be reached from one place in a given time (with arrive_by: from which the place is reached)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mobility.network.timetable import NEVER
from mobility.planning.trip_search import limits_of, search_date, searched_day
from mobility.routing.access import Doors
from mobility.routing.by_vehicle import manners
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.search import search
from mobility.search.search import Reach, SearchDay


@dataclass(frozen=True, slots=True)
class Reached:
    """at_s: when one gets to the stop, or must leave it. rides: the fewest with which it goes as fast."""

    stop: int
    duration_s: int
    rides: int
    at_s: int


def reach(territory: Territory, query: Query, longest_s: int) -> list[Reached]:
    """Stops in order of duration. The query's origin is the place; its destination does not matter."""
    found = _searched(territory, query)
    network, at_s = territory.network, query.at_s
    best: dict[int, Reached] = {}
    for node in np.flatnonzero(found.time_s != NEVER).tolist():
        duration_s = int(found.time_s[node])
        stop = int(network.node_stop[node])
        if duration_s <= longest_s and (stop not in best or duration_s < best[stop].duration_s):
            moment_s = at_s - duration_s if query.arrive_by else at_s + duration_s
            best[stop] = Reached(stop, duration_s, int(found.rides[node]), moment_s)
    return sorted(best.values(), key=lambda one: (one.duration_s, one.stop))


def _searched(territory: Territory, query: Query) -> Reach:
    """Durations by node, NEVER where there is no way: by whichever manner of getting to the first vehicle is best."""
    day = searched_day(territory, query, search_date(territory, query.at_s, query.arrive_by))
    first, *others = [_by(territory, query, day, both) for both in manners(territory, _with_one_end(query))]
    best = first
    for found in others:
        sooner = found.time_s < best.time_s
        best = Reach(np.where(sooner, found.time_s, best.time_s), np.where(sooner, found.rides, best.rides))
    return best


def _with_one_end(query: Query) -> Query:
    """Every stop is the other end: nobody has a vehicle there."""
    if query.arrive_by:
        return replace(query, walking=replace(query.walking, access_modes=("WALK",)))
    return replace(query, walking=replace(query.walking, egress_modes=("WALK",)))


def _by(territory: Territory, query: Query, day: SearchDay, both: Doors) -> Reach:
    at_s, limits = query.at_s - day.timetable.anchor_s, limits_of(territory, query, day)
    if query.arrive_by:
        found = search.reach_arriving(day, both.ends(), at_s, limits)
        return Reach(np.where(found.time_s == NEVER, NEVER, at_s - found.time_s), found.rides)
    found = search.reach(day, both.ends(), at_s, limits)
    early_s = np.zeros_like(found.time_s)
    if both.access.early_s is not None:
        early_s[both.access.node] = both.access.early_s
    # Who walks to the quay is there, however early for the boat.
    since_s = found.time_s - at_s - np.where(found.rides == 0, early_s, 0)
    return Reach(np.where(found.time_s == NEVER, NEVER, since_s), found.rides)
