"""From an ask to a shared ride: each step one transaction that checks, changes, and notes who must be told.

Every step first locks the offer's row, so that of two people who want the last seat one is before the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from mobility.carpool import letters
from mobility.carpool.booking import BookedStretch, Booking, BookingId, BookingStatus, PartnerUser, Side, may_become
from mobility.carpool.bookings import (
    add_booking,
    booking_of,
    find_booking,
    find_seat,
    given_up_since,
    seats_on,
    set_given_up,
    set_status,
)
from mobility.carpool.capacity import can_serve
from mobility.carpool.costs import DriveCosts
from mobility.carpool.delays import delay_others
from mobility.carpool.engagements import Diary
from mobility.carpool.lateness import delays_others, lateness
from mobility.carpool.letters import News, tell
from mobility.carpool.messages import Message, add_message, new_id
from mobility.carpool.offer import AccountId, Offer, OfferId, OfferStatus, Seated, days_of
from mobility.carpool.records import offer_of
from mobility.carpool.registry import touch
from mobility.carpool.seats import seats_left
from mobility.carpool.span import AskedStretch, span_of, told_later_s
from mobility.carpool.tables import OFFERS
from mobility.clock import DAY_S, at_clock
from mobility.errors import AlreadyAsked, InTwoCars, InvalidQuery, NotFound, OfferFull, OfferPaused, WrongState
from mobility.storage.store import Store
from mobility.value_faults import ValueFault

S = BookingStatus
MOST_GIVEN_UP = 3
"""Asks of a passenger's to one driver in a day."""


@dataclass(frozen=True, slots=True)
class BookingRules:
    """zone: of the territory's clocks. answer_s: how long the driver has; an ask ends at the ride at the latest.
    cost_cents: of a car and a kilometre; inf: nobody bounds what a drive brings in."""

    zone: ZoneInfo
    answer_s: int
    school_holidays: frozenset[date]
    cost_cents: float = inf

    def span(self, offer: Offer, asked: AskedStretch, held: Sequence[Seated], now: int) -> BookedStretch:
        """held: the seats of the day. Raises NotFound; InvalidQuery where it runs on another day, has left, or would
        have to wait longer than its driver does, or than others who have a seat."""
        if asked.day not in days_of(offer.schedule, asked.day, asked.day, self.school_holidays):
            raise InvalidQuery("date", ValueFault.NO_DAY_OF_OFFER)
        span = span_of(offer, asked, self.zone, held)
        if span.pickup_at <= now:
            raise InvalidQuery("date", ValueFault.BEFORE_NOW)
        self._check_wait(offer, held, span)
        return span

    def _check_wait(self, offer: Offer, held: Sequence[Seated], span: BookedStretch) -> None:
        """What was agreed with others may be later than the driver waits. Raises InvalidQuery."""
        late = lateness(offer, held, at_clock(span.day, offer.departure, self.zone))
        late_s, between = told_later_s(offer, span, self.zone), (span.pickup, span.drop_off)
        if late_s > max(offer.flexible_s, late.leaves_s[span.pickup]):
            raise InvalidQuery("wait", ValueFault.LONG_WAIT)
        if late_s > late.leaves_s[span.pickup] and delays_others(offer, held, late, between, late_s):
            raise InvalidQuery("wait", ValueFault.OTHERS_WAIT)

    def diary(self, now: Callable[[], int]) -> Diary:
        return Diary(self.zone, self.school_holidays, now)

    def costs(self, now: Callable[[], int]) -> DriveCosts:
        return DriveCosts(self.diary(now), self.cost_cents)


@dataclass(frozen=True, slots=True)
class Ask:
    """get_in, get_out: ids of meeting points of the offer. id: made by who asks (a partner), or here. wait_s: as the
    answer told it from which one asks; see AskedStretch."""

    id: BookingId
    offer: OfferId
    day: date
    get_in: str
    get_out: str
    seats: int
    passenger: AccountId | PartnerUser
    text: str = ""
    wait_s: int = 0

    @property
    def stretch(self) -> AskedStretch:
        return AskedStretch(self.day, self.get_in, self.get_out, self.seats, self.wait_s)


@dataclass(frozen=True, slots=True)
class Agreements:
    """All raise StorageUnavailable where the database does not answer. now: epoch seconds."""

    store: Store
    rules: BookingRules
    now: Callable[[], int]

    def ask(self, ask: Ask) -> Booking:
        """Seats are held from here on; the driver is told.

        Raises NotFound, OfferPaused, OfferFull, WrongState (there is a booking of this id), InvalidQuery (the offer
        does not run on that day, the ride has left, it is one's own offer, the driver would have to go too far or
        wait too long), AlreadyAsked, InTwoCars.
        """
        now = self.now()
        with self.store.writing() as connection:
            offer = open_offer(connection, ask.offer, to_change=True)
            touch(connection, offer.id)
            booking = self._allowed(connection, offer, ask, now)
            add_booking(connection, booking)
            tell(connection, booking, News.ASKED, now)
            if ask.text:
                say(connection, booking, Side.PASSENGER, ask.text, now)
        return booking

    def become(self, booking: BookingId, status: BookingStatus, side: Side, told: News | None = None) -> Booking:
        """Accepted, refused, cancelled; what it is already it stays. Raises NotFound, WrongState."""
        now = self.now()
        with self.store.writing() as connection:
            before = locked_booking(connection, booking)
            if before.status_at(now) is status:
                return before
            if not may_become(before, status, side, now):
                raise WrongState("booking", before.status_at(now))
            if status is S.CANCELLED and side is Side.PASSENGER:
                return cancel_ride(connection, before, now)
            after = settle(connection, before, status, side, now, told or News(status.value))
            if status is S.CONFIRMED:
                delay_others(connection, after, self.rules.zone, now)
            return after

    def write(self, booking: BookingId, side: Side, text: str) -> Message:
        """To the other side of a booking. Raises NotFound, WrongState where both are done with it."""
        now = self.now()
        with self.store.writing() as connection:
            about = booking_of(connection, booking)
            if about.status_at(now) not in {S.ASKED, S.CONFIRMED, S.DONE}:
                raise WrongState("booking", about.status_at(now))
            return say(connection, about, side, text, now)

    def _allowed(self, connection: Connection, offer: Offer, ask: Ask, now: int) -> Booking:
        self._check_is_new(connection, offer, ask, now)
        held = seats_on(connection, offer.id, ask.day, now)
        span = self._free_span(offer, ask, held, now)
        left_cents = self.rules.costs(self.now).left_cents(connection, offer, ask.day)
        span = replace(span, price_cents=int(min(span.price_cents, left_cents)))
        asked = self._booking(offer, ask, span, now)
        if self.rules.diary(self.now).is_elsewhere(connection, asked):
            raise InTwoCars(ask.day)
        return replace(asked, asked_again=is_asked_again(connection, asked, now))

    def _check_is_new(self, connection: Connection, offer: Offer, ask: Ask, now: int) -> None:
        if find_booking(connection, ask.id):
            raise WrongState("booking", "known already")
        if offer.driver == ask.passenger:
            raise InvalidQuery("offer", ValueFault.YOUR_OWN)
        known = find_seat(connection, ask.passenger, offer.id, ask.day, now)
        if known and not isinstance(ask.passenger, PartnerUser):
            raise AlreadyAsked(known.id)

    def _free_span(self, offer: Offer, ask: Ask, held: Sequence[Seated], now: int) -> BookedStretch:
        """Where the car has the seats, and who sits in it already can do with the way."""
        span = self.rules.span(offer, ask.stretch, held, now)
        if seats_left(offer, held, span.pickup, span.drop_off) < ask.seats:
            raise OfferFull
        if not can_serve(offer, held, span.pickup, span.drop_off):
            raise InvalidQuery("pickup", ValueFault.LONG_DETOUR)
        return span

    def _booking(self, offer: Offer, ask: Ask, span: BookedStretch, now: int) -> Booking:
        return Booking(
            id=ask.id,
            offer=offer.id,
            driver=offer.driver,
            passenger=ask.passenger,
            span=span,
            seats=ask.seats,
            status=S.ASKED,
            asked_at=now,
            expires_at=min(now + self.rules.answer_s, span.pickup_at),
            promised_at=span.pickup_at,
            promised_within_s=offer.flexible_s,
        )


def locked_booking(connection: Connection, booking: BookingId) -> Booking:
    """Its offer is locked, where there still is one, then it is read. Raises NotFound."""
    offer = booking_of(connection, booking).offer
    connection.execute(select(OFFERS.c.id).where(OFFERS.c.id == offer).with_for_update())
    return booking_of(connection, booking)


def settle(
    connection: Connection, before: Booking, status: BookingStatus, by: Side, now: int, news: News | None
) -> Booking:
    """The offer must be locked. by: who does it. The search hears of the seats, both sides of the news (None: of
    nothing)."""
    if not set_status(connection, before, status, by, now):
        raise WrongState("booking", before.status)
    touch(connection, before.offer)
    after = booking_of(connection, before.id)
    if news:
        tell(connection, after, news, now)
    return after


def cancel_ride(connection: Connection, before: Booking, now: int) -> Booking:
    """By its passenger, who gives up what nobody has answered yet."""
    if before.status_at(now) is S.ASKED:
        set_given_up(connection, before, now)
    return settle(connection, before, S.CANCELLED, Side.PASSENGER, now, News.CANCELLED)


def is_asked_again(connection: Connection, booking: Booking, now: int) -> bool:
    """The driver was asked for this drive, or for three others, and the ask was given up, within a day."""
    earlier = given_up_since(connection, booking, now - DAY_S)
    same = [one for one in earlier if (one.offer, one.span.day) == (booking.offer, booking.span.day)]
    return bool(same) or len(earlier) >= MOST_GIVEN_UP


def say(connection: Connection, booking: Booking, side: Side, text: str, now: int) -> Message:
    """Noted for the other side, who is told by e-mail where they have an account here."""
    sender = booking.driver if side is Side.DRIVER else booking.passenger
    recipient = booking.passenger if side is Side.DRIVER else booking.driver
    known = sender if isinstance(sender, PartnerUser) else None
    message = Message(
        id=new_id(),
        booking=booking.id,
        offer=booking.offer,
        recipient=None if isinstance(recipient, PartnerUser) else recipient,
        sender=None if isinstance(sender, PartnerUser) else sender,
        alias=known.alias if known else "",
        operator=known.operator if known else "",
        text=text,
        at=now,
    )
    add_message(connection, message)
    if message.recipient:
        owed = letters.letter(message.recipient, News.MESSAGE, booking.id, message.id)
        letters.owe(connection, owed, now)
    return message


def open_offer(connection: Connection, offer: OfferId, to_change: bool = False) -> Offer:
    """to_change: nobody else has it until the transaction ends. Raises NotFound where nobody may ask for it,
    OfferPaused where nobody may for now."""
    wanted = select(OFFERS).where(OFFERS.c.id == offer)
    row = connection.execute(wanted.with_for_update() if to_change else wanted).mappings().first()
    if row is not None and row["status"] == OfferStatus.PAUSED:
        raise OfferPaused
    if row is None or row["status"] != OfferStatus.ACTIVE:
        raise NotFound("offer", "offer")
    return offer_of(row)
