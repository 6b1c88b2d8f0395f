"""Who may go where: small maps, drawn in the test."""

import pytest

from mobility.errors import InvalidConfig
from mobility.streets.build import build_streets
from mobility.streets.graph import Mode
from mobility.streets.osm import read_ways
from tests.mobility.streets.tiny import metres, streets


def test_a_walk_follows_the_streets_not_the_straight_line() -> None:
    corner = streets("""
        A 0 0, B 300 0, C 300 400
        A B C | highway=residential
        """)
    assert metres(corner, "0 0", "300 400") == 700


def test_a_point_stands_anywhere_along_a_street_and_off_it() -> None:
    street = streets("A 0 0, B 300 0\nA B | highway=residential")
    assert metres(street, "50 0", "250 0") == 200
    assert metres(street, "50 20", "250 -10") == 230
    assert metres(street, "50 500", "250 0") is None


def test_a_ferry_is_never_a_road() -> None:
    harbour = streets("""
        A 0 0, B 200 0, C 900 0, D 1100 0
        A B | highway=residential
        B C | route=ferry foot=yes motor_vehicle=yes
        B C | route=ferry highway=primary
        C D | highway=residential
        """)
    assert [metres(harbour, "10 0", "1000 0", mode) for mode in Mode] == [None] * 4
    assert metres(harbour, "10 0", "190 0", Mode.CAR) == 180


def test_a_bridge_carries_over_the_water_and_is_not_joined_to_the_quay_below() -> None:
    bridge = streets("""
        A 0 0, B 500 0, C 250 -200, D 250 200
        A B | highway=residential bridge=yes layer=1
        C D | highway=footway
        """)
    assert metres(bridge, "0 0", "500 0") == 500
    assert metres(bridge, "0 0", "250 200") is None


def test_an_island_of_streets_is_reached_by_nobody_from_the_mainland() -> None:
    two = streets("""
        A 0 0, B 600 0, C 2000 0, D 2600 0
        A B | highway=residential
        C D | highway=residential
        """)
    assert metres(two, "100 0", "500 0") == 400
    assert metres(two, "2100 0", "2500 0") == 400
    assert metres(two, "100 0", "2100 0") is None


def test_a_courtyard_that_leads_nowhere_is_no_place_to_start_from() -> None:
    yard = streets(
        """
        A 0 0, B 600 0, C 100 20, D 140 20
        A B | highway=residential
        C D | highway=footway
        """,
        least_m=500,
    )
    assert metres(yard, "120 18", "600 0") == 498


def test_who_rides_a_bike_respects_one_way_streets_and_who_walks_does_not() -> None:
    block = streets("""
        A 0 0, B 200 0, C 200 100, D 0 100
        A B | highway=residential oneway=yes
        B C D A | highway=residential
        """)
    assert metres(block, "0 0", "200 0", Mode.BIKE) == 200
    assert metres(block, "200 0", "0 0", Mode.BIKE) == 400
    assert metres(block, "200 0", "0 0") == 200


@pytest.mark.parametrize("tags", ["oneway:bicycle=no", "cycleway=opposite", "cycleway:left=opposite_lane"])
def test_a_one_way_street_may_be_open_to_bikes_both_ways(tags: str) -> None:
    street = streets(f"A 0 0, B 200 0\nA B | highway=residential oneway=yes {tags}", least_m=0)
    assert metres(street, "150 0", "50 0", Mode.BIKE) == 100


@pytest.mark.parametrize("tags", ["access=private", "access=no", "foot=private", "foot=no"])
def test_a_private_way_is_walked_by_nobody(tags: str) -> None:
    block = streets(f"""
        A 0 0, B 200 0, C 200 100, D 0 100
        A B | highway=service {tags}
        B C D A | highway=residential
        """)
    assert metres(block, "0 0", "200 0") == 400


def test_a_key_of_one_s_own_opens_a_way_that_is_closed_to_others() -> None:
    street = streets("A 0 0, B 200 0\nA B | highway=service access=private foot=yes")
    assert metres(street, "0 0", "200 0") == 200
    assert metres(street, "0 0", "200 0", Mode.CAR) is None


def test_nobody_walks_on_a_motorway() -> None:
    road = streets("A 0 0, B 200 0, C 0 5000, D 9 5000\nA B | highway=motorway access=yes\nC D | highway=path")
    assert metres(road, "150 0", "50 0") is None
    assert metres(road, "50 0", "150 0", Mode.CAR) is None, "a one-way street that leads nowhere"


def test_a_street_that_is_not_built_yet_is_none() -> None:
    with pytest.raises(InvalidConfig, match="has no street in it"):
        streets("A 0 0, B 200 0\nA B | highway=construction construction=residential")


def test_a_bollard_stops_cars_and_a_locked_gate_stops_all() -> None:
    drawing = "A 0 0, B 100 0, C 200 0\nA B C | highway=residential\nB | barrier={}"
    bollard, gate = streets(drawing.format("bollard")), streets(drawing.format("gate access=private"))
    assert [metres(bollard, "0 0", "200 0", mode) for mode in Mode] == [200, 200, 200, None]
    assert [metres(gate, "0 0", "200 0", mode) for mode in Mode] == [None] * 4


def test_a_way_is_cut_where_the_extract_ends() -> None:
    drawing = "A 0 0, B 100 0, C 200 0, D 300 0, E 400 0\nA B C D E | highway=residential"
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from tests.mobility.streets.tiny import opl

    with TemporaryDirectory() as folder:
        extract = Path(folder) / "cut.opl"
        extract.write_text("\n".join(row for row in opl(drawing).splitlines() if not row.startswith("n3 ")) + "\n")
        ways = read_ways(extract)
        assert [ways.node[a:b].tolist() for a, b in zip(ways.first, ways.first[1:], strict=False)] == [[1, 2], [4, 5]]
        assert metres(build_streets(extract, 0), "0 0", "400 0") is None


def test_a_file_that_is_no_extract_is_named(tmp_path) -> None:
    (tmp_path / "town.osm.pbf").write_bytes(b"no such thing")
    with pytest.raises(InvalidConfig, match=r"town\.osm\.pbf: cannot be read"):
        build_streets(tmp_path / "town.osm.pbf")
