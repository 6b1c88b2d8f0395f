"""Rides as the fare tables see them: from stop to stop, through zones, at a time of the clock there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

import numpy as np

from mobility.network.network import Network


class Ridden(Protocol):
    """A ride as planned: positions of boarding and alighting on a pattern; epoch seconds."""

    @property
    def pattern(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def board(self) -> int: ...
    @property
    def alight(self) -> int: ...
    @property
    def departure_s(self) -> int: ...
    @property
    def arrival_s(self) -> int: ...
    @property
    def stays(self) -> bool: ...


class FareRide(NamedTuple):
    """start, end, feed, line, agency: rows. places: rows of the stops from start to end; zones: of each of them, as
    Stops.fare_zone has it. stays: still seated."""

    network: Network
    feed: int
    line: int
    agency: int
    places: tuple[int, ...]
    zones: tuple[int, ...]
    departure_s: int
    arrival_s: int
    stays: bool = False

    @property
    def start(self) -> int:
        return self.places[0]

    @property
    def end(self) -> int:
        return self.places[-1]


def fare_rides(network: Network, ridden: Sequence[Ridden]) -> tuple[FareRide, ...]:
    """Read from the network's columns at one go."""
    if not ridden:
        return ()
    patterns, line = network.patterns, [ride.line for ride in ridden]
    feeds, agencies = network.lines.feed[line].tolist(), network.lines.agency[line].tolist()
    first = patterns.first_position[[ride.pattern for ride in ridden]].tolist()
    passed = [patterns.stop[at + ride.board : at + ride.alight + 1] for at, ride in zip(first, ridden, strict=True)]
    every = np.concatenate(passed)
    stops, zones = iter(every.tolist()), iter(network.stops.fare_zone[every].tolist())
    return tuple(
        FareRide(
            network=network,
            feed=feed,
            line=ride.line,
            agency=agency,
            places=tuple(islice(stops, len(some))),
            zones=tuple(islice(zones, len(some))),
            departure_s=ride.departure_s,
            arrival_s=ride.arrival_s,
            stays=ride.stays,
        )
        for ride, feed, agency, some in zip(ridden, feeds, agencies, passed, strict=True)
    )


def clock_at(network: Network, stop: int, epoch_s: int) -> tuple[date, int]:
    """The calendar day and the second of it that clocks at the stop show."""
    zone = ZoneInfo(network.zones[int(network.stops.zone[stop])])
    local = datetime.fromtimestamp(epoch_s, zone)
    return local.date(), local.hour * 3600 + local.minute * 60 + local.second


def station_of(network: Network, stop: int) -> int:
    """The station that a stop belongs to, itself where it belongs to none."""
    while network.stops.parent[stop] >= 0:
        stop = int(network.stops.parent[stop])
    return stop
