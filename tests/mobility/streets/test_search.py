"""Searches find what a slow oracle finds: Dijkstra on a NetworkX graph of whole centimetres."""

from concurrent.futures import ThreadPoolExecutor

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobility.geo import Point
from mobility.streets import near
from mobility.streets.footholds import SEGMENT
from mobility.streets.graph import CLOSED, E7, Mode, Streets
from mobility.streets.lanes import HOLD, NODE, Lanes, Links
from mobility.streets.search import Search
from tests.mobility.streets.tiny import streets

KINDS = ("residential", "footway", "steps", "cycleway", "primary oneway=yes", "path surface=sand")


@st.composite
def towns(draw: st.DrawFn) -> Streets:
    """Eight places on a plan of one kilometre, and ways of all kinds between them."""
    places = draw(st.lists(st.tuples(*[st.integers(0, 100)] * 2), min_size=8, max_size=8, unique=True))
    points = ", ".join(f"P{number} {east * 10} {north * 10}" for number, (east, north) in enumerate(places))
    pair = st.lists(st.integers(0, 7), min_size=2, max_size=4, unique=True)
    ways = draw(st.lists(st.tuples(pair, st.sampled_from(KINDS)), min_size=4, max_size=14))
    rows = [f"{' '.join(f'P{stop}' for stop in stops)} | highway={kind}" for stops, kind in ways]
    return streets("\n".join([points, *rows]))


def oracle(town: Streets, mode: Mode) -> nx.DiGraph:
    graph, cost = nx.DiGraph(), town.of(mode).cost
    graph.add_nodes_from(range(len(town.lat)))
    for segment in range(len(town.segments)):
        start, end = int(town.segments.start[segment]), int(town.segments.end[segment])
        for tail, head, arc in ((start, end, 2 * segment), (end, start, 2 * segment + 1)):
            if cost[arc] != CLOSED:
                least = graph.get_edge_data(tail, head, {"cost": 2**30})["cost"]
                graph.add_edge(tail, head, cost=min(least, int(cost[arc])))
    return graph


def corners(town: Streets) -> list[Point]:
    return [Point(lat / E7, lon / E7) for lat, lon in zip(town.lat.tolist(), town.lon.tolist(), strict=True)]


@settings(max_examples=40, deadline=None)
@given(towns(), st.sampled_from(list(Mode)), st.integers(0, 7))
def test_all_searches_agree_with_the_oracle(town: Streets, mode: Mode, row: int) -> None:
    lanes, points, graph = Lanes(town, mode), corners(town), oracle(town, mode)
    links, search = Links(lanes, points, 0.5), Search(lanes)
    origin, bound = row % len(points), 150_000
    found = {}
    for inward in (False, True):
        reached = search.reach(links.held[origin], bound, links, inward)
        found[inward] = dict(zip(reached.place.tolist(), reached.cost.tolist(), strict=True))
    for place in range(len(points)):
        there = expected(graph, lanes, links, origin, place, bound)
        trail = search.trail(links.held[origin], links.held[place], bound)
        assert found[False].get(place) == there == (trail.cost if trail else None)
        assert found[True].get(place) == expected(graph, lanes, links, place, origin, bound)


def expected(graph: nx.DiGraph, lanes: Lanes, links: Links, start: int, end: int, bound: int) -> int | None:
    best = [lanes.along(a, b)[0] for a in links.held[start] for b in links.held[end] if a[SEGMENT] == b[SEGMENT]]
    best = [cost for cost in best if cost != CLOSED]
    leaves, comes = lanes.entries(links.held[start], False), lanes.entries(links.held[end], True)
    for node, first in leaves[:, [NODE, 1]].tolist():
        costs = nx.single_source_dijkstra_path_length(graph, node, weight="cost")
        best += [first + costs[goal] + last for goal, last in comes[:, [NODE, 1]].tolist() if goal in costs]
    return min((cost for cost in best if cost <= bound), default=None)


GRID = "\n".join(
    [
        ", ".join(f"P{x}-{y} {x * 100} {y * 100}" for x in range(12) for y in range(12)),
        *(" ".join(f"P{x}-{y}" for y in range(12)) + " | highway=residential" for x in range(12)),
        *(" ".join(f"P{x}-{y}" for x in range(12)) + " | highway=footway" for y in range(12)),
    ]
)


def test_threads_do_not_disturb_each_other() -> None:
    town = streets(GRID)
    lanes, points = Lanes(town, Mode.WALK), corners(town)
    links, search = Links(lanes, points, 0.5), Search(lanes)

    def reach(place: int) -> list[tuple[int, int]]:
        found = search.reach(links.held[place], 60_000, links)
        return sorted(zip(found.place.tolist(), found.cost.tolist(), strict=True))

    alone = [reach(place) for place in range(len(points))]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(reach, [*range(len(points))] * 3)) == alone * 3


def test_a_search_reaches_just_what_lies_within_its_bound() -> None:
    town = streets(GRID)
    lanes, points = Lanes(town, Mode.WALK), corners(town)
    links = Links(lanes, points, 0.5)
    found = Search(lanes).reach(links.held[0], 100_50, links)
    assert sorted(np.rint(found.cost / 100).tolist()) == [0, 100, 100]


@pytest.mark.parametrize("mode", list(Mode))
def test_each_entry_belongs_to_a_foothold(mode: Mode) -> None:
    town = streets("A 0 0, B 100 0\nA B | highway=residential")
    lanes = Lanes(town, mode)
    holds = lanes.footholds(corners(town)[0])
    assert {*lanes.entries(holds, inward=False)[:, HOLD].tolist()} == {0}


@settings(max_examples=40, deadline=None)
@given(towns(), st.sampled_from([Mode.WALK, Mode.STEP_FREE]), st.integers(0, 7), st.integers(0, 260_000))
def test_what_is_looked_up_is_what_a_search_finds(town: Streets, mode: Mode, row: int, bound: int) -> None:
    """Beyond what was worked out it is searched."""
    lanes, points = Lanes(town, mode), corners(town)
    searched, known, search = Links(lanes, points, 0.5), Links(lanes, points, 0.5), Search(lanes)
    search.work_out(known)
    start = searched.held[row % len(points)]
    for inward in (False, True):
        tables = [search.reach(start, bound, links, inward).table for links in (searched, known)]
        places, costs = ([sorted(map(tuple, table[:2].T.tolist())) for table in tables], tables[0][1])
        assert places[0] == places[1]
        assert (costs <= bound).all()


def test_too_many_rows_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    town = streets(GRID)
    lanes, points = Lanes(town, Mode.WALK), corners(town)
    links = Links(lanes, points, 0.5)
    monkeypatch.setattr(near, "MOST_ROWS", 100)
    Search(lanes).work_out(links)
    assert links.near_out is None
    assert len(Search(lanes).reach(links.held[0], 100_50, links).place) == 3
