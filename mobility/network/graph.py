"""The multimodal graph: places, and the ways between two of them. What a person opens, counts on and exports, and what
the build compiles the ways between stops and places from.

A node is a place with a `kind`: stop, station, entrance, or one of those in place.py. A stop that is split for the
search is a node for each of its parts. An edge is one way of getting on, keyed by its mode: `ride:P:I` from position I
of pattern P to the next, `walk`, and `transfer` between the parts of a station. Walks without steps are ways of their
own, keyed `walk:step_free`. Seconds of a ride are those of the fastest trip. The edges between a place and stops are
those of place_edges.py. Where the network is stored as columns (docs/decisions), the graph is made from them.

networkx is imported where a graph is made, so that a worker, which needs the columns only, never imports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from mobility.network.csr import ranges, rows_of_entries
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.network.place_edges import Edge, Graph, compiled, place_edges, place_names
from mobility.network.place_ways import NO_PLACE_WAYS
from mobility.network.timetable import Footpaths
from mobility.network.ways import StreetRouter

Node = tuple[str, dict[str, Any]]

KINDS = ("stop", "station", "entrance", "junction", "boarding_area")
"""By the feed's location_type."""


def graph_of(network: Network, streets: StreetRouter) -> Graph:
    import networkx as nx

    graph: Graph = nx.MultiDiGraph(version=network.version)
    names = node_names(network)
    graph.add_nodes_from(_stops(network, names))
    graph.add_nodes_from(_places(network))
    graph.add_edges_from(_rides(network, names))
    graph.add_edges_from(_walks(network, names, network.footpaths, "walk"))
    if network.knows_steps:
        graph.add_edges_from(_walks(network, names, network.step_free_footpaths, "walk:step_free"))
    graph.add_edges_from(_stations(network, names))
    graph.add_edges_from(place_edges(network, streets))
    return graph


def with_place_ways(network: Network, streets: StreetRouter) -> Network:
    """The network with the ways between its stops and places, which are those of the graph; of that no more is made."""
    import networkx as nx

    without = replace(network, place_ways=NO_PLACE_WAYS)
    graph: Graph = nx.MultiDiGraph()
    graph.add_nodes_from(place_names(without))
    graph.add_edges_from(place_edges(without, streets))
    return replace(without, place_ways=compiled(graph, without))


def completed(network: Network, streets: StreetRouter) -> tuple[Network, Graph]:
    """The same, and the graph."""
    without = replace(network, place_ways=NO_PLACE_WAYS)
    graph = graph_of(without, streets)
    return replace(without, place_ways=compiled(graph, without)), graph


def node_names(network: Network) -> list[str]:
    """Names of the search's nodes: the stop's id; its parts are numbered `ID/1`, `ID/2`."""
    ids = list(network.stops.id)
    n_stops = len(ids)
    parts = enumerate(network.node_stop[n_stops:].tolist(), start=n_stops)
    return [*ids, *(f"{ids[stop]}/{node - int(network.first_node[stop]) + 1}" for node, stop in parts)]


def _stops(network: Network, names: list[str]) -> Iterator[Node]:
    stops = network.stops
    stop_names, kinds, modes = list(stops.name), stops.kind.tolist(), stops.modes.tolist()
    lat, lon, wheelchair = stops.lat.tolist(), stops.lon.tolist(), stops.wheelchair.tolist()
    parents = [names[parent] if parent >= 0 else "" for parent in stops.parent.tolist()]
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
                "station": parents[stop],
                "change_s": int(network.footpaths.change_s[node]),
            },
        )


def _places(network: Network) -> Iterator[Node]:
    """A commune knows the zones on demand that hold its centre: ways lead between a place and stops alone."""
    named = list(zip(network.places, place_names(network), strict=True))
    zones = [(name, shapely.from_wkt(place.area)) for place, name in named if place.kind == "on_demand" and place.area]
    for place, node in named:
        about = {"kind": place.kind, "name": place.name, "lat": place.lat, "lon": place.lon}
        if place.kind == "commune":
            centre = shapely.Point(place.lon, place.lat)
            about["zones"] = " ".join(name for name, area in zones if area.covers(centre))
        population = place.properties.get("population", "")
        yield node, about | ({"population": int(population)} if population.isdigit() else {})


def _rides(network: Network, names: list[str]) -> Iterator[Edge]:
    patterns, lines = network.patterns, network.lines
    node, fastest_s = patterns.node.tolist(), fastest_hops_s(network).tolist()
    boards, alights = (patterns.pickup != 1).tolist(), (patterns.drop_off != 1).tolist()
    runs = np.bincount(network.trips.pattern, minlength=len(patterns.line)).tolist()
    days, step_free = days_of_patterns(network).tolist(), step_free_patterns(network).tolist()
    line_ids, line_names = list(lines.id), [s or n for s, n in zip(lines.short_name, lines.long_name, strict=True)]
    for pattern, (first, end) in enumerate(pairwise(patterns.first_position.tolist())):
        line = int(patterns.line[pattern])
        of_pattern = {
            "line": line_ids[line],
            "line_name": line_names[line],
            "vehicle": MODES[lines.mode[line]],
            "runs": runs[pattern],
            "days": days[pattern],
            "wheelchair": step_free[pattern],
        }
        for position in range(first, end - 1):
            yield (
                names[node[position]],
                names[node[position + 1]],
                f"ride:{pattern}:{position - first}",
                {
                    "mode": "ride",
                    "pattern": pattern,
                    "position": position - first,
                    **of_pattern,
                    "seconds": fastest_s[position],
                    "boards": boards[position],
                    "alights": alights[position + 1],
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


def days_of_patterns(network: Network) -> NDArray[np.int32]:
    """On how many days a trip of the pattern runs."""
    n_patterns, active = len(network.patterns.line), network.services.active
    pairs = np.unique(network.trips.pattern.astype(np.int64) * len(active) + network.trips.service)
    runs = np.zeros((n_patterns, active.shape[1]), bool)
    for pattern, service in (divmod(pair, len(active)) for pair in pairs.tolist()):
        runs[pattern] |= active[service].astype(bool)
    counted: NDArray[np.int32] = runs.sum(1, dtype=np.int32)
    return counted


def patterns_that_run(network: Network) -> NDArray[np.bool_]:
    """Whether a trip of the pattern runs on any day: those of days_of_patterns that are not 0, counting no days."""
    trips, found = network.trips, np.zeros(len(network.patterns.line), bool)
    n_days = network.services.active.sum(axis=1)
    found[trips.pattern[n_days[trips.service] > 0]] = True
    return found


def step_free_patterns(network: Network) -> NDArray[np.int8]:
    """Whether wheelchairs get aboard: 1 on some trip, 2 on none, 0 where nobody says that of some trip."""
    found = np.full(len(network.patterns.line), 2, np.int8)
    for known in (0, 1):
        found[network.trips.pattern[network.trips.wheelchair == known]] = known
    return found


def _walks(network: Network, names: list[str], walks: Footpaths, key: str) -> Iterator[Edge]:
    stop = network.node_stop
    starts = rows_of_entries(walks.first)
    of_one_stop = (stop[starts] == stop[walks.to_stop]).tolist()
    columns = (starts, walks.to_stop, walks.duration_s, walks.distance_m)
    rows = zip(*(column.tolist() for column in columns), of_one_stop, strict=True)
    for start, end, seconds, metres, same in rows:
        mode = "transfer" if same else "walk"
        way = {"mode": mode, "seconds": seconds, "metres": metres, "step_free": key != "walk"}
        yield names[start], names[end], key.replace("walk", mode), way


def _stations(network: Network, names: list[str]) -> Iterator[Edge]:
    """A station and what belongs to it, both ways."""
    at_once = {"mode": "transfer", "seconds": 0, "metres": 0}
    for part in np.flatnonzero(network.stops.parent >= 0).tolist():
        whole = names[network.stops.parent[part]]
        yield whole, names[part], "transfer", at_once
        yield names[part], whole, "transfer", at_once
