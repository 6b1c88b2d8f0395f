"""How long what two people agreed on is kept, and what stays of it when one of them leaves.

Source of the periods: docs/carpool.md.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, Connection, Table, and_, delete, or_, select, text, update

from mobility.carpool.agreements import settle
from mobility.carpool.booking import OPEN, BookingStatus, Side
from mobility.carpool.booking_tables import BOOKINGS, LETTERS, MESSAGES, OUTSIDE_BOOKINGS, PARTNERS, WANTED
from mobility.carpool.bookings import bookings_with
from mobility.carpool.letters import News
from mobility.carpool.offer import AccountId, OfferId
from mobility.privacy.periods import BOOKING_S, LETTER_S, MESSAGE_S, WANTED_S
from mobility.storage.retention import RetentionRule

NOBODY = ""
"""In the place of an account that is gone."""

COUNT = """
INSERT INTO booking_counts (month, status, bookings, seats) VALUES (:month, :status, 1, :seats)
ON CONFLICT (month, status) DO UPDATE
SET bookings = booking_counts.bookings + 1, seats = booking_counts.seats + excluded.seats
"""
B, M, P, W = BOOKINGS.c, MESSAGES.c, PARTNERS.c, WANTED.c


def rules() -> tuple[RetentionRule, ...]:
    return (
        RetentionRule("bookings", (BOOKINGS, MESSAGES), _bookings),
        _older("messages", MESSAGES, M.at, MESSAGE_S),
        _older("letters", LETTERS, LETTERS.c.at, LETTER_S),
        _older("bookings elsewhere", OUTSIDE_BOOKINGS, OUTSIDE_BOOKINGS.c.pickup_at, BOOKING_S),
        RetentionRule("wanted rides", (WANTED,), _wanted),
        RetentionRule("partners", (PARTNERS,), _partners),
    )


def leave(connection: Connection, account: AccountId, now: int) -> None:
    """Before an account is erased. Rides to come are cancelled and the others told; past ones no longer name it."""
    for booking in bookings_with(connection, account):
        if booking.status_at(now) in OPEN:
            side = Side.DRIVER if booking.driver == account else Side.PASSENGER
            settle(connection, booking, BookingStatus.CANCELLED, side, now, News.CANCELLED)
    for column in (B.driver, B.passenger):
        connection.execute(update(BOOKINGS).where(column == account).values({column: NOBODY}))
    connection.execute(delete(MESSAGES).where(or_(M.to_account == account, M.from_account == account)))
    for table in (LETTERS, WANTED, OUTSIDE_BOOKINGS):
        connection.execute(delete(table).where(table.c.account == account))


def offers_ridden(connection: Connection, account: AccountId) -> list[OfferId]:
    """Of others, in which the account has a seat or asks for one."""
    is_open = and_(B.passenger == account, B.status.in_([status.value for status in OPEN]))
    return [OfferId(offer) for offer in connection.scalars(select(B.offer).where(is_open))]


def _bookings(connection: Connection, now: int) -> int:
    due = select(B.id, B.day, B.status, B.seats).where(B.arrives_at <= now - BOOKING_S).with_for_update()
    rows = connection.execute(due).all()
    for row in rows:
        connection.execute(text(COUNT), {"month": row.day[:7], "status": row.status, "seats": row.seats})
        connection.execute(delete(MESSAGES).where(M.booking == row.id))
        connection.execute(delete(BOOKINGS).where(B.id == row.id))
    return len(rows)


def _wanted(connection: Connection, now: int) -> int:
    day = datetime.fromtimestamp(now - WANTED_S, UTC).date()
    return connection.execute(delete(WANTED).where(W.last_day < day.isoformat())).rowcount


def _partners(connection: Connection, now: int) -> int:
    """Whose key was revoked, when the rides that were booked with it are gone."""
    is_revoked = (P.revoked_at > 0) & (P.revoked_at <= now - BOOKING_S)
    named = [select(table.c.partner).where(table.c.partner == P.id).exists() for table in (BOOKINGS, OUTSIDE_BOOKINGS)]
    return connection.execute(delete(PARTNERS).where(is_revoked, ~or_(*named))).rowcount


def _older(name: str, table: Table, column: Column[int], than_s: int) -> RetentionRule:
    def apply(connection: Connection, now: int) -> int:
        return connection.execute(delete(table).where(column <= now - than_s)).rowcount

    return RetentionRule(name, (table,), apply)
