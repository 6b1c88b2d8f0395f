"""What fares cost: answers about Helsinki with `withFares` and without, one after the other in turns.

HENT_REFERENCE_DATA names the folder of the feed (zones by contains_id, seven fares, 29 rules).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from flask.testing import FlaskClient

from api.app import create_app
from api.config import read_config
from benchmarks.table import Row, table
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.network.network import Network
from mobility.network.ways import StraightLine
from mobility.routing.territory import Territory
from mobility.search.days import Days

CONFIG = Path(__file__).parent.parent / "config.toml"
DAY, TIME, NOW_S = date(2022, 2, 22), "2022-02-22T07:00:00Z", 1_645_513_200
PAIRS, ROUNDS, BUSY = 120, 3, 0.2


@dataclass(frozen=True)
class InService:
    """A territory that stays."""

    found: Territory

    def territory(self) -> Territory:
        return self.found


def run() -> str:
    network = _helsinki()
    territory = Territory(network, StraightLine(network), Days(network))
    client = create_app(read_config(CONFIG), InService(territory), lambda: NOW_S).test_client()
    pairs = _pairs(network)
    for pair in pairs:
        _asked_s(client, pair, False)
    found: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(ROUNDS):
        for pair in pairs:
            for with_fares in found:
                found[with_fares].append(_asked_s(client, pair, with_fares))
    without, with_them = (1000 * median(found[key]) for key in (False, True))
    row = Row("an answer with fares, and without, median", f"{with_them:.1f} ms", f"{without:.1f} ms")
    return table("fares", [Row(row.what, row.measured, row.against, f"{with_them / without:.2f}")])


def _helsinki() -> Network:
    file = Path(os.environ["HENT_REFERENCE_DATA"]) / "gtfs" / "helsinki.zip"
    feed, _ = accept(file, FeedSource("helsinki", "reference"), ReadLimits(), DAY)
    return build([feed], zone="Europe/Helsinki")


def _pairs(network: Network) -> list[tuple[str, str]]:
    random, busy = Random(1), [row for row in range(len(network.stops)) if network.stops.importance[row] > BUSY]
    return [(network.stops.id[random.choice(busy)], network.stops.id[random.choice(busy)]) for _ in range(PAIRS)]


def _asked_s(client: FlaskClient, pair: tuple[str, str], with_fares: bool) -> float:
    query = {"fromPlace": pair[0], "toPlace": pair[1], "time": TIME, "withFares": str(with_fares).lower()}
    start = perf_counter()
    answer = client.get("/api/v6/plan", query_string=query)
    assert answer.status_code == 200, answer.json
    return perf_counter() - start
