"""What an itinerary costs: FareTransfer of the MOTIS API, and what Hent says of a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from api.present.amounts import major
from api.present.pieces import Json
from mobility.fares.price import Price, Step
from mobility.fares.rides import FareRide
from mobility.fares.tariffs import Tariffs
from mobility.money import Amount
from mobility.network.fares import Fare, FareProduct, FeedFares

MEDIA_TYPES = "NONE", "PAPER_TICKET", "TRANSIT_CARD", "CONTACTLESS_EMV", "MOBILE_APP"
"""As fare_media.txt numbers them."""


class Place(NamedTuple):
    """Where a ride is found among the fare transfers."""

    transfer: int
    leg: int


@dataclass(frozen=True, slots=True)
class FareTransfers:
    """Steps that one rule joins. Where another rule, or a second product of a change, goes on with the same ticket, the
    rest follows as a transfer of its own that costs what that change costs, so that the sum of all stays the price."""

    tariffs: Tariffs
    rides: Sequence[FareRide]
    groups: tuple[tuple[Step, ...], ...]

    @classmethod
    def of(cls, tariffs: Tariffs, rides: Sequence[FareRide], price: Price) -> FareTransfers:
        groups: list[list[Step]] = []
        for step in price.steps:
            if step.change and _goes_on(groups[-1], step):
                groups[-1].append(step)
            else:
                groups.append([step])
        return cls(tariffs, rides, tuple(tuple(group) for group in groups))

    def json(self) -> list[Json]:
        return [self._transfer(group) for group in self.groups]

    def place(self, ride: int) -> Place:
        """Of a ride of the itinerary."""
        found = ((g, s, step) for g, group in enumerate(self.groups) for s, step in enumerate(group))
        return next(Place(g, s) for g, s, step in found if step.rides[0] <= ride < step.rides[1])

    def _transfer(self, group: Sequence[Step]) -> Json:
        legs = [self._products(step) for step in group]
        rule = next((step.change for step in group if step.change), "")
        if not rule:
            return {"effectiveFareLegProducts": [products for products in legs if products]}
        if len(group) == 1 and group[0].paid is None:
            rule = "AB"
        extra = next((step for step in group if step.extra is not None), None)
        transfer = [] if extra is None else [self._product(row, extra.feed) for row in self.tariffs.extras(extra)]
        return {"rule": rule, "transferProducts": transfer, "effectiveFareLegProducts": legs}

    def _products(self, step: Step) -> list[list[Json]]:
        """Each by itself: one of them is bought."""
        return [[self._product(row, step.feed)] for row in self.tariffs.holding(step, self.rides)]

    def _product(self, row: Fare | FareProduct, feed: int) -> Json:
        tables = self.tariffs.network.fares[feed]
        told: Json = {"name": row.id if isinstance(row, Fare) else row.name}
        told |= {"amount": float(major(Amount(row.minor, row.currency))), "currency": row.currency}
        return told if isinstance(row, Fare) else told | _for_whom(tables, row)


def _goes_on(group: Sequence[Step], step: Step) -> bool:
    same_rule = all(one.change in ("", step.change) for one in group) and not (group[0].change and not group[0].paid)
    return same_rule and (step.extra is None or all(one.extra is None for one in group))


def _for_whom(tables: FeedFares, row: FareProduct) -> Json:
    found: Json = {}
    for rider in (one for one in tables.riders if one.id == row.rider):
        found["riderCategory"] = {"riderCategoryName": rider.name, "isDefaultFareCategory": rider.default}
        found["riderCategory"] |= {"eligibilityUrl": rider.url} if rider.url else {}
    for medium in (one for one in tables.media if one.id == row.medium):
        found["media"] = {"fareMediaName": medium.name} if medium.name else {}
        found["media"] |= {"fareMediaType": MEDIA_TYPES[medium.type]}
    return found
