"""The price of a journey: each feed's rides in a row by its own tables, side by side.

No ticket passes from one feed to another, and none over a ride of another feed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from mobility.fares import version_1, version_2
from mobility.fares.labels import Label
from mobility.fares.price import ANYBODY, Buyer, Price, Step, amounts_of, is_range, together
from mobility.fares.rides import FareRide
from mobility.network.fares import Fare, FareProduct, FeedFares
from mobility.network.network import Network

KEPT = 64
"""Feeds whose tables stay prepared."""


@dataclass(frozen=True, slots=True)
class Tariffs:
    """Of all feeds of a network."""

    network: Network
    buyer: Buyer = ANYBODY

    def price(self, rides: Sequence[FareRide]) -> Price:
        """What the journey costs, as far as it is known."""
        found = [self._cheapest(some, start) for start, some in _by_feed(rides)]
        least, most = [one for one, _ in found], [dearest or one for one, dearest in found]
        is_sure = all(dearest for _, dearest in found) and all(self._is_sure(ride.feed) for ride in rides)
        steps = tuple(step for label in least for step in label.steps)
        amounts = amounts_of(together(*(label.total for label in least)))
        dearest = amounts_of(together(*(label.total for label in most)))
        is_complete = is_sure and all(step.known for step in steps) and not is_range(amounts, dearest)
        return Price(amounts, dearest, is_complete, steps)

    def media(self, ride: FareRide) -> frozenset[str]:
        """Names of all that a ticket for the ride can be on; "" among them where that is not said of some ticket."""
        tables = self.network.fares[ride.feed]
        if tables.version != 2:
            return frozenset()
        rules = second_tariff(ride.feed, tables).leg_rules
        return frozenset(rules.medium_names.get(row.medium, row.medium) for row in rules.rows([ride]))

    def _is_sure(self, feed: int) -> bool:
        return self.network.fares[feed].understood

    def _cheapest(self, rides: Sequence[FareRide], start: int) -> tuple[Label, Label | None]:
        """For whom the cheapest of the fares holds that hold alike, and for whom the dearest, None where that cannot be
        compared. start: the first ride."""
        feed = rides[0].feed
        tables = self.network.fares[feed]
        if tables.version == 1:
            least, most = first_tariff(feed, tables).cheapest(rides)
            return _moved(least, start), most and _moved(most, start)
        if tables.version:
            found = _moved(second_tariff(feed, tables).cheapest(rides, self.buyer), start)
            return found, found
        steps = tuple(Step((at, at + 1), feed, 0, known=False) for at in range(start, start + len(rides)))
        return Label(len(rides), steps=steps), Label(len(rides), steps=steps)

    def holding(self, step: Step, rides: Sequence[FareRide]) -> Sequence[Fare | FareProduct]:
        """All that could be bought for a step of these rides by itself, whoever pays and on what."""
        some, tables = rides[slice(*step.rides)], self.network.fares[step.feed]
        if tables.version == 1:
            return [fare for alike in first_tariff(step.feed, tables).holding(some) for fare in alike.fares]
        return second_tariff(step.feed, tables).leg_rules.rows(some) if tables.version else ()

    def extras(self, step: Step) -> Sequence[FareProduct]:
        """The product of the step's change, as every rider can buy it."""
        extra = step.extra
        return [row for row in self.network.fares[step.feed].products if extra is not None and row.id == extra.id]


def _by_feed(rides: Sequence[FareRide]) -> Iterator[tuple[int, list[FareRide]]]:
    """Rides of one feed in a row, and the number of the first."""
    start = 0
    for _, group in groupby(rides, key=lambda ride: ride.feed):
        some = list(group)
        yield start, some
        start += len(some)


def _moved(label: Label, start: int) -> Label:
    if not start:
        return label
    steps = tuple(step._replace(rides=(step.rides[0] + start, step.rides[1] + start)) for step in label.steps)
    return label._replace(steps=steps)


@lru_cache(maxsize=KEPT)
def first_tariff(feed: int, tables: FeedFares) -> version_1.Tariff:
    return version_1.Tariff.of(feed, tables)


@lru_cache(maxsize=KEPT)
def second_tariff(feed: int, tables: FeedFares) -> version_2.Tariff:
    return version_2.Tariff.of(feed, tables)
