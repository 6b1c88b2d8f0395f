"""What the graph shows and no timetable: what cannot be reached or left on any day, what one closed stop, quay or line
cuts off, and where one gets without steps. By networkx's own algorithms; values and file are those of structure.py.

A station with its parts is one node. Cut off is what no longer hangs together with the greater part. Only rides that
run on some day count; nobody drives or cycles, and nobody walks through a place.
"""

from __future__ import annotations

import networkx as nx

from mobility.network.cut_off import cut_off
from mobility.network.place_edges import Graph
from mobility.network.step_free_reach import step_free
from mobility.network.stop_groups import Groups, Name, groups_of
from mobility.network.structure import Structure

MOST_STOPS = 20_000
"""Of a larger network this is not looked at."""


def structure_of(graph: Graph) -> Structure:
    groups = groups_of(graph)
    if len(groups.members) > MOST_STOPS:
        return Structure(stops=len(groups.members), is_known=False)
    reached, left = _reached_and_left(groups)
    places = {node for node, about in graph.nodes(data=True) if "stop" not in about}
    near = {place: _comes_from(groups, place) for place in places}
    reached |= {place for place in places if near[place] & reached}
    left |= {place for place in places if near[place] & left}
    every = sorted({*groups.members, *places})
    return Structure(
        cut_off=cut_off(groups),
        cannot_be_reached=tuple(one for one in every if one not in reached),
        cannot_be_left=tuple(one for one in every if one not in left),
        one_way_only=tuple(one for one in every if (one in reached) != (one in left)),
        step_free=tuple(step_free(groups)),
        stops=len(groups.members),
    )


def _comes_from(groups: Groups, place: Name) -> set[Name]:
    """The stops from which one comes to a place on foot, or on demand: also those of the zones that hold it. A drive or
    a bike is not at everybody's hand."""
    ways = list(groups.graph.in_edges(place, data="mode"))
    starts = {start for start, _, mode in ways if mode in ("walk", "on_demand")}
    starts |= {stop for zone in groups.zones(place) for stop in groups.graph.predecessors(zone)}
    return {groups.of[start] for start in starts}


def _reached_and_left(groups: Groups) -> tuple[set[Name], set[Name]]:
    """Stops reached from, or left for, the core of the part of the network that they belong to. Stops between which
    one walks both ways are one, so that the graph is small."""
    one_of, ways = _walked_both_ways(groups), nx.DiGraph()
    ways.add_nodes_from(one_of.values())
    ways.add_edges_from((one_of[groups.of[a]], one_of[groups.of[b]]) for a, b, _ in groups.rides)
    ways.add_edges_from((one_of[a], one_of[b]) for a, b in groups.walks if one_of[a] != one_of[b])
    ways.remove_edges_from(list(nx.selfloop_edges(ways)))
    part_of = {one: n for n, part in enumerate(nx.weakly_connected_components(ways)) for one in part}
    cores: dict[int, set[Name]] = {}
    for strong in nx.strongly_connected_components(ways):
        part = part_of[next(iter(strong))]
        cores[part] = max(cores.get(part, set()), strong, key=lambda some: (len(some), min(some, default="")))
    reached, left = set[Name](), set[Name]()
    for core in cores.values():
        some = min(core)
        reached |= nx.descendants(ways, some) | ({some} if len(core) > 1 or ways.in_degree(some) else set())
        left |= nx.ancestors(ways, some) | ({some} if len(core) > 1 or ways.out_degree(some) else set())
    gets_out = {groups.of[b] for _, b, way in groups.rides if way["alights"]} | {b for _, b in groups.walks}
    gets_in = {groups.of[a] for a, _, way in groups.rides if way["boards"]} | {a for a, _ in groups.walks}
    every = set(groups.members)
    return (
        {stop for stop in every & gets_out if one_of[stop] in reached},
        {stop for stop in every & gets_in if one_of[stop] in left},
    )


def _walked_both_ways(groups: Groups) -> dict[Name, Name]:
    walks, held = set(groups.walks), nx.utils.UnionFind(groups.members)
    for a, b in walks:
        if a < b and (b, a) in walks:
            held.union(a, b)
    return {stop: held[stop] for stop in groups.members}
