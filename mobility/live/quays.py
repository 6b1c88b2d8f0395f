"""Calls that are made at another quay, as an operator has typed it: a run's first call, or all at a stop for a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mobility.clock import service_day_start
from mobility.live.messages import Closure, MessageEffect, OperatorMessage, calling_runs, runs_of_trip
from mobility.live.timetable_index import PlannedRun, TimetableIndex
from mobility.network.changed_runs import ChangedRuns, RunState
from mobility.network.network import Network

GONE = (RunState.CANCELLED, RunState.REMOVED)


@dataclass(frozen=True, slots=True)
class QuayMove:
    """to: row of the other stop. place: whose calls are made there while it holds; None: of a run's first call."""

    message: OperatorMessage
    to: int
    place: Closure | None


def quay_moves(network: Network, messages: Iterable[OperatorMessage]) -> list[QuayMove]:
    """Those whose stops the network has."""
    found = []
    for message in messages:
        to = network.stops.id.find(message.to_stop) if message.to_stop else None
        if message.effect is not MessageEffect.MOVED or to is None:
            continue
        stop = network.stops.id.find(message.stop) if message.stop else None
        if stop is not None:
            stops = frozenset({stop, *network.stops.children(stop)})
            found.append(QuayMove(message, to, Closure(stops, message.from_s, message.until_s)))
        elif message.trip:
            found.append(QuayMove(message, to, None))
    return found


def moved_runs(index: TimetableIndex, moves: Iterable[QuayMove]) -> Iterator[PlannedRun]:
    """Runs of the feed that one of them is about."""
    for move in moves:
        if move.place is None:
            yield from runs_of_trip(index, move.message)
        else:
            yield from calling_runs(index, move.place)


def at_other_quays(network: Network, runs: ChangedRuns, moves: Sequence[QuayMove]) -> ChangedRuns:
    stop, pattern = runs.stop.copy(), runs.pattern.copy()
    for run in np.flatnonzero(~np.isin(runs.state, GONE)).tolist():
        calls = runs.calls_of(run)
        for move in moves:
            there = _meant(network, runs, run, move)
            if there.any():
                stop[calls] = np.where(there, move.to, stop[calls])
                pattern[run] = -1
    return replace(runs, stop=stop, pattern=pattern)


def _meant(network: Network, runs: ChangedRuns, run: int, move: QuayMove) -> NDArray[np.bool_]:
    """Which calls of the run."""
    calls, message = runs.calls_of(run), move.message
    if move.place is None:
        there = np.zeros(calls.stop - calls.start, bool)
        planned = int(runs.trip[run])
        is_it = planned >= 0 and network.trips.id[int(network.trips.id_row[planned])] == message.trip
        there[0] = is_it and message.day is not None and int(runs.day[run]) == message.day.toordinal()
        return there
    zone = ZoneInfo(network.zones[int(runs.zone[run])])
    leaves_s = service_day_start(date.fromordinal(int(runs.day[run])), zone) + runs.departure[calls].astype(np.int64)
    at_stop: NDArray[np.bool_] = np.isin(runs.stop[calls], list(move.place.stops))
    return at_stop & (leaves_s >= move.place.from_s) & (leaves_s < move.place.until_s)
