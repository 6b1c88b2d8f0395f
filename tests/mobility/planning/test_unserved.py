"""Stops at which no line calls, as publishers leave them in their feeds."""

from mobility.planning.planner import plan
from mobility.routing.empty_reason import EmptyReason
from tests.town import ask, told, town

STOPS = "A 0 0, B 3 0, Island 9 0, Old 3 0.2"
LINE = """
    Bus1
    A     B
    8:00  8:10
    """


def test_a_trip_to_a_stop_without_any_line_says_so_rather_than_to_ask_for_other_hours() -> None:
    territory = town(STOPS, LINE)
    assert (
        plan(territory, ask(territory, "A", "Island", "2026-06-03 7:55")).reason == EmptyReason.NO_STOP_NEAR_DESTINATION
    )
    assert plan(territory, ask(territory, "Island", "A", "2026-06-03 7:55")).reason == EmptyReason.NO_STOP_NEAR_ORIGIN


def test_one_walks_to_an_abandoned_stop_from_the_nearest_that_is_served() -> None:
    territory = town(STOPS, LINE)
    answer = plan(territory, ask(territory, "A", "Old", "2026-06-03 7:55"))
    assert told(answer) == ["Bus1 A 8:00 > B 8:10 | walk 4m > Old"]
