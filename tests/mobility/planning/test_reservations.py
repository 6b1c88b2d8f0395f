"""Stops that must be booked ahead (GTFS pickup_type and drop_off_type 2) are offered as long as they can be."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from mobility.planning.planner import plan
from mobility.ranking.codes import Code
from mobility.routing.last_kilometre.notice import deadline
from mobility.routing.reservation import reservation
from tests.bookings import booked
from tests.town import ask, moment, told

DAY = "2026-06-03"
BY_PHONE, FOR_ALL = "Bus1 A 8:00 > C 8:20", "Bus1 A 9:00 > C 9:20"


@pytest.mark.parametrize(
    ("notice", "kind", "now", "shown"),
    [
        ("1,15:00", 2, "2026-06-02 15:00", [BY_PHONE, FOR_ALL]),
        ("1,15:00", 2, "2026-06-02 15:01", [FOR_ALL]),
        (",,30", 1, "2026-06-03 7:30", [BY_PHONE, FOR_ALL]),
        (",,30", 1, "2026-06-03 7:31", [FOR_ALL]),
        (",", 0, "2026-06-03 7:59", [BY_PHONE, FOR_ALL]),
        ("2", 2, "2026-06-02 0:00", [FOR_ALL]),
    ],
)
def test_a_ride_is_offered_until_the_last_moment_to_book(notice: str, kind: int, now: str, shown: list[str]) -> None:
    territory = booked(notice, kind=kind)
    assert told(plan(territory, ask(territory, "A", "C", f"{DAY} 7:50", now_s=moment(now), window_s=7200))) == shown


@pytest.mark.parametrize("arrive_by", [False, True])
@pytest.mark.parametrize("window_s", [0, 7200])
def test_a_ride_that_is_booked_no_more_does_not_hide_the_next(arrive_by: bool, window_s: int) -> None:
    territory = booked("1,15:00")
    when = "9:30" if arrive_by else "7:50"
    query = ask(
        territory, "A", "C", f"{DAY} {when}", arrive_by=arrive_by, window_s=window_s, now_s=moment(f"{DAY} 7:00")
    )
    assert told(plan(territory, query)) == [FOR_ALL]


def test_who_wants_to_book_nothing_gets_what_needs_no_booking() -> None:
    territory = booked("1,15:00")
    assert told(plan(territory, ask(territory, "A", "C", f"{DAY} 7:50", unbooked=True, window_s=7200))) == [FOR_ALL]


def test_to_tell_the_driver_is_not_to_book() -> None:
    territory = booked("1,15:00", calls="A 3 > B > C 3")
    query = ask(territory, "A", "C", f"{DAY} 7:50", unbooked=True, now_s=moment(f"{DAY} 7:00"), window_s=7200)
    answer = plan(territory, query)
    assert told(answer) == [BY_PHONE, FOR_ALL]
    (first, second) = [reservation(one.rides[0], one.rides[0]) for one in answer.itineraries]
    assert second is None
    assert first is not None
    assert (first.booked, first.gets_in, first.gets_out) == (False, True, True)


def test_what_cannot_be_booked_any_more_bears_its_code() -> None:
    territory = booked("1,15:00")
    answer = plan(territory, ask(territory, "A", "C", f"{DAY} 7:50", now_s=moment(f"{DAY} 7:00"), window_s=7200))
    assert [(loss.code, loss.count) for loss in answer.removed] == [(Code.BOOKING_CLOSED, 1)]


def test_the_days_of_notice_count_from_the_day_of_service() -> None:
    """After midnight the clock shows another date than the timetable's: 25:30 on the 3rd is booked on the 2nd."""
    at = datetime(2026, 6, 4, 1, 30, tzinfo=ZoneInfo("Europe/Paris"))
    until = deadline("1d 15:00", at, date(2026, 6, 3))
    assert until is not None
    assert until.isoformat() == "2026-06-02T15:00:00+02:00"
