"""What leaves some stops next, direction by direction: the first ones, and when those after them leave that day."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date, time
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mobility.clock import DAY_S, NIGHT_ENDS_H, at_clock, days_after, evening, local_date
from mobility.network.network import Network
from mobility.routing.departures import (
    FARTHEST_DAYS,
    NOT_POSSIBLE,
    BoardQuery,
    Call,
    Visits,
    call_of,
    moments_within,
    visits_of,
)

SOON_S = 2 * DAY_S
"""So far all directions are looked for; what leaves later is few, and looked for much farther."""

DirectionOf = Callable[[int, int], Hashable]
"""What people take for one direction: of a pattern and what stands on the vehicle, rows of the network."""
Int64s = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NextCalls:
    """Of one direction, on the day of its next departure and in the night after it. calls: the first ones. rest_s: when
    those after them leave that run, epoch seconds. rest_about: the last of those is at a headway."""

    calls: tuple[Call, ...]
    rest_s: tuple[int, ...]
    rest_about: bool = False


def next_calls(network: Network, query: BoardQuery, direction: DirectionOf, zone: ZoneInfo) -> list[NextCalls]:
    """Of what leaves from there, no more than `query.count` calls of each direction."""
    visits = next(visits_of(network, replace(query, departures=True, arrivals=False)), None)
    if visits is None:
        return []
    of = _directions(network, visits, direction)
    soon = _leaving(network, visits, of, (query.at_s, query.at_s + SOON_S))
    is_rare = ~np.isin(of, soon[-1])
    far_s = query.at_s + FARTHEST_DAYS * DAY_S
    every = np.concatenate([soon, _leaving(network, _only(visits, is_rare), of[is_rare], (query.at_s, far_s))], axis=1)
    groups = (every[:-1, every[-1] == row] for row in np.unique(every[-1]).tolist())
    return [_of_day(network, found, query.count, zone) for found in sorted(groups, key=lambda one: int(one[0, 0]))]


def _directions(network: Network, visits: Visits, direction: DirectionOf) -> Int64s:
    """Of each visit the number of its direction."""
    patterns = network.trips.pattern[visits.trip].astype(np.int64)
    known, kind = np.unique(patterns * len(network.texts) + _headsigns(network, visits), return_inverse=True)
    names = [direction(*divmod(one, len(network.texts))) for one in known.tolist()]
    number = {name: row for row, name in enumerate(dict.fromkeys(names))}
    return np.array([number[name] for name in names], np.int64)[kind]


def _only(visits: Visits, is_wanted: NDArray[np.bool_]) -> Visits:
    return replace(
        visits, trip=visits.trip[is_wanted], position=visits.position[is_wanted], time_s=visits.time_s[is_wanted]
    )


def _leaving(network: Network, visits: Visits, of: Int64s, span: tuple[int, int]) -> Int64s:
    """Columns in order of time: moment, trip, position, service day, direction."""
    parts = [
        [moment_s[rows], visits.trip[rows], visits.position[rows], np.full(len(rows), day.toordinal()), of[rows]]
        for day, moment_s, rows in moments_within(network, visits, span)
    ]
    found = np.concatenate([np.zeros((5, 0), np.int64), *parts], axis=1)
    return found[:, np.lexsort((found[2], found[1], found[0]))]


def _headsigns(network: Network, visits: Visits) -> NDArray[np.signedinteger]:
    """Rows of Network.texts: what stands on the vehicle at the call, that of the trip where the call has none."""
    usual: NDArray[np.signedinteger] = network.trips.headsign[visits.trip]
    if not len(network.calls.headsign):
        return usual
    own = network.calls.headsign[network.trips.first_call[visits.trip] + visits.position]
    rows = np.unique(own)
    said = np.array([bool(network.texts[row]) for row in rows.tolist()], bool)
    return np.where(said[np.searchsorted(rows, own)], own, usual)


def _of_day(network: Network, found: Int64s, count: int, zone: ZoneInfo) -> NextCalls:
    found = found[:, found[0] < _end_of_day(int(found[0, 0]), zone)]
    calls = [
        call_of(network, (at_s, trip, position, 0, date.fromordinal(on)))
        for at_s, trip, position, on in found[:, :count].T.tolist()
    ]
    rest = found[:, count:]
    at = network.patterns.first_position[network.trips.pattern[rest[1]]] + rest[2]
    runs = network.patterns.pickup[at] != NOT_POSSIBLE
    rest = rest[:, runs]
    is_about = bool(rest.shape[1]) and bool(network.trips.headway_s[rest[1, -1]])
    return NextCalls(tuple(calls), tuple(rest[0].tolist()), is_about)


def _end_of_day(first_s: int, zone: ZoneInfo) -> int:
    """Of one that leaves before midnight the end of the night after it; of one after midnight the next midnight, or the
    clocks of two nights would stand side by side."""
    day = local_date(first_s, zone)
    ends = time(NIGHT_ENDS_H) if evening(first_s, zone) == day else time()
    return at_clock(days_after(day, 1), ends, zone)
