"""What one closed stop, quay or line cuts off: what no longer hangs together with the greater part, and whose people.

Closed is a stop at which nothing calls and through which nothing goes any more, as where a quay or a street is shut;
closed is a line that does not run. By networkx's own algorithms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import networkx as nx
import numpy as np

from mobility.geo import Point, distances_m
from mobility.network.stop_groups import GroupPair, Groups, Name
from mobility.network.structure import CutOff


def cut_off(groups: Groups) -> tuple[CutOff, ...]:
    lines: dict[GroupPair, set[Name]] = defaultdict(set)
    for a, b, way in groups.rides:
        a, b = sorted((groups.of[a], groups.of[b]))
        if a != b:
            lines[a, b].add(way["line"])
    always = [*groups.walks, *groups.on_demand]
    people = People.of(groups)
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


def cut_by_lines(lines: dict[GroupPair, set[Name]], always: list[GroupPair]) -> Iterator[tuple[Name, set[Name]]]:
    """Each line without which something no longer hangs together, and all of that but the greatest part.

    Where two lines run, or one can walk, no closed line parts anything: such stops are one before lines are tried.
    lines: by the two stops of a hop, in the order of their names.
    """
    one_of = _held_together(lines, always)
    parts: dict[Name, list[Name]] = defaultdict(list)
    for node, one in one_of.items():
        parts[one].append(node)
    ways = {(one_of[a], one_of[b]): next(iter(of)) for (a, b), of in lines.items() if one_of[a] != one_of[b]}
    by_line: dict[Name, list[GroupPair]] = defaultdict(list)
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


def _torn(rest: nx.Graph[Name], edges: list[GroupPair], touched: set[Name]) -> Iterator[list[set[Name]]]:
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


def _held_together(lines: dict[GroupPair, set[Name]], always: list[GroupPair]) -> dict[Name, Name]:
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
class People:
    """By stop or zone: the communes that count with it, each with its people."""

    groups: Groups
    at: dict[Name, list[tuple[str, int]]]

    @classmethod
    def of(cls, groups: Groups) -> People:
        at: dict[Name, list[tuple[str, int]]] = defaultdict(list)
        for commune, about in groups.graph.nodes(data=True):
            if about["kind"] == "commune" and (where := _counts_with(groups, commune)):
                at[where].append((about["name"], about.get("population", 0)))
        return cls(groups, at)

    def cut(self, closed: tuple[str, str, str], cut: set[Name]) -> CutOff:
        communes = sorted(commune for stop in cut for commune in self.at.get(stop, ()))
        stops = tuple(sorted(filter(self.groups.is_stop, cut)))
        return CutOff(*closed, stops, tuple(name for name, _ in communes), sum(people for _, people in communes))


def _counts_with(groups: Groups, commune: Name) -> Name | None:
    """The nearest to its centre of the served stops to which a way of the graph leads, else a zone that holds it. None
    where there is neither: nobody there loses what they never had."""
    stops = sorted({groups.of[end] for end in groups.graph.successors(commune)} & groups.served)
    if not stops:
        return min(groups.zones(commune), default=None)
    nodes = groups.graph.nodes
    lat, lon = (np.array([nodes[stop][name] for stop in stops]) for name in ("lat", "lon"))
    here = Point(nodes[commune]["lat"], nodes[commune]["lon"])
    return stops[int(np.argmin(np.nan_to_num(distances_m(here, lat, lon), nan=np.inf)))]
