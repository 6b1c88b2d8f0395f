"""The graph as files that other programs read: GraphML for graph tools, GeoJSON for maps."""

from __future__ import annotations

import re
from gzip import GzipFile
from math import isfinite
from pathlib import Path
from typing import IO, Any

import networkx as nx
import orjson

from mobility.network.place_edges import Graph

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML document may hold, whoever sent them. Source: XML 1.0, section 2.2."""


def write_graphml(graph: Graph, to: Path | IO[bytes] | GzipFile) -> None:
    """The graph's texts are changed where XML could not hold them."""
    for _, data in graph.nodes(data=True):
        _make_plain(data)
    for _, _, data in graph.edges(data=True):
        _make_plain(data)
    odd = {node: NOT_IN_XML.sub("", node) for node in graph if NOT_IN_XML.search(node)}
    nx.write_graphml_xml(nx.relabel_nodes(graph, odd) if odd else graph, to)


def _make_plain(data: dict[str, Any]) -> None:
    for name, value in data.items():
        if isinstance(value, str) and NOT_IN_XML.search(value):
            data[name] = NOT_IN_XML.sub("", value)


def write_geojson(graph: Graph, path: Path) -> None:
    """Nodes as points, edges as straight lines; what has no position is left out. Written feature by feature."""
    with path.open("wb") as file:
        file.write(b'{"type": "FeatureCollection", "features": [\n')
        separator = b""
        for feature in _features(graph):
            file.write(separator + orjson.dumps(feature))
            separator = b",\n"
        file.write(b"\n]}\n")


def _features(graph: Graph) -> Any:
    positions = {node: [data["lon"], data["lat"]] for node, data in graph.nodes(data=True)}
    placed = {node for node, position in positions.items() if all(map(isfinite, position))}
    for node, data in graph.nodes(data=True):
        if node in placed:
            yield _feature({"type": "Point", "coordinates": positions[node]}, {"id": node} | _rest(data))
    for start, end, key, data in graph.edges(keys=True, data=True):
        if start in placed and end in placed:
            line = {"type": "LineString", "coordinates": [positions[start], positions[end]]}
            yield _feature(line, {"from": start, "to": end, "key": key} | data)


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _rest(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in ("lat", "lon")}
