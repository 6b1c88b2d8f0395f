"""Water that the extract knows: a coast with the sea to its right, an island before it, a river drawn as an area."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString
from shapely import Point as Shape
from shapely.ops import substring

from mobility.geo import Point, distance_m
from mobility.network.terrain import Terrain
from mobility.streets.coast import QUAY_M, Coast
from mobility.streets.graph import E7, Mode, Streets
from mobility.streets.router import OnStreets
from mobility.streets.shores import Shores
from mobility.streets.transfers import StreetWalks
from tests.mobility.streets.test_router import network, reached
from tests.mobility.streets.tiny import at, streets
from tests.town import town

Spot = tuple[int, int]
SPOT = st.integers(-60_000, 60_000)
"""1e-7 degrees near the equator, where both axes are of one length."""
LAND = "A 0 0, B 800 0, C -500 20, D 1500 20, I 300 150, J 300 400, K 600 400, L 600 150"
COAST = """
    A B | highway=residential
    D C | natural=coastline
    I L K J I | natural=coastline
    """


@pytest.fixture(scope="module")
def shore() -> Streets:
    """South of 20 m land with a street, north of it the sea, in it an island without one."""
    return streets(f"{LAND}{COAST}")


@pytest.mark.parametrize("mode", [Mode.WALK, Mode.BIKE, Mode.CAR])
@pytest.mark.parametrize("point", ["400 200", "400 120", "100 240", "400 700"])
def test_neither_island_nor_open_sea_is_left_on_foot_or_wheels(shore: Streets, point: str, mode: str) -> None:
    router = OnStreets(shore, network(P="100 0", Q="700 0"))
    assert reached(router, point, 3600, mode=mode) == {}
    assert reached(router, point, 3600, mode=mode, inward=True) == {}
    assert router.way(at(point), at("700 0"), 3600, 1.0, mode) is None
    assert router.direct(at("100 0"), at(point)) is None
    assert len(router.towards(at(point), (at("700 0"),), 3600, 1.0, mode).stop) == 0


def test_who_stands_on_a_quay_over_the_edge_gets_to_the_street(shore: Streets) -> None:
    router = OnStreets(shore, network(P="100 0", Q="700 40"))
    assert reached(router, "100 50", 900) == {"P": (50, False), "Q": (690, False)}


def test_no_walk_leads_to_a_stop_of_the_island(shore: Streets) -> None:
    stops = network(P="300 0", ISLE="400 260").stops
    assert len(StreetWalks(shore, stops, Terrain(speed_mps=1.0)).near()) == 0


def test_on_land_off_the_streets_the_straight_line_remains() -> None:
    inland = streets(f"{LAND}, E 0 -900, F 100 -900{COAST}    E F | highway=residential\n")
    router = OnStreets(inland, network(P="100 0", Q="800 0"))
    assert reached(router, "100 -400", 900) == {"P": (520, True)}


def test_beyond_the_extract_in_sight_of_its_coast_a_place_may_be_an_island(shore: Streets) -> None:
    """South of the last street nobody knows whether there is land; a stop of a bus near by says so."""
    router = OnStreets(shore, network(P="100 0", Q="800 0"))
    assert reached(router, "100 -400", 900) == {}
    assert router.way(at("100 -400"), at("100 0"), 900, 1.0) is None
    assert router.direct(at("100 -400"), at("100 0")) is None
    near = OnStreets(shore, network(P="100 0", Q="100 -600"))
    assert reached(near, "100 -400", 900) == {"Q": (260, True), "P": (520, True)}


def test_an_island_beyond_the_extract_is_left_from_its_own_quay(shore: Streets) -> None:
    lines = "Boat1\nQuay Town\n8:00 8:10\n\nBus2\nTown Far\n8:00 8:10"
    where = {"Quay": "300 1100", "Town": "100 0", "Far": "800 0"}
    rows = [f"{name},{name},{at(plan).lat:.7f},{at(plan).lon:.7f}" for name, plan in where.items()]
    stops = "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *rows])
    islands = town("Quay 0 0, Town 0 0, Far 0 0", lines, more={"stops": stops}).network
    router = OnStreets(shore, islands)
    assert reached(router, "300 900", 1800) == {"Quay": (260, True)}
    quay = islands.stops.point(islands.stop("t_Quay"))
    assert router.way(at("300 900"), quay, 900, 1.0) is not None
    assert router.way(at("300 900"), at("100 0"), 3600, 1.0) is None


@pytest.mark.parametrize(("width_m", "passes"), [(150, False), (20, True)])
def test_a_lake_parts_and_a_pond_does_not(width_m: int, passes: bool) -> None:
    lake = f"A 0 0, B 800 0, I 300 60, J 300 100, K {300 + width_m} 100, L {300 + width_m} 60"
    town = streets(f"{lake}\nA B | highway=residential\nI J K L I | natural=water")
    assert bool(reached(OnStreets(town, network(P="100 0", Q="300 0")), "310 170", 900)) == passes


def test_an_extract_without_water_has_no_coast() -> None:
    assert not Coast(streets("A 0 0, B 9 0\nA B | highway=residential").shores)


@settings(deadline=None)
@given(st.lists(st.tuples(SPOT, SPOT), min_size=2, max_size=12), st.tuples(SPOT, SPOT), st.tuples(SPOT, SPOT))
def test_a_line_meets_a_shore_where_geos_says_so(shore: list[Spot], start: Spot, end: Spot) -> None:
    lat, lon = np.array(shore, np.int32).T
    coast = Coast(Shores(np.array([0, len(shore)]), lat, lon, np.ones(1, np.uint8)))
    metres = distance_m(*(Point(spot[0] / E7, spot[1] / E7) for spot in (start, end)))
    assume(metres > 2 * QUAY_M + 1)
    line = LineString([start, end])
    middle = substring(line, QUAY_M / metres, 1 - QUAY_M / metres, normalized=True)
    # A metre more or less at an end is a question of the earth's roundness, not of lines.
    assume(all(Shape(spot).distance(LineString(shore)) > 200 for spot in middle.coords))
    there = Point(start[0] / E7, start[1] / E7)
    found = coast.lies_across(there, np.array([end[0] / E7]), np.array([end[1] / E7]))
    assert found[0] == middle.intersects(LineString(shore))
