"""The graph as GraphML is XML, whatever a feed, a register of bikes or a file of places calls something."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import networkx as nx

from mobility.network.export import write_graphml


def test_characters_that_no_xml_may_hold_are_left_out() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("bike_\x02A", name="Pl\x01ace \uffff", kind="bike_station", lat=47.7, lon=-3.4)
    graph.add_node("B", name="Beta", kind="stop", lat=47.7, lon=-3.4)
    graph.add_edge("bike_\x02A", "B", key="walk", mode="walk", note="\x0b")
    written = io.BytesIO()
    write_graphml(graph, written)
    read = ElementTree.fromstring(written.getvalue())
    texts = [one.text for one in read.iter() if one.tag.endswith("data")]
    assert "Place " in texts
    assert [one.attrib["id"] for one in read.iter() if one.tag.endswith("node")] == ["bike_A", "B"]
