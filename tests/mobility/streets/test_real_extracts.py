"""Real maps: Milan and the centre of Helsinki. What is certain of a street map whatever its date."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium
import pytest

from mobility.geo import Point, distance_m
from mobility.streets.build import build_streets
from mobility.streets.graph import CLOSED, E7, Mode, Streets
from mobility.streets.lanes import Lanes, Links
from mobility.streets.search import Search

REFERENCE = os.environ.get("HENT_REFERENCE_DATA")

pytestmark = pytest.mark.skipif(not REFERENCE, reason="HENT_REFERENCE_DATA is not set")


@pytest.fixture(scope="module")
def built() -> Callable[[str], Streets]:
    return cache(lambda name: build_streets(extract(name)))


@pytest.fixture(scope="module", params=["milan", "helsinki_centre"])
def town(request: pytest.FixtureRequest, built: Callable[[str], Streets]) -> Streets:
    return built(request.param)


def extract(name: str) -> Path:
    return Path(REFERENCE or "") / "osm" / f"{name}.osm.pbf"


def doors(town: Streets, number: int) -> list[Point]:
    """Places a few metres off junctions that a walk leaves from."""
    rng = np.random.default_rng(7)
    rows = rng.choice(np.flatnonzero(np.diff(town.walk.first) > 2), number)
    shake = rng.normal(0, 2e-4, (number, 2))
    return [
        Point(town.lat[row] / E7 + north, town.lon[row] / E7 + east)
        for row, (north, east) in zip(rows.tolist(), shake.tolist(), strict=True)
    ]


def test_no_way_is_shorter_than_the_straight_line(town: Streets) -> None:
    for mode in (Mode.WALK, Mode.STEP_FREE, Mode.BIKE):
        lanes, points = Lanes(town, mode), doors(town, 40)
        links = Links(lanes, points, 250)
        for point, holds in zip(points, links.held, strict=True):
            found = Search(lanes).reach(holds, 300_000, links)
            straight = np.array([distance_m(point, points[place]) for place in found.place.tolist()])
            assert (found.length / 100 >= straight * 0.99 - 1).all()


def test_there_and_back_a_walk_is_as_long(town: Streets) -> None:
    lanes, points = Lanes(town, Mode.WALK), doors(town, 30)
    links, search = Links(lanes, points, 250), Search(lanes)
    level = (town.segments.slope_percent == 127).mean()
    for holds in links.held:
        away, back = (search.reach(holds, 150_000, links, inward) for inward in (False, True))
        same = (
            dict(zip(away.place.tolist(), away.length.tolist(), strict=True)).items()
            & dict(zip(back.place.tolist(), back.length.tolist(), strict=True)).items()
        )
        assert len(same) >= len(away.place) * level * 0.9


def test_who_cannot_take_steps_walks_at_least_as_far(town: Streets) -> None:
    points, bound = doors(town, 40), 200_000
    cost = {}
    for mode in (Mode.WALK, Mode.STEP_FREE):
        lanes = Lanes(town, mode)
        links = Links(lanes, points, 250)
        found = Search(lanes).reach(lanes.footholds(points[0]), bound, links)
        cost[mode] = dict(zip(found.place.tolist(), found.length.tolist(), strict=True))
    for place, length in cost[Mode.STEP_FREE].items():
        assert length >= cost[Mode.WALK].get(place, 0) * 0.9


def test_most_streets_are_walked_and_some_are_closed_to_each_mode(town: Streets) -> None:
    open_share = {mode: float((town.of(mode).cost != CLOSED).mean()) for mode in Mode}
    assert open_share[Mode.WALK] > 0.85
    assert open_share[Mode.WALK] > open_share[Mode.STEP_FREE] > 0.8
    assert 0.2 < open_share[Mode.CAR] < open_share[Mode.BIKE] < open_share[Mode.WALK]


def test_no_street_lies_where_the_ferry_sails(built: Callable[[str], Streets]) -> None:
    town = built("helsinki_centre")
    ferries = [
        [(node.lat, node.lon) for node in way.nodes if node.location.valid()]
        for way in osmium.FileProcessor(extract("helsinki_centre"))
        .with_locations()
        .with_filter(osmium.filter.TagFilter(("route", "ferry")))
        if isinstance(way, osmium.osm.Way)
    ]
    pieces = [(distance_m(Point(*a), Point(*b)), a, b) for line in ferries for a, b in pairwise(line)]
    length_m, a, b = max(pieces)
    middle = Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    assert length_m > 100
    assert [len(Lanes(town, mode).footholds(middle, 20.0)) for mode in Mode] == [0] * 4
