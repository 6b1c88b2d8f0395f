"""The search, from the simplest trip to the traps. Read from the top: each test adds one thing.

A day is a timetable, a question is two places and a time, an answer is a line. `day(...)` (conftest.py) makes it twice:
searched by rounds (RAPTOR), and trip by trip with shortcuts; both must say the same.
"""

from mobility.search.search import SearchLimits


def test_a_ride(day):
    town = day("""
        Bus1
        A     B     C
        8:00  8:10  8:20
        """)
    assert town.pareto("A", "C", "7:55") == ["Bus1 A 8:00 > C 8:20"]


def test_a_missed_trip_is_followed_by_the_next(day):
    town = day("""
        Bus1
        A     B
        8:00  8:10
        8:30  8:40
        """)
    assert town.pareto("A", "B", "8:01") == ["Bus1 A 8:30 > B 8:40"]


def test_a_trip_that_leaves_at_this_very_moment_is_caught(day):
    town = day("""
        Bus1
        A     B
        8:00  8:10
        """)
    assert town.pareto("A", "B", "8:00") == ["Bus1 A 8:00 > B 8:10"]


def test_after_the_last_trip_there_is_no_answer(day):
    town = day("""
        Bus1
        A     B
        8:00  8:10
        """)
    assert town.pareto("A", "B", "8:01") == []


def test_nobody_rides_backwards(day):
    town = day("""
        Bus1
        A     B
        8:00  8:10
        """)
    assert town.pareto("B", "A", "7:00") == []


def test_two_rides_meet_at_a_stop(day):
    town = day("""
        Bus1
        A     B
        8:00  8:10

        Tram2
        B     C
        8:10  8:25
        """)
    assert town.pareto("A", "C", "8:00") == ["Bus1 A 8:00 > B 8:10 | Tram2 B 8:10 > C 8:25"]


def test_changing_takes_the_time_that_the_stop_asks_for(day):
    town = day(
        """
        Bus1
        A     B
        8:00  8:10

        Tram2
        B     C
        8:10  8:25
        8:12  8:27
        """,
        changes=["B 2m"],
    )
    assert town.pareto("A", "C", "8:00") == ["Bus1 A 8:00 > B 8:10 | Tram2 B 8:12 > C 8:27"]


def test_the_first_ride_needs_no_change_time(day):
    town = day(
        """
        Bus1
        A     B
        8:00  8:10
        """,
        changes=["A 5m"],
    )
    assert town.pareto("A", "B", "8:00") == ["Bus1 A 8:00 > B 8:10"]


def test_a_walk_leads_from_one_ride_to_the_next(day):
    town = day(
        """
        Bus1
        A     B
        8:00  8:10

        Ferry
        D     E
        8:14  8:30
        8:20  8:40
        """,
        walks=["B ~ 5m ~ D"],
    )
    assert town.pareto("A", "E", "8:00") == ["Bus1 A 8:00 > B 8:10 | walk 5m > D | Ferry D 8:20 > E 8:40"]


def test_walks_are_not_chained(day):
    town = day(
        """
        Bus1
        A     B
        8:00  8:10

        Ferry
        D     E
        8:30  8:40
        """,
        walks=["B ~ 5m ~ C", "C ~ 5m ~ D"],
    )
    assert town.pareto("A", "E", "8:00") == []


def test_both_ends_may_be_a_walk_away(day):
    town = day("""
        Bus1
        A     B
        8:00  8:10
        8:30  8:40
        """)
    assert town.pareto("A 3m", "B 2m", "7:58") == ["walk 3m > A | Bus1 A 8:30 > B 8:40 | walk 2m"]


def test_of_two_ways_the_one_with_more_rides_must_be_earlier(day):
    town = day("""
        Slow
        A     C
        8:00  9:00

        Bus1
        A     B
        8:00  8:10

        Fast
        B     C
        8:15  8:30
        """)
    assert town.pareto("A", "C", "8:00") == [
        "Slow A 8:00 > C 9:00",
        "Bus1 A 8:00 > B 8:10 | Fast B 8:15 > C 8:30",
    ]


def test_walking_all_the_way_is_the_answer_without_rides(day):
    town = day("""
        Bus1
        A     B
        8:00  8:10
        """)
    assert town.pareto("A, walk 20m", "B", "7:55") == ["walk 20m", "Bus1 A 8:00 > B 8:10"]
    assert town.pareto("A, walk 15m", "B", "7:55") == ["walk 15m"]


def test_as_many_rides_as_allowed(day):
    town = day("""
        Slow
        A     C
        8:00  9:00

        Bus1
        A     B
        8:00  8:10

        Fast
        B     C
        8:15  8:30
        """)
    assert town.pareto("A", "C", "8:00", SearchLimits(most_rides=1)) == ["Slow A 8:00 > C 9:00"]


def test_a_trip_may_overtake_another(day):
    town = day("""
        Train
        A     B     C
        8:00  8:30  9:00
        8:10  8:20  8:40
        """)
    assert town.pareto("A", "C", "8:00") == ["Train A 8:10 > C 8:40"]


def test_a_line_may_call_twice_at_a_stop(day):
    town = day("""
        Loop
        A     B     C     B     D
        8:00  8:05  8:10  8:15  8:20
        """)
    assert town.pareto("B", "D", "8:06") == ["Loop B 8:15 > D 8:20"]
    assert town.pareto("A", "B", "8:00") == ["Loop A 8:00 > B 8:05"]


def test_where_one_may_only_get_in_nobody_gets_out(day):
    town = day("""
        Express
        A     +B    C
        8:00  8:10  8:20
        """)
    assert town.pareto("A", "B", "8:00") == []
    assert town.pareto("B", "C", "8:00") == ["Express B 8:10 > C 8:20"]


def test_where_one_may_only_get_out_nobody_gets_in(day):
    town = day("""
        Express
        A     -B    C
        8:00  8:10  8:20
        """)
    assert town.pareto("A", "B", "8:00") == ["Express A 8:00 > B 8:10"]
    assert town.pareto("B", "C", "8:00") == []


def test_a_trip_of_yesterday_runs_after_midnight(day):
    town = day("""
        Night
        A      B
        -0:10  0:15
        """)
    assert town.pareto("A", "B", "-0:15") == ["Night A -0:10 > B 0:15"]


def test_a_trip_goes_on_after_midnight(day):
    town = day("""
        Night
        A      B      C
        23:50  24:05  24:20
        """)
    assert town.pareto("B", "C", "24:00") == ["Night B 24:05 > C 24:20"]


def test_a_vehicle_waits_at_a_stop(day):
    town = day("""
        Bus1
        A     B          C
        8:00  8:10/8:20  8:30

        Tram2
        X     B
        8:05  8:18
        """)
    assert town.pareto("X", "C", "8:00") == ["Tram2 X 8:05 > B 8:18 | Bus1 B 8:20 > C 8:30"]


def test_lines_that_may_not_be_ridden_are_not(day):
    town = day("""
        Train
        A     B
        8:00  8:10

        Bus1
        A     B
        8:00  8:20
        """)
    allowed = (town.day.timetable.trip_row[town.day.timetable.pattern_first_trip[:-1]] == 1).astype("uint8")
    assert town.pareto("A", "B", "8:00", SearchLimits(pattern_allowed=allowed)) == ["Bus1 A 8:00 > B 8:20"]
