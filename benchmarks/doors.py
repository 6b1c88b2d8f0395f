"""Door to door on the streets of Milan, beside cafein: walks of at most 15 minutes, one departure, itineraries built.

Neither draws lines. cafein is asked for the same pace; its streets come from the same extract. As `hent serve`
does when it starts, the day is prepared, and what is loaded is taken out of the garbage collector's sight.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.table import Row, table
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.geo import Point
from mobility.network.storage import open_network, save
from mobility.planning.planner import plan
from mobility.routing.query import Query, Spot, Walking
from mobility.routing.territory import Territory
from mobility.search.days import Days
from mobility.streets.build import build_streets
from mobility.streets.router import OnStreets
from mobility.streets.storage import open_streets, save_streets

FEED, EXTRACT, DAY = "gtfs/milano.zip", "osm/milan.osm.pbf", date(2014, 10, 22)
ZONE = ZoneInfo("Europe/Rome")
QUERIES, SPEED_MPS, RIDES = 200, 1.33, 8
LIMITS_S = (900, 1800)


def tables() -> list[str]:
    """Nothing where HENT_REFERENCE_DATA is not set."""
    reference = os.environ.get("HENT_REFERENCE_DATA")
    if not reference:
        return []
    with TemporaryDirectory() as folder:
        territory = _territory(Path(reference), Path(folder))
    asked = _questions(territory)
    rival = _cafein(Path(reference)) if find_spec("cafein") else None
    gc.collect()
    gc.freeze()
    rows = [row for limit_s in LIMITS_S for row in _rows(territory, rival, asked, limit_s)]
    return [table(f"Door to door in Milan, {QUERIES} departures, median", rows)]


def _territory(reference: Path, folder: Path) -> Territory:
    """As a server opens it: all columns mapped from disk."""
    feed, _ = accept(reference / FEED, FeedSource("m", "test"), ReadLimits(), DAY)
    save_streets(folder, "v-1", build_streets(reference / EXTRACT))
    streets = open_streets(folder, "v-1")
    save(build([feed], zone=ZONE.key, streets=streets), folder / "network")
    network = open_network(folder / "network")
    days = Days(network)
    days.prepare(DAY)
    return Territory(network, OnStreets(streets, network), days)


def _questions(territory: Territory) -> list[tuple[Point, Point, datetime]]:
    """From and to a few hundred metres round stops, between 7:00 and 20:00."""
    stops, rng = territory.network.stops, np.random.default_rng(11)
    assert isinstance(territory.streets, OnStreets)
    rows = rng.choice(territory.streets.stops_on_streets, (QUERIES, 2))
    lat, lon = stops.lat[rows] + rng.normal(0, 2e-3, rows.shape), stops.lon[rows] + rng.normal(0, 3e-3, rows.shape)
    minutes = rng.integers(7 * 60, 20 * 60, QUERIES).tolist()
    return [
        (Point(*a), Point(*b), datetime(DAY.year, DAY.month, DAY.day, minute // 60, minute % 60, tzinfo=ZONE))
        for (a, b), minute in zip(np.stack([lat, lon], 2).tolist(), minutes, strict=True)
    ]


def _rows(territory: Territory, rival: Any, asked: list[tuple[Point, Point, datetime]], limit_s: int) -> list[Row]:
    walking = Walking(SPEED_MPS, limit_s, limit_s, limit_s)

    def hent(start: Point, end: Point, at: datetime) -> Any:
        ends = Spot(start, "A"), Spot(end, "B")
        return plan(territory, Query(*ends, int(at.timestamp()), window_s=0, most_rides=RIDES, walking=walking))

    def cafein(start: Point, end: Point, at: datetime) -> Any:
        return rival.route_between_coordinates(
            (start.lat, start.lon), (end.lat, end.lon), at.replace(tzinfo=None), RIDES,
            walking_speed_kmph=SPEED_MPS * 3.6, max_walking_time=limit_s / 60, snap_distance=250, geometries=False,
        )  # fmt: skip

    what = f"walks of at most {limit_s // 60} min"
    mine_us = _median_us(hent, asked)
    if rival is None:
        return [Row(what, f"{mine_us:.0f} µs")]
    its_us = _median_us(cafein, asked)
    found = sum(bool(hent(*one).itineraries or hent(*one).direct) for one in asked)
    return [
        Row(what, f"{mine_us:.0f} µs", f"{its_us:.0f} µs (cafein)", f"{its_us / mine_us:.1f} x"),
        Row(f"{what}: answered", str(found), str(sum(_answers(cafein, one) for one in asked))),
    ]


def _answers(ask: Callable[..., Any], one: tuple[Point, Point, datetime]) -> bool:
    with contextlib.suppress(ValueError):
        return bool(ask(*one))
    return False


def _median_us(ask: Callable[..., Any], asked: list[tuple[Point, Point, datetime]]) -> float:
    """Of one thread's own time (the machine may do other things), the second time that all is asked."""
    times = []
    for number, one in enumerate([*asked, *asked]):
        begin = time.thread_time()
        with contextlib.suppress(ValueError):
            ask(*one)
        if number >= len(asked):
            times.append((time.thread_time() - begin) * 1e6)
    return statistics.median(times)


def _cafein(reference: Path) -> Any:
    from cafein import TransportNetwork

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return TransportNetwork.from_gtfs(
            str(reference / FEED), osm_pbf=str(reference / EXTRACT), walking_speed_kmph=SPEED_MPS * 3.6,
            max_walking_time=10, snap_distance=250, trip_distances=False, leg_geometries=False, street_modes=(),
        )  # fmt: skip


if __name__ == "__main__":
    print("\n".join(tables()))
