"""The two nights a year in which clocks change."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from mobility.clock import at_clock, is_skipped, written

PARIS = ZoneInfo("Europe/Paris")
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "shown", "meant"),
    [
        (SPRING, time(1, 30), "2027-03-28T01:30:00+01:00"),
        (SPRING, time(2, 30), "2027-03-28T03:30:00+02:00"),
        (SPRING, time(3), "2027-03-28T03:00:00+02:00"),
        (AUTUMN, time(2, 30), "2026-10-25T02:30:00+02:00"),
        (AUTUMN, time(3), "2026-10-25T03:00:00+01:00"),
    ],
)
def test_what_clocks_skip_is_an_hour_later_and_what_they_show_twice_the_first(
    day: date, shown: time, meant: str
) -> None:
    assert at_clock(day, shown, PARIS) == datetime.fromisoformat(meant).timestamp()
    assert written(at_clock(day, shown, PARIS), PARIS) == meant


@pytest.mark.parametrize(
    ("day", "shown", "skipped"),
    [
        (SPRING, time(1, 59, 59), False),
        (SPRING, time(2), True),
        (SPRING, time(2, 59), True),
        (SPRING, time(3), False),
        (AUTUMN, time(2, 30), False),
    ],
)
def test_an_hour_that_clocks_skip_is_known(day: date, shown: time, skipped: bool) -> None:
    assert is_skipped(day, shown, PARIS) == skipped
