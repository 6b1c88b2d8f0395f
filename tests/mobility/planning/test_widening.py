"""A window with too little in it is widened in pieces; the answer is that of one wide window."""

from dataclasses import replace

import pytest

from mobility.planning.planner import plan
from tests.town import ask, told, town

STOPS = "A 0 0, B 3 0, C 6 0, D 9 0"
LINES = """
    Night
    A     B     C
    0:10  0:20  0:40
    4:50  5:00  5:20

    Bus1
    A     B
    6:00  6:12
    7:30  7:42

    Bus2
    B     C
    6:20  6:35
    9:10  9:25

    Express
    A     C
    7:40  7:55
    """


@pytest.mark.parametrize(
    ("clock", "arrive_by"),
    [("0:05", False), ("5:30", False), ("7:35", False), ("5:25", True), ("8:00", True), ("12:00", True)],
)
def test_a_window_widened_in_pieces_answers_as_one_wide_window(clock: str, arrive_by: bool) -> None:
    territory = town(STOPS, LINES)
    asked = ask(territory, "A", "C", f"2026-06-03 {clock}", arrive_by=arrive_by, window_s=300, results=99)
    at_once = replace(asked, window_s=12 * 3600, widen=False)
    assert told(plan(territory, asked)) == told(plan(territory, at_once)) != []


def test_who_asks_at_night_is_not_sent_off_early_to_wait_for_the_bus_of_the_next_piece() -> None:
    territory = town(STOPS, LINES)
    answer = plan(territory, ask(territory, "A", "C", "2026-06-03 1:00", window_s=900, results=4))
    assert told(answer) == [
        "Night A 4:50 > C 5:20",
        "Bus1 A 6:00 > B 6:12 | Bus2 B 6:20 > C 6:35",
        "Express A 7:40 > C 7:55",
    ]


def test_a_sunday_without_service_is_answered_with_more_than_the_first_bus_of_monday() -> None:
    weekdays = {
        "calendar": """
            service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
            S,1,1,1,1,1,0,0,20260101,20261231"""
    }
    territory = town(STOPS, "Bus1\nA B\n6:00 6:10\n7:00 7:10\n7:30 7:40\n9:30 9:40", weekdays)
    answer = plan(territory, ask(territory, "A", "B", "2026-06-07 10:00"))
    assert told(answer) == ["Bus1 A 6:00 > B 6:10", "Bus1 A 7:00 > B 7:10", "Bus1 A 7:30 > B 7:40"]
