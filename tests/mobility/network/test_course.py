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


LONG = "A 0 0, B 2 0, C 4 0, D 6 0"
LONG_LINE = "Bus1\nA B C D\n8:00 8:10 8:20 8:30"


def drawn(*points_km: str, stops: str = LONG, lines: str = LONG_LINE) -> tuple[list[str], list[int]]:
    """The course in kilometres on the plan, and the points at the stops."""
    rows = [f"s,{at(point).lat:.6f},{at(point).lon:.6f},{number}" for number, point in enumerate(points_km)]
    shapes = "\n".join(["shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence", *rows])
    trips = "route_id,service_id,trip_id,shape_id\nBus1,S,Bus1-1,s"
    network = town(stops, lines, more={"shapes": shapes, "trips": trips}).network
    found = course(network, 0, int(network.trips.shape[0]))
    middle, east_km, north_km = at("0 0"), at("1 0").lon - at("0 0").lon, at("0 1").lat - at("0 0").lat
    east, north = (found.lon - middle.lon) / east_km, (found.lat - middle.lat) / north_km
    points = [f"{x:.1f} {y:.1f}".replace("-0.0", "0.0") for x, y in zip(east.tolist(), north.tolist(), strict=True)]
    return points, found.at.tolist()


def test_a_shape_that_begins_after_the_first_stop_is_followed_from_there() -> None:
    """It begins at B, two kilometres from A, and ends at D."""
    line, stops = drawn("2 0", "3 0.5", "4 0", "5 0.5", "6 0")
    assert line == ["0.0 0.0", "2.0 0.0", "3.0 0.5", "4.0 0.0", "5.0 0.5", "6.0 0.0"]
    assert stops == [0, 1, 3, 5]


def test_a_shape_that_ends_before_the_last_stop_is_followed_as_far_as_it_goes() -> None:
    line, stops = drawn("0 0", "1 0.5", "2 0", "3 0.5", "4 0")
    assert line == ["0.0 0.0", "1.0 0.5", "2.0 0.0", "3.0 0.5", "4.0 0.0", "6.0 0.0"]
    assert stops == [0, 2, 4, 5]


def test_a_shape_that_begins_before_the_trip_is_followed_from_its_first_stop() -> None:
    line, stops = drawn("-3 0", "-1 0.5", "0 0", "2 0", "4 0", "6 0")
    assert (line[stops[0]], stops) == ("0.0 0.0", [2, 3, 4, 5])


def test_without_a_shape_the_way_goes_straight_from_stop_to_stop() -> None:
    network = town(STOPS, LINE).network
    assert course(network, 0, -1).at.tolist() == [0, 1, 2]
