"""The part of an offer's way that a passenger asks for: where, when, how far, for how much."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from mobility.carpool.booking import BookedStretch
from mobility.carpool.offer import Offer, Waypoint
from mobility.clock import at_clock
from mobility.errors import NotFound


def span_of(offer: Offer, day: date, points: tuple[str, str], seats: int, zone: ZoneInfo) -> BookedStretch:
    """points: ids of the meeting points to get in and out at.

    Raises NotFound where the offer does not take people from the one to the other.
    """
    return span_at(offer, day, positions(offer, *points), seats, zone)


def span_at(offer: Offer, day: date, between: tuple[int, int], seats: int, zone: ZoneInfo) -> BookedStretch:
    """between: positions of two waypoints. The price is the offer's, by the share of the way."""
    pickup, drop_off = between
    get_in, get_out = offer.waypoints[pickup], offer.waypoints[drop_off]
    starts_at = at_clock(day, offer.departure, zone)
    return BookedStretch(
        day=day,
        pickup=pickup,
        drop_off=drop_off,
        get_in=get_in.meeting_point,
        get_out=get_out.meeting_point,
        pickup_at=starts_at + get_in.after_s,
        arrives_at=starts_at + get_out.after_s,
        distance_m=get_out.along_m - get_in.along_m,
        price_cents=seats * price_cents(offer, get_in, get_out),
    )


def price_cents(offer: Offer, get_in: Waypoint, get_out: Waypoint) -> int:
    """For one seat on a part of the way; never more than the driver asks for the whole, whoever sits on the rest."""
    along_m = min(get_out.along_m - get_in.along_m, offer.drive_m)
    return offer.price_cents * along_m // max(1, offer.drive_m)


def positions(offer: Offer, get_in: str, get_out: str) -> tuple[int, int]:
    """Raises NotFound."""
    pickups = [i for i, at in enumerate(offer.waypoints) if at.meeting_point.id == get_in and at.pickup]
    drops = [i for i, at in enumerate(offer.waypoints) if at.meeting_point.id == get_out and at.drop_off]
    if not pickups:
        raise NotFound("meeting point on this way", "pickup")
    later = [drop for drop in drops if drop > pickups[0]]
    if not later:
        raise NotFound("meeting point further on this way", "dropOff")
    return pickups[0], later[0]
