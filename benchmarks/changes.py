"""Choosing the vehicles of answers, their places of change, and what is left to who misses a ride: what each adds to a
trip query of the demo, a dozen itineraries at a time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from zoneinfo import ZoneInfo

from benchmarks.table import Row, table
from demo.build import build as build_demo
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.network.straight_line import StraightLine
from mobility.planning.alternatives import alternative_search
from mobility.planning.fallbacks import Fallback, fallback_search
from mobility.planning.planner import plan
from mobility.routing.access import Doors, doors
from mobility.routing.changes import Along, at_best_stops
from mobility.routing.itinerary import Itinerary, stop_spot
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.search import search
from mobility.search.choice import chosen
from mobility.search.days import Days
from mobility.search.path import Path as Found

DAY, ZONE = date(2026, 12, 1), ZoneInfo("Europe/Paris")
QUESTIONS, DOZEN, TIMES = 200, 12, 5
WINDOW_S = 7 * 3600


def run() -> str:
    territory = _territory()
    day = territory.days.on(DAY)
    vehicles, places = list[float](), list[float]()
    for query, both, found in _dozens(territory):
        along = Along(day.timetable, day.footpaths, both)
        ends = both.ends()
        vehicles.append(_least_ms(lambda ends=ends, found=found: chosen(day, ends, found)))
        told = chosen(day, ends, found)
        places.append(
            _least_ms(lambda query=query, along=along, told=told: at_best_stops(territory, query, along, told))
        )
    rows = [
        Row("the same vehicles from whichever engine", _median(vehicles)),
        Row("each change at the best stop", _median(places)),
    ]
    dozens = table(f"A dozen itineraries of the demo, {len(places)} times, medians", rows)
    return "\n".join([dozens, _missed(territory)])


def _missed(territory: Territory) -> str:
    """Of whole answers, as `ifMissed` asks: processor time, as others use the machine, too."""
    taken, others, rides = list[float](), list[float](), list[int]()
    for query in _questions(territory):
        found = plan(territory, query).itineraries
        if found:
            taken.append(_least_ms(lambda query=query, found=found: _fallbacks(territory, query, found), process_time))
            others.append(_least_ms(lambda query=query, found=found: _others(territory, query, found), process_time))
            rides.append(sum(map(len, _fallbacks(territory, query, found))))
    worst = sorted(taken)[int(0.95 * len(taken))]
    rows = [
        Row("what may take the place of each ride (numLegAlternatives=3), median", "", _median(others)),
        Row(
            f"if each ride is missed (ifMissed), {statistics.mean(rides):.0f} rides, median",
            "must 3 ms",
            _median(taken),
        ),
        Row("the same, 95 of 100", "", f"{worst:.2f} ms"),
    ]
    return table(f"{len(taken)} answers of the demo, processor time", rows)


def _others(territory: Territory, query: Query, found: Sequence[Itinerary]) -> list[list[list[Itinerary]]]:
    search = alternative_search(territory, query, 3)
    return [search.of(one) for one in found]


def _fallbacks(territory: Territory, query: Query, found: Sequence[Itinerary]) -> list[list[Fallback]]:
    search = fallback_search(territory, query)
    return [search.of(one) for one in found]


def _questions(territory: Territory) -> Iterator[Query]:
    """Between stops drawn by lot, at eight."""
    random, network = Random(12), territory.network
    served = [stop for stop in range(len(network.stops)) if network.stops.kind[stop] == 0 and network.stops.modes[stop]]
    at_s = int(datetime(2026, 12, 1, 8, tzinfo=ZONE).timestamp())
    for _ in range(QUESTIONS):
        start, end = (stop_spot(network, stop) for stop in random.sample(served, 2))
        yield Query(start, end, at_s)


def _territory() -> Territory:
    with TemporaryDirectory() as folder:
        feed, _ = accept(build_demo(Path(folder), DAY), FeedSource("d", "test"), ReadLimits(), DAY)
    network = build([feed], zone=ZONE.key)
    return Territory(network, StraightLine(network), Days(network))


def _dozens(territory: Territory) -> Iterator[tuple[Query, Doors, list[Found]]]:
    """Those questions, between stops drawn by lot, that have twelve answers with a change."""
    day = territory.days.on(DAY)
    for query in _questions(territory):
        from_s = query.at_s - day.timetable.anchor_s
        both = doors(territory, query)
        found = [path for path in search.window(day, both.ends(), from_s, from_s + WINDOW_S) if len(path.rides) > 1]
        if len(found) >= DOZEN:
            yield query, both, found[:DOZEN]


def _least_ms(once: Callable[[], object], now_s: Callable[[], float] = time.perf_counter) -> float:
    """The best of some times: others use the machine, too."""
    taken = []
    for _ in range(TIMES):
        begin = now_s()
        once()
        taken.append(1000 * (now_s() - begin))
    return min(taken)


def _median(taken_ms: list[float]) -> str:
    return f"{statistics.median(taken_ms):.2f} ms"
