"""What an agreement with one passenger costs the others: who gets in or out later hears of it at once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from mobility.carpool.booking import BookedStretch, Booking
from mobility.carpool.bookings import holding, set_span
from mobility.carpool.letters import News, tell
from mobility.carpool.records import offer_of
from mobility.carpool.span import span_at, told_later_s
from mobility.carpool.tables import OFFERS

MINUTE_S = 60


def delay_others(connection: Connection, agreed: Booking, zone: ZoneInfo, now: int) -> None:
    """The offer must be locked. Those who have a seat, or have asked for one, are moved as far as the driver comes
    later to them, and told; an ask that nobody has accepted moves nobody."""
    row = connection.execute(select(OFFERS).where(OFFERS.c.id == agreed.offer)).mappings().first()
    if row is None:
        return
    offer, day = offer_of(row), agreed.span.day
    of_the_day = [one for one in holding(connection, offer.id, now) if one.span.day == day]
    for one in of_the_day:
        between, wait_s = (one.span.pickup, one.span.drop_off), told_later_s(offer, one.span, zone)
        held = [other.seated() for other in of_the_day if other.agreed_at and other.id != one.id]
        later = span_at(offer, day, between, one.seats, zone, held, wait_s)
        is_later = later.pickup_at > one.span.pickup_at or later.arrives_at > one.span.arrives_at
        if one.id != agreed.id and is_later:
            move(connection, one, later, now)


def move(connection: Connection, booking: Booking, span: BookedStretch, now: int) -> None:
    """Both are told where a clock shows it."""
    set_span(connection, booking, span)
    times = [(one.pickup_at // MINUTE_S, one.arrives_at // MINUTE_S) for one in (booking.span, span)]
    if times[0] != times[1]:
        tell(connection, booking, News.MOVED, now)
