"""Vehicles for hire over a graph."""

from mobility.geo import Point
from mobility.network.graph import graph_of
from mobility.network.straight_line import StraightLine
from mobility.rentals.graph import with_rentals
from mobility.rentals.systems import FixedBoard, RentalStation, RentalSystem
from tests.town import at, town


def test_a_station_is_a_node_beside_the_stops_that_it_serves() -> None:
    network = town("A 0 0, B 6 0", "Bus1\nA B\n8:00 8:15").network
    graph = graph_of(network, StraightLine(network))
    station = RentalStation("s", "Mairie", Point(*_degrees("0 0.2")), vehicles=4, docks=None)
    laid = with_rentals(graph, FixedBoard((RentalSystem("velo", "Vélo", stations=(station,)),)))
    about = laid.nodes["bike_station/velo/s"]
    assert (about["kind"], about["vehicles"], "docks" in about) == ("bike_station", 4, False)
    assert [(a, b, way["metres"]) for a, b, way in laid.edges(data=True) if way["mode"] == "rental"] == [
        ("t_A", "bike_station/velo/s", 260),
        ("bike_station/velo/s", "t_A", 260),
    ]
    assert "bike_station/velo/s" not in graph


def _degrees(where: str) -> tuple[float, float]:
    point = at(where)
    return point.lat, point.lon
