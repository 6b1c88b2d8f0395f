"""Encoded polylines, whole and cut out of a longer line."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from api.present.polyline import encode, encoded
from mobility.geo import Point
from mobility.network.course import Course

DEGREES = st.floats(-89, 89).map(lambda degrees: round(degrees, 6))
LINES = st.lists(st.tuples(DEGREES, DEGREES), min_size=2, max_size=20)


def course(points: list[tuple[float, float]]) -> Course:
    lat, lon = (np.array(column) for column in zip(*points, strict=True))
    return Course(lat, lon, np.arange(len(points)))


def test_the_example_of_the_format() -> None:
    points = [Point(38.5, -120.2), Point(40.7, -120.95), Point(43.252, -126.453)]
    assert encode(points, 5) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"


@given(LINES, st.data())
def test_a_part_of_a_line_is_coded_as_if_alone(points: list[tuple[float, float]], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(points) - 2))
    last = data.draw(st.integers(first + 1, len(points) - 1))
    code, length, _ = encoded(course(points), 6).between(first, last)
    assert code == encode([Point(*point) for point in points[first : last + 1]], 6)
    assert length == last - first + 1


@given(LINES, LINES)
def test_two_lines_are_coded_as_one(before: list[tuple[float, float]], after: list[tuple[float, float]]) -> None:
    code, _, at = encoded(course(before), 7).between(0, len(before) - 1)
    rest, _, _ = encoded(course(after), 7).between(0, len(after) - 1, at)
    assert code + rest == encode([Point(*point) for point in [*before, *after]], 7)
