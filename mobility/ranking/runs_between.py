"""What the timetable has between the departures of a list: whether anything else goes the same way in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mobility.clock import days_after, service_day_start
from mobility.network.live import LiveNetwork
from mobility.network.network import Network
from mobility.routing.departures import NOT_POSSIBLE
from mobility.routing.itinerary import Itinerary, RideLeg


def none_between(groups: Sequence[Sequence[Itinerary]]) -> list[bool]:
    """Of each group of itineraries of one way, whether nothing else goes that way between its first and its last: one
    of its rides has no other run in between. Without a ride of the timetable nobody knows."""
    rides = [list(zip(*(one.rides for one in group), strict=True)) for group in groups]
    return [any(not _others(same) for same in group) for group in rides]


def _others(same: Sequence[RideLeg]) -> bool:
    """Whether another run of the line leaves there, to where these get out, after the first and before the last."""
    taken_s = {ride.departure_s for ride in same}
    return any(not taken_s.issuperset(moments_s) for moments_s in _between(same, min(taken_s), max(taken_s)))


def _between(same: Sequence[RideLeg], from_s: int, until_s: int) -> Iterator[list[int]]:
    network, services = same[0].network, same[0].network.services
    zone = ZoneInfo(network.zones[int(services.zone[network.trips.service[same[0].trip]])])
    days = {ride.service_day for ride in same}
    starts = {day: service_day_start(day, zone) for day in days | {days_after(day, -1) for day in days}}
    for pattern, position in _boardings(network, same[0].line, same[0].start.name, same[0].end.name):
        trip = _runs_of(network, pattern)
        departure_s = network.calls.departure[network.trips.first_call[trip] + position].astype(np.int64)
        for day, start_s in starts.items():
            column = (day - services.first_day).days
            if 0 <= column < services.active.shape[1]:
                moment_s = departure_s + start_s
                runs_then = services.active[network.trips.service[trip], column] != 0
                yield moment_s[runs_then & (moment_s > from_s) & (moment_s < until_s)].tolist()


def _runs_of(network: Network, pattern: int) -> NDArray[np.int64]:
    """Found by bisection, as those of the timetable stand in order of their patterns (feeds/build/patterns.py); what
    runs otherwise than by plan stands after them."""
    of, live = network.trips.pattern, network if isinstance(network, LiveNetwork) else None
    planned = live.n_planned_trips if live else len(of)
    first, last = np.searchsorted(of[:planned], np.array([pattern, pattern + 1], of.dtype))
    changed = planned + np.flatnonzero(of[planned:] == pattern)
    return np.concatenate([np.arange(first, last), changed[live.rideable[changed]] if live else changed])


def _boardings(network: Network, line: int, start: str, end: str) -> Iterator[tuple[int, int]]:
    """Each pattern of the line with a position where one gets in at a stop of that name, and later out at the other."""
    patterns, names = network.patterns, network.stops.name
    for pattern in np.flatnonzero(patterns.line == line).tolist():
        first, last = (int(patterns.first_position[pattern + step]) for step in (0, 1))
        called = [names[stop] for stop in patterns.stop[first:last].tolist()]
        out = [i for i, name in enumerate(called) if name == end and patterns.drop_off[first + i] != NOT_POSSIBLE]
        for position, name in enumerate(called):
            if name == start and out and position < out[-1] and patterns.pickup[first + position] != NOT_POSSIBLE:
                yield pattern, position
