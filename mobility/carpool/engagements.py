"""Who sits in which car when: nobody in two at once, nor in one while driving another.

Asked for under the registry's revision (mobility/carpool/registry.py), which one writer takes after the other, so
that of two rides that begin together one is seen by the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from mobility.carpool.booking import Booking, PartnerUser
from mobility.carpool.bookings import driven_between, ridden_between, rides_to_come
from mobility.carpool.offer import AccountId, Offer, OfferStatus, days_of
from mobility.carpool.records import offer_of
from mobility.carpool.tables import OFFERS
from mobility.clock import at_clock, days_after, local_date
from mobility.errors import InTwoCars


@dataclass(frozen=True, slots=True)
class Hours:
    """Epoch seconds; that one ends as another begins is no overlap."""

    begins_at: int
    ends_at: int

    def overlaps(self, other: Hours) -> bool:
        return self.begins_at < other.ends_at and other.begins_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Diary:
    """zone: of the territory's clocks. now: epoch seconds."""

    zone: ZoneInfo
    school_holidays: frozenset[date]
    now: Callable[[], int]

    def is_elsewhere(self, connection: Connection, booking: Booking) -> bool:
        """Whether the passenger sits in another car then. The same one is none."""
        begins_at, ends_at, person = booking.span.pickup_at, booking.span.arrives_at, booking.passenger
        others = ridden_between(connection, person, begins_at, ends_at, self.now())
        if any(one.offer != booking.offer for one in others):
            return True
        if isinstance(person, PartnerUser):
            return False
        hours = Hours(begins_at, ends_at)
        drives = any(self._drives(offer, hours) for offer in offers_of(connection, person, self.now()))
        return drives or driven_between(connection, person, begins_at, ends_at, self.now())

    def check_driver(self, connection: Connection, offer: Offer) -> None:
        """Raises InTwoCars where the driver has a seat in another car during the drive."""
        for ride in rides_to_come(connection, offer.driver, self.now()):
            if self._drives(offer, Hours(ride.span.pickup_at, ride.span.arrives_at)):
                raise InTwoCars(ride.span.day)

    def drives(self, offer: Offer, first: date, last: date) -> Iterator[tuple[date, Hours]]:
        """Of the offer's days, both included."""
        for day in days_of(offer.schedule, first, last, self.school_holidays):
            yield day, self.drive(offer, day)

    def drive(self, offer: Offer, day: date) -> Hours:
        begins_at = at_clock(day, offer.departure, self.zone)
        return Hours(begins_at, begins_at + offer.drive_s)

    def _drives(self, offer: Offer, hours: Hours) -> bool:
        """A drive that begins before midnight may end after it."""
        first = days_after(local_date(hours.begins_at, self.zone), -1)
        last = local_date(hours.ends_at, self.zone)
        return any(hours.overlaps(drive) for _, drive in self.drives(offer, first, last))


def offers_of(
    connection: Connection, driver: AccountId, now: int, states: tuple[OfferStatus, ...] = (OfferStatus.ACTIVE,)
) -> list[Offer]:
    """Of a driver, that are not over."""
    in_state = OFFERS.c.status.in_([state.value for state in states])
    theirs = select(OFFERS).where(OFFERS.c.driver == driver, in_state, OFFERS.c.over_at > now)
    return [offer_of(row) for row in connection.execute(theirs).mappings()]
