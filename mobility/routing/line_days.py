"""A line's timetable on one service day, as printed in a booklet: a grid of stops and runs for each direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from mobility.network.network import Network


@dataclass(frozen=True, slots=True)
class LineGrid:
    """One direction. stops: rows of network.stops in the order called at; runs: for each run its departure at each of
    `stops` (its arrival at the last), seconds of the service day, None where it does not call."""

    towards: int
    stops: tuple[int, ...]
    runs: tuple[tuple[int | None, ...], ...]


def line_day(network: Network, line: int, day: date) -> tuple[LineGrid, ...]:
    """The directions with most runs first; empty where the line does not run that day."""
    services = network.services
    column = (day - services.first_day).days
    if not 0 <= column < services.active.shape[1]:
        return ()
    of_line = network.patterns.line[network.trips.pattern] == line
    runs = np.flatnonzero(of_line & (services.active[network.trips.service, column] != 0))
    directions = network.trips.direction[runs]
    grids = [_grid(network, runs[directions == one].tolist()) for one in np.unique(directions)]
    return tuple(sorted(grids, key=lambda grid: -len(grid.runs)))


def _grid(network: Network, trips: Sequence[int]) -> LineGrid:
    called = {trip: _called(network, trip) for trip in trips}
    stops = merged([[stop for stop, _ in calls] for calls in sorted(called.values(), key=len, reverse=True)])
    rows = sorted((_row(stops, calls) for calls in called.values()), key=_first)
    last = [calls[-1][0] for calls in called.values()]
    return LineGrid(max(set(last), key=last.count), tuple(stops), tuple(dict.fromkeys(rows)))


def _called(network: Network, trip: int) -> list[tuple[int, int]]:
    """(stop, seconds) of each call."""
    pattern, first_call = int(network.trips.pattern[trip]), int(network.trips.first_call[trip])
    first, end = (int(one) for one in network.patterns.first_position[pattern : pattern + 2])
    calls = slice(first_call, first_call + end - first)
    times = network.calls.departure[calls].tolist()
    times[-1] = int(network.calls.arrival[first_call + end - first - 1])
    return list(zip(network.patterns.stop[first:end].tolist(), times, strict=True))


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


def _row(stops: Sequence[int], calls: Sequence[tuple[int, int]]) -> tuple[int | None, ...]:
    times: list[int | None] = [None] * len(stops)
    at = 0
    for stop, time_s in calls:
        at = stops.index(stop, at)
        times[at] = time_s
        at += 1
    return tuple(times)


def _first(row: Sequence[int | None]) -> list[int]:
    """Runs are sorted by their times at the stops they call at."""
    return [time_s for time_s in row if time_s is not None]
