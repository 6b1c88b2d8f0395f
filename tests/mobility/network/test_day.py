"""Trips become patterns whose trips never overtake, side by side in order of time; and the day runs backwards."""

import numpy as np

from mobility.network.day import mirrored, mirrored_footpaths
from mobility.network.timetable import DayTimetable
from tests import tiny


def trips_of(day: DayTimetable) -> list[list[int]]:
    """Rows of the trips of each pattern."""
    firsts = day.pattern_first_trip
    return [day.trip_row[firsts[p] : firsts[p + 1]].tolist() for p in range(day.n_patterns)]


def test_trips_of_a_line_lie_in_order_of_time():
    town = tiny.timetable("""
        Bus1
        A     B
        9:00  9:10
        8:00  8:10
        """)
    assert trips_of(town.day.timetable) == [[1, 0]]


def test_a_trip_that_overtakes_is_a_pattern_of_its_own():
    town = tiny.timetable("""
        Train
        A     B
        8:00  9:00
        8:10  8:40
        8:20  9:20
        """)
    assert trips_of(town.day.timetable) == [[0, 2], [1]]


def test_a_trip_that_is_as_early_overtakes_nobody():
    town = tiny.timetable("""
        Bus1
        A     B
        8:00  8:10
        8:00  8:10
        """)
    assert trips_of(town.day.timetable) == [[0, 1]]


def test_calls_of_a_trip_lie_side_by_side():
    day = tiny.timetable("""
        Bus1
        A     B          C
        8:00  8:10/8:12  8:20
        8:30  8:40/8:42  8:50
        """).day.timetable
    assert day.pattern_first_call.tolist() == [0, 6]
    assert (day.arrival[3:6] - day.arrival[0:3]).tolist() == [1800] * 3
    assert (day.departure - day.arrival).tolist() == [0, 120, 0, 0, 120, 0]


def test_a_stop_knows_who_visits_it_and_where():
    day = tiny.timetable("""
        Loop
        A     B     A
        8:00  8:05  8:10
        """).day.timetable
    assert day.stop_first_visit.tolist() == [0, 2, 3]
    assert day.visit_position.tolist() == [0, 2, 1]


def test_a_day_mirrored_runs_backwards():
    day = tiny.timetable("""
        Bus1
        A     +B         C
        8:00  8:10/8:12  8:20
        8:30  8:40/8:42  8:50
        """).day.timetable
    back = mirrored(day)
    assert back.position_stop.tolist() == [2, 1, 0]
    assert back.position_boards.tolist() == [1, 0, 1]
    assert back.trip_row.tolist() == [1, 0]
    assert back.arrival[:3].tolist() == [-31800, -31320, -30600]


def test_a_day_mirrored_twice_is_the_day():
    day = tiny.timetable("""
        Bus1
        A     B     -C
        8:00  8:10  8:20
        8:30  8:40  8:50

        Tram2
        C     A
        8:00  8:30
        8:10  8:20
        """).day.timetable
    twice = mirrored(mirrored(day))
    for column in ("position_stop", "position_boards", "position_alights", "arrival", "departure", "trip_row"):
        assert np.array_equal(getattr(twice, column), getattr(day, column)), column


def test_walks_mirrored_lead_the_other_way():
    walks = tiny.footpaths(3, [(0, 60, 1), (1, 90, 2)], {})
    back = mirrored_footpaths(walks)
    assert back.first.tolist() == [0, 1, 3, 4]
    assert back.to_stop.tolist() == [1, 0, 2, 1]
    assert back.duration_s.tolist() == [60, 60, 90, 90]
