"""What a drive may bring in: no more than it costs, whatever was sold before and however many offers tell of it.

One car makes one drive. Offers of one driver that no single car could drive one after the other are offers of the
same drive and share its costs. Source: code des transports, L3132-1, R3132-1 and R3132-2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from sqlalchemy import Connection

from mobility.carpool.booking import Booking
from mobility.carpool.bookings import sold_from
from mobility.carpool.engagements import Diary, Hours, offers_of
from mobility.carpool.offer import Offer, OfferId, OfferStatus
from mobility.carpool.records import last_day
from mobility.clock import DAY_S, days_after, local_date
from mobility.errors import PriceTooHigh
from mobility.geo import distance_m

HOUR_S = 3600
BESIDE_M = 1000.0
"""Two places so near are one, to who goes on by car."""

KEPT = (OfferStatus.ACTIVE, OfferStatus.PAUSED)
"""A paused offer keeps what it has sold."""
Sold = dict[tuple[OfferId, date], list[Booking]]


@dataclass(frozen=True, slots=True)
class DriveCosts:
    """cents_per_km: of a car; inf: nobody bounds the price."""

    diary: Diary
    cents_per_km: float

    def check(self, connection: Connection, offer: Offer) -> None:
        """On each of its days to come, with all that is sold. Raises PriceTooHigh with what a seat may cost."""
        if self.cents_per_km == inf:
            return
        today = local_date(self.diary.now(), self.diary.zone)
        others, sold = self._others(connection, offer), self._sold(connection, offer, today)
        for day, _ in self.diary.drives(offer, today, last_day(offer.schedule)):
            same = [(offer, day), *self._told_again(offer, day, others)]
            if len(same) > 1 or (offer.id, day) in sold:
                self._check_day(same, sold)

    def left_cents(self, connection: Connection, offer: Offer, day: date) -> float:
        """What a drive may still bring in: passengers of one day pay no more than that, at whatever price."""
        if self.cents_per_km == inf:
            return inf
        sold = self._sold(connection, offer, days_after(day, -1))
        same = [(offer, day), *self._told_again(offer, day, self._others(connection, offer))]
        taken = sum(one.span.price_cents for which, on in same for one in sold.get((which.id, on), []))
        return max(0, self._most(same) - taken)

    def _others(self, connection: Connection, offer: Offer) -> list[Offer]:
        """The driver's, that may tell of the same drive on some day: by their time of day."""
        known = [one for one in offers_of(connection, offer.driver, self.diary.now(), KEPT) if one.id != offer.id]
        return [one for one in known if any(is_one_drive(_at(offer, 0), _at(one, n)) for n in (-1, 0, 1))]

    def _sold(self, connection: Connection, offer: Offer, first_day: date) -> Sold:
        found: Sold = {}
        for one in sold_from(connection, offer.driver, first_day, self.diary.now()):
            found.setdefault((one.offer, one.span.day), []).append(one)
        return found

    def _check_day(self, same: Sequence[tuple[Offer, date]], sold: Sold) -> None:
        (offer, day), *others = same
        known = sold.get((offer.id, day), [])
        left = self._most(same) - sum(worth_cents(one, sold.get((one.id, on), [])) for one, on in others)
        left -= sum(one.span.price_cents for one in known)
        if left < 0 or offer.price_cents * free_m(offer, known) > left * offer.drive_m:
            raise PriceTooHigh(max(0, left) * offer.drive_m // max(1, free_m(offer, known)))

    def _most(self, same: Iterable[tuple[Offer, date]]) -> int:
        return max(int(one.drive_m / 1000 * self.cents_per_km) for one, _ in same)

    def _told_again(self, offer: Offer, day: date, others: Sequence[Offer]) -> Iterator[tuple[Offer, date]]:
        """Drives of the driver's other offers that are this one, told again."""
        drive = offer, self.diary.drive(offer, day)
        for other in others:
            for on, beside in self.diary.drives(other, days_after(day, -1), days_after(day, 1)):
                if is_one_drive(drive, (other, beside)):
                    yield other, on


def is_one_drive(one: tuple[Offer, Hours], other: tuple[Offer, Hours]) -> bool:
    """Unless the later one begins where the earlier has ended, or so late that the car can be there."""
    (first, its), (second, then) = sorted((one, other), key=lambda drive: drive[1].begins_at)
    away_m = distance_m(first.end.point, second.start.point)
    if away_m <= BESIDE_M:
        return then.begins_at < its.ends_at
    straight_m = max(BESIDE_M, distance_m(first.start.point, first.end.point))
    return then.begins_at < max(its.begins_at + HOUR_S, its.ends_at + first.drive_s * away_m / straight_m)


def worth_cents(offer: Offer, sold: Sequence[Booking]) -> int:
    """Of one day: what is sold, and the rest of the seats at the price of now, while they are for sale."""
    rest_cents = (
        0 if offer.status is OfferStatus.PAUSED else offer.price_cents * free_m(offer, sold) // max(1, offer.drive_m)
    )
    return sum(one.span.price_cents for one in sold) + rest_cents


def free_m(offer: Offer, sold: Sequence[Booking]) -> int:
    """Seats times metres that nobody has taken."""
    return max(0, offer.seats * offer.drive_m - sum(one.seats * one.span.distance_m for one in sold))


def _at(offer: Offer, days: int) -> tuple[Offer, Hours]:
    """On the clocks alone, so many days later."""
    begins_at = DAY_S * days + 3600 * offer.departure.hour + 60 * offer.departure.minute + offer.departure.second
    return offer, Hours(begins_at, begins_at + offer.drive_s)
