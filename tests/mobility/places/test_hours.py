"""Opening hours as OpenStreetMap writes them."""

from datetime import UTC, datetime

import pytest

from mobility.places.hours import is_open

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
