"""What another operator may do here: tell how a ride of its passenger goes on, and pass messages on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mobility.carpool import letters
from mobility.carpool.agreements import Agreements, cancel_ride, locked_booking, say, settle
from mobility.carpool.booking import Booking, BookingId, BookingStatus, PartnerId, PartnerUser, Side
from mobility.carpool.bookings import booking_of
from mobility.carpool.letters import News
from mobility.carpool.messages import Message, add_message, new_id
from mobility.carpool.offer import AccountId, OfferId
from mobility.carpool.outside import OutsideBooking, find_outside, put_outside
from mobility.carpool.people import aliases_of
from mobility.errors import NotFound, WrongState
from mobility.storage.store import Store

S = BookingStatus
RANK = {S.ASKED: 0, S.CONFIRMED: 1, S.DONE: 2, S.VALIDATED: 3, S.REFUSED: 4, S.EXPIRED: 4, S.CANCELLED: 4}
"""A booking only moves on: the order of the standard's own test runner."""


@dataclass(frozen=True, slots=True)
class PartnerMessage:
    """A message of a partner's user to a person here. about: the offer or booking, where one is named."""

    sender: PartnerUser
    to: AccountId
    text: str
    offer: OfferId | None = None
    booking: BookingId | None = None


def partners_booking(agreements: Agreements, partner: PartnerId, booking: BookingId) -> Booking:
    """Raises NotFound, also where the booking is not that partner's."""
    with agreements.store.reading() as connection:
        return _own(booking_of(connection, booking), partner)


def move_on(agreements: Agreements, partner: PartnerId, booking: BookingId, status: BookingStatus, text: str) -> None:
    """Done, validated or cancelled by the passenger's side. Raises NotFound; WrongState where it is no step further, of
    the ride where that has yet to begin."""
    now = agreements.now()
    with agreements.store.writing() as connection:
        before = _own(locked_booking(connection, booking), partner)
        _check(before, status, now)
        if status is S.CANCELLED:
            after = cancel_ride(connection, before, now)
        else:
            after = settle(connection, before, status, Side.PASSENGER, now, None)
        if text:
            say(connection, after, Side.PASSENGER, text, now)


def pass_on(agreements: Agreements, word: PartnerMessage) -> None:
    """Noted and told by e-mail. Raises NotFound where there is no such person, or no such booking of the partner's."""
    now = agreements.now()
    with agreements.store.writing() as connection:
        if word.to not in aliases_of(connection, [word.to]):
            raise NotFound("user", "to")
        if word.booking:
            _own(booking_of(connection, word.booking), word.sender.partner)
        message = Message(
            id=new_id(),
            booking=word.booking,
            offer=word.offer,
            recipient=word.to,
            sender=None,
            alias=word.sender.alias,
            operator=word.sender.operator,
            text=word.text,
            at=now,
        )
        add_message(connection, message)
        letters.owe(connection, letters.letter(word.to, News.MESSAGE, word.booking, message.id), now)


def note_outside(store: Store, told: OutsideBooking, ranks: tuple[str, ...]) -> None:
    """New, or one step or more further. ranks: the statuses in order. Raises WrongState."""
    with store.writing() as connection:
        before = find_outside(connection, told.partner, told.id)
        if before and ranks.index(told.status) <= ranks.index(before.status):
            raise WrongState("booking", before.status)
        if before and before.subject_hash != told.subject_hash:
            raise WrongState("booking", "somebody else's")
        put_outside(connection, replace(told, account=told.account or (before.account if before else None)))


def _check(before: Booking, status: BookingStatus, now: int) -> None:
    """What is over is not cancelled any more, and what the driver agreed to is not over before it begins."""
    current = before.status_at(now)
    if RANK[status] <= RANK[current] or (status is S.CANCELLED and current in {S.DONE, S.VALIDATED}):
        raise WrongState("booking", current)
    if status in {S.DONE, S.VALIDATED} and before.agreed_at and now < before.span.pickup_at:
        raise WrongState("ride", current)


def _own(booking: Booking, partner: PartnerId) -> Booking:
    rider = booking.passenger
    if isinstance(rider, PartnerUser) and rider.partner == partner:
        return booking
    raise NotFound("booking", "booking")
