"""A timetable written as a timetable, and answers that print as one line.

    tiny.timetable('''
        Bus1
        A     B          C
        8:00  8:10/8:12  8:20

        Ferry
        C     +D    -E
        8:30  8:40  8:50
    ''', walks=["B ~ 5m ~ D"], changes=["C 2m"])

Stops across, trips down, an empty line between two lines. `8:10/8:12` is arrival/departure; `+D` only lets in, `-E`
only lets out. Hours may be negative (yesterday's trips) or beyond 24.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from mobility.network.day import Runs, compile_day
from mobility.network.timetable import NEVER, DayTimetable, Footpaths
from mobility.search import search
from mobility.search.path import Ends, Path, Ride
from mobility.search.search import NO_LIMITS, SearchDay, SearchLimits


@dataclass(frozen=True)
class Tiny:
    day: SearchDay
    stops: tuple[str, ...]
    lines: tuple[str, ...]
    """Name of the line of each row of trips."""

    def pareto(self, origin: str, destination: str, at: str, limits: SearchLimits = NO_LIMITS) -> list[str]:
        ends = self.ends(origin, destination)
        return [self.told(path, ends) for path in search.pareto(self.day, ends, seconds(at), limits)]

    def pareto_arriving(self, origin: str, destination: str, at: str) -> list[str]:
        ends = self.ends(origin, destination)
        return [self.told(path, ends) for path in search.pareto_arriving(self.day, ends, seconds(at))]

    def window(self, origin: str, destination: str, span: str) -> list[str]:
        ends = self.ends(origin, destination)
        earliest, latest = span.split("-")
        paths = search.window(self.day, ends, seconds(earliest), seconds(latest))
        return [self.told(path, ends) for path in paths]

    def window_arriving(self, origin: str, destination: str, span: str) -> list[str]:
        ends = self.ends(origin, destination)
        earliest, latest = span.split("-")
        paths = search.window_arriving(self.day, ends, seconds(earliest), seconds(latest))
        return [self.told(path, ends) for path in paths]

    def ends(self, origin: str, destination: str) -> Ends:
        """`A` or `A 3m, B 0m`; a walk all the way is `walk 20m` among the origin's."""
        access, egress = self._ways(origin), self._ways(destination)
        walk_s = access.pop("walk", int(NEVER))
        return Ends(
            np.array([self.stops.index(name) for name in access], np.int32),
            np.array(list(access.values()), np.int32),
            np.array([self.stops.index(name) for name in egress], np.int32),
            np.array(list(egress.values()), np.int32),
            walk_s,
        )

    def _ways(self, text: str) -> dict[str, int]:
        words = [way.split() for way in text.split(",")]
        return {name: seconds_of(rest[0]) if rest else 0 for name, *rest in words}

    def told(self, path: Path, ends: Ends) -> str:
        """`walk 3m > A | Bus1 A 8:00 > B 8:10 | walk 5m > D | Tram2 D 8:20 > E 8:40 | walk 2m`."""
        if not path.rides:
            return f"walk {minutes(path.arrival_s - path.departure_s)}"
        legs: list[str] = []
        first, last = path.rides[0], path.rides[-1]
        access_s = dict(zip(ends.access_stop.tolist(), ends.access_s.tolist(), strict=True))
        egress_s = dict(zip(ends.egress_stop.tolist(), ends.egress_s.tolist(), strict=True))
        board, alight = self.call(first.trip, first.board)[0], self.call(last.trip, last.alight)[0]
        if access_s[board]:
            legs.append(f"walk {minutes(access_s[board])} > {self.stops[board]}")
        for before, ride in pairwise((None, *path.rides)):
            assert ride is not None
            legs += self._walk(before, ride) if before else []
            legs.append(self._ride(ride))
        if egress_s[alight]:
            legs.append(f"walk {minutes(egress_s[alight])}")
        return " | ".join(legs)

    def _walk(self, before: Ride, after: Ride) -> list[str]:
        origin, target = self.call(before.trip, before.alight)[0], self.call(after.trip, after.board)[0]
        if origin == target:
            return []
        walks = self.day.footpaths
        (duration_s,) = [int(walks.duration_s[w]) for w in walks.of(origin) if walks.to_stop[w] == target]
        return [f"walk {minutes(duration_s)} > {self.stops[target]}"]

    def _ride(self, ride: Ride) -> str:
        line = self.lines[self.day.timetable.trip_row[ride.trip]]
        board, _, departure_s = self.call(ride.trip, ride.board)
        alight, arrival_s, _ = self.call(ride.trip, ride.alight)
        return f"{line} {self.stops[board]} {clock(departure_s)} > {self.stops[alight]} {clock(arrival_s)}"

    def call(self, trip: int, position: int) -> tuple[int, int, int]:
        """Stop, arrival, departure."""
        return call(self.day.timetable, trip, position)


def call(day: DayTimetable, trip: int, position: int) -> tuple[int, int, int]:
    pattern = day.trip_pattern[trip]
    first, after = day.pattern_first_position[pattern : pattern + 2]
    at = day.pattern_first_call[pattern] + (trip - day.pattern_first_trip[pattern]) * (after - first) + position
    return int(day.position_stop[first + position]), int(day.arrival[at]), int(day.departure[at])


def timetable(text: str, walks: Sequence[str] = (), changes: Sequence[str] = ()) -> Tiny:
    blocks = [_block(block) for block in re.split(r"\n\s*\n", text.strip())]
    walked = [re.fullmatch(r"(\w+) ~ (\w+) ~ (\w+)", walk) for walk in walks]
    ends = {name for walk in walked if walk for name in (walk[1], walk[3])}
    stops = tuple(sorted({name.strip("+-") for _, names, _ in blocks for name in names} | ends))
    lines = tuple(line for line, _, trips in blocks for _ in trips)
    walking = footpaths(
        len(stops),
        [(stops.index(walk[1]), seconds_of(walk[2]), stops.index(walk[3])) for walk in walked if walk],
        {stops.index(name): seconds_of(span) for name, span in (change.split() for change in changes)},
    )
    return Tiny(search.search_day(laid_out(stops, blocks), walking), stops, lines)


Block = tuple[str, list[str], list[list[tuple[int, int]]]]


def laid_out(stops: Sequence[str], blocks: Sequence[Block]) -> DayTimetable:
    """Each block one group of trips: line, stops with + or -, times of each trip."""
    names = [name for _, block, _ in blocks for name in block]
    trips = [trip for _, _, block in blocks for trip in block]
    times = np.array([time for trip in trips for time in trip], np.int32).reshape(-1, 2)
    runs = Runs(
        group_first_position=_starts([len(block) for _, block, _ in blocks]),
        position_stop=np.array([stops.index(name.strip("+-")) for name in names], np.int32),
        position_boards=np.array([not name.startswith("-") for name in names], np.uint8),
        position_alights=np.array([not name.startswith("+") for name in names], np.uint8),
        trip_group=np.array([g for g, (_, _, block) in enumerate(blocks) for _ in block], np.int32),
        trip_row=np.arange(len(trips), dtype=np.int32),
        trip_day=np.zeros(len(trips), np.int8),
        trip_shift_s=np.zeros(len(trips), np.int32),
        trip_first_call=_starts([len(trip) for trip in trips])[:-1],
        arrival=times[:, 0].copy(),
        departure=times[:, 1].copy(),
    )
    return compile_day(date(2026, 1, 13), 0, len(stops), runs)


def footpaths(n_stops: int, walks: Sequence[tuple[int, int, int]], changes: dict[int, int]) -> Footpaths:
    """Each walk (one stop, seconds, the other stop) in both ways."""
    both = sorted({(a, s, b) for a, s, b in walks} | {(b, s, a) for a, s, b in walks})
    return Footpaths(
        first=_starts([sum(a == stop for a, _, _ in both) for stop in range(n_stops)]),
        to_stop=np.array([b for _, _, b in both], np.int32),
        duration_s=np.array([s for _, s, _ in both], np.int32),
        distance_m=np.array([s for _, s, _ in both], np.int32),
        change_s=np.array([changes.get(stop, 0) for stop in range(n_stops)], np.int32),
    )


def _block(text: str) -> Block:
    line, header, *rows = [row.strip() for row in text.splitlines() if row.strip()]
    return line, header.split(), [list(_times(row)) for row in rows]


def _times(row: str) -> Iterator[tuple[int, int]]:
    for word in row.split():
        arrival, _, departure = word.partition("/")
        yield seconds(arrival), seconds(departure or arrival)


def _starts(sizes: Sequence[int]) -> np.ndarray:
    return np.cumsum([0, *sizes]).astype(np.int32)


def seconds(text: str) -> int:
    """`8:10`, `25:00`, `-0:20`, `8:10:30`."""
    hours, minute, *second = text.strip().lstrip("-").split(":")
    total = int(hours) * 3600 + int(minute) * 60 + int(second[0] if second else 0)
    return -total if text.strip().startswith("-") else total


def seconds_of(span: str) -> int:
    """`5m`, `30s`."""
    return int(span[:-1]) * {"m": 60, "s": 1}[span[-1]]


def minutes(span_s: int) -> str:
    return f"{span_s // 60}m" if span_s % 60 == 0 else f"{span_s}s"


def clock(time_s: int) -> str:
    sign, time_s = ("-", -time_s) if time_s < 0 else ("", time_s)
    rest = f":{time_s % 60:02}" if time_s % 60 else ""
    return f"{sign}{time_s // 3600}:{time_s // 60 % 60:02}{rest}"
