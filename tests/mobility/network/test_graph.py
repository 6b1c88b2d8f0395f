"""What is in the graph, and what one can do from a place."""

import json
from pathlib import Path

import networkx as nx
import pytest

from gtfs.snapshot import Stop
from mobility.feeds.build.network import build
from mobility.network.export import write_geojson, write_graphml
from mobility.network.graph import fastest_hops_s, graph_of
from mobility.network.network import Network
from mobility.network.options import describe_stop, elsewhere
from mobility.network.place import TerritoryPlace
from mobility.network.place_edges import Graph
from mobility.network.straight_line import StraightLine
from tests.mobility.feeds import tiny

BUS_AND_BOAT = """
    7 out:   A 8:00 > B 8:10 > C 8:20
    7 fast:  A 9:00 > B 9:08 > C 9:20
    7 home:  C 10:00 > A 10:15
    b7 boat: B 8:15 > Z 8:30
    """
HERE = tiny.in_a_row("B")
COUNTER = TerritoryPlace("counter", "c1", "Maison de la Mobilité", HERE.lat, HERE.lon)


def harbour_network() -> Network:
    far, near = tiny.metres_north(HERE, 5000, "Z"), tiny.metres_north(HERE, 200, "Y")
    feed = tiny.feed(BUS_AND_BOAT + "8 y: Y 8:00 > C 8:30", stops=[far, near], transfers="B/7 > B/b7 2 240")
    return build([feed], places=(COUNTER,))


def graph(network: Network) -> Graph:
    return graph_of(network, StraightLine(network))


def test_a_ride_takes_as_long_as_the_fastest_trip() -> None:
    network = harbour_network()
    assert fastest_hops_s(network).tolist() == [480, 600, 0, 900, 0, 900, 0, 1800, 0]


def test_a_place_is_linked_with_the_stops_round_it_both_ways() -> None:
    network = harbour_network()
    found = graph(network)
    assert found.nodes["counter/c1"]["kind"] == "counter"
    assert {end for _, end in found.out_edges("counter/c1")} == {"t_A", "t_B", "t_C", "t_Y"}
    assert {start for start, _ in found.in_edges("counter/c1")} == {"t_A", "t_B", "t_C", "t_Y"}


def test_what_can_i_do_from_here() -> None:
    network = harbour_network()
    assert str(describe_stop(network, network.stop("t_B"))).splitlines() == [
        "B (t_B)",
        "BUS 7 > C (10 min), towards C",
        "BUS b7 > Z (15 min), towards Z",
        "walk 0 min (0 m) > Maison de la Mobilité [counter]",
        "walk 4 min (260 m) > Y [stop]",
    ]


def test_from_a_station_one_can_do_what_one_can_do_from_its_stops() -> None:
    station = Stop("S", "Station", 47.0, -3.0, location_type=1)
    platforms = [Stop(name, name, 47.0, -3.0, parent=0) for name in "AB"]
    network = build([tiny.feed("1 a: A 8:00 > C 8:10\n2 b: B 8:00 > D 8:10", stops=[station, *platforms])])
    options = describe_stop(network, network.stop("t_S"))
    assert [(ride.line_name, ride.next_stop) for ride in options.rides] == [("1", "C"), ("2", "D")]
    assert elsewhere(options.walks) == ()


def test_graphml_is_read_back_as_the_same_graph(tmp_path: Path) -> None:
    written = graph(harbour_network())
    write_graphml(written, tmp_path / "g.graphml")
    read = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert dict(read.nodes(data=True)) == dict(written.nodes(data=True))
    assert sorted(read.edges(keys=True)) == sorted(written.edges(keys=True))


def test_geojson_has_a_point_for_each_node_and_a_line_for_each_edge(tmp_path: Path) -> None:
    written = graph(harbour_network())
    write_geojson(written, tmp_path / "g.geojson")
    features = json.loads((tmp_path / "g.geojson").read_text("utf-8"))["features"]
    kinds = [feature["geometry"]["type"] for feature in features]
    assert (kinds.count("Point"), kinds.count("LineString")) == (len(written), written.number_of_edges())
    (boat,) = [f for f in features if f["properties"].get("line_name") == "b7"]
    assert boat["geometry"]["coordinates"][1] == [-3.0, pytest.approx(HERE.lat + 5 * tiny.DEGREES_PER_KM)]
