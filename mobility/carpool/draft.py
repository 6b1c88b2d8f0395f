"""What a driver asks to publish, and the offer it becomes: ends snapped, way measured, price within the costs.

Nothing here is stored. A draft holds the places as the driver named them; the offer made from it does not.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Protocol
from zoneinfo import ZoneInfo

from mobility.carpool.area import Area
from mobility.carpool.driven_line import line_between
from mobility.carpool.ends import snapped
from mobility.carpool.meeting_points import MeetingPoints
from mobility.carpool.offer import AccountId, Comfort, MeetingPoint, Offer, OfferId, OneDay, Schedule, Weekly
from mobility.carpool.records import last_day
from mobility.carpool.waypoints import OfferDrive
from mobility.clock import at_clock, days_after, is_skipped, local_date, written
from mobility.errors import InvalidQuery, PriceTooHigh, SkippedHour
from mobility.geo import Point
from mobility.network.place import TerritoryPlace
from mobility.value_faults import ValueFault

MOST_DAYS = 183
"""An offer reaches half a year ahead; a weekly one goes on when its driver confirms it."""


class Drives(Protocol):
    """Measures the way of an offer."""

    def drive(self, start: MeetingPoint, end: MeetingPoint, longest_detour_s: int) -> OfferDrive | None:
        """None where no car gets from one to the other."""


@dataclass(frozen=True, slots=True)
class DraftContext:
    """What drafts are made offers on. cost_cents: of a car and a kilometre; zone: of the territory's clocks."""

    points: MeetingPoints
    communes: tuple[TerritoryPlace, ...]
    drives: Drives
    zone: ZoneInfo
    snap_m: float
    cost_cents: float
    area: Area


@dataclass(frozen=True, slots=True)
class Terms:
    """All but the ends. departure: on the territory's clocks. price_cents: for the whole way and one seat."""

    schedule: Schedule
    departure: time
    flexible_s: int
    seats: int
    longest_detour_s: int
    price_cents: int
    comfort: Comfort = field(default_factory=Comfort)
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """start, end: as the driver named them, possibly a home. back: the terms of the way back, in one go. without: ids
    of meeting points on the way, either way, where the driver does not want to stop."""

    start: Point
    end: Point
    terms: Terms
    back: Terms | None = None
    without: frozenset[str] = frozenset()


def drafted(draft: Draft, ground: DraftContext, driver: AccountId, now: int) -> tuple[Offer, ...]:
    """The offer, and the one of the way back where the draft has one. Raises as `check` does."""
    start, end = (snapped(point, ground.points, ground.snap_m, ground.communes) for point in (draft.start, draft.end))
    there = _passing(_offer(start, end, draft.terms, ground, driver), draft.without)
    check(there, ground, now)
    if draft.back is None:
        return (there,)
    back = _passing(_offer(end, start, draft.back, ground, driver), draft.without)
    check(back, ground, now, "back.departure")
    return replace(there, returns=back.id), back


def _passing(offer: Offer, without: frozenset[str]) -> Offer:
    """Its ends stay: where the driver is, one can get in or out."""
    passed = without - {offer.start.id, offer.end.id}
    kept = [at for at, one in enumerate(offer.waypoints) if one.meeting_point.id not in passed]
    line = line_between(offer, kept[0], kept[-1]) if kept else ""
    return replace(offer, waypoints=tuple(offer.waypoints[at] for at in kept), line=line)


def moved(offer: Offer, start: Point | None, end: Point | None, ground: DraftContext) -> Offer:
    """With other ends, where they are given; the way is measured anew. Raises InvalidQuery."""
    places = [
        snapped(point, ground.points, ground.snap_m, ground.communes) if point else known
        for point, known in ((start, offer.start), (end, offer.end))
    ]
    return _on_its_way(replace(offer, start=places[0], end=places[1]), ground)


def check(offer: Offer, ground: DraftContext, now: int, departure: str = "departure") -> None:
    """It runs in the time to come, and its price is a share of the costs. departure: what its time is called.

    Raises InvalidQuery, SkippedHour, PriceTooHigh.
    """
    check_clock(offer.schedule, offer.departure, ground.zone, departure)
    check_days(offer.schedule, offer.departure, offer.flexible_s, ground.zone, now)
    most_cents = most_price_cents(offer.drive_m, offer.seats, ground.cost_cents)
    if offer.price_cents > most_cents:
        raise PriceTooHigh(most_cents)


def most_price_cents(drive_m: int, seats: int, cost_cents: float) -> int:
    """For one seat: all together pay no more than the drive costs (code des transports, R3132-1, R3132-2)."""
    return int(drive_m / 1000 * cost_cents / seats)


def confirmed(offer: Offer, today: date) -> Offer:
    """A weekly offer goes on for half a year from today. Raises InvalidQuery for an offer of one day."""
    if isinstance(offer.schedule, OneDay):
        raise InvalidQuery("offer", ValueFault.NOT_WEEKLY)
    return replace(offer, schedule=replace(offer.schedule, last_day=days_after(today, MOST_DAYS)))


def _offer(start: MeetingPoint, end: MeetingPoint, terms: Terms, ground: DraftContext, driver: AccountId) -> Offer:
    offer = Offer(
        id=OfferId(secrets.token_hex(8)),
        driver=driver,
        start=start,
        end=end,
        schedule=terms.schedule,
        departure=terms.departure,
        flexible_s=terms.flexible_s,
        seats=terms.seats,
        longest_detour_s=terms.longest_detour_s,
        price_cents=terms.price_cents,
        drive_s=0,
        drive_m=0,
        estimated=True,
        waypoints=(),
        comfort=terms.comfort,
        languages=terms.languages,
    )
    return _on_its_way(offer, ground)


def _on_its_way(offer: Offer, ground: DraftContext) -> Offer:
    if offer.start.id == offer.end.id:
        raise InvalidQuery("toPlace", ValueFault.SAME_MEETING_POINT)
    check_area(offer.start, offer.end, ground)
    way = ground.drives.drive(offer.start, offer.end, offer.longest_detour_s)
    if way is None:
        raise InvalidQuery("toPlace", ValueFault.NO_ROAD)
    measured = replace(offer, drive_s=way.drive_s, drive_m=way.drive_m, estimated=way.estimated)
    return replace(measured, waypoints=way.waypoints, line=way.line)


def check_area(start: MeetingPoint, end: MeetingPoint, ground: DraftContext) -> None:
    """Raises InvalidQuery for a ride that has nothing to do with the territory."""
    if not ground.area.touches(start.point, end.point):
        raise InvalidQuery("toPlace", ValueFault.OUTSIDE_TERRITORY)


def check_days(schedule: Schedule, departure: time, flexible_s: int, zone: ZoneInfo, now: int) -> None:
    """Raises InvalidQuery where it is over, or reaches too far ahead."""
    named = "lastDay" if isinstance(schedule, Weekly) else "date"
    last = last_day(schedule)
    if last > days_after(local_date(now, zone), MOST_DAYS):
        raise InvalidQuery(named, ValueFault.FAR_AHEAD, days=MOST_DAYS)
    if at_clock(last, departure, zone) + flexible_s < now:
        raise InvalidQuery(named, ValueFault.IN_THE_PAST)


def check_clock(schedule: Schedule, departure: time, zone: ZoneInfo, named: str) -> None:
    """Raises SkippedHour for a ride of one day. One of every week leaves an hour later on such a day."""
    if isinstance(schedule, OneDay) and is_skipped(schedule.day, departure, zone):
        raise SkippedHour(named, written(at_clock(schedule.day, departure, zone), zone))
