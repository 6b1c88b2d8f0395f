"""The meeting points along an offer's way: on streets, and over ground of which no map is known."""

from __future__ import annotations

from itertools import pairwise

from shapely.geometry import box

from mobility.carpool.ends import blurred
from mobility.carpool.offer import MeetingPoint, PointKind
from mobility.carpool.roads import Roads
from mobility.carpool.waypoints import OfferDrive, WaypointFinder, allowed_detour_s
from mobility.network.place import TerritoryPlace
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.streets.router import OnStreets
from tests.mobility.streets import tiny as tiny_streets
from tests.town import CENTRE, at, town

EAST_M = 111_195 * 0.6723
FAR = 600


def place(name: str, where: str, kind: PointKind = PointKind.CARPOOL_PLACE) -> MeetingPoint:
    return MeetingPoint(name, name, at(where), kind)


def finder(*points: MeetingPoint, terrain: Terrain = OPEN_GROUND, stops: str = "Z 0 9, Y 1 9", most: int = 20):
    names = [stop.split()[0] for stop in stops.split(",")]
    times = "  ".join(f"8:{number:02}" for number in range(len(names)))
    network = town(stops, f"Bus1\n{'  '.join(names)}\n{times}", terrain=terrain).network
    return WaypointFinder(points, Roads(network, StraightLine(network)), most)


def names(drive: OfferDrive | None) -> list[str]:
    assert drive is not None
    return [one.meeting_point.name for one in drive.waypoints]


def test_points_near_the_way_are_served_in_driving_order() -> None:
    points = place("Late", "8 0"), place("Early", "2 0.1"), place("Away", "5 2")
    drive = finder(*points).drive(place("Start", "0 0"), place("End", "10 0"), FAR)
    assert names(drive) == ["Start", "Early", "Late", "End"]


def test_a_point_beside_the_way_costs_the_driver_a_detour() -> None:
    drive = finder(place("Beside", "5 0.3")).drive(place("Start", "0 0"), place("End", "10 0"), FAR)
    assert drive is not None
    beside = drive.waypoints[1]
    assert (beside.along_m, beside.detour_s) == (7001, round(2 * 300 * 1.3 / 12))
    assert beside.after_s == 616, "half of the drive and half of the detour"


def test_a_driver_who_goes_no_detour_serves_what_lies_on_the_way() -> None:
    points = place("On", "4 0"), place("Beside", "6 0.3")
    drive = finder(*points).drive(place("Start", "0 0"), place("End", "10 0"), 0)
    assert names(drive) == ["Start", "On", "End"]


def test_the_detour_is_at_most_the_drivers_limit_a_quarter_of_the_drive_and_15_minutes() -> None:
    assert [allowed_detour_s(*one) for one in [(300, 4000), (900, 2000), (3600, 7200)]] == [300, 500, 900]


def test_nobody_turns_back_for_a_point_behind_the_start_or_beyond_the_end() -> None:
    points = place("Behind", "-0.4 0"), place("Beyond", "10.4 0"), place("Between", "5 0")
    drive = finder(*points).drive(place("Start", "0 0"), place("End", "10 0"), FAR)
    assert names(drive) == ["Start", "Between", "End"]


def test_a_blurred_end_is_no_waypoint() -> None:
    home = place("Somewhere", "0 0", PointKind.BLURRED)
    assert names(finder(place("Between", "5 0")).drive(home, place("End", "10 0"), FAR)) == ["Between", "End"]


def test_nobody_gets_out_at_the_start_or_in_at_the_end() -> None:
    drive = finder().drive(place("Start", "0 0"), place("End", "10 0"), FAR)
    assert drive is not None
    assert [(one.pickup, one.drop_off) for one in drive.waypoints] == [(True, False), (False, True)]


def test_where_there_are_many_stops_carpool_places_and_quays_come_first_and_stand_apart() -> None:
    stops = ", ".join(f"S{number} {number / 5} 0" for number in range(1, 50))
    found = finder(place("Car park", "5.1 0"), *_stops(stops), stops=stops, most=5)
    drive = found.drive(place("Start", "0 0"), place("End", "10 0"), FAR)
    assert len(names(drive)) == 5 and "Car park" in names(drive)
    assert drive is not None
    along = [one.along_m for one in drive.waypoints]
    assert all(later - sooner >= 700 for sooner, later in pairwise(along[1:-1]))


def _stops(stops: str) -> list[MeetingPoint]:
    words = [stop.split() for stop in stops.split(",")]
    return [MeetingPoint(f"t_{name}", name, at(f"{east} {north}"), PointKind.STOP) for name, east, north in words]


def test_without_a_map_a_car_goes_where_buses_go_round_the_water() -> None:
    """Bus1 goes from A on one bank over the bridge at C to E on the other."""
    water = Terrain(barriers=(_box("2 -3", "3 5.5"),))
    stops = "A 0 0, B 1 3, C 2.5 6, D 4 3, E 5 0"
    drive = finder(terrain=water, stops=stops).drive(place("Start", "0.2 0"), place("End", "5.2 0"), FAR)
    assert drive is not None and drive.estimated
    assert 13_000 < drive.drive_m < 16_000


def test_who_comes_from_outside_drives_to_the_nearest_stop_and_on_from_there() -> None:
    """Bus1 goes round the water; the start lies 30 km from its nearest stop, the water between start and end."""
    water = Terrain(barriers=(_box("2 -3", "3 5.5"),))
    stops = "A 0 0, B 1 3, C 2.5 6, D 4 3, E 5 0"
    drive = finder(terrain=water, stops=stops).drive(place("Start", "35 0"), place("End", "0.2 0"), FAR)
    assert drive is not None and drive.estimated
    assert 52_000 < drive.drive_m < 58_000
    assert drive.waypoints[-1].after_s < 4000, "far away on main roads"


def test_an_island_without_stops_is_no_place_to_drive_from() -> None:
    sea = Terrain(barriers=(_box("10 -10", "11 10"), _box("12 -10", "13 10"), _box("10 9", "13 10"), SOUTH))
    assert finder(terrain=sea, stops=TWO_BANKS).drive(place("Start", "11.5 0"), place("End", "0.2 0"), FAR) is None


def test_the_ferry_is_no_road() -> None:
    water = Terrain(barriers=(_box("2 -20", "3 20"),))
    network = town("A 1.9 0, B 3.1 0, Z 0 9, Y 1 9", FERRY, more=FERRY_LINE, terrain=water).network
    found = WaypointFinder([], Roads(network, StraightLine(network)))
    assert found.drive(place("Start", "1 0"), place("End", "4 0"), FAR) is None


def test_a_point_on_the_other_bank_is_not_served() -> None:
    water = Terrain(barriers=(_box("0 0.1", "10 0.3"),))
    drive = finder(place("Quay", "5 0.4"), terrain=water).drive(place("Start", "0 0"), place("End", "10 0"), FAR)
    assert names(drive) == ["Start", "End"]


FERRY = """
    Boat1
    A     B
    8:00  8:10

    Bus1
    Z     Y
    8:00  8:10
    """
FERRY_LINE = {"routes": "route_id,route_short_name,route_type\nBoat1,Boat1,4\nBus1,Bus1,3"}


def _box(corner: str, other: str):
    a, b = at(corner), at(other)
    return box(a.lon, a.lat, b.lon, b.lat)


TWO_BANKS = "A 0 0, B 1 3, C 20 0, D 21 3"
SOUTH = _box("10 -10", "13 -9")


def test_a_blurred_home_is_named_after_a_commune_only_where_one_is_near() -> None:
    guidel = TerritoryPlace("commune", "guidel", "Guidel", CENTRE.lat, CENTRE.lon)
    assert [blurred(at(where), (guidel,)).name for where in ("3 0", "0 9", "-50 30")] == ["Guidel", "Guidel", ""]


def test_on_streets_the_way_and_the_detour_are_measured() -> None:
    """A road from A to C; the car park P lies 300 m up a side street of it."""
    town_streets = tiny_streets.streets(
        "A 0 0, B 2000 0, C 6000 0, P 2000 300\n"
        "A B C | highway=secondary name=Road\n"
        "B P | highway=residential name=Side"
    )
    network = town("Z 0 9, Y 1 9", "Bus1\nZ Y\n8:00 8:10").network
    roads = Roads(network, OnStreets(town_streets, network))
    start, end, park = (
        MeetingPoint(name, name, tiny_streets.at(where), PointKind.CARPOOL_PLACE)
        for name, where in (("A", "0 0"), ("C", "6000 0"), ("P", "2000 300"))
    )
    drive = WaypointFinder([park], roads).drive(start, end, FAR)
    assert drive is not None and not drive.estimated
    assert names(drive) == ["A", "P", "C"] and abs(drive.drive_m - 6000) < 20
    assert 40 <= drive.waypoints[1].detour_s <= 120
