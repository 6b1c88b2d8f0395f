"""The part of an offer's way that a passenger asks for: where, when, how far, for how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from mobility.carpool.booking import BookedStretch, Booking
from mobility.carpool.lateness import lateness
from mobility.carpool.offer import Offer, Seated, Waypoint
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


def span_of(offer: Offer, asked: AskedStretch, zone: ZoneInfo, held: Sequence[Seated] = ()) -> BookedStretch:
    """held: see span_at. Raises NotFound where the offer does not take people from the one point to the other."""
    between = positions(offer, asked.get_in, asked.get_out)
    return span_at(offer, asked.day, between, asked.seats, zone, held, asked.wait_s)


def span_at(
    offer: Offer,
    day: date,
    between: tuple[int, int],
    seats: int,
    zone: ZoneInfo,
    held: Sequence[Seated] = (),
    wait_s: int = 0,
) -> BookedStretch:
    """between: positions of two waypoints. held: the seats of the day, for which the driver may be later than the offer
    says (lateness.py); who gets in off the way arrives so much later, as an answer tells it (pairs.py). The price is
    the offer's, by the share of the way."""
    pickup, drop_off = between
    get_in, get_out = offer.waypoints[pickup], offer.waypoints[drop_off]
    starts_at = at_clock(day, offer.departure, zone)
    late = lateness(offer, held, starts_at)
    late_s = max(wait_s, late.leaves_s[pickup])
    return BookedStretch(
        day=day,
        pickup=pickup,
        drop_off=drop_off,
        get_in=get_in.meeting_point,
        get_out=get_out.meeting_point,
        pickup_at=starts_at + get_in.after_s + late_s,
        arrives_at=starts_at + get_out.after_s + late.out_s(pickup, drop_off, late_s, get_in.detour_s),
        distance_m=get_out.along_m - get_in.along_m,
        price_cents=seats * price_cents(offer, get_in, get_out),
    )


def told_later_s(offer: Offer, span: BookedStretch, zone: ZoneInfo) -> int:
    """How much later than the offer says one gets in."""
    return span.pickup_at - at_clock(span.day, offer.departure, zone) - offer.waypoints[span.pickup].after_s


def followed(
    booking: Booking, before: Offer, after: Offer, zone: ZoneInfo, held: Sequence[Seated] = ()
) -> BookedStretch:
    """The booked stretch on a changed way: waited for as agreed, as far as the driver still waits at all. held: what
    was agreed with others. Raises NotFound."""
    span = booking.span
    wait_s = max(0, told_later_s(before, span, zone))
    if after.flexible_s < before.flexible_s:
        wait_s = min(wait_s, after.flexible_s)
    asked = AskedStretch(span.day, span.get_in.id, span.get_out.id, booking.seats, wait_s)
    return replace(span_of(after, asked, zone, held), price_cents=span.price_cents)


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
