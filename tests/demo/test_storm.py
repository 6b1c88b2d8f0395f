"""The invented day is there whatever the date: some are late, one crossing is cancelled, one stop is closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo.build import TERRITORY
from demo.storm import CLOSED_STOP, disturbed_day
from demo.tables import read
from demo.timetable import trips

PARIS = ZoneInfo("Europe/Paris")
WINTER_MORNING = datetime(2026, 11, 30, 8, 0, tzinfo=PARIS)
MOMENTS = (
    WINTER_MORNING,
    datetime(2027, 3, 28, 1, 30, tzinfo=PARIS),
    datetime(2027, 7, 14, 19, 0, tzinfo=PARIS),
    datetime(2026, 12, 25, 23, 50, tzinfo=PARIS),
)


@pytest.mark.parametrize("now", MOMENTS)
def test_there_is_a_crossing_to_miss_at_any_date(now: datetime) -> None:
    found = disturbed_day(read(TERRITORY), now, now).crossing
    assert found is not None
    trip, day, shown = found
    hours, minutes = map(int, shown.split(":"))
    leaves = datetime(day.year, day.month, day.day, hours, minutes, tzinfo=PARIS)
    assert trip.startswith("GX-")
    assert timedelta(minutes=29) <= leaves - now <= timedelta(hours=24)


def test_the_crossing_stays_the_same_while_the_replay_goes_on() -> None:
    territory = read(TERRITORY)
    later = WINTER_MORNING + timedelta(hours=5)
    assert disturbed_day(territory, WINTER_MORNING, later).crossing == (
        "GX-daily-out-gare-maritime-quai-10:30", WINTER_MORNING.date(), "10:30",
    )  # fmt: skip


def test_some_are_late_some_unknown_and_nobody_stops_at_the_closed_stop() -> None:
    territory = read(TERRITORY)
    day = disturbed_day(territory, WINTER_MORNING, WINTER_MORNING)
    late = [one.late_s for one in day.trips if one.late_s is not None]
    assert len(late) > 100 and max(late) <= 14 * 60 and min(late) == 0
    told = {one.trip_id for one in day.trips}
    near = [trip for trip in trips(territory) if trip.trip_id in told and CLOSED_STOP in trip.stops]
    skipped = {one.trip_id for one in day.trips if one.skipped}
    assert near and {trip.trip_id for trip in near} == skipped


def test_the_stop_is_closed_all_day_to_the_shuttle_too() -> None:
    """Monday: the shuttle N every 8 minutes from 7:00 to 19:00, at 8:00; T2 and T4 until late."""
    day = disturbed_day(read(TERRITORY), WINTER_MORNING, WINTER_MORNING)
    skipped = [one for one in day.trips if one.day == WINTER_MORNING.date() and one.skipped]
    shuttle = {one.start_min for one in skipped if one.trip_id.startswith("N-")}
    assert shuttle >= set(range(8 * 60 + 4, 19 * 60, 8)) and min(filter(None, shuttle)) < 8 * 60
    late = [one.trip_id for one in skipped if one.trip_id.startswith("T2-") and one.trip_id.endswith("-20:00")]
    assert late or any(one.trip_id[-5:] > "20:00" for one in skipped if one.trip_id.startswith(("T2-", "T4-")))
