"""What all rides of an answer say, read from the network's columns at one go: an answer has dozens of rides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mobility.network.live import first_departures
from mobility.network.network import Network
from mobility.routing.itinerary import RideLeg

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
    trips, trip = network.trips, np.array([leg.trip for leg in legs])
    pattern = trips.pattern[trip]
    columns = (
        pattern, network.patterns.line[pattern], trips.shape[trip], _headsigns(network, legs, trip),
        trips.short_name[trip], trips.direction[trip], trips.wheelchair[trip], trips.bikes[trip], trips.headway_s[trip],
    )  # fmt: skip
    first = first_departures(network, trip).tolist()
    names = trips.id_row[trip].tolist()
    exact = _exact(network, legs, trips.first_call[trip])
    days = [_day(leg.service_day) for leg in legs]
    ids = [_trip_id(day, first_s, trips.id[name]) for day, first_s, name in zip(days, first, names, strict=True)]
    plain = zip(*(column.tolist() for column in columns), ids, exact, _calls(network, legs, trip), strict=True)
    return [ToldRide(*row) for row in plain]


def headsign_at(network: Network, leg: RideLeg, position: int) -> int:
    """Row of Network.texts: what stands on the vehicle at a call, that of the trip where the call has none."""
    usual = int(network.trips.headsign[leg.trip])
    if not len(network.calls.headsign):
        return usual
    own = int(network.calls.headsign[leg.first_call + position])
    return usual if network.texts.is_empty(own) else own


def _headsigns(network: Network, legs: Sequence[RideLeg], trip: np.ndarray) -> np.ndarray:
    usual: np.ndarray = network.trips.headsign[trip]
    if not len(network.calls.headsign):
        return usual
    return np.array([headsign_at(network, leg, leg.board) for leg in legs])


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


def _exact(network: Network, legs: Sequence[RideLeg], first_call: np.ndarray) -> list[bool]:
    board, alight = np.array([leg.board for leg in legs]), np.array([leg.alight for leg in legs])
    both = network.calls.exact[first_call + board] & network.calls.exact[first_call + alight]
    exact: list[bool] = (both != 0).tolist()
    return exact


def _calls(network: Network, legs: Sequence[RideLeg], trip: np.ndarray) -> list[list[CallRow]]:
    """The calls of all rides in one row, then cut into rides."""
    board = np.array([leg.board for leg in legs])
    length = np.array([leg.alight for leg in legs]) - board + 1
    ends = np.concatenate([[0], np.cumsum(length)])
    within = np.arange(ends[-1]) + np.repeat(board - ends[:-1], length)
    position = within + np.repeat(network.patterns.first_position[network.trips.pattern[trip]], length)
    call = within + np.repeat(network.trips.first_call[trip], length)
    start_s = np.repeat(np.array([leg.day_start_s for leg in legs]), length)
    columns = (
        network.patterns.stop[position],
        network.calls.arrival[call] + start_s,
        network.calls.departure[call] + start_s,
        network.patterns.pickup[position],
        network.patterns.drop_off[position],
    )
    every = list(zip(*(column.tolist() for column in columns), strict=True))
    return [every[first:last] for first, last in pairwise(ends.tolist())]
