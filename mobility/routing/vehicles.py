"""Vehicles under way in a part of the map: each run between two of its calls, as the network tells it, live or planned.

What is shown from which zoom on: src/railviz.cc of MOTIS.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import inf

import numpy as np
from numpy.typing import NDArray

from mobility.clock import DAY_S
from mobility.errors import InvalidQuery
from mobility.geo import METRES_A_DEGREE
from mobility.network.csr import ranges
from mobility.network.live import LiveNetwork
from mobility.network.modes import FAR_TRAINS, MODES
from mobility.network.network import Network
from mobility.places.match import Box
from mobility.routing.departures import running
from mobility.routing.itinerary import RideLeg, ride_leg
from mobility.value_faults import ValueFault

Bools = NDArray[np.bool_]
Int64s = NDArray[np.int64]
MOST = 12_000
"""Between two calls at a time; a map that asks for more shows nothing to anybody."""
Steps = tuple[tuple[float, int], ...]
FROM_ZOOM: dict[str, Steps] = {
    **dict.fromkeys(("AIRPLANE", "COACH"), ((50_000.0, 8), (inf, 4))),
    **dict.fromkeys(FAR_TRAINS, ((inf, 4),)),
    "REGIONAL_RAIL": ((inf, 7),),
    "SUBURBAN": ((inf, 8),),
    "SUBWAY": ((inf, 9),),
    **dict.fromkeys(("TRAM", "BUS"), ((10_000.0, 10), (inf, 9))),
    "FERRY": ((10_000.0, 10), (100_000.0, 8), (inf, 5)),
}
"""By mode: up to so many metres from corner to corner of a line's stops, from that zoom on."""
OTHERS: Steps = ((inf, 11),)


@dataclass(frozen=True, slots=True)
class VehicleQuery:
    """Epoch seconds. zoom: None shows all."""

    box: Box
    from_s: int
    until_s: int
    zoom: float | None = None


def vehicles(network: Network, query: VehicleQuery) -> list[RideLeg]:
    """From a call to the next one of its run, where some of that falls into the time and the straight line between them
    into the box; each vehicle once. Raises InvalidQuery of more than MOST."""
    found: dict[tuple[str, int, date, int], RideLeg] = {}
    for day, start_s, trip in _runs(network, query):
        for row, position in _under_way(network, query, start_s, trip):
            leg = ride_leg(network, row, (day, start_s), (position, position + 1))
            name = network.trips.id[int(network.trips.id_row[row])]
            found.setdefault((name, leg.departure_s, day, position), leg)
    if len(found) > MOST:
        raise InvalidQuery("endTime", ValueFault.MANY_VEHICLES, most=MOST)
    return sorted(found.values(), key=lambda leg: (leg.departure_s, leg.trip))


def _runs(network: Network, query: VehicleQuery) -> Iterator[tuple[date, int, Int64s]]:
    """Service days with their first second, and trips that are under way at some time asked for."""
    trips, first_position = network.trips, network.patterns.first_position
    if not len(trips):
        return
    length = first_position[trips.pattern + 1] - first_position[trips.pattern]
    leaves = network.calls.departure[trips.first_call].astype(np.int64)
    comes = network.calls.arrival[trips.first_call + length - 1].astype(np.int64)
    runs = network.rideable if isinstance(network, LiveNetwork) else np.ones(len(trips), bool)
    if query.zoom is not None:
        runs = runs & _shown_at(network, query.zoom)[trips.pattern]
    span = query.from_s, query.until_s
    for day, start_s, active in running(network, trips.service, span, int(comes.max()) // DAY_S + 1):
        under_way = active & runs & (leaves + start_s < query.until_s) & (comes + start_s >= query.from_s)
        yield day, start_s, np.flatnonzero(under_way)


def _under_way(network: Network, query: VehicleQuery, start_s: int, trip: Int64s) -> Iterator[tuple[int, int]]:
    """Trips and the positions at which they leave."""
    first = network.patterns.first_position
    pattern = network.trips.pattern[trip]
    hops = first[pattern + 1] - first[pattern] - 1
    rows, position = np.repeat(trip, hops), ranges(np.zeros(len(trip), np.int64), hops)
    call, at = network.trips.first_call[rows] + position, np.repeat(first[pattern], hops) + position
    stop = network.patterns.stop
    wanted = (
        (network.calls.departure[call] + start_s < query.until_s)
        & (network.calls.arrival[call + 1] + start_s >= query.from_s)
        & _meets(network, query.box, stop[at], stop[at + 1])
        & _is_served(network, np.repeat(pattern, hops), at)
    )
    yield from zip(rows[wanted].tolist(), position[wanted].tolist(), strict=True)


def _meets(network: Network, box: Box, start: Int64s, end: Int64s) -> Bools:
    """Whether the box round both stops meets the one asked for; false where one has no position."""
    lat, lon = network.stops.lat, network.stops.lon
    north_south = (np.minimum(lat[start], lat[end]) <= box.north) & (np.maximum(lat[start], lat[end]) >= box.south)
    east_west = (np.minimum(lon[start], lon[end]) <= box.east) & (np.maximum(lon[start], lon[end]) >= box.west)
    meets: Bools = north_south & east_west
    return meets


def _is_served(network: Network, pattern: Int64s, at: Int64s) -> Bools:
    """A run that ends sooner does not go on from there. at: position in all patterns."""
    found = np.ones(len(at), bool)
    if isinstance(network, LiveNetwork):
        for one in np.unique(pattern[pattern >= len(network.planned.patterns.line)]).tolist():
            first, last = network.served(one)
            found &= (pattern != one) | ((at >= first) & (at < last))
    return found


def _shown_at(network: Network, zoom: float) -> Bools:
    """By pattern."""
    metres, modes = _corner_to_corner_m(network), network.lines.mode[network.patterns.line]
    least = np.full(len(metres), inf)
    for row, mode in enumerate(MODES):
        for most_m, from_zoom in reversed(FROM_ZOOM.get(mode, OTHERS)):
            least[(modes == row) & (metres <= most_m)] = from_zoom
    shown: Bools = np.floor(zoom) >= least
    return shown


def _corner_to_corner_m(network: Network) -> NDArray[np.float64]:
    """Of the box round the stops of each pattern; 0 where one has no position."""
    first, stop = network.patterns.first_position[:-1].astype(np.int64), network.patterns.stop
    lat, lon = network.stops.lat[stop], network.stops.lon[stop]
    south, north = np.minimum.reduceat(lat, first), np.maximum.reduceat(lat, first)
    west, east = np.minimum.reduceat(lon, first), np.maximum.reduceat(lon, first)
    across = (east - west) * np.cos(np.radians((south + north) / 2))
    metres: NDArray[np.float64] = np.nan_to_num(np.hypot(north - south, across) * METRES_A_DEGREE)
    return metres
