"""Departures that do not run on a service day, line by line: on the page of disruptions and on printed sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from api.pages.line_live import run_leg
from api.pages.line_sign import LineSign, line_sign
from api.pages.live_words import LivePage
from api.present.prose import clock
from mobility.clock import service_day_start
from mobility.network.changed_runs import RunState


class CancelledRun(NamedTuple):
    """clock: by plan. way: `Lorient → Groix`. words: `supprimé : météo`."""

    clock: str
    way: str
    words: str


@dataclass(frozen=True, slots=True)
class CancelledRuns:
    """Of a line on a day. more: how many are not in `runs`."""

    sign: LineSign
    runs: tuple[CancelledRun, ...]
    more: int = 0


def cancelled_runs(live: LivePage, line: int, day: date, most: int | None = None) -> Iterator[CancelledRuns]:
    """Of each line, or of that one, its departures that do not run on a service day, in their order. line: row of the
    network, -1 all. most: of a line so many one by one, None all."""
    if live.live is None:
        return
    runs = live.live.network.changed
    rows = np.flatnonzero((runs.state == RunState.CANCELLED) & (runs.day == day.toordinal()))
    rows = rows[np.argsort(runs.planned_departure[runs.first_call[rows]], kind="stable")]
    for one in np.unique(runs.line[rows]).tolist():
        own = rows[runs.line[rows] == one].tolist()
        if line in (-1, one):
            told = tuple(_run(live, run, day) for run in own[:most])
            yield CancelledRuns(line_sign(live.of, one), told, len(own) - len(told))


def _run(live: LivePage, run: int, day: date) -> CancelledRun:
    network = live.of.asking.territory.network
    assert live.live is not None
    runs = live.live.network.changed
    calls, zone = runs.calls_of(run), ZoneInfo(network.zones[int(runs.zone[run])])
    leaves_s = service_day_start(day, zone) + int(runs.planned_departure[calls.start])
    start, end = (network.stops.name[int(runs.planned_stop[at])] for at in (calls.start, calls.stop - 1))
    words = live.cancelled(run_leg(live, int(runs.trip[run]), day))
    return CancelledRun(clock(leaves_s, live.of.asking.territory.zone), f"{start} → {end}", words)
