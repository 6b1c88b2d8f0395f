"""What leaves from (or arrives at) some stops, in order of time: the departure board.

Reads the network's own tables, so that any date is answered alike: each run stands in it once, runs of a frequency
trip included, and what runs after midnight belongs to the service day before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mobility.clock import DAY_S, days_after, local_date, service_day_start
from mobility.geo import Point, distances_m
from mobility.network.csr import ranges
from mobility.network.live import planned_rules
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.routing.itinerary import RideLeg, ride_leg

Int64s = NDArray[np.int64]

FARTHEST_DAYS = 21
SAME_NAME_M = 350
NOT_POSSIBLE = 1


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """at_s: epoch seconds from which on (backwards: back from which) the first `count` calls are asked, and all those
    within window_s. skipped: also where nobody may get in (out, for arrivals). struck: also where one may by plan, and
    the run or its call is cancelled now. line: that alone, -1 any. to: only runs that let out at one of these
    stops later, empty: any."""

    stops: tuple[int, ...]
    at_s: int
    backwards: bool = False
    count: int = 10
    window_s: int = 0
    modes: frozenset[str] | None = None
    departures: bool = True
    arrivals: bool = False
    skipped: bool = False
    struck: bool = False
    line: int = -1
    to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A run at one of its stops. ride: the whole run."""

    ride: RideLeg
    position: int
    at_s: int
    arrives: bool


def boarded(call: Call) -> RideLeg:
    """The ride from there to the end of the run."""
    return replace(call.ride, board=call.position, departure_s=call.at_s)


@dataclass(frozen=True, slots=True)
class Board:
    """calls: in order of time. from_s, until_s: every call in [from_s, until_s) is among them."""

    calls: tuple[Call, ...]
    from_s: int
    until_s: int


@dataclass(frozen=True, slots=True, eq=False)
class Visits:
    """Columns: trips at the stops asked for, with seconds of the service day."""

    trip: Int64s
    position: Int64s
    time_s: Int64s
    arrives: bool


def board(network: Network, query: BoardQuery) -> Board:
    """The calls asked for and, so that no page parts what happens at one moment, all at the moment of the last one."""
    visits = list(visits_of(network, query))
    found: list[tuple[int, int, int, int, date]] = []
    horizon_s = DAY_S * FARTHEST_DAYS
    for width_s in (DAY_S, 4 * DAY_S, horizon_s):
        low, high = (
            (query.at_s - width_s + 1, query.at_s + 1) if query.backwards else (query.at_s, query.at_s + width_s)
        )
        found = [row for one in visits for row in _between(network, one, low, high)]
        if len(found) >= query.count and width_s >= query.window_s:
            break
    found.sort(key=lambda row: row[:4], reverse=query.backwards)
    moments_s = [row[0] for row in found]
    last = max(query.count, _within_window(moments_s, query))
    while last < len(moments_s) and last and moments_s[last] == moments_s[last - 1]:
        last += 1
    if last < len(found):
        low, high = (moments_s[last - 1], high) if query.backwards else (low, moments_s[last - 1] + 1)
    calls = [call_of(network, row) for row in found[:last]]
    return Board(tuple(reversed(calls) if query.backwards else calls), low, high)


def equivalents(network: Network, stop: int) -> tuple[int, ...]:
    """The stop's whole station, and the stops near it that bear the same name: the other side of the street."""
    root = _root(network, stop)
    near = np.flatnonzero(distances_m(network.stops.point(root), network.stops.lat, network.stops.lon) <= SAME_NAME_M)
    name = network.stops.name[root].casefold()
    roots = {root} | {_root(network, row) for row in near.tolist() if network.stops.name[row].casefold() == name}
    return _with_children(network, roots)


def within(network: Network, point: Point, radius_m: float) -> tuple[int, ...]:
    """The stops in a circle with the whole of their stations, the nearest first."""
    metres = distances_m(point, network.stops.lat, network.stops.lon)
    near = np.flatnonzero(metres <= radius_m)
    return _with_children(
        network, dict.fromkeys(_root(network, row) for row in near[np.argsort(metres[near])].tolist())
    )


def lines_at(network: Network, stops: Sequence[int]) -> list[int]:
    """The lines that call at one of the stops, by their names."""
    positions = np.flatnonzero(np.isin(network.patterns.stop, np.asarray(stops, np.int32)))
    patterns = np.searchsorted(network.patterns.first_position, positions, side="right") - 1
    lines = set(network.patterns.line[patterns].tolist())
    return sorted(lines, key=lambda line: (network.lines.number(line), network.lines.id[line]))


def _root(network: Network, stop: int) -> int:
    while network.stops.parent[stop] >= 0:
        stop = int(network.stops.parent[stop])
    return stop


def _with_children(network: Network, roots: Sequence[int] | set[int] | dict[int, None]) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for root in roots:
        found |= dict.fromkeys([root, *network.stops.children(root)])
    return tuple(found)


def visits_of(network: Network, query: BoardQuery) -> Iterator[Visits]:
    patterns = network.patterns
    rows = np.flatnonzero(np.isin(patterns.stop, np.asarray(query.stops, np.int32)))
    pattern = np.searchsorted(patterns.first_position, rows, side="right") - 1
    if query.modes is not None:
        modes = np.array([mode in query.modes for mode in MODES])
        wanted = modes[network.lines.mode[patterns.line[pattern]]]
        rows, pattern = rows[wanted], pattern[wanted]
    if query.line >= 0:
        wanted = patterns.line[pattern] == query.line
        rows, pattern = rows[wanted], pattern[wanted]
    position = rows - patterns.first_position[pattern]
    if query.to:
        wanted = position < _last_out(network, query.to)[pattern]
        rows, pattern, position = rows[wanted], pattern[wanted], position[wanted]
    pickup, drop_off = planned_rules(network) if query.struck else (patterns.pickup, patterns.drop_off)
    is_last = rows + 1 == patterns.first_position[pattern + 1]
    for arrives, asked in ((False, query.departures), (True, query.arrivals)):
        closed = position == 0 if arrives else is_last
        rule = drop_off if arrives else pickup
        open_here = ~closed if query.skipped else ~closed & (rule[rows] != NOT_POSSIBLE)
        if asked and open_here.any():
            yield _runs_at(network, pattern[open_here], position[open_here], arrives)


def _last_out(network: Network, stops: Sequence[int]) -> Int64s:
    """By pattern, the last position at one of these stops where one may get out; -1 where there is none."""
    patterns = network.patterns
    lets_out = np.isin(patterns.stop, np.asarray(stops, np.int32)) & (patterns.drop_off != NOT_POSSIBLE)
    rows = np.flatnonzero(lets_out)
    pattern = np.searchsorted(patterns.first_position, rows, side="right") - 1
    last = np.full(len(patterns.line), -1, np.int64)
    np.maximum.at(last, pattern, rows - patterns.first_position[pattern])
    return last


def _runs_at(network: Network, pattern: Int64s, position: Int64s, arrives: bool) -> Visits:
    """Every trip of each pattern at its position."""
    trips = np.flatnonzero(np.isin(network.trips.pattern, pattern))
    order = np.argsort(network.trips.pattern[trips], kind="stable")
    trips = trips[order]
    of = network.trips.pattern[trips]
    first, last = np.searchsorted(of, pattern), np.searchsorted(of, pattern, side="right")
    count = last - first
    at = np.repeat(position, count)
    trip = trips[ranges(first, count)]
    times = network.calls.arrival if arrives else network.calls.departure
    return Visits(trip, at, times[network.trips.first_call[trip] + at].astype(np.int64), arrives)


def _between(network: Network, visits: Visits, from_s: int, until_s: int) -> Iterator[tuple[int, int, int, int, date]]:
    """(moment, trip, position, arrives, service day) in [from_s, until_s)."""
    for day, moment_s, rows in moments_within(network, visits, (from_s, until_s)):
        for row in rows.tolist():
            yield int(moment_s[row]), int(visits.trip[row]), int(visits.position[row]), visits.arrives, day


def moments_within(network: Network, visits: Visits, span: tuple[int, int]) -> Iterator[tuple[date, Int64s, Int64s]]:
    """Of each service day the moment of every visit, and which of them are in the span of epoch seconds (its end left
    out). Each trip's day is counted in its zone."""
    if not len(visits.trip):
        return
    service = network.trips.service[visits.trip]
    longest_days = int(visits.time_s.max()) // DAY_S + 1
    for day, start_s, active in running(network, service, span, longest_days):
        moment_s = visits.time_s + start_s
        yield day, moment_s, np.flatnonzero(active & (moment_s >= span[0]) & (moment_s < span[1]))


def running(
    network: Network, service: NDArray[np.signedinteger], span: tuple[int, int], longest_days: int
) -> Iterator[tuple[date, int, NDArray[np.bool_]]]:
    """The service days of which something may fall into a span of epoch seconds, each as its zone counts it: the day,
    its first second, and which of the services (rows) run on it. longest_days: of a trip."""
    services, (from_s, until_s) = network.services, span
    for zone_row in np.unique(services.zone[service]).tolist():
        zone, here = ZoneInfo(network.zones[zone_row]), services.zone[service] == zone_row
        day, last_day = days_after(local_date(from_s, zone), -longest_days), local_date(until_s, zone)
        while day <= last_day:
            column = (day - services.first_day).days
            if 0 <= column < services.active.shape[1]:
                yield day, service_day_start(day, zone), here & (services.active[service, column] != 0)
            day = days_after(day, 1)


def _within_window(moments_s: Sequence[int], query: BoardQuery) -> int:
    return sum(abs(at_s - query.at_s) <= query.window_s for at_s in moments_s) if query.window_s else 0


def call_of(network: Network, row: tuple[int, int, int, int, date]) -> Call:
    moment_s, trip, position, arrives, day = row
    services = network.services
    zone = ZoneInfo(network.zones[int(services.zone[network.trips.service[trip]])])
    pattern = int(network.trips.pattern[trip])
    first = network.patterns.first_position
    length = int(first[pattern + 1] - first[pattern])
    leg = ride_leg(network, trip, (day, service_day_start(day, zone)), (0, length - 1))
    return Call(leg, position, moment_s, bool(arrives))
