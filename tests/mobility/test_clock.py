"""The two nights a year in which clocks change."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from mobility.clock import at_clock, evening, is_skipped, written

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


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("2026-06-03T03:59:59+02:00", "2026-06-02"),
        ("2026-06-03T04:00:00+02:00", "2026-06-03"),
        ("2026-06-03T23:50:00+02:00", "2026-06-03"),
        ("2027-03-28T03:59:00+02:00", "2027-03-27"),
        ("2027-03-28T04:10:00+02:00", "2027-03-28"),
        ("2026-10-25T03:30:00+01:00", "2026-10-24"),
        ("2026-10-25T04:00:00+01:00", "2026-10-25"),
    ],
)
def test_an_evening_lasts_until_four_by_the_clocks_also_where_they_change(shown: str, day: str) -> None:
    assert evening(int(datetime.fromisoformat(shown).timestamp()), PARIS) == date.fromisoformat(day)
