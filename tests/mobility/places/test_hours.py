"""Opening hours as OpenStreetMap writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mobility.places.hours import OpenState, is_open, open_state
from mobility.places.public_holidays import easter_sunday

WEEK = "Mo-Fr 08:00-12:00,14:00-18:30; Sa 09:00-12:30"


def at(day: int, clock: str) -> datetime:
    """day: of June 2026, which begins on a Monday."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "moment", "known"),
    [
        (WEEK, at(1, "8:00"), True),
        (WEEK, at(1, "12:00"), False),
        (WEEK, at(5, "15:10"), True),
        (WEEK, at(6, "10:00"), True),
        (WEEK, at(7, "10:00"), False),
        ("24/7", at(7, "3:00"), True),
        ("Tu-Su 07:30-12:30", at(7, "8:00"), True),
        ("Sa-Mo 10:00-12:00", at(1, "11:00"), True),
        ("Sa-Mo 10:00-12:00", at(2, "11:00"), False),
        ("Mo-Su 08:00-18:00; We off", at(3, "11:00"), False),
        ("Fr 20:00-02:00", at(5, "23:00"), True),
        ("Mo,We 08:00-10:00", at(3, "9:00"), True),
        ("Apr-Sep Mo-Fr 08:00-18:00", at(1, "9:00"), None),
        ("PH off", at(1, "9:00"), None),
        ("", at(1, "9:00"), None),
    ],
)
def test_a_place_is_open(hours: str, moment: datetime, known: bool | None) -> None:
    assert is_open(hours, moment) is known


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2024, "03-31"), (2025, "04-20"), (2026, "04-05"), (2027, "03-28"), (2049, "04-18"), (2076, "04-19")],
)
def test_easter_falls_where_the_calendar_says(year: int, easter: str) -> None:
    assert easter_sunday(year).isoformat() == f"{year}-{easter}"


@pytest.mark.parametrize(
    ("hours", "day", "known"),
    [
        (WEEK, "2026-12-25", None),
        (WEEK, "2026-05-14", None),
        (WEEK, "2026-05-25", None),
        (WEEK, "2026-12-24", True),
        ("24/7", "2026-12-25", True),
    ],
    ids=["Christmas, a Friday", "Ascension", "Whit Monday", "the day before", "what never closes"],
)
def test_hours_that_say_nothing_of_public_holidays_are_not_known_on_one(
    hours: str, day: str, known: bool | None
) -> None:
    assert is_open(hours, datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=ZoneInfo("Europe/Paris"))) is known


def test_of_a_land_whose_holidays_nobody_knows_the_weekday_counts() -> None:
    assert is_open(WEEK, datetime(2026, 12, 25, 10, tzinfo=UTC)) is True


def test_what_closed_for_a_holiday_is_said_to_open_on_the_day_after_it() -> None:
    eve = datetime(2026, 12, 24, 19, tzinfo=ZoneInfo("Europe/Paris"))
    assert open_state(WEEK, eve) == OpenState(False, "", 2, "09:00")
    assert open_state(WEEK, eve.replace(day=25)) is None
