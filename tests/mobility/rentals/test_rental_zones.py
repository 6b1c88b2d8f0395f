"""Which rule of an operator's zones decides, and where a vehicle may be left instead."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely

from mobility.geo import Point, distance_m
from mobility.rentals.zones import EDGE_M, FREE, UNKNOWN, RentalZone, RentalZones, ZoneRule
from tests.town import at

FORBIDDEN, NO_PARKING = ZoneRule(False, False, False), ZoneRule(True, False, True)
NOW = 1000.0


def square(west_south: str, east_north: str, *rules: ZoneRule, start_s: int | None = None, end_s: int | None = None):
    a, b = at(west_south), at(east_north)
    return RentalZone("", shapely.box(a.lon, a.lat, b.lon, b.lat), rules, start_s, end_s)


def parking(zones: RentalZones, where: str, type: str = "s", at_s: float = NOW) -> bool | None:
    return zones.rule(at(where), type, at_s).parking


def test_where_no_zone_is_all_is_allowed() -> None:
    zones = RentalZones((square("0 0", "1 1", FORBIDDEN),))
    assert (parking(zones, "0.5 0.5"), zones.rule(at("2 2"), "s", NOW)) == (False, FREE)


def test_of_two_zones_the_first_decides() -> None:
    park, town = square("0 0", "1 1", FREE), square("0 0", "5 5", FORBIDDEN)
    assert [parking(RentalZones(zones), "0.5 0.5") for zones in ((park, town), (town, park))] == [True, False]


def test_of_two_rules_the_first_about_the_kind_of_vehicle_decides() -> None:
    bikes = ZoneRule(True, True, True, types=frozenset({"bike"}))
    zones = RentalZones((square("0 0", "1 1", bikes, FORBIDDEN),))
    assert [parking(zones, "0.5 0.5", type) for type in ("bike", "scooter")] == [True, False]


def test_a_zone_without_a_rule_about_the_kind_of_vehicle_leaves_it_to_the_next() -> None:
    bikes = ZoneRule(True, True, True, types=frozenset({"bike"}))
    zones = RentalZones((square("0 0", "1 1", bikes), square("0 0", "5 5", FORBIDDEN)))
    assert parking(zones, "0.5 0.5", "scooter") is False


def test_general_rules_hold_where_no_zone_decides() -> None:
    zones = RentalZones((square("0 0", "1 1", FREE),), general=(FORBIDDEN,))
    assert [parking(zones, where) for where in ("0.5 0.5", "2 2")] == [True, False]


def test_a_zone_counts_from_its_start_until_its_end() -> None:
    market = RentalZones((square("0 0", "1 1", FORBIDDEN, start_s=100, end_s=200),))
    assert [parking(market, "0.5 0.5", at_s=at_s) for at_s in (99, 100, 199, 200)] == [True, False, False, True]


def test_where_stations_are_to_be_used_nothing_is_left_beside_them() -> None:
    zones = RentalZones((square("0 0", "1 1", ZoneRule(True, True, True, at_stations=True)),))
    assert parking(zones, "0.5 0.5") is False


def test_what_a_rule_does_not_say_is_not_known() -> None:
    assert parking(RentalZones((square("0 0", "1 1", ZoneRule(start=True)),)), "0.5 0.5") is None


def test_where_some_zones_could_not_be_read_only_the_others_are_known() -> None:
    zones = RentalZones((square("0 0", "1 1", FORBIDDEN),), general=(FREE,), whole=False)
    assert (parking(zones, "0.5 0.5"), zones.rule(at("2 2"), "s", NOW)) == (False, UNKNOWN)


def test_out_of_a_zone_one_parks_just_behind_its_nearest_edge() -> None:
    zones = RentalZones((square("0 0", "1 1", NO_PARKING),))
    found = zones.parking_near(at("0.9 0.5"), "s", NOW, 600)
    assert found is not None
    assert zones.rule(found, "s", NOW).parking is True
    assert distance_m(at("0.9 0.5"), found) == pytest.approx(100 + EDGE_M, abs=1)


def test_the_edge_to_the_next_forbidden_zone_is_none() -> None:
    zones = RentalZones((square("0 0", "1 1", NO_PARKING), square("1 0", "1.2 1", NO_PARKING)))
    found = zones.parking_near(at("0.9 0.5"), "s", NOW, 600)
    assert found is not None
    assert distance_m(at("0.9 0.5"), found) == pytest.approx(300 + EDGE_M, abs=1)


def test_outside_the_area_of_an_operator_one_parks_just_inside_it() -> None:
    zones = RentalZones((square("0 0", "1 1", FREE),), general=(FORBIDDEN,))
    found = zones.parking_near(at("1.3 0.5"), "s", NOW, 600)
    assert found is not None
    assert distance_m(at("1.3 0.5"), found) == pytest.approx(300 + EDGE_M, abs=1)


def test_marked_spots_a_few_metres_wide_are_places_too() -> None:
    spots = [square(f"{east} 0.5", f"{east + 0.004} 0.502", FREE) for east in (0.3, 0.2)]
    zones = RentalZones((*spots, square("-1 0", "1 1", NO_PARKING)))
    found = zones.parking_near(at("0 0.501"), "s", NOW, 600)
    assert found is not None
    assert zones.rule(found, "s", NOW) == FREE
    assert distance_m(at("0.202 0.501"), found) < 2


def test_a_gap_between_two_outlines_is_no_place() -> None:
    zones = RentalZones((square("0 0", "0.5 1", NO_PARKING), square("0.5005 0", "1 1", NO_PARKING)))
    found = zones.parking_near(at("0.49 0.9"), "s", NOW, 600)
    assert found is not None
    assert distance_m(at("0.49 0.9"), found) == pytest.approx(100 + EDGE_M, abs=1)


@pytest.mark.parametrize("rest", [NO_PARKING, UNKNOWN], ids=["forbidden", "unknown"])
def test_where_no_place_is_known_to_be_allowed_there_is_none(rest: ZoneRule) -> None:
    zones = RentalZones((square("0 0", "1 1", NO_PARKING),), general=(rest,))
    assert zones.parking_near(at("0.9 0.5"), "s", NOW, 600) is None


def test_a_way_is_cut_where_the_rules_change() -> None:
    zones = RentalZones(
        (square("1 -1", "2 1", FORBIDDEN), square("0 -1", "4 1", ZoneRule(True, True, True, most_kph=8)))
    )
    found = zones.stretches(at("0 0"), at("5 0"), "s", NOW)
    assert {(one.rule.through, one.rule.most_kph): round(one.share, 3) for one in found} == {
        (False, None): 0.2,
        (True, 8): 0.6,
        (True, None): 0.2,
    }


def test_no_way_has_no_parts() -> None:
    assert RentalZones().stretches(at("0 0"), at("0 0"), "s", NOW) == []


def test_many_threads_that_ask_at_once_get_what_one_gets() -> None:
    """GEOS has no lock of its own; tests/mobility/network/test_terrain.py."""
    angles = np.linspace(0, 2 * np.pi, 400)
    reach = 0.05 + 0.02 * np.sin(11 * angles)
    star = shapely.Polygon(np.stack([reach * np.cos(angles), reach * np.sin(angles)], 1))
    zones = RentalZones((RentalZone("", star, (FORBIDDEN,)), RentalZone("", star.buffer(0.01), (NO_PARKING,))))
    places = [Point(*place) for place in np.random.default_rng(1).uniform(-0.1, 0.1, (40, 2)).tolist()]

    def ask() -> list[object]:
        rules = zones.rules([(place, "s") for place in places], NOW)
        ways = [zones.stretches(places[0], place, "s", NOW) for place in places[1:]]
        return [rules, ways, zones.parking_near(Point(0.0, 0.0), "s", NOW, 20_000)]

    alone = ask()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask) for _ in range(40)]
    assert all(one.result() == alone for one in asked)
