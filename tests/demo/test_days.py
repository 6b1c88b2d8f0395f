"""When the demo's trips run: never expired, holidays known, school days those of zone B."""

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.days import Window, easter, public_holidays, service_days, window
from demo.records import Territory

ANY_DAY = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def days_of(territory: Territory, service_id: str, first: date, last: date) -> list[date]:
    service = next(service for service in territory.services if service.service_id == service_id)
    return service_days(service, Window(first, last), territory.holidays)


@given(ANY_DAY)
def test_the_feed_covers_two_weeks_before_today_and_a_year_after(today: date) -> None:
    covered = window(today)
    assert timedelta(14) <= today - covered.first <= timedelta(20)
    assert covered.last - today >= timedelta(364)


@given(ANY_DAY)
def test_the_window_is_the_same_all_week(today: date) -> None:
    assert window(today) == window(today - timedelta(today.weekday()))


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 11, 22), date(2031, 7, 14), date(2049, 12, 31)])
def test_every_day_of_the_window_has_exactly_one_of_weekday_saturday_sunday(territory: Territory, today: date) -> None:
    covered = window(today)
    days = [day for name in ("weekday", "saturday", "sunday") for day in days_of(territory, name, *ends(covered))]
    assert sorted(days) == list(covered.days())


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 11, 22), date(2031, 7, 14), date(2049, 12, 31)])
@pytest.mark.parametrize("name", ["school", "school_wednesday", "night", "evening", "summer"])
def test_no_service_ever_dies_out(territory: Territory, today: date, name: str) -> None:
    covered = window(today)
    assert len(days_of(territory, name, *ends(covered))) >= 30


def ends(covered: Window) -> tuple[date, date]:
    return covered.first, covered.last


@pytest.mark.parametrize(
    ("year", "sunday"), [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5))]
)
def test_easter_is_known(year: int, sunday: date) -> None:
    assert easter(year) == sunday


def test_a_public_holiday_runs_as_a_sunday(territory: Territory) -> None:
    ascension = date(2027, 5, 6)
    assert ascension in public_holidays(2027)
    assert days_of(territory, "sunday", ascension, ascension) == [ascension]
    assert days_of(territory, "weekday", ascension, ascension) == []


def test_school_buses_rest_in_the_holidays_and_come_back_after(territory: Territory) -> None:
    christmas_weeks = days_of(territory, "school", date(2026, 12, 18), date(2027, 1, 4))
    assert christmas_weeks == [date(2026, 12, 18), date(2027, 1, 4)]


def test_years_without_a_published_calendar_get_the_usual_weeks(territory: Territory) -> None:
    assert days_of(territory, "school", date(2040, 7, 7), date(2040, 8, 31)) == []
    assert len(days_of(territory, "school", date(2040, 9, 1), date(2041, 6, 30))) > 120


@pytest.mark.skipif("HENT_REFERENCE_DATA" not in os.environ, reason="HENT_REFERENCE_DATA is not set")
def test_school_days_are_those_of_zone_b(territory: Territory) -> None:
    first, last = date(2025, 11, 3), date(2028, 7, 1)
    table = Path(os.environ["HENT_REFERENCE_DATA"]) / "territory" / "school_holidays.csv"
    with table.open(encoding="utf-8") as file:
        rows = [(date.fromisoformat(row["date"]), row["vacances_zone_b"] == "True") for row in csv.DictReader(file)]
    off = {day for day, is_holiday in rows if is_holiday and first <= day <= last}
    # The table leaves out the Friday after Ascension Day 2026, when classes did not meet.
    off |= {date(2026, 5, 15)} | {day for year in (2025, 2026, 2027, 2028) for day in public_holidays(year)}
    expected = [day for day in Window(first, last).days() if day.weekday() in (0, 1, 3, 4) and day not in off]
    assert days_of(territory, "school", first, last) == expected
