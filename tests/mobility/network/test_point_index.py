"""Points near one are found as scipy's KD-tree finds them, all over the earth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from mobility.geo import EARTH_RADIUS_M, Point, distances_m, on_unit_sphere, point_on_unit_sphere
from mobility.network.point_index import PointIndex


def rows(index: PointIndex, lat: float, lon: float, longest_m: float) -> list[int]:
    return index.within(Point(lat, lon), longest_m).tolist()


def test_a_stop_700_m_away_is_within_a_kilometre_and_one_two_kilometres_away_is_not() -> None:
    index = PointIndex(np.array([47.7500, 47.7563, 47.7680]), np.array([-3.36, -3.36, -3.36]))
    assert rows(index, 47.7500, -3.36, 1000) == [0, 1]
    assert rows(index, 47.7500, -3.36, 0) == [0]


def test_a_point_on_the_other_side_of_the_date_line_is_near() -> None:
    index = PointIndex(np.array([-16.80, -16.80]), np.array([179.999, 10.0]))
    assert rows(index, -16.80, -179.999, 500) == [0]


def test_at_the_pole_every_longitude_is_near() -> None:
    index = PointIndex(np.array([89.999, 89.999, 80.0]), np.array([0.0, 180.0, 0.0]))
    assert rows(index, 90.0, 77.0, 200) == [0, 1]


def test_nothing_is_near_where_nothing_is() -> None:
    assert rows(PointIndex(np.empty(0), np.empty(0)), 47.75, -3.36, 1e6) == []


@pytest.mark.parametrize("longest_m", [0.5, 900, 60_000, 2.5e7])
def test_a_thousand_random_points_are_found_as_by_a_kd_tree(longest_m: float) -> None:
    chance = np.random.default_rng(20)
    lat, lon = chance.normal(47.7, 0.3, 1000), chance.normal(-3.4, 0.5, 1000)
    lat[:50], lon[:50] = chance.uniform(-90, 90, 50), chance.uniform(-180, 180, 50)
    tree, index = cKDTree(on_unit_sphere(lat, lon)), PointIndex(lat, lon)
    for point in map(Point, lat[::9].tolist(), lon[::9].tolist()):
        expected = tree.query_ball_point(point_on_unit_sphere(point), longest_m / EARTH_RADIUS_M)
        assert index.within(point, longest_m).tolist() == sorted(expected)


PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
HALF_ROUND_M = np.pi * EARTH_RADIUS_M
ROUNDING_M = 0.5
"""On the other side of the earth the root of what doubles can tell apart is some centimetres."""


@given(places=st.lists(PLACES, min_size=1, max_size=30), near=PLACES, longest_m=st.floats(0, HALF_ROUND_M))
@example(places=[(-16.8, 179.999), (-16.8, 10.0)], near=(-16.8, -179.999), longest_m=500.0)
@example(places=[(89.999, 0.0), (89.999, 180.0), (80.0, 0.0)], near=(90.0, 77.0), longest_m=200.0)
@example(places=[(-89.999, 12.0), (89.999, 12.0)], near=(-90.0, -170.0), longest_m=200.0)
def test_points_are_measured_as_over_the_ground_across_the_date_line_and_at_the_poles(
    places: list[tuple[float, float]], near: tuple[float, float], longest_m: float
) -> None:
    lat, lon = np.array(places).T
    rows, metres = PointIndex(lat, lon).measured(Point(*near), longest_m)
    expected_m = distances_m(Point(*near), lat, lon)
    assert np.abs(metres - expected_m[rows]).max(initial=0) < ROUNDING_M
    surely, maybe = (np.flatnonzero(expected_m < longest_m + more_m) for more_m in (-ROUNDING_M, ROUNDING_M))
    assert set(surely.tolist()) <= set(rows.tolist()) <= set(maybe.tolist())
    assert rows.tolist() == sorted(rows.tolist())
