"""What a passenger looks for, and the wanted ride it becomes: ends at meeting points, way measured. Stores nothing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, time

from mobility.carpool.draft import DraftContext, check_area, check_clock, check_days
from mobility.carpool.ends import snapped
from mobility.carpool.offer import AccountId, MeetingPoint, OneDay, PointKind, Schedule
from mobility.carpool.wanted import WantedRide
from mobility.errors import InvalidQuery
from mobility.geo import Point
from mobility.value_faults import ValueFault


@dataclass(frozen=True, slots=True)
class Wish:
    """start, end: as the passenger named them, possibly a home. schedule: without exceptions."""

    start: Point
    end: Point
    schedule: Schedule
    departure: time
    seats: int


def wished(wish: Wish, ground: DraftContext, account: AccountId, now: int) -> WantedRide:
    """Raises InvalidQuery, SkippedHour."""
    check_clock(wish.schedule, wish.departure, ground.zone, "departure")
    check_days(wish.schedule, wish.departure, 0, ground.zone, now)
    start, end = _meeting_point(wish.start, ground, "fromPlace"), _meeting_point(wish.end, ground, "toPlace")
    check_area(start, end, ground)
    way = ground.drives.drive(start, end, 0) if start.id != end.id else None
    if way is None:
        raise InvalidQuery("toPlace", ValueFault.SAME_MEETING_POINT_OR_NO_ROAD)
    weekdays, first, last = _days(wish.schedule)
    return WantedRide(
        id=secrets.token_hex(8),
        account=account,
        start=start,
        end=end,
        weekdays=weekdays,
        first_day=first,
        last_day=last,
        departure=wish.departure,
        seats=wish.seats,
        drive_s=way.drive_s,
        distance_m=way.drive_m,
        made_at=now,
    )


def _meeting_point(point: Point, ground: DraftContext, named: str) -> MeetingPoint:
    """Wanted rides are published: a place known to 300 m only would tell where somebody lives and serve nobody."""
    found = snapped(point, ground.points, ground.snap_m, ground.communes)
    if found.kind is PointKind.BLURRED:
        raise InvalidQuery(named, ValueFault.NO_MEETING_POINT)
    return found


def _days(schedule: Schedule) -> tuple[frozenset[int], date, date]:
    if isinstance(schedule, OneDay):
        return frozenset(), schedule.day, schedule.day
    return schedule.weekdays, schedule.first_day, schedule.last_day
