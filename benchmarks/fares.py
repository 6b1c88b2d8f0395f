"""What fares cost: answers about Helsinki with `withFares` and without, one after the other in turns; and on the demo
territory, what the tickets of each ride (counter, card, shop, notes) take of an answer.

HENT_REFERENCE_DATA names the folder of the feed (zones by contains_id, seven fares, 29 rules).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from unittest.mock import patch

from flask.testing import FlaskClient

from api.app import create_app
from api.config import read_config
from api.feeds.desk import load_at_hand
from api.present.ticket import TicketNotes
from api.territory.in_service import Following
from benchmarks.table import Row, table
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.network.network import Network
from mobility.network.straight_line import StraightLine
from mobility.routing.territory import Territory
from mobility.search.days import Days

CONFIG = Path(__file__).parent.parent / "config.toml"
DAY, TIME, NOW_S = date(2022, 2, 22), "2022-02-22T07:00:00Z", 1_645_513_200
PAIRS, ROUNDS, BUSY = 120, 3, 0.2
DEMO_DAY, DEMO_TIME, DEMO_S = date(2026, 12, 1), "2026-12-01T07:00:00Z", 1_796_108_400


@dataclass(frozen=True)
class InService:
    """A territory that stays."""

    found: Territory

    def territory(self) -> Territory:
        return self.found


def run() -> str:
    if not os.environ.get("HENT_REFERENCE_DATA"):
        return "fares: HENT_REFERENCE_DATA is not set"
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
    rows = [_row("an answer with fares, and without, median", median(found[True]), median(found[False])), _rides_row()]
    return table("fares", rows)


def _row(what: str, with_s: float, without_s: float) -> Row:
    return Row(what, f"{1000 * with_s:.1f} ms", f"{1000 * without_s:.1f} ms", f"{with_s / without_s:.2f}")


def _rides_row() -> Row:
    """The tickets are told within the same answer: their time is measured there, and taken off for the other."""
    with TemporaryDirectory() as folder:
        config = read_config(CONFIG)
        load_at_hand(Path(folder), config, DEMO_DAY)
        served = Following(Path(folder), config)
        client, network = create_app(config, served, lambda: DEMO_S).test_client(), served.territory().network
        pairs, tickets = _pairs(network), list[float]()
        with patch.object(TicketNotes, "of", _timed(TicketNotes.of, tickets)):
            found = [_told_s(client, pair, tickets) for pair in [*pairs, *pairs]][len(pairs) :]
    return _row(
        "an answer with what is told of its tickets, and without, median",
        median(whole for whole, _ in found),
        median(whole - part for whole, part in found),
    )


def _timed(told: Callable[..., bytes], seconds: list[float]) -> Callable[..., bytes]:
    def timed(*given: object) -> bytes:
        start = perf_counter()
        text = told(*given)
        seconds.append(perf_counter() - start)
        return text

    return timed


def _told_s(client: FlaskClient, pair: tuple[str, str], tickets: list[float]) -> tuple[float, float]:
    """Of an answer to a person, and of the tickets in it."""
    tickets.clear()
    query = {"fromPlace": pair[0], "toPlace": pair[1], "time": DEMO_TIME, "profile": "adult"}
    start = perf_counter()
    answer = client.get("/api/v6/plan", query_string=query)
    assert answer.status_code == 200, answer.json
    return perf_counter() - start, sum(tickets)


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
