"""What is to be arranged before a ride: booked ahead, or settled with the driver (GTFS pickup_type, drop_off_type)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from mobility.network.booking import BookingTerms
from mobility.network.network import Network
from mobility.routing.itinerary import Itinerary, RideLeg
from mobility.routing.last_kilometre.notice import deadline

REGULAR, PHONE, DRIVER = 0, 2, 3
ARRANGED = frozenset({PHONE, DRIVER})
NOT_SAID = BookingTerms()


@dataclass(frozen=True, slots=True)
class Reservation:
    """booked: whether it is booked ahead; else the driver is told. gets_in, gets_out: at which ends the driver is told.
    until: the last moment to book, by the clocks of the stop; None where none is given."""

    booked: bool
    gets_in: bool
    gets_out: bool
    phone: str
    url: str
    messages: tuple[str, ...]
    until: datetime | None


def reservation(first: RideLeg, last: RideLeg) -> Reservation | None:
    """From getting in to getting out; first and last differ where one stays seated. None: nothing is to be arranged."""
    return _arranged(first, _kinds(first, last), _rules(first, last))


def boarding(ride: RideLeg) -> Reservation | None:
    """Of getting in alone, wherever one gets out."""
    return _arranged(ride, (_kinds(ride, ride)[0], REGULAR), _rules(ride, ride))


def _arranged(first: RideLeg, kinds: tuple[int, int], both: tuple[BookingTerms, BookingTerms]) -> Reservation | None:
    if ARRANGED.isdisjoint(kinds):
        return None
    rules = [rule for rule, kind in zip(both, kinds, strict=True) if kind == PHONE]
    limits = [deadline(rule.notice, _departure(first), first.service_day) for rule in rules]
    return Reservation(
        booked=PHONE in kinds,
        gets_in=kinds[0] == DRIVER,
        gets_out=kinds[1] == DRIVER,
        phone=next((rule.phone for rule in rules if rule.phone), _agency_phone(first) if rules else ""),
        url=next((rule.url for rule in rules if rule.url), ""),
        messages=tuple(dict.fromkeys(rule.message for rule in rules if rule.message)),
        until=min((limit for limit in limits if limit is not None), default=None),
    )


def seats(itinerary: Itinerary) -> Iterator[tuple[RideLeg, RideLeg]]:
    """The first and the last leg on each vehicle: who stays seated neither gets out nor in."""
    first: RideLeg | None = None
    for ride, after in pairwise((*itinerary.rides, None)):
        assert ride is not None
        first = ride if first is None or not ride.stays else first
        if after is None or not after.stays:
            yield first, ride


def _kinds(first: RideLeg, last: RideLeg) -> tuple[int, int]:
    """The rules of getting in and of getting out."""
    patterns = first.network.patterns
    start, end = (int(patterns.first_position[leg.pattern]) for leg in (first, last))
    return int(patterns.pickup[start + first.board]), int(patterns.drop_off[end + last.alight])


def _rules(first: RideLeg, last: RideLeg) -> tuple[BookingTerms, BookingTerms]:
    network, calls = first.network, first.network.calls
    rows = (
        (calls.pickup_booking, first.first_call + first.board),
        (calls.drop_off_booking, last.first_call + last.alight),
    )
    start, end = (int(column[call]) if len(column) else -1 for column, call in rows)
    return _rule(network, start), _rule(network, end)


def _rule(network: Network, row: int) -> BookingTerms:
    return network.bookings[row] if row >= 0 else NOT_SAID


def _departure(leg: RideLeg) -> datetime:
    """By the clocks of the stop."""
    network = leg.network
    zone = network.zones[int(network.stops.zone[leg.stop_at(leg.board)])]
    return datetime.fromtimestamp(leg.departure_s, ZoneInfo(zone))


def _agency_phone(leg: RideLeg) -> str:
    return leg.network.agencies[int(leg.network.lines.agency[leg.line])].phone
