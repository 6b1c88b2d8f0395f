"""What the rights over one's data answer, for the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.openapi.responses import Instant, Shape
from api.openapi.responses.carpool import (
    CarpoolAccount,
    CarpoolBooking,
    CarpoolMessage,
    CarpoolOffer,
    CarpoolSession,
    OutsideCarpoolBooking,
    WantedCarpool,
)


class HeldAccount(CarpoolAccount):
    adult_declared: Instant
    last_seen: Instant
    notices_of_inactivity: Annotated[int, Field(ge=0)]


class PendingCode(Shape):
    expires: Instant


class PendingLetter(Shape):
    """News of a ride that is still to be sent by mail."""

    news: str
    since: Instant


class PersonalData(Shape):
    """Everything that is held of a person; each member as the resource of that name tells it."""

    account: HeldAccount
    sessions: list[CarpoolSession]
    codes: list[PendingCode]
    offers: list[CarpoolOffer]
    bookings: list[CarpoolBooking]
    outside: list[OutsideCarpoolBooking]
    messages: list[CarpoolMessage]
    wanted: list[WantedCarpool]
    letters: list[PendingLetter]


class Erased(Shape):
    """traces: whether the files of the database hold no byte any more, or soon."""

    done: Literal[True]
    traces: Literal["gone", "gone_soon"]
    sentence: str
