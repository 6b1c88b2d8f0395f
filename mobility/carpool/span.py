"""The part of an offer's way that a passenger asks for: where, when, how far, for how much."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from mobility.carpool.booking import BookedStretch, Booking
from mobility.carpool.offer import Offer, Waypoint
from mobility.clock import at_clock
from mobility.errors import NotFound


@dataclass(frozen=True, slots=True)
class AskedStretch:
    """get_in, get_out: ids of meeting points. wait_s: so much later than the offer says the driver is to be there."""

    day: date
    get_in: str
    get_out: str
    seats: int = 1
    wait_s: int = 0


def span_of(offer: Offer, asked: AskedStretch, zone: ZoneInfo, stops: Collection[int] = ()) -> BookedStretch:
    """stops: see span_at. Raises NotFound where the offer does not take people from the one point to the other."""
    between = positions(offer, asked.get_in, asked.get_out)
    planned = span_at(offer, asked.day, between, asked.seats, zone, stops)
    return replace(planned, pickup_at=planned.pickup_at + asked.wait_s, arrives_at=planned.arrives_at + asked.wait_s)


def span_at(
    offer: Offer, day: date, between: tuple[int, int], seats: int, zone: ZoneInfo, stops: Collection[int] = ()
) -> BookedStretch:
    """between: positions of two waypoints. stops: those where the driver stops anyway; to any other the way there is a
    detour, by which one arrives later, as an answer tells it (pairs.py). The price is the offer's, by the share of the
    way."""
    pickup, drop_off = between
    get_in, get_out = offer.waypoints[pickup], offer.waypoints[drop_off]
    starts_at = at_clock(day, offer.departure, zone)
    detour_s = 0 if pickup in stops else get_in.detour_s
    return BookedStretch(
        day=day,
        pickup=pickup,
        drop_off=drop_off,
        get_in=get_in.meeting_point,
        get_out=get_out.meeting_point,
        pickup_at=starts_at + get_in.after_s,
        arrives_at=starts_at + get_out.after_s + detour_s,
        distance_m=get_out.along_m - get_in.along_m,
        price_cents=seats * price_cents(offer, get_in, get_out),
    )


def followed(booking: Booking, before: Offer, after: Offer, zone: ZoneInfo) -> BookedStretch:
    """The booked stretch on a changed way: waited for as agreed, as far as the driver still waits at all; on the way
    where it was. Raises NotFound."""
    span = booking.span
    was = span_at(before, span.day, (span.pickup, span.drop_off), booking.seats, zone)
    wait_s = max(0, min(span.pickup_at - was.pickup_at, after.flexible_s))
    asked = AskedStretch(span.day, span.get_in.id, span.get_out.id, booking.seats, wait_s)
    is_on_the_way = span.arrives_at - span.pickup_at < was.arrives_at - was.pickup_at
    stops = positions(after, asked.get_in, asked.get_out) if is_on_the_way else ()
    return replace(span_of(after, asked, zone, stops), price_cents=span.price_cents)


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
