"""The search as the planner sees it: a day, both ends, a moment or a window, limits; paths come back.

Every function may be called by several threads at once on the same SearchDay.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen
from mobility.network.day import Runs, compile_day
from mobility.network.timetable import NEVER, Footpaths, Int32s
from mobility.search import engine
from mobility.search.choice import chosen
from mobility.search.direct import direct_rides
from mobility.search.engine import NO_LIMITS, SearchLimits
from mobility.search.labels import earliest_of, on_foot, paths, turned_round
from mobility.search.path import Ends, Path
from mobility.search.searchday import Direction, SearchDay, accelerated, arrays, from_arrays, search_day, with_changes
from mobility.search.steps import MOST_RIDES

__all__ = [
    "MOST_RIDES", "Reach", "SearchDay", "SearchLimits", "accelerated", "arrays", "each", "each_arriving",
    "earliest",
    "from_arrays", "pareto", "pareto_arriving", "reach", "reach_arriving", "ridden", "ridden_arriving",
    "search_day", "toy_day", "warm_up", "window", "window_and_after", "window_arriving", "window_arriving_and_before",
    "with_changes",
]  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """By stop: when one gets there (NEVER: not at all; going back: when one must leave), and after how many rides."""

    time_s: Int32s
    rides: Int32s


def pareto(day: SearchDay, ends: Ends, departure_s: int, limits: SearchLimits = NO_LIMITS) -> list[Path]:
    """The earliest arrival for each number of rides worth taking, fewest rides first; leaving at departure_s or later.

    The walk all the way, where there is one, comes first, as the path without rides.
    """
    with day.ahead.labels() as labels:
        n_found = engine.leave_at(day.ahead, ends, departure_s, limits, labels)
        return _all_the_way(ends, departure_s) + paths(labels.found[:n_found].tolist())


def window(
    day: SearchDay, ends: Ends, earliest_s: int, latest_s: int, limits: SearchLimits = NO_LIMITS, waits: bool = False
) -> list[Path]:
    """The profile: every journey leaving in [earliest_s, latest_s) that no other dominates; latest departure first.

    One that leaves later, arrives as early and rides as little dominates, be it in the window or after it; so does
    walking all the way at the same time. waits: journeys after the window do not, and a first ride after it may be
    waited for from the moment at which another ride can just be caught: so the reference answers count.
    """
    if not waits:
        return window_and_after(day, ends, earliest_s, latest_s, limits)[0]
    with day.ahead.labels() as labels:
        n_found = engine.leave_within(day.ahead, ends, (earliest_s, latest_s), limits, labels, waits)
        return paths(labels.found[:n_found].tolist())


def window_and_after(
    day: SearchDay, ends: Ends, earliest_s: int, latest_s: int, limits: SearchLimits = NO_LIMITS
) -> tuple[list[Path], list[Path]]:
    """The window, and the best of leaving at latest_s or later, told as leaving then: it is searched in any case."""
    with day.ahead.labels() as labels:
        n_found = engine.leave_within(day.ahead, ends, (earliest_s, latest_s), limits, labels, waits=False)
        found = paths(labels.found[:n_found].tolist())
        return _parted(found, lambda path: path.departure_s < latest_s)


def pareto_arriving(day: SearchDay, ends: Ends, arrival_s: int, limits: SearchLimits = NO_LIMITS) -> list[Path]:
    """The latest departure for each number of rides worth taking; arriving at arrival_s or earlier."""
    with day.back.labels() as labels:
        n_found = engine.leave_at(day.back, _mirrored(ends), -arrival_s, limits, labels)
        return _all_the_way(ends, arrival_s - ends.walk_s) + _turned_round(day, labels.found[:n_found])


def window_arriving(
    day: SearchDay, ends: Ends, earliest_s: int, latest_s: int, limits: SearchLimits = NO_LIMITS
) -> list[Path]:
    """The profile of arrivals in [earliest_s, latest_s): as `window`, back in time; earliest arrival first."""
    return window_arriving_and_before(day, ends, earliest_s, latest_s, limits)[0]


def window_arriving_and_before(
    day: SearchDay, ends: Ends, earliest_s: int, latest_s: int, limits: SearchLimits = NO_LIMITS
) -> tuple[list[Path], list[Path]]:
    """The window, and the best of arriving sooner than at earliest_s, told as arriving a second before."""
    with day.back.labels() as labels:
        within = (1 - latest_s, 1 - earliest_s)
        n_found = engine.leave_within(day.back, _mirrored(ends), within, limits, labels, waits=False)
        return _parted(_turned_round(day, labels.found[:n_found]), lambda path: path.arrival_s >= earliest_s)


def _parted(found: list[Path], lies_within: Callable[[Path], bool]) -> tuple[list[Path], list[Path]]:
    """Those within, and those without."""
    return [path for path in found if lies_within(path)], [path for path in found if not lies_within(path)]


def each(day: SearchDay, ends: Ends, leaves_s: NDArray[np.int64], limits: SearchLimits = NO_LIMITS) -> list[Path]:
    """As `window`, where each row of the access is left at its own moment alone. access_s: from then on."""
    with day.ahead.labels() as labels:
        n_found = engine.leave_each(day.ahead, ends, leaves_s, limits, labels)
        return paths(labels.found[:n_found].tolist())


def each_arriving(
    day: SearchDay, ends: Ends, arrives_s: NDArray[np.int64], limits: SearchLimits = NO_LIMITS
) -> list[Path]:
    """The same back in time, by rows of the egress."""
    with day.back.labels() as labels:
        n_found = engine.leave_each(day.back, _mirrored(ends), -arrives_s, limits, labels)
        return _turned_round(day, labels.found[:n_found])


def earliest(day: SearchDay, ends: Ends, departure_s: int) -> int:
    """The earliest arrival, walking all the way included; NEVER if there is none."""
    with day.ahead.labels() as labels:
        n_found = engine.leave_at(day.ahead, ends, departure_s, NO_LIMITS, labels)
        return earliest_of(
            labels.found[:n_found], int(ends.walk_s) if ends.walk_s == NEVER else departure_s + ends.walk_s
        )


def reach(day: SearchDay, ends: Ends, departure_s: int, limits: SearchLimits = NO_LIMITS) -> Reach:
    """How early each stop is reached: by the way to it, by rides, or by rides and a walk. Egress does not matter."""
    return _reach(day.ahead, ends, departure_s, limits)


def reach_arriving(day: SearchDay, ends: Ends, arrival_s: int, limits: SearchLimits = NO_LIMITS) -> Reach:
    """How late each stop may be left to arrive by arrival_s; NEVER where that is not possible."""
    found = _reach(day.back, _mirrored(ends), -arrival_s, limits)
    return Reach(np.where(found.time_s == NEVER, NEVER, -found.time_s), found.rides)


def ridden(day: SearchDay, ends: Ends, departure_s: int, limits: SearchLimits = NO_LIMITS) -> Int32s:
    """By stop, when a ride gets there at the earliest, NEVER if none does: without a walk after it. Nor where one is at
    the egress sooner."""
    return _ridden(day.ahead, ends, departure_s, limits)


def ridden_arriving(day: SearchDay, ends: Ends, arrival_s: int, limits: SearchLimits = NO_LIMITS) -> Int32s:
    """By stop, when a ride must be caught there at the latest to arrive by arrival_s; -NEVER where none is."""
    return -_ridden(day.back, _mirrored(ends), -arrival_s, limits)


def warm_up() -> None:
    """Compile every kernel, or read it from the cache, by asking a toy of a day everything."""
    # Both stops at both ends, as one walks to the other: only ends with all their walks are searched by trips.
    day, ends = toy_day(), Ends(_row(0, 1), _row(0, 60), _row(1, 0), _row(0, 60), 60)
    for some_day in (accelerated(day, arriving=True), day):
        pareto(some_day, ends, 0)
        pareto_arriving(some_day, ends, 100)
        chosen(some_day, ends, window(some_day, ends, 0, 100))
        reach(some_day, ends, 0)
        earliest(some_day, ends, 0)
        direct_rides(some_day, ends, (0, 100), 1)


def toy_day() -> SearchDay:
    """One trip from stop 0 at 10 to stop 1 at 20."""
    flags, times = np.ones(2, np.uint8), np.array([10, 20], np.int32)
    runs = Runs(
        group_first_position=_row(0, 2),
        position_stop=_row(0, 1),
        position_boards=flags,
        position_alights=flags,
        trip_group=_row(0),
        trip_row=_row(0),
        trip_day=np.zeros(1, np.int8),
        trip_shift_s=_row(0),
        trip_first_call=_row(0),
        arrival=times,
        departure=times,
    )
    walks = Footpaths(_row(0, 1, 2), _row(1, 0), _row(60, 60), _row(80, 80), _row(0, 0))
    return search_day(compile_day(date(2000, 1, 1), 0, 2, runs), walks)


def _row(*numbers: int) -> Int32s:
    return np.array(numbers, np.int32)


def _ridden(direction: Direction, ends: Ends, departure_s: int, limits: SearchLimits) -> Int32s:
    with direction.labels() as labels:
        return engine.reach_from(direction, ends, departure_s, limits, labels)[0]


def _reach(direction: Direction, ends: Ends, departure_s: int, limits: SearchLimits) -> Reach:
    nowhere = Ends(ends.access_stop, ends.access_s, _row(), _row())
    with direction.labels() as labels:
        by_ride_s, by_ride = engine.reach_from(direction, nowhere, departure_s, limits, labels)
    time_s, rides = np.empty_like(by_ride_s), np.empty_like(by_ride)
    walks = direction.footpaths
    at_stop = _row(*ends.access_stop), ends.access_s + np.int32(departure_s)
    on_foot(by_ride_s, by_ride, *at_stop, walks.first, walks.to_stop, walks.duration_s, time_s, rides)
    return Reach(time_s, rides)


def _mirrored(ends: Ends) -> Ends:
    return Ends(ends.egress_stop, ends.egress_s, ends.access_stop, ends.access_s, ends.walk_s)


def _all_the_way(ends: Ends, departure_s: int) -> list[Path]:
    return [Path(departure_s, departure_s + ends.walk_s, ())] if ends.walk_s != NEVER else []


def _turned_round(day: SearchDay, found: Int32s) -> list[Path]:
    """Paths of the mirrored day as paths of the day."""
    timetable = day.timetable
    columns = timetable.pattern_first_position, timetable.pattern_first_trip, timetable.trip_pattern
    return paths(turned_round(found, *map(frozen, columns)).tolist())
