"""Where a vehicle goes on the ground: which point of its shape is at which stop."""

from __future__ import annotations

from mobility.network.course import course
from tests.town import at, town

STOPS = "A 0 0, B 2 0, C 4 0"
LINE = "Bus1\nA B C\n8:00 8:10 8:20"


def with_shape(*points_km: str):  # type: ignore[no-untyped-def]
    rows = [f"s,{at(point).lat:.6f},{at(point).lon:.6f},{number}" for number, point in enumerate(points_km)]
    shapes = "\n".join(["shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence", *rows])
    trips = "route_id,service_id,trip_id,shape_id\nBus1,S,Bus1-1,s"
    return town(STOPS, LINE, more={"shapes": shapes, "trips": trips}).network


def test_each_stop_is_at_the_nearest_point_of_the_shape() -> None:
    network = with_shape("0 0", "1 0.3", "2 0.1", "3 0.3", "4 0")
    found = course(network, 0, int(network.trips.shape[0]))
    assert found.at.tolist() == [0, 2, 4]


def test_a_shape_that_comes_by_twice_is_followed_in_order() -> None:
    network = with_shape("0 0", "4 0", "2 0", "3 0.5", "4 0")
    found = course(network, 0, int(network.trips.shape[0]))
    assert found.at.tolist() == [0, 2, 4]


def test_a_shape_that_misses_a_stop_is_not_believed() -> None:
    network = with_shape("0 0", "2 5", "4 0")
    found = course(network, 0, int(network.trips.shape[0]))
    assert found.lat.tolist() == network.stops.lat[:3].tolist()


def test_without_a_shape_the_way_goes_straight_from_stop_to_stop() -> None:
    network = town(STOPS, LINE).network
    assert course(network, 0, -1).at.tolist() == [0, 1, 2]
