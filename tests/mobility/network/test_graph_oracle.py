"""The graph and the search against a second opinion that starts from the tables of the feed (tests/feed_oracle.py)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf
from pathlib import Path
from random import Random

import numpy as np
import pytest

import demo
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.network.graph import graph_of
from mobility.network.network import Network
from mobility.network.place_edges import Graph
from mobility.network.straight_line import StraightLine
from mobility.network.timetable import NEVER
from mobility.search import search
from mobility.search.days import Days
from mobility.search.path import Ends
from tests.feed_oracle import FeedOracle

DATA = os.environ.get("HENT_REFERENCE_DATA", "")
QUESTIONS = 300
DAYS = {
    "demo": (date(2026, 11, 24), date(2026, 11, 28), date(2026, 11, 29)),
    "faroe": (date(2025, 12, 2), date(2025, 12, 6), date(2026, 6, 21)),
    "sailcoop": (date(2025, 5, 17), date(2025, 7, 15), date(2025, 8, 3)),
}
FEEDS = tuple(DAYS) if DATA else ("demo",)


@dataclass(frozen=True)
class Case:
    name: str
    path: Path

    @cached_property
    def oracle(self) -> FeedOracle:
        return FeedOracle(self.path)

    @cached_property
    def network(self) -> Network:
        snapshot, _ = accept(self.path, FeedSource("f", "test"), ReadLimits(), DAYS[self.name][0])
        return build([snapshot], zone=snapshot.agencies[0].timezone)

    @cached_property
    def graph(self) -> Graph:
        return graph_of(self.network, StraightLine(self.network))


@pytest.fixture(scope="module", params=FEEDS)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    if request.param == "demo":
        return Case("demo", demo.build(tmp_path_factory.mktemp("demo"), date(2026, 11, 23)))
    return Case(request.param, Path(DATA) / "gtfs" / f"{request.param}.zip")


def test_stops_stand_where_the_feed_puts_them(case: Case) -> None:
    placed = {node: (about["lat"], about["lon"]) for node, about in case.graph.nodes(data=True) if "stop" in about}
    assert placed == {f"f_{stop}": where for stop, where in case.oracle.positions.items()}


def test_rides_are_the_hops_of_the_trips(case: Case) -> None:
    rides = {(way["line"], a, b) for a, b, way in case.graph.edges(data=True) if way["mode"] == "ride"}
    assert rides == {(f"f_{line}", f"f_{a}", f"f_{b}") for line, a, b in case.oracle.hops()}


def test_walks_and_changes_are_as_long_as_the_ground_and_the_rules_say(case: Case) -> None:
    kind = dict(case.graph.nodes(data="kind"))
    walks = {
        (a, b): way["seconds"]
        for a, b, way in case.graph.edges(data=True)
        if way["mode"] in ("walk", "transfer") and kind[a] == kind[b] == "stop"
    }
    ends = ((f"f_{a}", f"f_{b}", seconds) for a, there in case.oracle.walks.items() for b, seconds in there.items())
    assert walks == {(a, b): seconds for a, b, seconds in ends}
    changes = {stop: case.graph.nodes[f"f_{stop}"]["change_s"] for stop in case.oracle.changes}
    assert changes == case.oracle.changes


def test_the_search_arrives_when_the_oracle_does(case: Case) -> None:
    network, days, random = case.network, Days(case.network), Random(13)
    served = sorted({call["stop_id"] for calls in case.oracle.calls.values() for call in calls})
    reached = 0
    for number in range(QUESTIONS // len(FEEDS)):
        day = DAYS[case.name][number % 3]
        start, end, leaves_s = *random.sample(served, 2), 60 * random.randrange(4 * 60, 22 * 60)
        stops = [network.nodes(network.stop(f"f_{stop}")) for stop in (start, end)]
        nodes = [np.array(of, np.int32) for of in stops]
        none = [np.zeros(len(of), np.int32) for of in nodes]
        found = search.earliest(days.on(day), Ends(nodes[0], none[0], nodes[1], none[1], int(NEVER)), leaves_s)
        expected = case.oracle.earliest(day, start, end, leaves_s)
        assert (inf if found == NEVER else found) == expected, (day, start, end, leaves_s)
        reached += expected < inf
    assert reached >= QUESTIONS // len(FEEDS) // 4
