"""All trips of a network as the search rides them: a vehicle that goes on as another trip is one ride.

Who stays seated (`Trips.stays_as`, by transfers.txt or by block) rides the calls of the first trip, then those of the
next.
The ride keeps the row of its first trip; position i beyond that trip's length is position i - length of the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.network.network import Network

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]
Bools = NDArray[np.bool_]

MOST_CALLS, MOST_CALLS_OF_TWO = 40, 250
"""Of a ride of several trips: of more than two, and of two. The second is what the shortcuts of a day can count."""


@dataclass(frozen=True, slots=True, eq=False)
class Rides:
    """Rides in groups of equal stops and rules: the patterns, then those of vehicles that go on as another trip.

    group_first_position, node, boards, alights: the groups' positions (CSR). group, first_call: of each trip of the
    network; the calls in arrival, departure. first_s, last_s: each ride's first departure and last arrival.
    """

    group_first_position: Int32s
    node: Int32s
    boards: UInt8s
    alights: UInt8s
    group: Int32s
    first_call: Int64s
    arrival: Int32s
    departure: Int32s

    @property
    def first_s(self) -> Int32s:
        return self.departure[self.first_call]

    @property
    def last_s(self) -> Int32s:
        return self.arrival[self.first_call + np.diff(self.group_first_position)[self.group] - 1]


NONE, PHONE = 1, 2
"""Rules of getting in and out, as in GTFS."""


def rides(network: Network, usable: Bools, unbooked: bool = False) -> Rides:
    """usable: the trips that may be ridden; a ride ends before the first that may not. unbooked: nobody gets in or out
    where that must be booked."""
    patterns, trips, calls = network.patterns, network.trips, network.calls
    closed = (NONE, PHONE) if unbooked else (NONE,)
    alone = Rides(
        group_first_position=patterns.first_position,
        node=patterns.node,
        boards=(~np.isin(patterns.pickup, closed)).astype(np.uint8),
        alights=(~np.isin(patterns.drop_off, closed)).astype(np.uint8),
        group=trips.pattern,
        first_call=trips.first_call,
        arrival=calls.arrival,
        departure=calls.departure,
    )
    goes_on = np.flatnonzero((trips.stays_as >= 0) & usable & usable[trips.stays_as])
    chains = {trip: chain(network, trip, usable) for trip in goes_on.tolist()}
    return _together(network, alone, {trip: trips for trip, trips in chains.items() if len(trips) > 1})


def chain(network: Network, trip: int, usable: Bools | None = None) -> list[int]:
    """The trip and the one as which it goes on; also those as which that goes on, while all have few calls together.

    A block may be a whole day's work: as long rides, all of them, it would be many times the timetable, for passengers
    who stay for more than one terminus.
    """
    trips, n_calls = [trip], _n_calls(network, trip)
    while (trip := int(network.trips.stays_as[trip])) >= 0 and (usable is None or usable[trip]):
        n_calls += _n_calls(network, trip)
        if n_calls > (MOST_CALLS_OF_TWO if len(trips) == 1 else MOST_CALLS):
            break
        trips.append(trip)
    return trips


def _n_calls(network: Network, trip: int) -> int:
    first, pattern = network.patterns.first_position, int(network.trips.pattern[trip])
    return int(first[pattern + 1] - first[pattern])


def _together(network: Network, alone: Rides, chains: dict[int, list[int]]) -> Rides:
    if not chains:
        return alone
    groups: dict[tuple[int, ...], int] = {}
    group, first_call = alone.group.copy(), alone.first_call.copy()
    n_groups, n_calls = len(alone.group_first_position) - 1, len(alone.arrival)
    arrivals, departures = [alone.arrival], [alone.departure]
    for first, trips in chains.items():
        patterns = tuple(alone.group[trips].tolist())
        group[first] = n_groups + groups.setdefault(patterns, len(groups))
        first_call[first] = n_calls
        arrival, departure = _calls(alone, trips)
        arrivals.append(arrival)
        departures.append(departure)
        n_calls += len(arrival)
    positions = [_positions(alone, patterns) for patterns in groups]
    lengths = [len(node) for node, _, _ in positions]
    return Rides(
        group_first_position=np.concatenate(
            [alone.group_first_position, alone.group_first_position[-1] + np.cumsum(lengths)]
        ).astype(np.int32),
        node=np.concatenate([alone.node, *(node for node, _, _ in positions)]),
        boards=np.concatenate([alone.boards, *(boards for _, boards, _ in positions)]),
        alights=np.concatenate([alone.alights, *(alights for _, _, alights in positions)]),
        group=group,
        first_call=first_call,
        arrival=np.concatenate(arrivals),
        departure=np.concatenate(departures),
    )


def _calls(alone: Rides, trips: list[int]) -> tuple[Int32s, Int32s]:
    """The calls of all, one after the other. Between two trips the vehicle stands, so times may not run back."""
    spans = [_span(alone.group_first_position, alone.group[trip], alone.first_call[trip]) for trip in trips]
    arrival = np.concatenate([alone.arrival[span] for span in spans])
    departure = np.concatenate([alone.departure[span] for span in spans])
    for last in (np.cumsum([span.stop - span.start for span in spans[:-1]]) - 1).tolist():
        departure[last] = arrival[last]
        arrival[last + 1] = max(arrival[last + 1], arrival[last])
    return arrival, departure


def _positions(alone: Rides, patterns: Iterable[int]) -> tuple[Int32s, UInt8s, UInt8s]:
    """Where one trip ends and the next begins, one gets out of the first and into the second."""
    first = alone.group_first_position
    spans = [slice(int(first[pattern]), int(first[pattern + 1])) for pattern in patterns]
    boards = [alone.boards[span].copy() for span in spans]
    alights = [alone.alights[span].copy() for span in spans]
    for before, after in zip(boards[:-1], alights[1:], strict=True):
        before[-1] = after[0] = 0
    return np.concatenate([alone.node[span] for span in spans]), np.concatenate(boards), np.concatenate(alights)


def _span(first_position: Int32s, group: int, first_call: int) -> slice:
    length = int(first_position[group + 1] - first_position[group])
    return slice(int(first_call), int(first_call) + length)
