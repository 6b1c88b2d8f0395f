"""The stops of a graph, a station with its parts as one, and what leads from one to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mobility.network.graph import patterns_that_run
from mobility.network.network import Network
from mobility.network.place_edges import Graph

WHOLE = ("stop", "station")
Name = str
GroupPair = tuple[Name, Name]


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
    walks: list[GroupPair] = field(repr=False)
    on_demand: list[GroupPair] = field(repr=False)

    def name(self, group: Name) -> str:
        return str(self.graph.nodes[group]["name"])

    def zones(self, place: Name) -> list[Name]:
        """On demand, that hold the place."""
        return str(self.graph.nodes[place].get("zones", "")).split()

    def is_stop(self, node: Hashable) -> bool:
        return node in self.members


def number_of_groups(network: Network) -> int:
    """As many as `groups_of` would find in its graph, without making that."""
    stops, patterns = network.stops, network.patterns
    top = np.where(stops.parent < 0, np.arange(len(stops)), stops.parent)
    while np.any(top[top] != top):
        top = top[top]
    is_group = (stops.parent < 0) & (stops.kind <= WHOLE.index("station"))
    runs = np.repeat(patterns_that_run(network), np.diff(patterns.first_position))
    is_group[top[network.node_stop[patterns.node[runs]]]] = True
    return int(is_group.sum())


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
