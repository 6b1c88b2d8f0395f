"""A passenger's ask for seats in an offer, and what may become of it.

asked -> confirmed | refused | expired | cancelled;  confirmed -> done | cancelled;  done -> validated.
Seats are held from the ask on, so that an acceptance cannot fail for want of one. Knows no database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from mobility.carpool.offer import AccountId, MeetingPoint, OfferId, Seated

BookingId = NewType("BookingId", str)
PartnerId = NewType("PartnerId", str)

LONGEST_MESSAGE = 500


class BookingStatus(StrEnum):
    """DONE: the ride is over. VALIDATED: a partner's proof that it took place."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    DONE = "done"
    VALIDATED = "validated"


class Side(StrEnum):
    """Who acts. CLOCK: nobody did in time, or the ride is over."""

    DRIVER = "driver"
    PASSENGER = "passenger"
    CLOCK = "clock"

    @property
    def other(self) -> Side:
        return Side.PASSENGER if self is Side.DRIVER else Side.DRIVER


class EndedBecause(StrEnum):
    """What its driver did to an offer so that a booking cannot follow. HOUR_CHANGED: it departs at another hour.
    OFFER_CHANGED: it runs on other days, elsewhere, with fewer seats, or waits less."""

    HOUR_CHANGED = "hour-changed"
    OFFER_CHANGED = "offer-changed"
    OFFER_WITHDRAWN = "offer-withdrawn"


S = BookingStatus
NEXT: dict[tuple[BookingStatus, Side], frozenset[BookingStatus]] = {
    (S.ASKED, Side.DRIVER): frozenset({S.CONFIRMED, S.REFUSED, S.CANCELLED}),
    (S.ASKED, Side.PASSENGER): frozenset({S.CANCELLED}),
    (S.ASKED, Side.CLOCK): frozenset({S.EXPIRED}),
    (S.CONFIRMED, Side.DRIVER): frozenset({S.CANCELLED}),
    (S.CONFIRMED, Side.PASSENGER): frozenset({S.CANCELLED}),
    (S.CONFIRMED, Side.CLOCK): frozenset({S.DONE}),
}
OPEN = frozenset({S.ASKED, S.CONFIRMED})
"""Both sides still count on it; its seats are taken."""
LOST = frozenset({S.REFUSED, S.EXPIRED, S.CANCELLED})
"""It comes to nothing."""
STATUSES = {"accept": S.CONFIRMED, "refuse": S.REFUSED, "cancel": S.CANCELLED}
"""What a booking becomes by the word for it."""


@dataclass(frozen=True, slots=True)
class PartnerUser:
    """A passenger of another operator: known here by that operator's id and alias alone."""

    partner: PartnerId
    id: str
    operator: str
    alias: str


@dataclass(frozen=True, slots=True)
class BookedStretch:
    """The part of an offer's way that a passenger rides on one day. pickup, drop_off: positions among its waypoints.
    pickup_at, arrives_at: epoch seconds; price_cents: of all the seats."""

    day: date
    pickup: int
    drop_off: int
    get_in: MeetingPoint
    get_out: MeetingPoint
    pickup_at: int
    arrives_at: int
    distance_m: int
    price_cents: int


@dataclass(frozen=True, slots=True)
class Booking:
    """expires_at: of an ask without an answer. agreed_at: when the driver accepted; 0: not (yet). promised_at: the
    pick-up as it was asked for, from which no later change leads away by more than promised_within_s. given_up_at: when
    its passenger did before an answer; 0: not. asked_again: after asks like it that were given up the same day.
    ended_by: who refused or cancelled it; None: nobody did, or it is not known of a booking of long ago.
    ended_because: where it was cancelled by what became of its offer."""

    id: BookingId
    offer: OfferId
    driver: AccountId
    passenger: AccountId | PartnerUser
    span: BookedStretch
    seats: int
    status: BookingStatus
    asked_at: int
    expires_at: int
    agreed_at: int = 0
    promised_at: int = 0
    promised_within_s: int = 0
    given_up_at: int = 0
    asked_again: bool = False
    ended_by: Side | None = None
    ended_because: EndedBecause | None = None

    def status_at(self, now: int) -> BookingStatus:
        """Time counts even where nobody has noted it yet."""
        if self.status is S.ASKED and self.expires_at <= now:
            return S.EXPIRED
        if self.status is S.CONFIRMED and self.span.arrives_at <= now:
            return S.DONE
        return self.status

    def seated(self) -> Seated:
        span = self.span
        return Seated(self.offer, span.day, self.seats, span.pickup, span.drop_off, span.pickup_at)

    def side_of(self, account: AccountId) -> Side | None:
        if account == self.driver:
            return Side.DRIVER
        return Side.PASSENGER if account == self.passenger else None


def may_become(booking: Booking, status: BookingStatus, side: Side, now: int) -> bool:
    return status in NEXT.get((booking.status_at(now), side), frozenset())
