"""Timetables with news, for tests: what becomes of their runs, and the best ways then.

An update is the text form of GTFS-Realtime, short: `update("b1", "stop_time_update { ... }")`. Runs print as
`b1 15: A 8:00 > B 8:10/8:12 > (C) > D 8:20`: the day of June 2026, skipped calls in brackets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from gtfs.realtime.decode import read_realtime
from gtfs.snapshot import FeedSnapshot
from mobility.feeds.build.network import build
from mobility.live.timetable_index import TimetableIndex
from mobility.live.update_matches import Matched, matched
from mobility.network.changed_runs import RunState, Told
from mobility.network.live import LiveNetwork, with_changes
from mobility.network.network import Network
from mobility.network.terrain import Terrain
from mobility.search import search
from mobility.search.days import Days
from mobility.search.path import Ends
from mobility.search.search import NO_LIMITS
from tests.gtfs.realtime.feeds import feed as realtime_feed
from tests.mobility.feeds import tiny
from tests.tiny import clock

MONDAY = tiny.MONDAY
NO_WALKING = Terrain(change_s=0, only_transfers=True)


def update(trip: str, *calls: str, more: str = "") -> str:
    """trip: its id and what else its descriptor says, `b1 start_date:20260615`."""
    id, *said = trip.split()
    words = dict(word.split(":", 1) for word in said)
    members = [f'trip_id: "{id}"' if id != "-" else ""]
    for name, value in words.items():
        bare = name in ("schedule_relationship", "direction_id")
        members.append(f"{name}: {value}" if bare else f'{name}: "{value}"')
    return f"trip_update {{ trip {{ {' '.join(members)} }} {' '.join(map(call, calls))} {more} }}"


def call(said: str) -> str:
    """`B arr+60`, `#3 dep-100`, `#3 B SKIPPED`, `B arr@1750000000 dep@1750000060`, `B > B2 arr+0`."""
    found, words = [], said.split()
    stops = [word for word in words if word.isalnum() and word != "SKIPPED"]
    for word in words:
        if word.startswith("#"):
            found.append(f"stop_sequence: {word[1:]}")
        elif word in ("SKIPPED", "NO_DATA"):
            found.append(f"schedule_relationship: {word}")
        elif word[:3] in ("arr", "dep") and word[3:4] in "+-@":
            name = {"arr": "arrival", "dep": "departure"}[word[:3]]
            value = f"time: {word[4:]}" if word[3] == "@" else f"delay: {int(word[3:])}"
            found.append(f"{name} {{ {value} }}")
    stops = [word for word in stops if word not in ("SKIPPED", "NO_DATA")]
    if stops:
        found.append(f'stop_id: "{stops[0]}"')
    if len(stops) > 1:
        found.append(f'stop_time_properties {{ assigned_stop_id: "{stops[1]}" }}')
    return f"stop_time_update {{ {' '.join(found)} }}"


def epoch(shown: str, day: date = MONDAY, zone: str = "UTC") -> int:
    """Of what clocks show on that day."""
    hours, minutes = map(int, shown.split(":"))
    return int(datetime(day.year, day.month, day.day, hours, minutes, tzinfo=ZoneInfo(zone)).timestamp())


@dataclass(frozen=True)
class Now:
    """A timetable and the updates of one file, read at a moment (epoch seconds). before: what the file before made of
    it."""

    feed: FeedSnapshot
    updates: Sequence[str]
    at_s: int = field(default_factory=lambda: epoch("8:00"))
    terrain: Terrain = NO_WALKING
    before: LiveNetwork | None = None

    @cached_property
    def network(self) -> Network:
        anew = self.before is None
        return build([self.feed], self.terrain, self.feed.agencies[0].timezone) if anew else self.before.planned

    @cached_property
    def matched(self) -> Matched:
        said = read_realtime(realtime_feed(*self.updates, header=f"timestamp: {self.at_s}"))
        return matched(TimetableIndex(self.network, self.feed.source.id), said, self.at_s)

    @cached_property
    def live(self) -> LiveNetwork:
        return with_changes(self.network, self.matched.runs, "v", self.before)

    @property
    def reasons(self) -> dict[str, int]:
        return {str(reason): count for reason, count in self.matched.reasons.items()}

    @property
    def runs(self) -> list[str]:
        return [self._run(run) for run in range(len(self.matched.runs))]

    def _run(self, run: int) -> str:
        runs, network = self.matched.runs, self.network
        name = runs.id[run] or network.trips.id[int(network.trips.id_row[runs.trip[run]])]
        day = date.fromordinal(int(runs.day[run])).day
        state = RunState(int(runs.state[run]))
        said = state.name.lower() if state in (RunState.CANCELLED, RunState.REMOVED) else self._calls(run)
        return f"{name.partition('_')[2]} {day}: {said}"

    def _calls(self, run: int) -> str:
        runs, told = self.matched.runs, []
        for at in range(*runs.calls_of(run).indices(len(runs.stop))):
            stop = self.network.stops.id[int(runs.stop[at])].partition("_")[2]
            arrival, departure = clock(int(runs.arrival[at])), clock(int(runs.departure[at]))
            times = arrival if arrival == departure else f"{arrival}/{departure}"
            told.append(f"({stop})" if runs.told[at] & Told.SKIPPED else f"{stop} {times}")
        return " > ".join(told)

    def best(self, origin: str, destination: str, at: str, day: date = MONDAY, arriving: bool = False) -> list[str]:
        """The Pareto-optimal ways, `8:05 > 8:31 (b1 b2)`: leaving, arriving, the trips ridden."""
        laid_out = Days(self.live).on(day)
        nodes = [self.network.stops.id.find(f"{self.feed.source.id}_{name}") for name in (origin, destination)]
        zero = np.zeros(1, np.int32)
        ends = Ends(*(part for node in nodes for part in (np.array([node], np.int32), zero)), 2**31 - 1)
        moment = epoch(at, day, self.network.zones[0]) - laid_out.timetable.anchor_s
        asked: Any = search.pareto_arriving if arriving else search.pareto
        found = asked(laid_out, ends, moment) if arriving else asked(laid_out, ends, moment, NO_LIMITS)
        return [
            f"{clock(path.departure_s)} > {clock(path.arrival_s)} ({' '.join(self._ridden(laid_out, path))})"
            for path in found
        ]

    def _ridden(self, laid_out: Any, path: Any) -> list[str]:
        trips = self.live.trips
        rows = (int(laid_out.timetable.trip_row[ride.trip]) for ride in path.rides)
        return [trips.id[int(trips.id_row[row])].partition("_")[2] for row in rows]
