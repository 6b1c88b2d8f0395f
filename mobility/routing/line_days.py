"""A line's timetable on one service day, as printed in a booklet: a grid of stops and runs for each direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from mobility.network.live import planned_of
from mobility.network.network import Network
from mobility.routing.run_order import run_order


class CallTerms(NamedTuple):
    """What is said of a call beside its time. headsign: row of network.texts, what stands on the vehicle there. pickup,
    drop_off: 0 regular, 1 none, 2 by phone, 3 ask the driver; the rules are rows of network.bookings or -1. headway_s:
    from run to run, where no timetable promises the time; else 0."""

    headsign: int
    pickup: int
    drop_off: int
    pickup_rule: int = -1
    drop_off_rule: int = -1
    headway_s: int = 0


@dataclass(frozen=True, slots=True)
class LineGrid:
    """One direction. stops: rows of network.stops in the order called at; runs: for each run its departure at each of
    `stops` (its arrival at the last), seconds of the service day, None where it does not call; terms: as the runs.
    trips: the trips of each of `runs`: a feed may have several that call at the same times, and each is a crossing."""

    towards: int
    stops: tuple[int, ...]
    runs: tuple[tuple[int | None, ...], ...]
    terms: tuple[tuple[CallTerms | None, ...], ...] = ()
    trips: tuple[tuple[int, ...], ...] = field(default=(), compare=False)


def is_about(terms: Sequence[CallTerms | None]) -> bool:
    """Of a run of a grid, whether it is at a headway."""
    return any(one.headway_s > 0 for one in terms if one)


Row = tuple[tuple[int, CallTerms] | None, ...]
"""A run at the stops of its direction."""


def line_day(network: Network, line: int, day: date, last: int = 0) -> tuple[LineGrid, ...]:
    """By timetable. The directions with most runs first; empty where the line does not run that day. last: of each
    direction only so many, those that leave last; 0 all."""
    network = planned_of(network)
    services = network.services
    column = (day - services.first_day).days
    if not 0 <= column < services.active.shape[1]:
        return ()
    of_line = network.patterns.line[network.trips.pattern] == line
    runs = np.flatnonzero(of_line & (services.active[network.trips.service, column] != 0))
    if last:
        runs = runs[np.argsort(network.calls.departure[network.trips.first_call[runs]], kind="stable")]
    directions = network.trips.direction[runs]
    grids = [_grid(network, runs[directions == one][-last:].tolist()) for one in np.unique(directions)]
    return tuple(sorted(grids, key=lambda grid: -len(grid.runs)))


def running_days(network: Network, line: int) -> list[date]:
    """Service days with a run, by timetable, in order."""
    network = planned_of(network)
    services = network.services
    of_line = network.patterns.line[network.trips.pattern] == line
    runs = services.active[np.unique(network.trips.service[of_line])].any(axis=0)
    return [services.first_day + timedelta(days=column) for column in np.flatnonzero(runs).tolist()]


def _grid(network: Network, trips: Sequence[int]) -> LineGrid:
    called = {trip: _called(network, trip) for trip in trips}
    stops = merged([[stop for stop, _, _ in calls] for calls in sorted(called.values(), key=len, reverse=True)])
    rows = [(_row(stops, calls), trip) for trip, calls in called.items()]
    last = [calls[-1][0] for calls in called.values()]
    kept: dict[Row, list[int]] = {}
    for at in run_order([[call and call[0] for call in row] for row, _ in rows]):
        row, trip = rows[at]
        kept.setdefault(row, []).append(trip)
    runs = tuple(tuple(call and call[0] for call in row) for row in kept)
    terms = tuple(tuple(call and call[1] for call in row) for row in kept)
    return LineGrid(max(set(last), key=last.count), tuple(stops), runs, terms, tuple(map(tuple, kept.values())))


def _called(network: Network, trip: int) -> list[tuple[int, int, CallTerms]]:
    """Stop, seconds and what is said of each call."""
    pattern, first_call = int(network.trips.pattern[trip]), int(network.trips.first_call[trip])
    first, end = (int(one) for one in network.patterns.first_position[pattern : pattern + 2])
    calls = slice(first_call, first_call + end - first)
    times = network.calls.departure[calls].tolist()
    times[-1] = int(network.calls.arrival[first_call + end - first - 1])
    said = _terms(network, trip, slice(first, end), calls)
    return list(zip(network.patterns.stop[first:end].tolist(), times, said, strict=True))


def _terms(network: Network, trip: int, positions: slice, calls: slice) -> list[CallTerms]:
    """Nobody gets in at the last call, or out at the first: no rule holds there."""
    usual, columns = int(network.trips.headsign[trip]), network.calls
    pickup, drop_off = network.patterns.pickup[positions].tolist(), network.patterns.drop_off[positions].tolist()
    pickup[-1] = drop_off[0] = 0
    none = [-1] * len(pickup)
    shown = [own if network.texts[own] else usual for own in columns.headsign[calls].tolist()] or [usual] * len(pickup)
    rules = (columns.pickup_booking[calls].tolist() or none, columns.drop_off_booking[calls].tolist() or none)
    apart_s = int(network.trips.headway_s[trip])
    return [CallTerms(*one, apart_s) for one in zip(shown, pickup, drop_off, *rules, strict=True)]


def merged(sequences: Sequence[Sequence[int]]) -> list[int]:
    """One order in which every sequence is found, each stop as often as the sequence that calls there most often.

    The longest comes first; what another adds is put in before the next stop that both have.
    """
    found: list[int] = []
    for sequence in dict.fromkeys(tuple(one) for one in sequences):
        at, added = 0, list[int]()
        for stop in sequence:
            if stop not in found[at:]:
                added.append(stop)
                continue
            here = found.index(stop, at)
            found[here:here] = added
            at, added = here + len(added) + 1, []
        found[at:at] = added
    return found


def _row(stops: Sequence[int], calls: Sequence[tuple[int, int, CallTerms]]) -> Row:
    found: list[tuple[int, CallTerms] | None] = [None] * len(stops)
    at = 0
    for stop, time_s, said in calls:
        at = stops.index(stop, at)
        found[at] = time_s, said
        at += 1
    return tuple(found)
