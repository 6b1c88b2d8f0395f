"""What becomes of bookings when something else happens: their offer changes or goes, a person leaves, time passes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from mobility.carpool.agreements import BookingRules, locked_booking, settle
from mobility.carpool.booking import Booking, BookingStatus
from mobility.carpool.bookings import holding, overdue, seats_held, set_positions
from mobility.carpool.letters import News
from mobility.carpool.offer import Offer, OfferId, OfferStatus, Seated, days_of
from mobility.carpool.seats import seats_left
from mobility.carpool.span import span_of
from mobility.clock import local_date
from mobility.errors import NotFound, WrongState
from mobility.storage.store import Store

S = BookingStatus


@dataclass(frozen=True, slots=True)
class Bound:
    """Holds bookings to their offers: given to the registry, which calls it within the change of an offer."""

    rules: BookingRules
    now: Callable[[], int]

    def watch(self, connection: Connection, before: Offer, after: Offer | None) -> None:
        """A booking that the offer can no longer keep is cancelled, and both are told."""
        now, kept = self.now(), list[Seated]()
        for booking in holding(connection, before.id, now):
            held = self._still(booking, before, after, kept) if after else None
            if held:
                set_positions(connection, booking, held.pickup, held.drop_off)
                kept.append(held)
            else:
                gone = after is None or after.status is OfferStatus.WITHDRAWN
                settle(connection, booking, S.CANCELLED, now, News.WITHDRAWN if gone else News.CANCELLED)

    def seats_held(self, connection: Connection, offers: Sequence[OfferId]) -> Sequence[Seated]:
        """Of the offers, from today on (mobility/carpool/live_store.py: Held)."""
        now = self.now()
        return seats_held(connection, offers, local_date(now, self.rules.zone), now)

    def _still(self, booking: Booking, before: Offer, after: Offer, kept: list[Seated]) -> Seated | None:
        """Where the seats are on the changed way; None where it runs on another day, elsewhere, at another time."""
        day, span = booking.span.day, booking.span
        if after.status is OfferStatus.WITHDRAWN or day not in days_of(
            after.schedule, day, day, self.rules.school_holidays
        ):
            return None
        try:
            new = span_of(after, day, (span.get_in.id, span.get_out.id), booking.seats, self.rules.zone)
        except NotFound:
            return None
        others = [one for one in kept if one.day == day]
        is_late = abs(new.pickup_at - span.pickup_at) > after.flexible_s
        if is_late or seats_left(after, others, new.pickup, new.drop_off) < booking.seats:
            return None
        return Seated(after.id, day, booking.seats, new.pickup, new.drop_off)


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
            settle(connection, booking, status, now, News.EXPIRED if status is S.EXPIRED else None)
            return True
    except (NotFound, WrongState):
        return False  # another process was faster
