"""Everything that is held of a person, in the words that the carpool resources use."""

from __future__ import annotations

from collections.abc import Mapping

from api.present import carpool, carpool_rides
from api.present.clock import stamp
from api.present.pieces import Json
from mobility.carpool.rights import Held


def export(held: Held, current: str, cost_cents: float, now: int) -> Json:
    """current: id of the session that asks. cost_cents: of a car and a kilometre."""
    me = held.account
    return {
        "account": {
            **carpool.account(me),
            "adultDeclared": stamp(held.adult_declared_at),
            "lastSeen": stamp(held.seen_at),
            "noticesOfInactivity": held.notices,
        },
        "sessions": [carpool.session(one, one.id == current) for one in held.sessions],
        "codes": [{"expires": stamp(expires_at)} for expires_at in held.codes],
        **carpool.offers(held.offers, cost_cents),
        **carpool_rides.bookings(held.bookings, held.outside, now),
        **carpool_rides.messages(held.messages, me.id, {me.id: me.alias}),
        "wanted": [carpool_rides.wanted(one) for one in held.wanted],
        "letters": [{"news": news, "since": stamp(at)} for news, at in held.letters],
    }


def ended(emptied: bool, said: Mapping[str, str]) -> Json:
    """emptied: whether no byte is left in the files of the database."""
    traces = "gone" if emptied else "gone_soon"
    return {"done": True, "traces": traces, "sentence": said[traces]}
