"""What people write to each other about a ride, passed on without either's address."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from mobility.carpool.booking import BookingId
from mobility.carpool.booking_tables import MESSAGES
from mobility.carpool.offer import AccountId, OfferId

M = MESSAGES.c


@dataclass(frozen=True, slots=True)
class Message:
    """sender: None where a partner's user writes, who is known by alias and operator. recipient: None where the
    partner fetches nothing: it is read there only by who looks at the booking. at: epoch seconds."""

    id: str
    booking: BookingId | None
    offer: OfferId | None
    recipient: AccountId | None
    sender: AccountId | None
    alias: str
    operator: str
    text: str
    at: int


def new_id() -> str:
    """Later ones sort behind earlier ones, within the second that `at` tells apart."""
    return f"{time.time_ns():016x}-{secrets.token_hex(8)}"


def add_message(connection: Connection, message: Message) -> None:
    connection.execute(
        MESSAGES.insert().values(
            id=message.id,
            booking=message.booking,
            offer=message.offer,
            to_account=message.recipient,
            from_account=message.sender,
            from_alias=message.alias,
            from_operator=message.operator,
            text=message.text,
            at=message.at,
        )
    )


def find_message(connection: Connection, message: str) -> Message | None:
    row = connection.execute(select(MESSAGES).where(M.id == message)).first()
    return _message(row) if row else None


def messages_about(connection: Connection, booking: BookingId) -> tuple[Message, ...]:
    """The oldest first."""
    rows = connection.execute(select(MESSAGES).where(M.booking == booking).order_by(M.at, M.id))
    return tuple(map(_message, rows))


def messages_to(connection: Connection, account: AccountId) -> tuple[Message, ...]:
    """Also those about no booking."""
    rows = connection.execute(select(MESSAGES).where(M.to_account == account).order_by(M.at, M.id))
    return tuple(map(_message, rows))


def messages_with(connection: Connection, account: AccountId) -> tuple[Message, ...]:
    """Written or received, the oldest first."""
    theirs = or_(M.to_account == account, M.from_account == account)
    return tuple(map(_message, connection.execute(select(MESSAGES).where(theirs).order_by(M.at, M.id))))


def _message(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        booking=BookingId(row.booking) if row.booking else None,
        offer=OfferId(row.offer) if row.offer else None,
        recipient=AccountId(row.to_account) if row.to_account else None,
        sender=AccountId(row.from_account) if row.from_account else None,
        alias=row.from_alias,
        operator=row.from_operator,
        text=row.text,
        at=row.at,
    )
