"""What leaves some stops next, direction by direction: the first ones, and when those after them leave that day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mobility.clock import DAY_S, NIGHT_ENDS_H, at_clock, days_after, evening, local_date
from mobility.network.network import Network
from mobility.routing.departures import FARTHEST_DAYS, NOT_POSSIBLE, BoardQuery, Call, call_of, moments, visits_of

SOON_S = 2 * DAY_S
"""So far all lines are looked for at once; one that leaves later is asked for by itself."""

DirectionOf = Callable[[int, int], Hashable]
"""What people take for one direction: of a pattern and what stands on the vehicle, rows of the network."""
Int64s = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NextCalls:
    """Of one direction, on the day of its next departure and in the night after it. calls: the first ones. rest_s: when
    those after them leave that run, epoch seconds."""

    calls: tuple[Call, ...]
    rest_s: tuple[int, ...]


def next_calls(
    network: Network, query: BoardQuery, lines: Sequence[int], direction: DirectionOf, zone: ZoneInfo
) -> list[NextCalls]:
    """Of the lines that leave from there, no more than `query.count` calls of each direction."""
    found = _leaving(network, query, SOON_S)
    seen = set(_lines(network, found).tolist())
    rare = (_leaving(network, replace(query, line=line), FARTHEST_DAYS * DAY_S) for line in lines if line not in seen)
    every = np.concatenate([found, *rare], axis=1)
    return [_of_day(network, every[:, rows], query.count, zone) for rows in _by_direction(network, every, direction)]


def _leaving(network: Network, query: BoardQuery, ahead_s: int) -> Int64s:
    """Columns in order of time: moment, trip, position, service day."""
    span = (query.at_s, query.at_s + ahead_s)
    parts = [
        np.stack([moment_s[rows], one.trip[rows], one.position[rows], np.full(len(rows), day.toordinal())])
        for one in visits_of(network, query)
        for day, moment_s, rows in moments(network, one, span)
    ]
    found = np.concatenate([np.zeros((4, 0), np.int64), *parts], axis=1)
    return found[:, np.lexsort((found[2], found[1], found[0]))]


def _lines(network: Network, found: Int64s) -> NDArray[np.signedinteger]:
    lines: NDArray[np.signedinteger] = network.patterns.line[network.trips.pattern[found[1]]]
    return np.unique(lines)


def _by_direction(network: Network, found: Int64s, direction: DirectionOf) -> list[Int64s]:
    """Which columns are of one direction, in the order of their first departures."""
    kinds = np.stack([network.trips.pattern[found[1]], _headsigns(network, found)])
    known, kind = np.unique(kinds, axis=1, return_inverse=True)
    names = [direction(pattern, headsign) for pattern, headsign in known.T.tolist()]
    number = {name: row for row, name in enumerate(dict.fromkeys(names))}
    of = np.array([number[name] for name in names], np.int64)[kind.reshape(-1)]
    groups = [np.flatnonzero(of == row) for row in range(len(number))]
    return sorted(groups, key=lambda rows: int(found[0, rows[0]]))


def _headsigns(network: Network, found: Int64s) -> NDArray[np.signedinteger]:
    """Rows of Network.texts: what stands on the vehicle at the call, that of the trip where the call has none."""
    usual: NDArray[np.signedinteger] = network.trips.headsign[found[1]]
    if not len(network.calls.headsign):
        return usual
    own = network.calls.headsign[network.trips.first_call[found[1]] + found[2]]
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
    return NextCalls(tuple(calls), tuple(rest[0][runs].tolist()))


def _end_of_day(first_s: int, zone: ZoneInfo) -> int:
    """Of one that leaves before midnight the end of the night after it; of one after midnight the next midnight, or the
    clocks of two nights would stand side by side."""
    day = local_date(first_s, zone)
    ends = time(NIGHT_ENDS_H) if evening(first_s, zone) == day else time()
    return at_clock(days_after(day, 1), ends, zone)
