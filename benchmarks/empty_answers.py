"""What is looked for where nothing is found: when the next way begins (mobility/planning/empty_day.py), and a walk
between two vehicles (mobility/planning/walk_between.py). Processor milliseconds.

The city runs each day of a fortnight, and to an island off its shore there is one boat, on the last of them: who asks
for it on the first is searched for in the whole city, day by day.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.instances import Instance, instances
from benchmarks.table import Row, table
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSnapshot, FeedSource
from mobility.clock import at_clock, days_after, night_ends_s
from mobility.feeds.build.network import build
from mobility.network.straight_line import StraightLine
from mobility.planning.empty_day import MOST_DAYS, empty_day
from mobility.planning.planner import plan
from mobility.planning.walk_between import with_walk_between
from mobility.ranking.answer import Answer
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Query, Walking
from mobility.routing.territory import Territory
from mobility.search.days import Days

ASKED = 20
MORNING, EVENING = (datetime.min.time().replace(hour=hour) for hour in (8, 23))
PACES = {"usual": 1.33, "slow": 0.9}
"""Metres a second."""
OFF_SHORE = 0.5
"""Degrees to the north."""


def run() -> str:
    with TemporaryDirectory() as scratch:
        return "\n".join(_of(instance, Path(scratch)) for instance in instances(Path(scratch)))


def _of(instance: Instance, scratch: Path) -> str:
    territory = _territory(instance, scratch)
    rows = [_next_ways(territory, instance.day, pace) for pace in PACES]
    return table(f"Empty answers, {instance.name}", [*rows, _walks(territory, instance.day)])


def _next_ways(territory: Territory, day: date, pace: str) -> Row:
    """Of days that nobody has asked for before."""
    empty = [plan(territory, query) for query in _to_the_island(territory, day, PACES[pace])]
    return _row(
        f"the next way, a fortnight ahead, at a {pace} pace", [_took_ms(_told, territory, one) for one in empty]
    )


def _told(territory: Territory, answer: Answer) -> None:
    found = empty_day(territory, answer)
    assert found is not None and found.at_s is not None and not found.runs


def _walks(territory: Territory, day: date) -> Row:
    at_s = at_clock(day, EVENING, territory.zone)
    until_s = night_ends_s(at_s, territory.zone)
    drawn = np.random.default_rng(8).choice(_served(territory), (10 * ASKED, 2)).tolist()
    asked = [Query(*(stop_spot(territory.network, stop) for stop in ends), at_s) for ends in drawn]
    took_ms = [_took_ms(with_walk_between, territory, query, at_s, until_s) for query in asked]
    return _row("a walk between two vehicles, at 23:00", took_ms)


def _row(what: str, took_ms: list[float]) -> Row:
    half, most, longest = np.percentile(took_ms, (50, 95, 100))
    return Row(f"{what}, {len(took_ms)} times: median, 95 %, longest", f"{half:.0f}, {most:.0f}, {longest:.0f} ms")


def _took_ms(once: Callable[..., object], *told: object) -> float:
    begin_s = time.process_time()
    once(*told)
    return 1000 * (time.process_time() - begin_s)


def _served(territory: Territory) -> list[int]:
    """Stops of the city."""
    found: list[int] = np.flatnonzero(territory.network.stops.modes != 0)[:-2].tolist()
    return found


def _to_the_island(territory: Territory, day: date, speed_mps: float) -> Iterator[Query]:
    """From stops all over the city."""
    network, at_s = territory.network, at_clock(day, MORNING, territory.zone)
    island = stop_spot(network, len(network.stops) - 1)
    for start in np.random.default_rng(7).choice(_served(territory), ASKED).tolist():
        yield Query(stop_spot(network, start), island, at_s, window_s=3600, walking=Walking(speed_mps))


def _territory(instance: Instance, scratch: Path) -> Territory:
    network = build([_city(instance, scratch), _boat(instance, scratch)])
    return Territory(network, StraightLine(network), Days(network))


def _accepted(file: Path, tables: dict[str, bytes | str], day: date) -> FeedSnapshot:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, text in tables.items():
            archive.writestr(name, text)
    feed, _ = accept(file, FeedSource(file.stem, "test"), ReadLimits(), day)
    return feed


def _city(instance: Instance, scratch: Path) -> FeedSnapshot:
    """Its one service, each day."""
    with zipfile.ZipFile(instance.feed) as archive:
        tables = {name: archive.read(name) for name in archive.namelist() if not name.startswith("calendar")}
    last = days_after(instance.day, MOST_DAYS)
    return _accepted(scratch / "city.zip", {**tables, "calendar.txt": _calendar(instance.day, last)}, instance.day)


def _calendar(first: date, last: date) -> str:
    days = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"
    return f"service_id,{days},start_date,end_date\nS,1,1,1,1,1,1,1,{first:%Y%m%d},{last:%Y%m%d}\n"


def _boat(instance: Instance, scratch: Path) -> FeedSnapshot:
    """From beside the first stop of the city."""
    with zipfile.ZipFile(instance.feed) as archive:
        agency = archive.read("agency.txt")
        first = archive.read("stops.txt").decode("utf-8-sig").splitlines()[1]
    lat, lon = map(float, first.split(",")[2:4])
    last = days_after(instance.day, MOST_DAYS)
    tables: dict[str, bytes | str] = {
        "agency.txt": agency,
        "stops.txt": f"stop_id,stop_name,stop_lat,stop_lon\nQ,Quay,{lat},{lon}\nI,Island,{lat + OFF_SHORE},{lon}\n",
        "routes.txt": "route_id,route_short_name,route_type\nB,Boat,4\n",
        "trips.txt": "route_id,service_id,trip_id\nB,S,1\n",
        "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "1,20:00:00,20:00:00,Q,1\n1,21:00:00,21:00:00,I,2\n",
        "calendar.txt": _calendar(last, last),
    }
    return _accepted(scratch / "boat.zip", tables, instance.day)
