"""geofencing_zones of both versions in use: what is said, that the rest is not known, and that no feed does harm."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mobility.geo import Point
from mobility.rentals.gbfs import Document, system
from mobility.rentals.gbfs_zones import MOST_FINDINGS, MOST_ZONES, rental_zones
from mobility.rentals.zones import RentalZones, ZoneRule

Json = Any
HERE, ELSEWHERE = Point(47.755, -3.355), Point(47.9, -3.355)
CLOCKWISE = [[-3.36, 47.75], [-3.36, 47.76], [-3.35, 47.76], [-3.35, 47.75], [-3.36, 47.75]]
SQUARE = {"type": "Polygon", "coordinates": [CLOCKWISE]}
COUNTERCLOCKWISE = {"type": "MultiPolygon", "coordinates": [[CLOCKWISE[::-1]]]}
NO_RIDE = {"ride_allowed": False, "ride_through_allowed": True}
NO_END = {"ride_start_allowed": True, "ride_end_allowed": False, "ride_through_allowed": True}


def feature(geometry: Json, *rules: Json, **properties: Json) -> Json:
    return {"type": "Feature", "geometry": geometry, "properties": {"rules": list(rules), **properties}}


def document(version: str, *features: Json, **data: Json) -> Document:
    collection = {"type": "FeatureCollection", "features": list(features)}
    return {"version": version, "data": {"geofencing_zones": collection, **data}}


def read(version: str, *features: Json, vehicles: tuple[Point, ...] = (), **data: Json) -> RentalZones:
    return rental_zones(document(version, *features, **data), ("fr",), vehicles)


def rule(zones: RentalZones, where: Point = HERE, type: str = "s", at_s: float = 0) -> ZoneRule:
    return zones.rule(where, type, at_s)


def test_version_2_forbids_start_and_end_in_one_word() -> None:
    zones = read("2.3", feature(SQUARE, NO_RIDE, name="Parc"))
    assert (zones.zones[0].name, rule(zones)) == ("Parc", ZoneRule(False, False, True))


def test_version_3_forbids_them_apart_and_names_zones_in_languages() -> None:
    zones = read("3.0", feature(SQUARE, NO_END, name=[{"text": "Park", "language": "fr"}]), global_rules=[])
    assert (zones.zones[0].name, rule(zones)) == ("Park", ZoneRule(True, False, True))


@pytest.mark.parametrize("key", ["vehicle_type_id", "vehicle_type_ids"])
def test_a_rule_names_kinds_of_vehicles_and_a_speed(key: str) -> None:
    slow = NO_END | {key: ["bike"], "maximum_speed_kph": 8, "station_parking": True}
    zones = read("3.0", feature(SQUARE, slow))
    assert rule(zones, type="bike") == ZoneRule(True, False, True, frozenset({"bike"}), True, 8)
    assert rule(zones, type="scooter").parking is True


def test_general_rules_of_version_3_hold_outside_the_zones() -> None:
    zones = read("3.0", feature(SQUARE, NO_END | {"ride_end_allowed": True}), global_rules=[NO_END])
    assert [rule(zones, where).parking for where in (HERE, ELSEWHERE)] == [True, False]


@pytest.mark.parametrize(
    "times", [{"start": 100, "end": 200}, {"start": "1970-01-01T00:01:40Z", "end": "1970-01-01T00:03:20Z"}]
)
def test_the_times_of_a_zone_are_numbers_or_written_out(times: Json) -> None:
    zones = read("2.3", feature(SQUARE, NO_RIDE, **times))
    assert [rule(zones, at_s=at_s).parking for at_s in (50, 150, 250)] == [True, False, True]


@pytest.mark.parametrize("geometry", [SQUARE, COUNTERCLOCKWISE])
@pytest.mark.parametrize("version", ["2.3", "3.0"])
def test_a_zone_is_the_inside_of_its_outline_whichever_way_it_runs(version: str, geometry: Json) -> None:
    zones = read(version, feature(geometry, NO_RIDE), vehicles=(ELSEWHERE,))
    assert [rule(zones, where).parking for where in (HERE, ELSEWHERE)] == [False, True]


def test_vehicles_for_hire_in_a_counterclockwise_zone_of_version_2_tell_that_its_outside_is_meant() -> None:
    zones = read("2.3", feature(COUNTERCLOCKWISE, NO_RIDE), vehicles=(HERE, HERE, ELSEWHERE))
    assert [rule(zones, where).parking for where in (HERE, ELSEWHERE)] == [True, False]


def test_version_3_knows_no_outside() -> None:
    zones = read("3.0", feature(COUNTERCLOCKWISE, NO_RIDE), vehicles=(HERE,))
    assert rule(zones).parking is False


BROKEN: list[tuple[str, Json]] = [
    ("none", None),
    ("no object", 7),
    ("no corners", {"type": "Polygon"}),
    ("too few corners", {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}),
    ("an open ring", {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0]]]}),
    ("texts for numbers", {"type": "MultiPolygon", "coordinates": [[[["a", 0], [1, 1], [1, 0], [0, 0]]]]}),
    ("nulls for numbers", {"type": "Polygon", "coordinates": [[[None, 0], [1, 1], [1, 0], [0, 0]]]}),
    ("outside the world", {"type": "Polygon", "coordinates": [[[0, 0], [900, 0], [900, 3], [0, 0]]]}),
    ("a point", {"type": "Point", "coordinates": [0, 0]}),
    ("a line", {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0], [0, 0]]]}),
    ("nothing", {"type": "MultiPolygon", "coordinates": []}),
]


@pytest.mark.parametrize("geometry", [row[1] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_zone_that_cannot_be_read_is_a_finding_and_elsewhere_nothing_is_known_any_more(geometry: Json) -> None:
    zones = read("2.3", feature(geometry, NO_RIDE), feature(SQUARE, NO_RIDE))
    assert zones.findings[0].startswith("geofencing_zones: features[0].geometry: ")
    assert [rule(zones, where).parking for where in (HERE, ELSEWHERE)] == [False, None]


def test_an_outline_that_crosses_itself_is_put_right() -> None:
    bow = [[-3.36, 47.75], [-3.34, 47.77], [-3.34, 47.75], [-3.36, 47.77], [-3.36, 47.75]]
    zones = read("2.3", feature({"type": "Polygon", "coordinates": [bow]}, NO_RIDE))
    assert [rule(zones, Point(47.76, lon)).parking for lon in (-3.359, -3.341)] == [False, False]
    assert (zones.findings, zones.zones[0].area.is_valid) == ((), True)


def test_an_outline_that_crosses_itself_thousands_of_times_is_left_alone() -> None:
    tangle = [[n * n % 1009 / 1e4, n * n * n % 1013 / 1e4] for n in range(400)]
    zones = read("2.3", feature({"type": "Polygon", "coordinates": [[*tangle, tangle[0]]]}, NO_RIDE))
    assert zones.findings == ("geofencing_zones: features[0].geometry: an outline that crosses itself too often",)


def test_corners_a_few_decimetres_apart_are_not_all_kept() -> None:
    ring = shapely.Point(-3.36, 47.75).buffer(0.01, quad_segs=5000)
    zones = read("2.3", feature(shapely.geometry.mapping(ring), NO_RIDE))
    assert shapely.get_num_coordinates(zones.zones[0].area) < 500


def test_a_rule_that_says_nothing_makes_things_unknown() -> None:
    zones = read("3.0", feature(SQUARE, {}))
    assert (rule(zones).parking, zones.findings) == (
        None,
        ("geofencing_zones: features[0].rules[0]: does not say what is allowed",),
    )


def test_more_zones_than_anyone_draws_are_not_read() -> None:
    zones = read("2.3", *([feature(SQUARE, NO_RIDE)] * (MOST_ZONES + 1)))
    assert (len(zones.zones), zones.whole) == (MOST_ZONES, False)


def test_of_many_findings_a_handful_is_told() -> None:
    assert len(read("2.3", *([feature(None, NO_RIDE)] * 50)).findings) == MOST_FINDINGS


@pytest.mark.parametrize("rubbish", [{}, {"data": None}, {"data": []}, {"data": {"geofencing_zones": {"features": 3}}}])
def test_what_is_no_list_of_zones_leaves_everything_unknown(rubbish: Document) -> None:
    zones = system("velo", {"geofencing_zones": rubbish}).zones
    assert zones is not None
    assert (rule(zones).parking, len(zones.findings)) == (None, 1)


def test_who_publishes_no_zones_has_none() -> None:
    assert system("velo", {}).zones is None


CORNER = st.tuples(st.integers(-20, 20), st.integers(-20, 20)).map(
    lambda at: [-3.36 + at[0] / 2000, 47.75 + at[1] / 2000]
)
RING = st.lists(CORNER, min_size=3, max_size=12).map(lambda corners: [*corners, corners[0]])
SAID = st.sampled_from([True, False, None])
RULE = st.fixed_dictionaries({f"ride_{name}_allowed": SAID for name in ("start", "end", "through")})
SHAPE = st.lists(RING, min_size=1, max_size=2).map(lambda rings: {"type": "Polygon", "coordinates": rings})
PLACE = CORNER.map(lambda corner: Point(corner[1] + 0.0001, corner[0] + 0.0001))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SHAPE, RULE), max_size=6), st.lists(RULE, max_size=1), PLACE, PLACE)
def test_whatever_outlines_are_drawn_places_and_ways_have_rules(
    drawn: list[tuple[Json, Json]], general: list[Json], start: Point, end: Point
) -> None:
    """Rings cross themselves and each other, lie upon each other, have no area: nothing of that is a fault."""
    zones = read("3.0", *(feature(*one) for one in drawn), global_rules=general)
    found = zones.parking_near(start, "s", 0, 600)
    assert found is None or rule(zones, found).parking is True
    shares = [stretch.share for stretch in zones.stretches(start, end, "s", 0)]
    assert sum(shares) == pytest.approx(0 if start == end else 1)
