"""Rides as the fare tables see them: from stop to stop, through zones, at a time of the clock there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

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
    """start, end, feed, line, agency: rows. places: rows of the stops from start to end. stays: still seated."""

    network: Network
    feed: int
    line: int
    agency: int
    places: tuple[int, ...]
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
    return tuple(_fare_ride(network, ride) for ride in ridden)


def _fare_ride(network: Network, ride: Ridden) -> FareRide:
    first = int(network.patterns.first_position[ride.pattern])
    return FareRide(
        network=network,
        feed=int(network.lines.feed[ride.line]),
        line=ride.line,
        agency=int(network.lines.agency[ride.line]),
        places=tuple(network.patterns.stop[first + ride.board : first + ride.alight + 1].tolist()),
        departure_s=ride.departure_s,
        arrival_s=ride.arrival_s,
        stays=ride.stays,
    )


def zones_of(ride: FareRide) -> list[int]:
    """Of all stops from start to end, as Stops.fare_zone has them."""
    zones: list[int] = ride.network.stops.fare_zone[list(ride.places)].tolist()
    return zones


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
