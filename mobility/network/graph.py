"""The multimodal graph: places, and the ways between two of them. The model that a person opens, counts on, exports.

A node is a place with a `kind`: stop, station, entrance, or one of those in place.py. A stop that is split for the
search is a node for each of its parts. An edge is one way of getting on, keyed by its mode: `ride:P:I` from position I
of pattern P to the next, `walk`, and `transfer` between the parts of a station. Seconds of a ride are those of the
fastest trip.

A network is stored as the columns that this graph is made of (docs/decisions): the graph is opened from them when
somebody asks for it, and `patterns_in` and `walks_in` say the columns again.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point
from mobility.network.csr import ranges, rows_of_entries
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.network.place import TerritoryPlace
from mobility.network.ways import StreetRouter

Graph: TypeAlias = nx.MultiDiGraph

AREAS = frozenset({"commune", "on_demand"})
"""Kinds of places that one is in rather than at: no nodes."""
KINDS = ("stop", "station", "entrance", "junction", "boarding_area")
"""By the feed's location_type."""
TO_A_PLACE_S = 900
"""The longest walk between a stop and a place that is no stop."""


def graph_of(network: Network, streets: StreetRouter) -> Graph:
    graph = nx.MultiDiGraph(version=network.version)
    names = node_names(network)
    graph.add_nodes_from(_stops(network, names))
    graph.add_edges_from(_rides(network, names))
    graph.add_edges_from(_walks(network, names))
    graph.add_edges_from(_stations(network, names))
    for place in (place for place in network.places if place.kind not in AREAS):
        graph.add_node(place_name(place), kind=place.kind, name=place.name, lat=place.lat, lon=place.lon)
        graph.add_edges_from(_ways_to(network, streets, names, place))
    return graph


def node_names(network: Network) -> list[str]:
    """Names of the search's nodes: the stop's id; its parts are numbered `ID/1`, `ID/2`."""
    ids = list(network.stops.id)
    n_stops = len(ids)
    parts = enumerate(network.node_stop[n_stops:].tolist(), start=n_stops)
    return [*ids, *(f"{ids[stop]}/{node - int(network.first_node[stop]) + 1}" for node, stop in parts)]


def place_name(place: TerritoryPlace) -> str:
    return f"{place.kind}:{place.id}"


def patterns_in(graph: Graph) -> dict[int, list[str]]:
    """The nodes at which each pattern calls, in their order."""
    hops: dict[int, dict[int, tuple[str, str]]] = {}
    for start, end, way in graph.edges(data=True):
        if way["mode"] == "ride":
            hops.setdefault(way["pattern"], {})[way["position"]] = start, end
    return {
        pattern: [found[0][0], *(found[position][1] for position in range(len(found)))]
        for pattern, found in sorted(hops.items())
    }


def walks_in(graph: Graph) -> dict[tuple[str, str], tuple[int, int]]:
    """Seconds and metres of the footpaths, by their two nodes: walks and transfers between stops."""
    stops = {node for node, kind in graph.nodes(data="kind") if kind == "stop"}
    return {
        (start, end): (way["seconds"], way["metres"])
        for start, end, way in graph.edges(stops, data=True)
        if way["mode"] != "ride" and end in stops
    }


Node = tuple[str, dict[str, Any]]
Edge = tuple[str, str, str, dict[str, Any]]


def _stops(network: Network, names: list[str]) -> Iterator[Node]:
    stops = network.stops
    stop_names, kinds, modes = list(stops.name), stops.kind.tolist(), stops.modes.tolist()
    lat, lon, wheelchair = stops.lat.tolist(), stops.lon.tolist(), stops.wheelchair.tolist()
    for node, stop in enumerate(network.node_stop.tolist()):
        yield (
            names[node],
            {
                "kind": KINDS[kinds[stop]],
                "name": stop_names[stop],
                "lat": lat[stop],
                "lon": lon[stop],
                "modes": " ".join(mode for row, mode in enumerate(MODES) if modes[stop] >> row & 1),
                "wheelchair": wheelchair[stop],
                "stop": names[stop],
                "change_s": int(network.footpaths.change_s[node]),
            },
        )


def _rides(network: Network, names: list[str]) -> Iterator[Edge]:
    patterns, lines = network.patterns, network.lines
    node, fastest_s = patterns.node.tolist(), fastest_hops_s(network).tolist()
    boards, alights = (patterns.pickup != 1).tolist(), (patterns.drop_off != 1).tolist()
    runs = np.bincount(network.trips.pattern, minlength=len(patterns.line)).tolist()
    line_ids, line_names = list(lines.id), [s or n for s, n in zip(lines.short_name, lines.long_name, strict=True)]
    for pattern, (first, end) in enumerate(pairwise(patterns.first_position.tolist())):
        line = int(patterns.line[pattern])
        of_line = {"line": line_ids[line], "line_name": line_names[line], "vehicle": MODES[lines.mode[line]]}
        for position in range(first, end - 1):
            yield (
                names[node[position]],
                names[node[position + 1]],
                f"ride:{pattern}:{position - first}",
                {
                    "mode": "ride",
                    "pattern": pattern,
                    "position": position - first,
                    **of_line,
                    "seconds": fastest_s[position],
                    "boards": boards[position],
                    "alights": alights[position + 1],
                    "runs": runs[pattern],
                },
            )


def fastest_hops_s(network: Network) -> NDArray[np.int32]:
    """For each position of each pattern the least time of its trips to the next one; 0 at the last and unridden."""
    trips, first_position = network.trips, network.patterns.first_position
    length = np.diff(first_position)[trips.pattern]
    position = ranges(first_position[:-1][trips.pattern], length)
    never = np.int32(2**31 - 1)
    least = np.full(len(network.patterns.node), never, np.int32)
    hops = np.ones(len(position), bool)
    hops[np.cumsum(length) - 1] = False
    call = np.flatnonzero(hops)
    np.minimum.at(least, position[call], network.calls.arrival[call + 1] - network.calls.departure[call])
    return np.where(least == never, 0, least).astype(np.int32)


def _walks(network: Network, names: list[str]) -> Iterator[Edge]:
    walks, stop = network.footpaths, network.node_stop
    starts = rows_of_entries(walks.first)
    of_one_stop = (stop[starts] == stop[walks.to_stop]).tolist()
    columns = (starts, walks.to_stop, walks.duration_s, walks.distance_m)
    rows = zip(*(column.tolist() for column in columns), of_one_stop, strict=True)
    for start, end, seconds, metres, same in rows:
        mode = "transfer" if same else "walk"
        yield names[start], names[end], mode, {"mode": mode, "seconds": seconds, "metres": metres}


def _stations(network: Network, names: list[str]) -> Iterator[Edge]:
    """A station and what belongs to it, both ways."""
    at_once = {"mode": "transfer", "seconds": 0, "metres": 0}
    for part in np.flatnonzero(network.stops.parent >= 0).tolist():
        whole = names[network.stops.parent[part]]
        yield whole, names[part], "transfer", at_once
        yield names[part], whole, "transfer", at_once


def _ways_to(network: Network, streets: StreetRouter, names: list[str], place: TerritoryPlace) -> Iterator[Edge]:
    reach = streets.access(Point(place.lat, place.lon), TO_A_PLACE_S, network.terrain.speed_mps)
    columns = (reach.stop, reach.seconds, reach.metres, reach.estimated)
    for stop, seconds, metres, estimated in zip(*(column.tolist() for column in columns), strict=True):
        way = {"mode": "walk", "seconds": seconds, "metres": metres, "estimated": estimated}
        yield place_name(place), names[stop], "walk", way
        yield names[stop], place_name(place), "walk", way
