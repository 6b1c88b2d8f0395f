"""Which vehicles are told of those that serve one answer equally well: the same ones, whichever engine found it.

A search proves a departure, an arrival and a number of rides. Often several rows of vehicles have these; which of them
an engine comes across first depends on the engine, on the window and on the direction of time. Here each answer is
looked up again by rounds, always in the same way: from its departure on always the first vehicle that can be
caught (RAPTOR's own choice), of equal ones that of the first pattern. What is known already leaves little to search:
nothing that arrives later than the answer is looked at, and where the shortcuts of the day say how much is at least
left to the destination, nothing that could only arrive later. Nor is what somebody who leaves later reaches as early
with as few rides: on the way of an answer, or of one that equals it, there is no such stop, else leaving later would
do, and it were no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from mobility.network.timetable import NEVER, Int32s
from mobility.search import engine
from mobility.search.engine import NO_LIMITS, KnownAnswers, SearchLimits
from mobility.search.labels import paths, turned_round
from mobility.search.path import Ends, Path
from mobility.search.searchday import SearchDay
from mobility.search.steps import MOST_RIDES


def chosen(day: SearchDay, ends: Ends, found: Sequence[Path], limits: SearchLimits = NO_LIMITS) -> list[Path]:
    """The same answers, in the same order, each with the vehicles that are always told for it.

    found: of a search of this day between these ends; no departure could be later with as few rides and the same
    arrival (else see `leaving_late`). An arrival becomes earlier where the search could not know it (arriving by).
    """
    by_departure = _by(found, lambda path: path.departure_s)
    if not by_departure:
        return list(found)
    worst_s = _worst_s([[(len(path.rides), path.arrival_s) for path in some] for some in by_departure.values()])
    with day.ahead.labels() as labels:
        known = KnownAnswers(worst_s, engine.least_left(day.ahead, ends, labels))
        n_found = engine.ride_each(day.ahead, ends, list(by_departure), _up_to(found, limits), labels, known)
        again = paths(labels.found[:n_found].tolist())
    told = {(path.departure_s, len(path.rides)): path for path in again}
    return [told.get((path.departure_s, len(path.rides)), path) for path in found]


def leaving_late(day: SearchDay, ends: Ends, found: Sequence[Path], limits: SearchLimits = NO_LIMITS) -> list[Path]:
    """The same answers, in the same order, each leaving as late as its arrival and its number of rides allow."""
    back = Ends(ends.egress_stop, ends.egress_s, ends.access_stop, ends.access_s, ends.walk_s)
    columns = day.timetable.pattern_first_position, day.timetable.pattern_first_trip, day.timetable.trip_pattern
    by_arrival = _by(found, lambda path: -path.arrival_s)
    if not by_arrival:
        return list(found)
    worst_s = _worst_s([[(len(path.rides), -path.departure_s) for path in some] for some in by_arrival.values()])
    with day.back.labels() as labels:
        known = KnownAnswers(worst_s, engine.least_left(day.back, back, labels))
        n_found = engine.ride_each(day.back, back, list(by_arrival), _up_to(found, limits), labels, known)
        again = paths(turned_round(labels.found[:n_found], *columns).tolist())
    latest = {(path.arrival_s, len(path.rides)): path for path in again}
    return [latest.get((path.arrival_s, len(path.rides)), path) for path in found]


def _by(found: Sequence[Path], time_s: Callable[[Path], int]) -> dict[int, list[Path]]:
    """The rides among them, by a time, the latest first."""
    grouped: dict[int, list[Path]] = {}
    for path in sorted(found, key=time_s, reverse=True):
        if path.rides:
            grouped.setdefault(time_s(path), []).append(path)
    return grouped


def _up_to(found: Sequence[Path], limits: SearchLimits) -> SearchLimits:
    return SearchLimits(max(len(path.rides) for path in found), limits.pattern_allowed, limits.until_ns)


def _worst_s(known: Sequence[Sequence[tuple[int, int]]]) -> Int32s:
    """By moment and number of rides, the first time that is worse than what is known of as many or more: what has taken
    so many and comes later is part of no answer that is looked for. Nor is, at whatever time, what takes more than
    all."""
    worst_s = []
    for of_moment in known:
        of_one = [-int(NEVER)] * (MOST_RIDES + 1)
        for n_rides, time_s in sorted(of_moment, reverse=True):
            of_one[: n_rides + 1] = [time_s + 1] * (n_rides + 1)
        worst_s.append(of_one)
    return np.array(worst_s, np.int32)
