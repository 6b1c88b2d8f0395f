"""What the graph shows and no timetable: what cannot be reached or left on any day, what one closed stop, quay or line
cuts off, and where one gets without steps. By networkx's own algorithms; values and file are those of structure.py.

A station with its parts is one node. Closed is a stop at which nothing calls and through which nothing goes any more,
as where a quay or a street is shut; closed is a line that does not run. Cut off is what no longer hangs together with
the greater part. Only rides that run on some day count; nobody drives or cycles, and nobody walks through a place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
import numpy as np

from mobility.geo import Point, distances_m
from mobility.network.place_edges import Graph
from mobility.network.structure import CutOff, StepFreeReach, Structure

WHOLE = ("stop", "station")
MOST_STOPS = 20_000
"""Of a larger network this is not looked at."""
AGAINST, SURE = 2, 1
"""Of what GTFS says about wheelchairs: 0 is not known."""
Name = str
Pair = tuple[Name, Name]


@dataclass(frozen=True)
class Groups:
    """The stops of a graph, a station with its parts as one. of: by node; members: nodes, by station or lone stop.
    served: those at which some line calls on some day. rides: of nodes; walks: between groups; on_demand: between a
    zone and a group."""

    graph: Graph
    of: dict[Name, Name]
    members: dict[Name, list[Name]]
    served: frozenset[Name]
    rides: list[tuple[Name, Name, dict[str, Any]]] = field(repr=False)
    walks: list[Pair] = field(repr=False)
    on_demand: list[Pair] = field(repr=False)

    def name(self, group: Name) -> str:
        return str(self.graph.nodes[group]["name"])

    def is_stop(self, node: Hashable) -> bool:
        return node in self.members


def structure_of(graph: Graph) -> Structure:
    groups = groups_of(graph)
    if len(groups.members) > MOST_STOPS:
        return Structure(stops=len(groups.members), is_known=False)
    reached, left = _reached_and_left(groups)
    places = {node for node, about in graph.nodes(data=True) if "stop" not in about}
    near = {place: _walked_from(groups, place) for place in places}
    reached |= {place for place in places if near[place] & reached}
    left |= {place for place in places if near[place] & left}
    every = sorted({*groups.members, *places})
    return Structure(
        cut_off=_cut_off(groups),
        cannot_be_reached=tuple(one for one in every if one not in reached),
        cannot_be_left=tuple(one for one in every if one not in left),
        one_way_only=tuple(one for one in every if (one in reached) != (one in left)),
        step_free=tuple(_step_free(groups)),
        stops=len(groups.members),
    )


def _walked_from(groups: Groups, place: Name) -> set[Name]:
    """The stops from which one comes to a place on foot, or on demand: a drive or a bike is not at everybody's hand."""
    ways = groups.graph.in_edges(place, data="mode")
    return {groups.of[stop] for stop, _, mode in ways if mode in ("walk", "on_demand") and stop in groups.of}


def groups_of(graph: Graph) -> Groups:
    stops = {node: about for node, about in graph.nodes(data=True) if "stop" in about}
    of, members = {}, defaultdict(list)
    for node, about in stops.items():
        top = about["stop"]
        while stops[top]["station"]:
            top = stops[top]["station"]
        of[node] = top
        members[top].append(node)
    rides, walks, on_demand = [], [], []
    for a, b, way in graph.edges(data=True):
        if way["mode"] == "ride" and way["days"]:
            rides.append((a, b, way))
        elif way["mode"] in ("walk", "transfer") and a in of and b in of and of[a] != of[b]:
            walks.append((of[a], of[b]))
        elif way["mode"] == "on_demand":
            on_demand.append((of.get(a, a), of.get(b, b)))
    served = frozenset(of[node] for ride in rides for node in ride[:2])
    kept = {group: nodes for group, nodes in members.items() if group in served or stops[group]["kind"] in WHOLE}
    return Groups(graph, of, kept, served, rides, walks, on_demand)


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


def _cut_off(groups: Groups) -> tuple[CutOff, ...]:
    lines: dict[Pair, set[Name]] = defaultdict(set)
    for a, b, way in groups.rides:
        a, b = sorted((groups.of[a], groups.of[b]))
        if a != b:
            lines[a, b].add(way["line"])
    always = [*groups.walks, *groups.on_demand]
    people = _People.of(groups)
    names = {way["line"]: way["line_name"] for _, _, way in groups.rides}
    found = [people.cut(("line", line, names[line]), cut) for line, cut in cut_by_lines(lines, always)]
    whole: nx.Graph[Name] = nx.Graph()
    whole.add_edges_from((*lines, *always))
    by_stops = ((stop, cut) for stop, cut in cut_by_stops(whole) if groups.is_stop(stop))
    found += [people.cut(("stop", stop, groups.name(stop)), cut) for stop, cut in by_stops]
    return tuple(sorted((one for one in found if one.stops), key=lambda one: (-one.people, -len(one.stops), one.id)))


def cut_by_stops(whole: nx.Graph[Name]) -> Iterator[tuple[Name, set[Name]]]:
    """Each articulation point, and what hangs together with the greater part only through it.

    The blocks between articulation points make a tree, which is gone through once from below. Source: Hopcroft,
    Tarjan, Algorithm 447, 1973.
    """
    blocks = dict(enumerate(nx.biconnected_components(whole)))
    cuts = set(nx.articulation_points(whole))
    tree: nx.Graph[Hashable] = nx.Graph((number, node) for number, block in blocks.items() for node in block & cuts)
    for part in list(nx.connected_components(tree)):
        root = next(iter(part))
        above = dict(nx.dfs_predecessors(tree, root))
        below = {one: 1 if one in cuts else len(blocks[one] - cuts) for one in part}
        for one in nx.dfs_postorder_nodes(tree, root):
            if one in above:
                below[above[one]] += below[one]
        for cut in part & cuts:
            sides = {side: below[side] for side in tree[cut] if side != above.get(cut)}
            if cut in above:
                sides[above[cut]] = below[root] - below[cut]
            lesser = sorted(sides, key=lambda side: (sides[side], str(side)))[:-1]
            yield str(cut), {node for side in lesser for node in _beyond(tree, blocks, side, cut)}


def _beyond(tree: nx.Graph[Hashable], blocks: dict[int, set[Name]], side: Hashable, cut: Hashable) -> Iterator[Name]:
    """The nodes of the blocks on one side of a cut."""
    ahead = [(side, cut)]
    while ahead:
        here, before = ahead.pop()
        if isinstance(here, int):
            yield from (node for node in blocks[here] if node != cut)
        ahead += [(further, here) for further in tree[here] if further != before]


def cut_by_lines(lines: dict[Pair, set[Name]], always: list[Pair]) -> Iterator[tuple[Name, set[Name]]]:
    """Each line without which something no longer hangs together, and all of that but the greatest part.

    Where two lines run, or one can walk, no closed line parts anything: such stops are one before lines are tried.
    lines: by the two stops of a hop, in the order of their names.
    """
    one_of = _held_together(lines, always)
    parts: dict[Name, list[Name]] = defaultdict(list)
    for node, one in one_of.items():
        parts[one].append(node)
    ways = {(one_of[a], one_of[b]): next(iter(of)) for (a, b), of in lines.items() if one_of[a] != one_of[b]}
    by_line: dict[Name, list[Pair]] = defaultdict(list)
    for ends, line in ways.items():
        by_line[line].append(ends)
    rest: nx.Graph[Name] = nx.Graph(list(ways))
    for line, edges in sorted(by_line.items()):
        rest.remove_edges_from(edges)
        touched = {end for edge in edges for end in edge}
        cut = set[Name]()
        for group in _torn(rest, edges, touched):
            sizes = sorted(group, key=lambda part: (sum(len(parts[one]) for one in part), min(part)))
            cut |= {node for part in sizes[:-1] for one in part for node in parts[one]}
        if cut:
            yield line, cut
        rest.add_edges_from(edges)


def _torn(rest: nx.Graph[Name], edges: list[Pair], touched: set[Name]) -> Iterator[list[set[Name]]]:
    """What held together by these edges, each time as its parts without them."""
    part_of: dict[Name, int] = {}
    parts: list[set[Name]] = []
    for one in touched:
        if one not in part_of:
            parts.append(set(nx.node_connected_component(rest, one)))
            part_of |= dict.fromkeys(parts[-1] & touched, len(parts) - 1)
    held: nx.Graph[int] = nx.Graph([(part_of[a], part_of[b]) for a, b in edges])
    for together in nx.connected_components(held):
        if len(together) > 1:
            yield [parts[number] for number in together]


def _held_together(lines: dict[Pair, set[Name]], always: list[Pair]) -> dict[Name, Name]:
    """One node for all that hang together whichever line closes, by node."""
    held = nx.utils.UnionFind(node for pair in (*lines, *always) for node in pair)
    for pair in always:
        held.union(*pair)
    while True:
        between: dict[frozenset[Name], set[Name]] = defaultdict(set)
        for (a, b), of in lines.items():
            if held[a] != held[b]:
                between[frozenset((held[a], held[b]))] |= of
        more = [ends for ends, of in between.items() if len(of) > 1]
        if not more:
            return {node: held[node] for node in held}
        for ends in more:
            held.union(*ends)


@dataclass(frozen=True)
class _People:
    """By stop: the communes that count with it, each with its people."""

    groups: Groups
    at: dict[Name, list[tuple[str, int]]]

    @classmethod
    def of(cls, groups: Groups) -> _People:
        stops, nodes = sorted(groups.served), groups.graph.nodes
        lat, lon = (np.array([nodes[stop][name] for stop in stops]) for name in ("lat", "lon"))
        at: dict[Name, list[tuple[str, int]]] = defaultdict(list)
        for _, about in nodes(data=True):
            if about["kind"] == "commune" and stops:
                metres = np.nan_to_num(distances_m(Point(about["lat"], about["lon"]), lat, lon), nan=np.inf)
                at[stops[int(np.argmin(metres))]].append((about["name"], about.get("population", 0)))
        return cls(groups, at)

    def cut(self, closed: tuple[str, str, str], cut: set[Name]) -> CutOff:
        communes = sorted(commune for stop in cut for commune in self.at.get(stop, ()))
        stops = tuple(sorted(filter(self.groups.is_stop, cut)))
        return CutOff(*closed, stops, tuple(name for name, _ in communes), sum(people for _, people in communes))


def _step_free(groups: Groups) -> Iterator[StepFreeReach]:
    nodes = groups.graph.nodes
    stations = sorted(group for group in groups.members if nodes[group]["kind"] == "station")
    others = len(groups.served)
    if stations and not _says_anything(groups):
        yield from (StepFreeReach(one, groups.name(one), 0, 0, others - (one in groups.served)) for one in stations)
        return
    sure, maybe = (_Reach(groups, without) for without in (_is_sure, _is_not_against)) if stations else (None, None)
    for station in stations:
        assert sure and maybe
        yes, not_against = sure.of(station), maybe.of(station)
        counted = len(yes), len(groups.served - not_against - yes - {station}), len(not_against - yes)
        yield StepFreeReach(station, groups.name(station), counted[0], counted[1], counted[2])


def _says_anything(groups: Groups) -> bool:
    nodes = groups.graph.nodes
    return any(nodes[node]["wheelchair"] for node in groups.of) or any(way["wheelchair"] for _, _, way in groups.rides)


def _is_sure(said: int) -> bool:
    return said == SURE


def _is_not_against(said: int) -> bool:
    return said != AGAINST


class _Reach:
    """Where one gets from a station, of all that `allows` lets one use. Who is aboard passes any stop."""

    def __init__(self, groups: Groups, allows: Callable[[int], bool]) -> None:
        self._groups, self._known = groups, dict[frozenset[int], frozenset[Name]]()
        ways: nx.DiGraph[Hashable] = nx.DiGraph()
        ways.add_nodes_from(groups.of)
        wheelchair = {node: allows(groups.graph.nodes[node]["wheelchair"]) for node in groups.of}
        for a, b, way in groups.rides:
            if not allows(way["wheelchair"]):
                continue
            aboard, further = (way["pattern"], way["position"]), (way["pattern"], way["position"] + 1)
            ways.add_edge(aboard, further)
            if way["boards"] and wheelchair[a]:
                ways.add_edge(a, aboard)
            if way["alights"] and wheelchair[b]:
                ways.add_edge(further, b)
        knows_steps = any(
            way.get("step_free") for a, b, way in groups.graph.edges(data=True) if a in wheelchair and b in wheelchair
        )
        for a, b, way in groups.graph.edges(data=True):
            if way["mode"] in ("walk", "transfer") and a in wheelchair and b in wheelchair:
                inside = groups.of[a] == groups.of[b]
                said = 0 if inside or not knows_steps else SURE if way.get("step_free") else AGAINST
                if allows(said) and (inside or (wheelchair[a] and wheelchair[b])):
                    ways.add_edge(a, b)
        self._ways = ways
        self._strong = {node: n for n, some in enumerate(nx.strongly_connected_components(ways)) for node in some}

    def of(self, station: Name) -> frozenset[Name]:
        """Served stops and stations but itself. Stations of one strong component reach the same."""
        starts = self._groups.members[station]
        key = frozenset(self._strong[node] for node in starts)
        if key not in self._known:
            far = {node for start in starts for node in nx.descendants(self._ways, start)} | set(starts)
            self._known[key] = frozenset(self._groups.of[node] for node in far if node in self._groups.of)
        return (self._known[key] & self._groups.served) - {station}
