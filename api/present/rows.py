"""What all rides of an answer say, read from the network's columns at one go: an answer has dozens of rides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.network.live import first_departures
from mobility.network.network import Network
from mobility.routing.itinerary import RideLeg

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

CallRow = tuple[int, int, int, int, int]
"""At a stop: its row, arrival and departure in epoch seconds, pickup and drop_off as in GTFS. A plain tuple, as there
are hundreds."""
STOP, ARRIVAL_S, DEPARTURE_S, PICKUP, DROP_OFF = range(5)
"""Columns of a CallRow."""


class ToldRide(NamedTuple):
    """One ride. Rows of the network's tables: pattern, line, shape, headsign (where one gets in), short_name. Codes
    as in Network.trips: direction, wheelchair, bikes. calls: from boarding to alighting, both included. is_exact: the
    times at both ends are timetabled."""

    pattern: int
    line: int
    shape: int
    headsign: int
    short_name: int
    direction: int
    wheelchair: int
    bikes: int
    headway_s: int
    trip_id: str
    is_exact: bool
    calls: list[CallRow]


def rows(network: Network, legs: Sequence[RideLeg]) -> list[ToldRide]:
    if not legs:
        return []
    trips = network.trips
    trip, board, alight = np.array([(leg.trip, leg.board, leg.alight) for leg in legs]).T
    pattern, first_call = trips.pattern[trip], trips.first_call[trip]
    columns = (
        pattern, network.patterns.line[pattern], trips.shape[trip], _headsigns(network, trip, board),
        trips.short_name[trip], trips.direction[trip], trips.wheelchair[trip], trips.bikes[trip], trips.headway_s[trip],
    )  # fmt: skip
    first = first_departures(network, trip).tolist()
    names = trips.id_row[trip].tolist()
    exact = _exact(network, first_call + board, first_call + alight)
    days = [_day(leg.service_day) for leg in legs]
    ids = [_trip_id(day, first_s, trips.id[name]) for day, first_s, name in zip(days, first, names, strict=True)]
    plain = zip(
        *(column.tolist() for column in columns), ids, exact, _calls(network, legs, trip, (board, alight)), strict=True
    )
    return [ToldRide(*row) for row in plain]


def headsign_at(network: Network, leg: RideLeg, position: int) -> int:
    """Row of Network.texts: what stands on the vehicle at a call, that of the trip where the call has none."""
    usual = int(network.trips.headsign[leg.trip])
    if not len(network.calls.headsign):
        return usual
    own = int(network.calls.headsign[leg.first_call + position])
    return usual if network.texts.are_empty(own) else own


def _headsigns(network: Network, trip: Int64s, position: Int64s) -> Int32s:
    """As headsign_at, of rides given as columns."""
    usual = network.trips.headsign[trip]
    if not len(network.calls.headsign):
        return usual
    own = network.calls.headsign[network.trips.first_call[trip] + position]
    found: Int32s = np.where(network.texts.are_empty(own), usual, own)
    return found


def trip_id(network: Network, trip: int, service_day: date) -> str:
    first_s = int(first_departures(network, np.array([trip]))[0])
    return _trip_id(_day(service_day), first_s, network.trips.id[int(network.trips.id_row[trip])])


def _trip_id(day: str, first_s: int, name: str) -> str:
    """The service day, the first departure on it (which tells the runs of a frequency trip apart), the trip:
    `20260113_25:10_lorient_T7`."""
    minute = first_s // 60
    return f"{day}_{minute // 60:02}:{minute % 60:02}_{name}"


@lru_cache(maxsize=64)
def _day(service_day: date) -> str:
    return service_day.strftime("%Y%m%d")


def _exact(network: Network, first: Int64s, last: Int64s) -> list[bool]:
    """first, last: calls."""
    exact: list[bool] = ((network.calls.exact[first] & network.calls.exact[last]) != 0).tolist()
    return exact


def _calls(network: Network, legs: Sequence[RideLeg], trip: Int64s, ends: tuple[Int64s, Int64s]) -> list[list[CallRow]]:
    """The calls of all rides in one row, then cut into rides. ends: positions of boarding and alighting."""
    board, alight = ends
    length = alight - board + 1
    cuts = np.concatenate([[0], length.cumsum()])
    within = np.arange(cuts[-1]) + (board - cuts[:-1]).repeat(length)
    position = within + network.patterns.first_position[network.trips.pattern[trip]].repeat(length)
    call = within + network.trips.first_call[trip].repeat(length)
    start_s = np.array([leg.day_start_s for leg in legs]).repeat(length)
    columns = (
        network.patterns.stop[position],
        network.calls.arrival[call] + start_s,
        network.calls.departure[call] + start_s,
        network.patterns.pickup[position],
        network.patterns.drop_off[position],
    )
    every = list(zip(*(column.tolist() for column in columns), strict=True))
    return [every[first:last] for first, last in pairwise(cuts.tolist())]
