"""Streets: how long the extract takes to prepare, and both ends of one query to walk. Milan and Helsinki.

Access and egress: all stops within 15 minutes on foot, from a door near a stop and to another, with real street times.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np

from benchmarks.table import Row, table
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.geo import Point
from mobility.network.network import Network
from mobility.network.ways import StreetWay
from mobility.streets.build import build_streets
from mobility.streets.graph import Mode, Streets
from mobility.streets.router import OnStreets
from mobility.streets.storage import open_streets, save_streets
from mobility.streets.transfers import StreetWalks

T = TypeVar("T")

CITIES = {
    "Milan": ("gtfs/milano.zip", "osm/milan.osm.pbf", date(2014, 10, 20)),
    "Helsinki": ("gtfs/helsinki.zip", "osm/helsinki_centre.osm.pbf", date(2022, 2, 22)),
}
QUERIES, WALK_S, SPEED_MPS = 400, 900, 1.33


def tables() -> list[str]:
    """None where HENT_REFERENCE_DATA is not set."""
    reference = os.environ.get("HENT_REFERENCE_DATA")
    return [_city(name, Path(reference)) for name in CITIES] if reference else []


def _city(name: str, reference: Path) -> str:
    feed_file, extract, day = CITIES[name]
    feed, _ = accept(reference / feed_file, FeedSource("f", "test"), ReadLimits(), day)
    network = build([feed])
    with TemporaryDirectory() as folder:
        built_s, streets = _timed(lambda: build_streets(reference / extract))
        save_streets(Path(folder), "v-1", streets)
        streets = open_streets(Path(folder), "v-1")
        opened_s, router = _timed(lambda: OnStreets(streets, network))
        return table(
            f"Streets of {name}", [*_preparing(built_s, opened_s, streets, network), *_asking(router, network)]
        )


def _preparing(built_s: float, opened_s: float, streets: Streets, network: Network) -> list[Row]:
    StreetWalks(streets, network.stops, network.terrain).near()
    walks_s, walks = _timed(lambda: StreetWalks(streets, network.stops, network.terrain).near())
    return [
        Row("extract to streets", f"{built_s:.1f} s for {len(streets.segments)} segments"),
        Row("stops linked to streets", f"{opened_s * 1000:.0f} ms for {len(network.stops)}"),
        Row("walks between stops", f"{walks_s * 1000:.0f} ms for {len(walks)}"),
    ]


def _asking(router: OnStreets, network: Network) -> list[Row]:
    doors = _doors(router, network)
    asked = {
        "access and egress of one query": lambda a, b: (
            router.access(a, WALK_S, SPEED_MPS),
            router.access(b, WALK_S, SPEED_MPS, inward=True),
        ),
        "both, step-free": lambda a, b: (
            router.access(a, WALK_S, SPEED_MPS, Mode.STEP_FREE),
            router.access(b, WALK_S, SPEED_MPS, Mode.STEP_FREE, inward=True),
        ),
        "a walk of at most 30 min with line and steps": lambda a, b: _drawn(router.way(a, b, 2 * WALK_S, SPEED_MPS)),
        "a bike ride of at most 30 min with line and steps": lambda a, b: _drawn(
            router.way(a, b, 2 * WALK_S, 4.2, Mode.BIKE)
        ),
        "a car ride of at most 30 min with line and steps": lambda a, b: _drawn(
            router.way(a, b, 2 * WALK_S, 1.0, Mode.CAR)
        ),
    }
    return [Row(what, _median(ask, doors)) for what, ask in asked.items()]


def _drawn(way: StreetWay | None) -> object:
    return way and way.steps


def _median(ask: Callable[[Point, Point], object], doors: list[Point]) -> str:
    pairs = list(zip(doors[::2], doors[1::2], strict=True))
    for pair in pairs[:5]:
        ask(*pair)
    times_ms = sorted(_timed(lambda pair=pair: ask(*pair))[0] * 1000 for pair in pairs)
    return f"{statistics.median(times_ms):.2f} ms (95 %: {times_ms[int(len(times_ms) * 0.95)]:.2f})"


def _doors(router: OnStreets, network: Network) -> list[Point]:
    """A few hundred metres from stops that stand on the streets of the extract."""
    stops, rng = network.stops, np.random.default_rng(3)
    rows = rng.choice(router.stops_on_streets, 2 * QUERIES)
    shake = rng.normal(0, 2e-3, (2 * QUERIES, 2))
    return [
        Point(float(stops.lat[row] + north), float(stops.lon[row] + east))
        for row, (north, east) in zip(rows.tolist(), shake.tolist(), strict=True)
    ]


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = call()
    return time.perf_counter() - start, found


if __name__ == "__main__":
    print("\n".join(tables()))
