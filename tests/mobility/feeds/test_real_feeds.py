"""Every real feed becomes a network, with the counts that its publisher's tables have."""

import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.network.network import Network
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.search.day_runs import timetable_of

DATA = os.environ.get("HENT_REFERENCE_DATA", "")
pytestmark = pytest.mark.skipif(not DATA, reason="HENT_REFERENCE_DATA is not set")

FEEDS = {
    # name: stops, lines, runs, calls; a day, its runs of the night before (where the vehicle goes on as another trip of
    # its block, until that ends), of the day, of the next morning
    "helsinki": (1388, 200, 12788, 226011, date(2022, 2, 22), (0, 12788, 0)),
    "perigueux": (1329, 80, 2374, 33408, date(2026, 1, 13), (0, 853, 371)),
    "milano": (516, 15, 10608, 248555, date(2014, 10, 22), (120, 3359, 1294)),
    "porto_alegre": (3986, 115, 2374, 130019, date(2019, 5, 15), (0, 2374, 22)),
    "tampa_2018": (2349, 45, 14718, 435507, date(2018, 6, 5), (52, 3145, 1294)),
    "tampa_2020": (2349, 37, 13217, 438421, date(2020, 12, 1), (52, 3067, 1256)),
    "faroe": (75, 31, 986, 3180, date(2025, 11, 18), (1, 388, 175)),
    "sailcoop": (3, 1, 24, 48, date(2025, 7, 1), (0, 4, 1)),
    "ctran_flex": (293, 6, 0, 0, date(2026, 1, 13), (0, 0, 0)),
}


def network(path: Path, day: date, terrain: Terrain = OPEN_GROUND) -> Network:
    feed, _ = accept(path, FeedSource("real", "test"), ReadLimits(), day)
    return build([feed], terrain, feed.agencies[0].timezone)


@pytest.mark.parametrize("name", FEEDS)
def test_a_real_feed_becomes_a_network(name: str) -> None:
    stops, lines, runs, calls, day, around = FEEDS[name]
    built = network(Path(DATA) / "gtfs" / f"{name}.zip", day)
    assert (len(built.stops), len(built.lines.mode), len(built.trips), len(built.calls.arrival)) == (
        stops,
        lines,
        runs,
        calls,
    )
    found = timetable_of(built, day).trip_day
    assert tuple(int(np.count_nonzero(found == offset)) for offset in (-1, 0, 1)) == around


@pytest.mark.parametrize(
    ("name", "day", "runs", "calls", "walks"),
    [
        ("cairns", date(2014, 6, 4), 870, 23754, 3056),
        ("helsinki", date(2022, 2, 22), 12788, 226011, 20136),
    ],
)
def test_a_reference_instance_keeps_its_transfer_graph(name: str, day: date, runs: int, calls: int, walks: int) -> None:
    terrain = Terrain(only_transfers=True, change_s=0)
    built = network(Path(DATA) / "reference" / name / "gtfs.zip", day, terrain)
    assert (len(built.trips), len(built.calls.arrival), len(built.footpaths.to_stop)) == (runs, calls, walks)
    assert not built.footpaths.change_s.any()
