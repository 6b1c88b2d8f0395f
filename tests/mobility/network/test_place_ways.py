"""The ways between stops and places: made once, in the build, at both paces, and saved with the network."""

from dataclasses import replace
from pathlib import Path

from mobility.feeds.build.network import build
from mobility.geo import Point, distance_m
from mobility.network.network import Network
from mobility.network.place import TerritoryPlace
from mobility.network.place_ways import PACES, STEP_FREE
from mobility.network.storage import open_network, save
from mobility.network.terrain import OPEN_GROUND
from tests.mobility.feeds import tiny

B = tiny.in_a_row("B")


def shop(id: str, metres: float, kind: str = "counter") -> TerritoryPlace:
    here = tiny.metres_north(B, metres, id)
    return TerritoryPlace(kind, id, id.title(), here.lat, here.lon)


def network(*places: TerritoryPlace) -> Network:
    return build([tiny.feed("1 a: A 8:00 > B 8:10 > C 8:20")], places=places)


def at(found: Network, stop: str, pace: str = "WALK") -> list[str]:
    ways, rows = found.place_ways, found.place_ways.of(found.stop(stop), pace).tolist()
    return [f"{found.places[ways.place[way]].id} {ways.metres[way]}" for way in rows]


def test_the_nearest_place_comes_first() -> None:
    assert at(network(shop("far", 300), shop("near", -100)), "t_B") == ["near 130", "far 390"]


def test_of_two_at_one_point_the_one_named_first_comes_first() -> None:
    assert at(network(shop("one", 100), shop("two", 100)), "t_B") == ["one 130", "two 130"]


def test_a_walk_of_more_than_twenty_minutes_is_none() -> None:
    """1200 s at 1.33 m/s and a detour of 1.3 are 1227 m in a straight line; from 1235 m it is 235 m on to C."""
    assert at(network(shop("out", -1220)), "t_B") == ["out 1586"]
    assert at(network(shop("out", 1235)), "t_B") == []
    assert at(network(shop("out", 1235)), "t_C") == ["out 306"]


def test_both_paces_have_a_way_where_no_map_knows_of_steps() -> None:
    found = network(shop("near", 100))
    assert [at(found, "t_B", pace) for pace in PACES] == [["near 130"], ["near 130"]]


def test_areas_have_no_way_on_foot() -> None:
    assert at(network(shop("town", 100, "commune"), shop("zone", 100, "on_demand")), "t_B") == []


def test_two_places_of_one_id_are_two_places() -> None:
    assert at(network(shop("twin", 200), replace(shop("twin", 400), name="Other")), "t_B") == ["twin 260", "twin 520"]


def test_what_is_saved_is_opened_again(tmp_path: Path) -> None:
    found = network(shop("near", 100), shop("far", 300))
    save(found, tmp_path / "n")
    opened = open_network(tmp_path / "n")
    assert [at(opened, "t_B", pace) for pace in PACES] == [["near 130", "far 390"]] * 2


def test_a_network_without_places_has_no_column_of_them() -> None:
    assert len(network().place_ways.first) == 0
    assert at(network(), "t_B", STEP_FREE) == []


def test_a_way_is_as_long_as_the_ground_says() -> None:
    place = shop("near", 250)
    straight_m = distance_m(Point(B.lat, B.lon), Point(place.lat, place.lon))
    assert at(network(place), "t_B") == [f"near {round(straight_m * OPEN_GROUND.detour_factor)}"]
