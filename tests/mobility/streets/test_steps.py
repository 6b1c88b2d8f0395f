"""Stairs, kerbs, slopes and surfaces; and the way in words."""

import pytest

from mobility.streets.graph import Mode
from tests.mobility.streets.tiny import metres, streets, told, way

STAIRS_OR_ROUND = """
    A 0 0, B 100 0, C 100 40, D 200 0, E 200 40
    A B | highway=footway surface=asphalt
    B C | highway=steps {}
    B D E C | highway=footway surface=asphalt
    """


def test_stairs_are_walked_and_rolled_round() -> None:
    hill = streets(STAIRS_OR_ROUND.format("name=Escalier"))
    assert metres(hill, "0 0", "100 40") == 140
    assert metres(hill, "0 0", "100 40", Mode.STEP_FREE) == 340


def test_stairs_take_twice_as_long_as_level_ground() -> None:
    hill = streets(STAIRS_OR_ROUND.format("name=Escalier"))
    assert way(hill, "0 0", "100 40").seconds == 180, "at one metre a second"


def test_a_ramp_beside_the_stairs_is_no_step() -> None:
    hill = streets(STAIRS_OR_ROUND.format("ramp:wheelchair=yes"))
    assert metres(hill, "0 0", "100 40", Mode.STEP_FREE) == 140


@pytest.mark.parametrize(
    ("tags", "length_m", "unknown_m"),
    [
        ("surface=asphalt", 100, 0),
        ("surface=sett wheelchair=yes", 100, 0),
        ("", 100, 100),
        ("surface=sett", 100, 100),
        ("surface=asphalt wheelchair=limited", 100, 100),
        ("surface=asphalt footway=crossing", 100, 100),
        ("surface=asphalt footway=crossing kerb=lowered", 100, 0),
        ("surface=asphalt kerb=raised", 300, 0),
        ("surface=asphalt wheelchair=no", 300, 0),
        ("surface=asphalt incline=12%", 300, 0),
        ("surface=asphalt incline=-3%", 100, 0),
        ("surface=sand", 300, 0),
    ],
)
def test_what_is_not_known_to_be_free_of_steps_is_passed_and_counted(tags: str, length_m: int, unknown_m: int) -> None:
    path = streets(f"""
        A 0 0, B 100 0, C 100 100, D 0 100
        A B | highway=footway {tags}
        B C D A | highway=footway surface=asphalt
        """)
    found = way(path, "0 0", "100 0", Mode.STEP_FREE)
    assert (found.metres, found.unknown_m) == (length_m, unknown_m)


def test_a_raised_kerb_in_the_middle_of_a_way_stops_wheels() -> None:
    path = streets("A 0 0, B 50 0, C 100 0\nA B C | highway=footway\nB | kerb=raised barrier=kerb")
    assert (metres(path, "0 0", "100 0"), metres(path, "0 0", "100 0", Mode.STEP_FREE)) == (100, None)


def test_uphill_takes_longer_than_down() -> None:
    hill = streets("A 0 0, B 100 0\nA B | highway=footway incline=10%")
    up, down = way(hill, "0 0", "100 0"), way(hill, "100 0", "0 0")
    assert (up.seconds, down.seconds, up.metres, down.metres) == (180, 100, 100, 100)


def test_a_way_is_told_by_street_turn_stairs_and_crossing() -> None:
    town = streets("""
        A 0 0, B 100 0, C 100 80, D 110 80, E 110 120, F 60 120
        A B | highway=residential name=Rue_Haute
        B C | highway=residential name=Quai_Sud
        C D | highway=footway footway=crossing
        D E | highway=steps
        E F | highway=pedestrian name=Place_du_Port
        """)
    assert told(way(town, "20 0", "60 120")) == [
        "DEPART Rue Haute 80 m",
        "LEFT Quai Sud 80 m",
        "RIGHT CROSSING 10 m",
        "LEFT STAIRS 40 m",
        "LEFT Place du Port 50 m",
    ]


def test_the_line_leads_from_door_to_door_along_the_bends() -> None:
    corner = streets("A 0 0, B 300 0, C 300 400\nA B C | highway=residential")
    line = way(corner, "10 5", "290 400").line
    there = way(corner, "290 400", "10 5").line
    assert len(line) == 5
    assert [(round(p.lat, 6), round(p.lon, 6)) for p in line] == [
        (round(p.lat, 6), round(p.lon, 6)) for p in there[::-1]
    ]


def test_steps_cover_the_line_without_a_gap() -> None:
    town = streets("A 0 0, B 100 0, C 100 80\nA B | highway=service name=Un\nB C | highway=service name=Deux")
    found = way(town, "0 0", "100 80")
    assert [(step.first_point, step.last_point) for step in found.steps] == [(0, 1), (1, 2)]
    assert len(found.line) == 3
