"""Trips that make the same calls have one number."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gtfs.equal_trips import numbers_of_equal

Call = tuple[int, int, int]
TRIPS = st.lists(
    st.tuples(st.integers(0, 2), st.lists(st.tuples(*[st.integers(-1, 2)] * 3), max_size=3)),  # type: ignore[arg-type]
    max_size=30,
)


def numbers(trips: list[tuple[int, list[Call]]]) -> list[int]:
    first = np.cumsum([0, *(len(calls) for _, calls in trips)])
    stop, arrival, departure = np.array([call for _, calls in trips for call in calls], np.int32).reshape(-1, 3).T
    return numbers_of_equal(first, np.array([line for line, _ in trips], np.int32), (stop, arrival, departure)).tolist()


def test_equal_calls_of_one_line_are_one_number_and_those_of_another_line_are_not() -> None:
    eight, nine = [(0, 28800, 28800), (1, 29400, 29400)], [(0, 32400, 32400), (1, 33000, 33000)]
    assert numbers([(5, eight), (5, nine), (5, eight), (7, eight), (5, eight[:1])]) == [0, 1, 0, 2, 3]


@given(TRIPS)
def test_the_numbers_are_those_that_a_dictionary_gives(trips: list[tuple[int, list[Call]]]) -> None:
    known: dict[tuple[int, tuple[Call, ...]], int] = {}
    expected = [known.setdefault((line, tuple(calls)), len(known)) for line, calls in trips]
    assert numbers(trips) == expected
