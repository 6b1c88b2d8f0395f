"""From what somebody asks for, over HTTP, on a page or at a counter, to the ask that the registry takes."""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid4, uuid5

from api.parse.bodies.carpool import AskRequest
from mobility.carpool.agreements import Ask
from mobility.carpool.booking import BookingId
from mobility.carpool.offer import AccountId, OfferId


def asked(body: AskRequest, passenger: AccountId, draft: str = "") -> Ask:
    """draft: of a form that may be sent twice; it names the booking."""
    return Ask(
        id=BookingId(str(uuid5(NAMESPACE_OID, f"{passenger} {draft}") if draft else uuid4())),
        offer=OfferId(body.offer),
        day=body.date,
        get_in=body.pickup,
        get_out=body.drop_off,
        seats=body.seats,
        passenger=passenger,
        text=body.message or "",
        wait_s=body.wait,
    )
