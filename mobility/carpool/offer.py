"""A driver's published ride: from where to where, when, with how many seats and on what terms.

What stands here is what the registry keeps. The ends are meeting points or blurred places; an exact address never
becomes an Offer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NewType, TypeAlias

from mobility.clock import days_after
from mobility.geo import Point

OfferId = NewType("OfferId", str)
AccountId = NewType("AccountId", str)


class PointKind(StrEnum):
    """Where a meeting point comes from: the national base of carpool places, a stop of the network, the config.
    BLURRED: none is near, so that the place is known to about 300 m only; nobody is picked up there."""

    CARPOOL_PLACE = "carpool_place"
    STOP = "stop"
    CONFIGURED = "configured"
    BLURRED = "blurred"


@dataclass(frozen=True, slots=True)
class MeetingPoint:
    """id: of the carpool place or stop as Hent shows it elsewhere; for a blurred place its rounded coordinates."""

    id: str
    name: str
    point: Point
    kind: PointKind


class SchoolRule(StrEnum):
    """Which days of a weekly offer count, by the school holidays of the territory's zone."""

    ANY = "any"
    SCHOOL_DAYS_ONLY = "school_days_only"
    HOLIDAYS_ONLY = "holidays_only"


@dataclass(frozen=True, slots=True)
class OneDay:
    day: date


@dataclass(frozen=True, slots=True)
class Weekly:
    """weekdays: 0 = Monday. Both ends are included. except_days, added_days: exceptions, stronger than the pattern."""

    weekdays: frozenset[int]
    first_day: date
    last_day: date
    except_days: frozenset[date] = frozenset()
    added_days: frozenset[date] = frozenset()
    school: SchoolRule = SchoolRule.ANY


Schedule: TypeAlias = OneDay | Weekly


@dataclass(frozen=True, slots=True)
class Comfort:
    """What can be taken along; None: the driver did not say."""

    wheelchair: bool | None = None
    child_seat: bool | None = None
    luggage: bool | None = None
    bike: bool | None = None
    pets: bool | None = None


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A meeting point that the driver can serve on the way. after_s, along_m: of driving since the start, without
    stopping anywhere; detour_s: what serving this point adds to the drive. pickup, drop_off: whether people may get
    in, out, here. Waypoints stand in driving order; the first and last are the offer's ends where those are meeting
    points."""

    meeting_point: MeetingPoint
    after_s: int
    along_m: int
    detour_s: int = 0
    pickup: bool = True
    drop_off: bool = True


class OfferStatus(StrEnum):
    """PAUSED: shown to nobody until resumed. WITHDRAWN: can be taken back until retention removes it."""

    ACTIVE = "active"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Offer:
    """departure: wall-clock time at the start in the territory's zone; the driver waits or leaves within flexible_s
    of it. longest_detour_s: the driver's own limit. price_cents: for the whole way and one seat, 0 = free.
    drive_s, drive_m: of the whole way; estimated: not measured on streets. line: see OfferDrive; "" of an offer that
    was kept before lines were. returns: id of the offer of the way back.
    revision: rises with every change of the registry, so that a later reading is known from an earlier one.
    """

    id: OfferId
    driver: AccountId
    start: MeetingPoint
    end: MeetingPoint
    schedule: Schedule
    departure: time
    flexible_s: int
    seats: int
    longest_detour_s: int
    price_cents: int
    drive_s: int
    drive_m: int
    estimated: bool
    waypoints: tuple[Waypoint, ...]
    line: str = ""
    comfort: Comfort = Comfort()
    languages: tuple[str, ...] = ()
    status: OfferStatus = OfferStatus.ACTIVE
    returns: OfferId | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Seated:
    """Seats held (asked for) or confirmed on one day of an offer between two waypoints (positions). pickup_at: when
    they are told to get in, epoch seconds; 0: as the offer says."""

    offer: OfferId
    day: date
    seats: int
    pickup: int
    drop_off: int
    pickup_at: int = 0


def days_of(schedule: Schedule, first: date, last: date, school_holidays: frozenset[date]) -> Iterator[date]:
    """The days on which the offer runs, from first to last, both included."""
    day = first
    while day <= last:
        if _runs_on(schedule, day, school_holidays):
            yield day
        day = days_after(day, 1)


def _runs_on(schedule: Schedule, day: date, school_holidays: frozenset[date]) -> bool:
    if isinstance(schedule, OneDay):
        return schedule.day == day
    if day in schedule.except_days:
        return False
    return day in schedule.added_days or _in_pattern(schedule, day, school_holidays)


def _in_pattern(weekly: Weekly, day: date, school_holidays: frozenset[date]) -> bool:
    if day.weekday() not in weekly.weekdays or not weekly.first_day <= day <= weekly.last_day:
        return False
    if weekly.school is SchoolRule.ANY:
        return True
    return (day in school_holidays) == (weekly.school is SchoolRule.HOLIDAYS_ONLY)
