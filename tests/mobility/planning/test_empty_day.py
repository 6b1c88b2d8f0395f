"""Who finds nothing hears whether anything goes that way on that day, and when the next way begins."""

from __future__ import annotations

from datetime import date

import pytest

from mobility.planning.empty_day import empty_day
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
