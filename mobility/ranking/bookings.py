"""What cannot be booked any more is not offered as if one could just go there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mobility.ranking.chain import Filter, Sifted, flagged
from mobility.ranking.codes import Code
from mobility.routing.itinerary import Itinerary
from mobility.routing.reservation import reservation, seats


def is_closed(itinerary: Itinerary, now_s: int) -> bool:
    """Whether it is too late to book one of its rides. now_s: epoch seconds."""
    asked = (reservation(first, last) for first, last in seats(itinerary))
    return any(one is not None and one.until is not None and one.until.timestamp() < now_s for one in asked)


BOOKING: Filter[Callable[[Itinerary, int], bool]] = Filter(Code.BOOKING_CLOSED, is_closed)


def in_time(found: Sequence[Itinerary], now_s: int | None) -> Sifted:
    """Without those of which a ride cannot be booked any more. now_s: None where nobody asks for that."""
    if now_s is None or not any(len(ride.network.bookings) for one in found for ride in one.rides):
        return Sifted(list(found), [])
    closed = [one for one in found if BOOKING.decides(one, now_s)]
    return Sifted([one for one in found if one not in closed], flagged(BOOKING.code, closed))
