"""Who finds nothing hears whether anything goes that way on that day, and when the next way begins."""

from __future__ import annotations

from datetime import date

import pytest

from mobility.planning.empty_day import DayLooks, empty_day
from mobility.planning.planner import plan
from mobility.routing.territory import Territory
from tests.town import ask, moment, town

LINE = """
    Bus1
    A     B
    8:00  8:10
    """


def weekdays() -> Territory:
    """A bus from Monday to Friday, and not on Christmas Day, a Friday."""
    days = """
        service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        S,1,1,1,1,1,0,0,20261201,20261231
        """
    return town(
        "A 0 0, B 3 0",
        LINE,
        {
            "calendar": days,
            "calendar_dates": """
        service_id,date,exception_type
        S,20261225,2
        """,
        },
    )


@pytest.mark.parametrize(
    ("when", "runs", "holiday", "then"),
    [
        ("2026-12-25 10:00", False, True, "2026-12-28 8:00"),
        ("2026-12-19 10:00", False, False, "2026-12-21 8:00"),
        ("2026-12-18 9:00", True, False, "2026-12-21 8:00"),
        ("2026-12-31 10:00", True, False, None),
    ],
    ids=["a holiday", "a Saturday", "another hour", "the last day of the timetable"],
)
def test_the_next_way_is_found_as_far_as_the_timetable_reaches(
    when: str, runs: bool, holiday: bool, then: str | None
) -> None:
    territory = weekdays()
    answer = plan(territory, ask(territory, "A", "B", when))
    found = empty_day(territory, answer)
    assert found is not None
    assert (found.day, found.runs, found.holiday) == (date.fromisoformat(when[:10]), runs, holiday)
    assert found.at_s == (moment(then) if then else None)


def test_of_an_answer_with_a_ride_nothing_more_is_looked_for() -> None:
    territory = weekdays()
    assert empty_day(territory, plan(territory, ask(territory, "A", "B", "2026-12-18 7:00"))) is None


def to_an_island() -> Territory:
    """A bus on all days, but Sundays, and a boat from where it goes to on one of them."""
    days = """
        service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        S,1,1,1,1,1,1,0,20261201,20261231
        Once,1,1,1,1,1,1,1,20261212,20261212
        """
    lines = "Bus1\nA B\n8:00 8:10\n\nBoat2\nB I\n9:00 9:30"
    trips = "route_id,service_id,trip_id\nBus1,S,Bus1-1\nBoat2,Once,Boat2-1"
    return town("A 0 0, B 3 0, I 20 0", lines, {"calendar": days, "trips": trips})


def test_a_boat_ten_days_ahead_is_found_beyond_days_on_which_the_same_buses_run() -> None:
    territory = to_an_island()
    found = empty_day(territory, plan(territory, ask(territory, "A", "I", "2026-12-02 7:00")))
    assert found is not None and not found.runs
    assert found.at_s == moment("2026-12-12 8:00")


def test_days_on_which_the_same_trips_run_are_looked_at_once() -> None:
    """From a Tuesday on; each look is at a day and the next one, and a day has the morning of the next one, too."""
    territory = to_an_island()
    looks = DayLooks(territory, ask(territory, "A", "I", "2026-12-01 0:00", window_s=0))
    looked_at = [day for day in range(1, 10) if looks.at(date(2026, 12, day)) is not None]
    assert looked_at == [1, 4, 5]


def test_a_way_that_waits_a_night_does_not_end_the_looking() -> None:
    """What is found and does not count is no day without a way."""
    territory = town("A 0 0, B 3 0, C 30 0", "Bus1\nA B\n20:00 20:10\n\nBus2\nB C\n6:00 6:30")
    looks = DayLooks(territory, ask(territory, "A", "C", "2026-06-03 0:00", window_s=0))
    first, second = (looks.at(date(2026, 6, day)) for day in (3, 4))
    assert first is not None and second is not None
    assert first.itineraries and not looks.empty
