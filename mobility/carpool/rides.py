"""Rides as the two who share one see them: what may be asked for, what was agreed, and with whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from mobility.carpool.accounts import Accounts
from mobility.carpool.agreements import Agreements, open_offer
from mobility.carpool.booking import OPEN, BookedStretch, Booking, BookingId, BookingStatus, PartnerUser, Side
from mobility.carpool.bookings import booking_of, bookings_with, find_seat, holding, seats_on
from mobility.carpool.capacity import can_serve
from mobility.carpool.lateness import lateness
from mobility.carpool.offer import AccountId, Offer, OfferId, OfferStatus
from mobility.carpool.people import aliases_of
from mobility.carpool.records import offer_of
from mobility.carpool.seats import seats_left
from mobility.carpool.span import AskedStretch, told_later_s
from mobility.carpool.tables import OFFERS
from mobility.clock import at_clock
from mobility.errors import NotFound

S = BookingStatus
IN_TOUCH = frozenset({S.CONFIRMED, S.DONE})
"""While one may telephone the other, once both have agreed."""


@dataclass(frozen=True, slots=True)
class OfferedRide:
    """What can be asked for. driver: their alias. span: of so many seats as were looked for. later_s: by how much the
    driver may come later than that."""

    offer: Offer
    span: BookedStretch
    driver: str
    seats_left: int
    later_s: int


@dataclass(frozen=True, slots=True)
class Companion:
    """The other side. operator: "" where they have an account here; phone: "" unless both have agreed."""

    alias: str
    operator: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """Than the offer says the driver leaves the pickup, in seconds. for_them_s: of it, for this passenger; the rest for
    what was agreed with others."""

    seconds: int
    for_them_s: int


ON_TIME = Later(0, 0)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """What was agreed for a ride to come, and its passenger has given up for good. is_free: others can ask for all of
    it."""

    is_free: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """A booking as one side sees it. later: for who drives, while both count on it. given_up: for who drives."""

    booking: Booking
    side: Side
    companion: Companion
    later: Later = ON_TIME
    given_up: GivenUp | None = None


def ride_of(agreements: Agreements, offer: OfferId, asked: AskedStretch) -> OfferedRide:
    """Raises NotFound, OfferPaused, InvalidQuery."""
    now = agreements.now()
    with agreements.store.reading() as connection:
        found = open_offer(connection, offer)
        held = seats_on(connection, offer, asked.day, now)
        span = agreements.rules.span(found, asked, held, now)
        is_served = can_serve(found, held, span.pickup, span.drop_off)
        left_cents = agreements.rules.costs(agreements.now).left_cents(connection, found, asked.day)
        span = replace(span, price_cents=int(min(span.price_cents, left_cents)))
        alias = aliases_of(connection, [found.driver]).get(found.driver, "")
    n_left = seats_left(found, held, span.pickup, span.drop_off) if is_served else 0
    later_s = max(0, found.flexible_s - told_later_s(found, span, agreements.rules.zone))
    return OfferedRide(found, span, alias, n_left, later_s)


def shared_by(accounts: Accounts, agreements: Agreements, account: AccountId) -> list[Shared]:
    """All rides of an account, asked for or driven, the next first."""
    with accounts.store.reading() as connection:
        return [seen_by(connection, accounts, agreements, one, account) for one in bookings_with(connection, account)]


def shared(accounts: Accounts, agreements: Agreements, account: AccountId, booking: BookingId) -> Shared:
    """Raises NotFound, also where the account is neither side."""
    with accounts.store.reading() as connection:
        return seen_by(connection, accounts, agreements, booking_of(connection, booking), account)


def seen_by(
    connection: Connection, accounts: Accounts, agreements: Agreements, booking: Booking, account: AccountId
) -> Shared:
    side, now = booking.side_of(account), agreements.now()
    if side is None:
        raise NotFound("booking", "booking")
    other = booking.passenger if side is Side.DRIVER else booking.driver
    counts = side is Side.DRIVER and booking.status_at(now) in OPEN
    later = later_of(connection, booking, agreements.rules.zone, now) if counts else ON_TIME
    given_up = _given_up(connection, booking, now) if side is Side.DRIVER else None
    return Shared(booking, side, _companion(connection, accounts, booking, other, now), later, given_up)


def later_of(connection: Connection, booking: Booking, zone: ZoneInfo, now: int) -> Later:
    """An ask that nobody has accepted makes nobody late."""
    offer, day = _find_offer(connection, booking.offer), booking.span.day
    if offer is None:
        return ON_TIME
    others = [one for one in holding(connection, offer.id, now) if one.span.day == day and one.id != booking.id]
    agreed = [one.seated() for one in others if one.agreed_at]
    without = lateness(offer, agreed, at_clock(day, offer.departure, zone))
    seconds = max(0, told_later_s(offer, booking.span, zone))
    return Later(seconds, max(0, seconds - without.leaves_s[booking.span.pickup]))


def _given_up(connection: Connection, booking: Booking, now: int) -> GivenUp | None:
    """Only an agreed seat is news to who drives. Who has asked for a seat in that drive again has not given it up."""
    span = booking.span
    if booking.ended_by is not Side.PASSENGER or not booking.agreed_at or span.pickup_at <= now:
        return None
    if find_seat(connection, booking.passenger, booking.offer, span.day, now):
        return None
    offer = _find_offer(connection, booking.offer)
    if offer is None or offer.status is not OfferStatus.ACTIVE:
        return GivenUp(is_free=False)
    held = seats_on(connection, offer.id, span.day, now)
    return GivenUp(seats_left(offer, held, span.pickup, span.drop_off) >= booking.seats)


def _find_offer(connection: Connection, offer: OfferId) -> Offer | None:
    row = connection.execute(select(OFFERS).where(OFFERS.c.id == offer)).mappings().first()
    return offer_of(row) if row else None


def _companion(
    connection: Connection, accounts: Accounts, booking: Booking, other: AccountId | PartnerUser, now: int
) -> Companion:
    if isinstance(other, PartnerUser):
        return Companion(other.alias, other.operator)
    try:
        known = accounts.of(connection, other)
    except NotFound:
        return Companion("")
    is_agreed = booking.agreed_at > 0 and booking.status_at(now) in IN_TOUCH
    return Companion(known.alias, phone=known.phone if is_agreed else "")
