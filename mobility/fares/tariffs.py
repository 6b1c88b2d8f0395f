"""The price of a journey: each feed's rides in a row by its own tables, side by side.

No ticket passes from one feed to another, and none over a ride of another feed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from mobility.fares import version_1, version_2
from mobility.fares.labels import price_of
from mobility.fares.price import ANYBODY, Buyer, Price, Step, joined
from mobility.fares.rides import FareRide
from mobility.network.fares import Fare, FareProduct, FeedFares
from mobility.network.network import Network

FEED = attrgetter("feed")
KEPT = 64
"""Feeds whose tables stay prepared."""


@dataclass(frozen=True, slots=True)
class Tariffs:
    """Of all feeds of a network."""

    network: Network
    buyer: Buyer = ANYBODY

    def price(self, rides: Sequence[FareRide]) -> Price:
        """What the journey costs, as far as it is known."""
        found = [self._of_feed(list(some)) for _, some in groupby(rides, key=FEED)]
        return found[0] if len(found) == 1 else joined(found)

    def media(self, ride: FareRide) -> frozenset[str]:
        """Names of all that a ticket for the ride can be on; "" among them where that is not said of some ticket."""
        tables = self.network.fares[ride.feed]
        if tables.version != 2:
            return frozenset()
        rules = second_tariff(ride.feed, tables).leg_rules
        return frozenset(rules.medium_names.get(row.medium, row.medium) for row in rules.rows([ride]))

    def _of_feed(self, rides: Sequence[FareRide]) -> Price:
        feed = rides[0].feed
        tables = self.network.fares[feed]
        if tables.version == 1:
            return first_tariff(feed, tables).price(rides)
        if tables.version:
            found = second_tariff(feed, tables).cheapest(rides, self.buyer)
            return price_of(found, found, tables.understood)
        steps = tuple(Step((at, at + 1), feed, 0, known=False) for at in range(len(rides)))
        return Price((), (), False, steps)

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


def fare_networks(network: Network, line: int) -> frozenset[str]:
    """By which fares rides of a line are paid, as ids of its feed; none where they are of version 1."""
    feed = int(network.lines.feed[line])
    tables, none = network.fares[feed], frozenset[str]()
    return second_tariff(feed, tables).leg_rules.networks.get(line, none) if tables.version == 2 else none


@lru_cache(maxsize=KEPT)
def first_tariff(feed: int, tables: FeedFares) -> version_1.Tariff:
    return version_1.Tariff.of(feed, tables)


@lru_cache(maxsize=KEPT)
def second_tariff(feed: int, tables: FeedFares) -> version_2.Tariff:
    return version_2.Tariff.of(feed, tables)
