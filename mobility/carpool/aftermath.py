"""What becomes of bookings when something else happens: their offer changes or goes, a person leaves, time passes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from mobility.carpool.agreements import BookingRules, locked_booking, settle
from mobility.carpool.booking import Booking, BookingStatus, EndedBecause, Side
from mobility.carpool.bookings import holding, overdue, seats_held, set_ended_because
from mobility.carpool.delays import move
from mobility.carpool.letters import News
from mobility.carpool.offer import Offer, OfferId, OfferStatus, Seated, days_of
from mobility.carpool.seats import seats_left
from mobility.carpool.span import followed
from mobility.clock import local_date
from mobility.errors import NotFound, WrongState
from mobility.storage.store import Store

S = BookingStatus


class ChangedOffer(NamedTuple):
    before: Offer
    after: Offer


@dataclass(frozen=True, slots=True)
class Bound:
    """Holds bookings to their offers: given to the registry, which calls it within the change of an offer."""

    rules: BookingRules
    now: Callable[[], int]

    def watch(self, connection: Connection, before: Offer | None, after: Offer | None) -> None:
        """A booking follows the offer as far as was promised, or is cancelled; both are told.

        Raises PriceTooHigh where the drive would bring in more than it costs, InTwoCars where its driver sits in
        another car.
        """
        if before:
            self._hold(connection, before, after)
        if after and after.status is OfferStatus.ACTIVE:
            self.rules.diary(self.now).check_driver(connection, after)
            self.rules.costs(self.now).check(connection, after)

    def _hold(self, connection: Connection, before: Offer, after: Offer | None) -> None:
        now, kept = self.now(), list[Booking]()
        for booking in holding(connection, before.id, now):
            is_gone = after is None or after.status is OfferStatus.WITHDRAWN
            change = None if after is None or is_gone else ChangedOffer(before, after)
            moved = self._moved(connection, booking, change, kept) if change else EndedBecause.OFFER_WITHDRAWN
            if isinstance(moved, EndedBecause):
                end(connection, booking, moved, now)
            else:
                move(connection, booking, moved.span, now)
                kept.append(moved)

    def seats_held(self, connection: Connection, offers: Sequence[OfferId]) -> Sequence[Seated]:
        """Of the offers, from today on (mobility/carpool/live_store.py: HeldSeats)."""
        now = self.now()
        return seats_held(connection, offers, local_date(now, self.rules.zone), now)

    def _moved(
        self, connection: Connection, booking: Booking, change: ChangedOffer, kept: list[Booking]
    ) -> Booking | EndedBecause:
        """On the changed way, or why it cannot follow there."""
        if not self._runs_on(booking.span.day, change.after):
            return EndedBecause.OFFER_CHANGED
        others = [one for one in kept if one.span.day == booking.span.day]
        agreed = [one.seated() for one in others if one.agreed_at]
        try:
            new = followed(booking, change.before, change.after, self.rules.zone, agreed)
        except NotFound:
            return EndedBecause.OFFER_CHANGED
        moved = replace(booking, span=new)
        if not self._is_promised(connection, booking, moved):
            is_same_hour = change.before.departure == change.after.departure
            return EndedBecause.OFFER_CHANGED if is_same_hour else EndedBecause.HOUR_CHANGED
        seated = [one.seated() for one in others]
        has_seats = seats_left(change.after, seated, new.pickup, new.drop_off) >= booking.seats
        return moved if has_seats else EndedBecause.OFFER_CHANGED

    def _runs_on(self, day: date, offer: Offer) -> bool:
        return day in days_of(offer.schedule, day, day, self.rules.school_holidays)

    def _is_promised(self, connection: Connection, booking: Booking, moved: Booking) -> bool:
        """Many small changes lead no farther than one: all are compared with what was asked for. What has begun stays
        as it is, and nobody is moved into the past or into two cars."""
        if moved.span.pickup_at == booking.span.pickup_at:
            return True
        if abs(moved.span.pickup_at - booking.promised_at) > booking.promised_within_s:
            return False
        if moved.span.pickup_at <= self.now():
            return False
        return not self.rules.diary(self.now).is_elsewhere(connection, moved)


def end(connection: Connection, booking: Booking, ending: EndedBecause, now: int) -> None:
    """The offer must be locked. By its driver, who has changed the offer: not the seat itself was cancelled."""
    set_ended_because(connection, booking, ending)
    news = News.WITHDRAWN if ending is EndedBecause.OFFER_WITHDRAWN else News.CANCELLED
    settle(connection, booking, S.CANCELLED, Side.DRIVER, now, news)


def note_time(store: Store, now: int) -> int:
    """Asks without an answer expire, rides that are over are done; the number of both. Each in its own transaction."""
    with store.reading() as connection:
        found = overdue(connection, now)
    return sum(_note(store, booking, now) for booking in found)


def _note(store: Store, seen: Booking, now: int) -> bool:
    try:
        with store.writing() as connection:
            booking = locked_booking(connection, seen.id)
            status = booking.status_at(now)
            if status is booking.status:
                return False
            settle(connection, booking, status, Side.CLOCK, now, News.EXPIRED if status is S.EXPIRED else None)
            return True
    except (NotFound, WrongState):
        return False  # another process was faster
