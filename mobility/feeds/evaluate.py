"""Are the answers of the search those of a reference, and how long do they take?

The feed is one day flattened; its transfers.txt is the whole transfer graph, also for the first and the last walk.
Answers are compared as sets of (rides, arrival) and, for the two-hour window, of (departure, arrival, rides).
"""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.compiler import kernel
from gtfs.realtime.decode import read_realtime
from gtfs.snapshot import FeedSource
from mobility.errors import NotFound
from mobility.feeds.build.network import build
from mobility.feeds.elapsed import Elapsed
from mobility.feeds.evaluation import Compared, Evaluation
from mobility.feeds.peak_memory import peak_memory_mib
from mobility.live.changed_calls import CALLS_HEADER, changed_calls
from mobility.live.timetable_index import TimetableIndex
from mobility.live.update_matches import matched
from mobility.network.live import with_changes
from mobility.network.network import Network
from mobility.network.terrain import Terrain
from mobility.network.timetable import NEVER, Footpaths, Int32s
from mobility.search import engine, search
from mobility.search.days import Days
from mobility.search.engine import NO_LIMITS
from mobility.search.labels import paths
from mobility.search.path import Ends
from mobility.search.searchday import SearchDay
from mobility.search.timed import TimedPath, timed_paths

T = TypeVar("T")

WINDOW_S = 7200
FEED = "reference"


@dataclass(frozen=True, slots=True)
class StopQuery:
    id: str
    from_stop: str
    to_stop: str
    departure_s: int


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A loaded day, with the walks out of each stop and into it, the stop itself first among them."""

    row_of: dict[str, int]
    day: SearchDay
    out_of: Footpaths
    into: Footpaths

    def ends(self, query: StopQuery) -> Ends:
        origin, destination = self.row_of[query.from_stop], self.row_of[query.to_stop]
        out_of, into = self.out_of, self.into
        access = slice(out_of.first[origin], out_of.first[origin + 1])
        egress = slice(into.first[destination], into.first[destination + 1])
        near, near_s = out_of.to_stop[access], out_of.duration_s[access]
        walk_s = seconds_to(near, near_s, destination)
        return Ends(near, near_s, into.to_stop[egress], into.duration_s[egress], walk_s)


@kernel
def seconds_to(stops: Int32s, seconds: Int32s, stop: int) -> int:
    found = int(NEVER)
    for row in range(len(stops)):
        if stops[row] == stop:
            found = int(seconds[row])
    return found


@dataclass(frozen=True, slots=True)
class Replayed:
    """A captured file of GTFS-Realtime and the moment it is read at. changed_calls: where the calls of the runs that it
    changes are written to."""

    file: Path
    now_s: int
    changed_calls: Path | None = None


def load(feed: Path, day: date, replayed: Replayed | None = None) -> Instance:
    """From the zip to a day that is quick to search. See `laid_out`, `made_quick`."""
    return made_quick(laid_out(feed, day, replayed))


def laid_out(feed: Path, day: date, replayed: Replayed | None = None) -> Instance:
    """From the zip to a day that is ready to answer. With updates the day begins at the zone of the feed, else in UTC.

    Raises UnreadableRealtime."""
    source = FeedSource(FEED, "as its source says")
    snapshot, _ = accept(feed, source, ReadLimits(), day)
    zone = snapshot.agencies[0].timezone if replayed else "UTC"
    network = build([snapshot], Terrain(change_s=0, only_transfers=True), zone)
    del snapshot
    if replayed:
        network = _changed(network, replayed, day)
    plain = Days(network).on(day)
    row_of = {local.removeprefix(f"{FEED}_"): row for row, local in enumerate(network.stops.id)}
    return Instance(row_of, plain, _with_itself(plain.footpaths), _with_itself(plain.mirrored_footpaths))


def made_quick(instance: Instance) -> Instance:
    return replace(instance, day=search.accelerated(instance.day))


def _changed(network: Network, replayed: Replayed, day: date) -> Network:
    found = matched(TimetableIndex(network, FEED), read_realtime(replayed.file.read_bytes()), replayed.now_s)
    if replayed.changed_calls:
        rows = changed_calls(network, found.runs, day)
        with replayed.changed_calls.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([CALLS_HEADER, *rows])
    return with_changes(network, found.runs, replayed.file.name)


def _with_itself(walks: Footpaths) -> Footpaths:
    n_stops = len(walks.first) - 1
    at = walks.first[:-1]
    zeros = np.zeros(n_stops, np.int32)
    return Footpaths(
        first=np.add(walks.first, np.arange(n_stops + 1), dtype=np.int32),
        to_stop=np.insert(walks.to_stop, at, np.arange(n_stops, dtype=np.int32)),
        duration_s=np.insert(walks.duration_s, at, zeros),
        distance_m=np.insert(walks.distance_m, at, zeros),
        change_s=walks.change_s,
    )


@dataclass(frozen=True, slots=True)
class ReferenceFiles:
    queries: Path
    answers: Path
    window_answers: Path | None = None


def evaluate(feed: Path, day: date, files: ReferenceFiles, replayed: Replayed | None = None) -> Evaluation:
    """Raises UnreadableFeed, RejectedFeed, UnreadableRealtime, and NotFound where a query names a stop that the feed
    does not have."""
    warm_up()
    began = Elapsed.now()
    instance = laid_out(feed, day, replayed)
    ready = Elapsed.since(began)
    instance = made_quick(instance)
    quick = Elapsed.since(began)
    peak_mib = peak_memory_mib()
    asked = read_queries(files.queries, instance)
    expected = read_answers(files.answers, ("n_trips", "arrival_sec"))
    pareto = compare(asked, expected, partial(find_pareto, instance), partial(told_pareto, instance))
    window = Compared(0, (), ())
    if files.window_answers is not None:
        expected = read_answers(files.window_answers, ("dep_sec", "arrival_sec", "n_trips"))
        window = compare(asked, expected, partial(find_window, instance), told_window)
    journeys = compare(asked, {}, partial(find_journeys, instance), lambda *_: set())
    earliest = compare(asked, {}, partial(find_earliest, instance), lambda *_: set())
    return Evaluation(ready, quick, peak_mib, pareto, window, journeys.times_us, earliest.times_us)


def warm_up() -> None:
    """Compile what is timed, or read it from the cache."""
    search.warm_up()
    nothing = np.zeros(0, np.int32)
    seconds_to(nothing, nothing, 0)
    timed_paths(search.toy_day().timetable, nothing)


def read_queries(path: Path, instance: Instance) -> list[StopQuery]:
    with path.open(newline="", encoding="utf-8") as file:
        asked = [
            StopQuery(row["qid"], row["from_stop_id"], row["to_stop_id"], int(row["dep_sec"]))
            for row in csv.DictReader(file)
        ]
    for query in asked:
        if query.from_stop not in instance.row_of or query.to_stop not in instance.row_of:
            raise NotFound("stop", f"query {query.id}")
    return asked


AnswerRows = set[tuple[int, ...]]


def read_answers(path: Path, columns: tuple[str, ...]) -> dict[str, AnswerRows]:
    found: dict[str, AnswerRows] = defaultdict(set)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["qid"]].add(tuple(int(row[column]) for column in columns))
    return found


def compare(
    asked: list[StopQuery],
    expected: dict[str, AnswerRows],
    find: Callable[[StopQuery], T],
    told: Callable[[StopQuery, T], AnswerRows],
) -> Compared:
    """Only `find` is timed."""
    times_us, unequal = [], []
    for query in asked:
        begin = time.perf_counter()
        found = find(query)
        times_us.append((time.perf_counter() - begin) * 1e6)
        if told(query, found) != expected.get(query.id, set()):
            unequal.append(query.id)
    return Compared(len(asked), tuple(unequal), tuple(times_us))


def find_pareto(instance: Instance, query: StopQuery) -> Int32s:
    with instance.day.ahead.labels() as labels:
        n_found = engine.leave_at(instance.day.ahead, instance.ends(query), query.departure_s, NO_LIMITS, labels)
        return labels.found[:n_found].copy()


def told_pareto(instance: Instance, query: StopQuery, found: Int32s) -> AnswerRows:
    walk_s = instance.ends(query).walk_s
    walk = {(0, query.departure_s + walk_s)} if walk_s != NEVER else set()
    return walk | {(len(path.rides), path.arrival_s) for path in paths(found.tolist())}


def find_window(instance: Instance, query: StopQuery) -> Int32s:
    span_s = (query.departure_s, query.departure_s + WINDOW_S)
    with instance.day.ahead.labels() as labels:
        n_found = engine.leave_within(instance.day.ahead, instance.ends(query), span_s, NO_LIMITS, labels, waits=True)
        return labels.found[:n_found].copy()


def told_window(_: StopQuery, found: Int32s) -> AnswerRows:
    return {(path.departure_s, path.arrival_s, len(path.rides)) for path in paths(found.tolist())}


def find_journeys(instance: Instance, query: StopQuery) -> list[TimedPath]:
    return timed_paths(instance.day.timetable, find_pareto(instance, query))


def find_earliest(instance: Instance, query: StopQuery) -> int:
    return search.earliest(instance.day, instance.ends(query), query.departure_s)
