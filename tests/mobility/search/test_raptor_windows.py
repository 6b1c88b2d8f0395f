"""The search over all departures or arrivals of a window. Read after test_raptor.py, which explains the timetables."""


def test_arriving_by_a_time_one_leaves_as_late_as_possible(day):
    town = day("""
        Bus1
        A     B
        8:00  8:10
        8:30  8:40
        9:00  9:10
        """)
    assert town.pareto_arriving("A", "B", "9:00") == ["Bus1 A 8:30 > B 8:40"]


def test_a_window_holds_every_departure_that_is_worth_it(day):
    town = day("""
        Bus1
        A     B
        8:00  8:10
        8:30  8:40
        9:00  9:10
        """)
    assert town.window("A", "B", "8:00-9:00") == ["Bus1 A 8:30 > B 8:40", "Bus1 A 8:00 > B 8:10"]


def test_a_departure_that_a_later_one_overtakes_is_not_worth_it(day):
    town = day("""
        Slow
        A     B
        8:00  9:00

        Fast
        A     B
        8:30  8:50
        """)
    assert town.window("A", "B", "8:00-9:00") == ["Fast A 8:30 > B 8:50"]


def test_it_is_overtaken_even_by_one_that_leaves_after_the_window(day):
    town = day("""
        Slow
        A     B
        8:00  9:00

        Fast
        A     B
        8:30  8:50
        """)
    assert town.window("A", "B", "8:00-8:30") == []


def test_a_ride_that_is_no_faster_than_walking_is_left_out_of_a_window(day):
    town = day("""
        Bus1
        A     B
        8:00  8:20
        8:30  8:45
        """)
    assert town.window("A, walk 20m", "B", "7:00-9:00") == ["Bus1 A 8:30 > B 8:45"]


def test_a_window_of_arrivals(day):
    town = day("""
        Bus1
        A     B
        8:00  8:10
        8:30  8:40
        9:00  9:10
        """)
    assert town.window_arriving("A", "B", "8:10-9:00") == ["Bus1 A 8:00 > B 8:10", "Bus1 A 8:30 > B 8:40"]
