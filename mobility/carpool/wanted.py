"""Rides that passengers look for and have published, so that drivers of other operators find them and write.

Like an offer's, their ends are meeting points; one that is known to 300 m only is not published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, delete, select

from mobility.carpool.board import Circle
from mobility.carpool.booking_tables import WANTED
from mobility.carpool.journeys import MOST_DAYS, Moment, Usually
from mobility.carpool.offer import AccountId, MeetingPoint, PointKind
from mobility.clock import DAY_S, at_clock, days_after, local_date, midnight
from mobility.errors import NotFound
from mobility.geo import Point, distance_m

W = WANTED.c


@dataclass(frozen=True, slots=True)
class WantedRide:
    """weekdays: 0 = Monday; none: on first_day alone. drive_s, distance_m: of the way by car."""

    id: str
    account: AccountId
    start: MeetingPoint
    end: MeetingPoint
    weekdays: frozenset[int]
    first_day: date
    last_day: date
    departure: time
    seats: int
    drive_s: int
    distance_m: int
    made_at: int

    @property
    def departure_s(self) -> int:
        return self.departure.hour * 3600 + self.departure.minute * 60 + self.departure.second

    def starts_at(self, day: date, zone: ZoneInfo) -> int:
        return at_clock(day, self.departure, zone)

    def runs_on(self, day: date) -> bool:
        if not self.weekdays:
            return day == self.first_day
        return day.weekday() in self.weekdays and self.first_day <= day <= self.last_day


def publish_wanted(connection: Connection, ride: WantedRide) -> None:
    connection.execute(WANTED.insert().values(**_row(ride)))


def wanted_of(connection: Connection, account: AccountId) -> tuple[WantedRide, ...]:
    rows = connection.execute(select(WANTED).where(W.account == account).order_by(W.first_day, W.id))
    return tuple(map(_ride, rows))


def withdraw_wanted(connection: Connection, account: AccountId, ride: str) -> None:
    """Raises NotFound."""
    if not connection.execute(delete(WANTED).where(W.id == ride, W.account == account)).rowcount:
        raise NotFound("wanted ride", "id")


def wanted_near(connection: Connection, start: Circle, end: Circle, today: date) -> tuple[WantedRide, ...]:
    """Those that are not over."""
    rows = connection.execute(select(WANTED).where(W.last_day >= today.isoformat()).order_by(W.id))
    return tuple(ride for ride in map(_ride, rows) if _within(ride.start, start) and _within(ride.end, end))


def days_near(ride: WantedRide, when: Moment, zone: ZoneInfo, now: int) -> Iterator[date]:
    """On which it begins within the margin, and after now."""
    reach_s = min(when.within_s, MOST_DAYS * DAY_S)
    try:
        day, last = local_date(when.at - reach_s, zone), local_date(when.at + reach_s, zone)
    except (OverflowError, ValueError, OSError):
        return
    while day <= last:
        if (
            ride.runs_on(day)
            and abs(ride.starts_at(day, zone) - when.at) <= reach_s
            and ride.starts_at(day, zone) > now
        ):
            yield day
        day = days_after(day, 1)


def weekdays_near(ride: WantedRide, when: Usually, zone: ZoneInfo, now: int) -> tuple[int, ...]:
    """Of a weekly ride, those asked for; none where it does not match."""
    begins_at, ends_at = midnight(ride.first_day, zone), midnight(days_after(ride.last_day, 1), zone)
    is_meant = max(begins_at, when.earliest, now) < ends_at and max(begins_at, when.earliest) <= when.latest
    if not is_meant or abs(ride.departure_s - when.time_s) > when.within_s:
        return ()
    return tuple(sorted(ride.weekdays & when.weekdays))


def _within(place: MeetingPoint, circle: Circle) -> bool:
    return distance_m(place.point, circle.centre) <= circle.radius_m


def _row(ride: WantedRide) -> dict[str, Any]:
    return {
        "id": ride.id,
        "account": ride.account,
        **_columns("from", ride.start),
        **_columns("to", ride.end),
        "weekdays": "".join(map(str, sorted(ride.weekdays))),
        "first_day": ride.first_day.isoformat(),
        "last_day": ride.last_day.isoformat(),
        "departure": ride.departure.isoformat(),
        "seats": ride.seats,
        "drive_s": ride.drive_s,
        "distance_m": ride.distance_m,
        "made_at": ride.made_at,
    }


def _columns(end: str, at: MeetingPoint) -> dict[str, object]:
    known = {"id": at.id, "name": at.name, "lat": at.point.lat, "lon": at.point.lon, "kind": at.kind.value}
    return {f"{end}_{name}": value for name, value in known.items()}


def _ride(row: Row[Any]) -> WantedRide:
    return WantedRide(
        id=row.id,
        account=AccountId(row.account),
        start=MeetingPoint(row.from_id, row.from_name, Point(row.from_lat, row.from_lon), PointKind(row.from_kind)),
        end=MeetingPoint(row.to_id, row.to_name, Point(row.to_lat, row.to_lon), PointKind(row.to_kind)),
        weekdays=frozenset(map(int, row.weekdays)),
        first_day=date.fromisoformat(row.first_day),
        last_day=date.fromisoformat(row.last_day),
        departure=time.fromisoformat(row.departure),
        seats=row.seats,
        drive_s=row.drive_s,
        distance_m=row.distance_m,
        made_at=row.made_at,
    )
