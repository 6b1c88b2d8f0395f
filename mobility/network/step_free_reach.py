"""Where one gets without steps, from each station: yes, no, not known."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

import networkx as nx

from mobility.network.stop_groups import Groups, Name
from mobility.network.structure import StepFreeReach

AGAINST, SURE = 2, 1
"""Of what GTFS says about wheelchairs: 0 is not known."""


def step_free(groups: Groups) -> Iterator[StepFreeReach]:
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
