"""From what somebody asks for, over HTTP, on a page or at a counter, to the ask that the registry takes."""

from __future__ import annotations

from uuid import uuid4

from api.requests_carpool import AskRequest
from mobility.carpool.agreeing import Ask
from mobility.carpool.booking import BookingId, BookingStatus
from mobility.carpool.offer import AccountId, OfferId

STATUSES = {
    "accept": BookingStatus.CONFIRMED,
    "refuse": BookingStatus.REFUSED,
    "cancel": BookingStatus.CANCELLED,
}
"""What a booking becomes by the word for it."""


def asked(body: AskRequest, passenger: AccountId) -> Ask:
    return Ask(
        id=BookingId(str(uuid4())),
        offer=OfferId(body.offer),
        day=body.date,
        get_in=body.pickup,
        get_out=body.drop_off,
        seats=body.seats,
        passenger=passenger,
        text=body.message or "",
    )
