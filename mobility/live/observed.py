"""Delays as they were, counted when a call has passed: by line, stop, hour and kind of day. No vehicle, no person.

A call counts once, with the last that was said of it before its time. What nothing is known of does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mobility.clock import local_date, service_day_start
from mobility.live.delay_counts import DayKind, DelayCount, DelayKey, kind_of
from mobility.network.changed_runs import ChangedRuns, RunState, Told
from mobility.network.network import Network

KEEP_EVERY_S = 300
"""So often what was counted is kept."""
LONGEST_GAP_S = 600
"""Of calls that passed longer ago, while nobody looked, nothing is known."""
MANY = 50_000
"""So many calls of three days are remembered without looking which are older."""
Int64s = NDArray[np.int64]


class ObservedDelays:
    """keep: takes what was counted, at a moment (epoch seconds)."""

    def __init__(self, keep: Callable[[Sequence[DelayCount], int], object]) -> None:
        self._keep = keep
        self._counts: dict[DelayKey, DelayCount] = {}
        self._counted: set[tuple[int, int, int]] = set()
        self._version = ""
        self._seen_s = self._kept_s = 0

    def see(self, network: Network, runs: ChangedRuns, now_s: int) -> None:
        """What is known until this moment: calls that have passed since the last one are counted."""
        since_s = max(self._seen_s or now_s, now_s - LONGEST_GAP_S)
        self._seen_s = now_s
        if network.version != self._version:
            self._version, self._counted = network.version, set()
        if now_s > since_s and len(runs):
            self._count(network, runs, since_s, now_s)
        if now_s - self._kept_s >= KEEP_EVERY_S:
            self._kept_s = now_s
            if self._counts:
                self._keep(list(self._counts.values()), now_s)
            self._counts = {}  # where keeping failed they wait for the next time

    def _count(self, network: Network, runs: ChangedRuns, since_s: int, now_s: int) -> None:
        run, planned_s, expected_s = _passing(network, runs)
        is_cancelled = (runs.state[run] == RunState.CANCELLED) | ((runs.told & Told.SKIPPED) != 0)
        is_known = is_cancelled | ((runs.told & Told.KNOWN) != 0)
        stands = np.isin(runs.state[run], (RunState.RUNS, RunState.CANCELLED)) & (runs.position >= 0)
        passes_s = np.where(is_cancelled, planned_s, expected_s)
        has_passed = (passes_s > since_s) & (passes_s <= now_s)
        for call in np.flatnonzero(stands & is_known & has_passed).tolist():
            of = int(run[call])
            name = int(runs.trip[of]), int(runs.day[of]), int(runs.position[call])
            if name in self._counted:
                continue
            self._counted.add(name)
            key = _key(network, runs, of, call)
            late_s = None if is_cancelled[call] else int(expected_s[call] - planned_s[call])
            self._counts[key] = self._counts.get(key, DelayCount(key)).with_call(late_s)
        if len(self._counted) > MANY:
            oldest = local_date(now_s, ZoneInfo(network.zones[0])).toordinal() - 3
            self._counted = {one for one in self._counted if one[1] > oldest}


def _passing(network: Network, runs: ChangedRuns) -> tuple[Int64s, Int64s, Int64s]:
    """By call: its run, and when it leaves, by plan and as expected, epoch seconds; at the last call, arrives."""
    sizes = np.diff(runs.first_call)
    run = np.repeat(np.arange(len(runs)), sizes)
    starts = {
        (day, zone): service_day_start(date.fromordinal(day), ZoneInfo(network.zones[zone]))
        for day, zone in set(zip(runs.day.tolist(), runs.zone.tolist(), strict=True))
    }
    start_s = np.array([starts[key] for key in zip(runs.day.tolist(), runs.zone.tolist(), strict=True)], np.int64)
    planned, expected = runs.planned_departure.astype(np.int64), runs.departure.astype(np.int64)
    last = runs.first_call[1:][sizes > 0] - 1
    planned[last], expected[last] = runs.planned_arrival[last], runs.arrival[last]
    return run, planned + start_s[run], expected + start_s[run]


def _key(network: Network, runs: ChangedRuns, run: int, call: int) -> DelayKey:
    day = date.fromordinal(int(runs.day[run]))
    return DelayKey(
        month=f"{day:%Y-%m}",
        line=network.lines.id[int(runs.line[run])],
        stop=network.stops.id[int(runs.planned_stop[call])],
        hour=int(runs.planned_departure[call]) // 3600,
        kind=DayKind(kind_of(day)),
    )
