"""The calls of a run as JSON places with times.

An answer holds hundreds of calls at intermediate stops, so these are written as text onto the stop's own text,
which is cached, and orjson copies them as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from api.present.clock import stamp
from api.present.pieces import Json, Pieces
from api.present.rows import DROP_OFF, PICKUP, CallRow

NOT_POSSIBLE = 1
TYPES = ("NORMAL", "NOT_ALLOWED", "NORMAL", "NORMAL")


def is_served(call: CallRow) -> bool:
    return call[PICKUP] != NOT_POSSIBLE or call[DROP_OFF] != NOT_POSSIBLE


def joined(before: list[CallRow], after: list[CallRow]) -> list[CallRow]:
    """The calls of a vehicle that goes on as another trip; where both name the same stop it is one call."""
    (stop, arrival_s, _, _, drop_off), (next_stop, _, departure_s, pickup, _) = before[-1], after[0]
    if stop != next_stop:
        return before + after
    return [*before[:-1], (stop, arrival_s, departure_s, pickup, drop_off), *after[1:]]


def whole(pieces: Pieces, call: CallRow) -> Json:
    return starting(pieces, call) | ending(pieces, call)


def starting(pieces: Pieces, call: CallRow) -> Json:
    """The call as a beginning: what counts there is the departure."""
    stop, _, departure_s, pickup, drop_off = call
    at, rules = stamp(departure_s), RULES[pickup][drop_off]
    return {**pieces.place(stop), "departure": at, "scheduledDeparture": at, **rules}


def ending(pieces: Pieces, call: CallRow) -> Json:
    stop, arrival_s, _, pickup, drop_off = call
    at, rules = stamp(arrival_s), RULES[pickup][drop_off]
    return {**pieces.place(stop), "arrival": at, "scheduledArrival": at, **rules}


def texts(pieces: Pieces, calls: Sequence[CallRow]) -> str:
    """A JSON list of whole calls."""
    opened = pieces.opened
    found = []
    for stop, arrival_s, departure_s, pickup, drop_off in calls:
        arrival, departure = stamp(arrival_s), stamp(departure_s)
        found.append(
            f'{opened(stop)},"arrival":"{arrival}","departure":"{departure}","scheduledArrival":"{arrival}",'
            f'"scheduledDeparture":"{departure}",{RULE_TEXTS[pickup][drop_off]}'
        )
    return f"[{','.join(found)}]"


RULES: list[list[Json]] = [
    [{"pickupType": pickup, "dropoffType": drop_off, "cancelled": False} for drop_off in TYPES] for pickup in TYPES
]
RULE_TEXTS = [
    [f'"pickupType":"{pickup}","dropoffType":"{drop_off}","cancelled":false}}' for drop_off in TYPES]
    for pickup in TYPES
]
