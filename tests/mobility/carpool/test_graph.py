"""Offers over a graph."""

from dataclasses import replace

from mobility.carpool.graph import with_offers
from mobility.carpool.offer import PointKind
from mobility.network.graph import graph_of
from mobility.network.straight_line import StraightLine
from tests.mobility.carpool.rides import offer
from tests.town import town


def carpools(*offers: object) -> list[tuple[str, str, int]]:
    network = town("A 0 0, B 6 0, C 12 0", "Bus1\nA B\n8:00 8:15").network
    laid = with_offers(graph_of(network, StraightLine(network)), offers)  # type: ignore[arg-type]
    return [(a, b, way["seconds"]) for a, b, way in laid.edges(data=True) if way["mode"] == "carpool"]


def test_one_rides_from_where_one_gets_in_to_where_one_gets_out() -> None:
    found = carpools(offer("anna", "A 7:40 > B 7:50 > P 8:10", {"P": "13 0"}))
    (place,) = {end for _, end, _ in found} - {"t_B"}
    assert found == [("t_A", "t_B", 600), ("t_A", place, 1800), ("t_B", place, 1200)]
    assert place.startswith("carpool_point/")


def test_nobodys_home_is_in_the_graph() -> None:
    made = offer("anna", "A 7:40 > B 7:50 > P 8:10", {"P": "13 0"})
    home = replace(made.waypoints[0], meeting_point=replace(made.waypoints[0].meeting_point, kind=PointKind.BLURRED))
    found = carpools(replace(made, waypoints=(home, *made.waypoints[1:])))
    assert [start for start, _, _ in found] == ["t_B"]
