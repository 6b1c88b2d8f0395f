"""A ticket each time, a carnet or a pass: what so many trips in a month cost by each, the cheapest first.

Nothing of the person is asked but how often they travel; what is for some people only stands in the operator's words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mobility.money import Amount


@dataclass(frozen=True, slots=True)
class FareOffer:
    """Something to buy for one trip (trips 1), for several, or for a month (0)."""

    kind: str
    name: str
    amount: Amount
    trips: int


@dataclass(frozen=True, slots=True)
class MonthlyCost:
    """count: how many of it one buys. pays_from: the trips from which it is cheaper than a ticket each time, 0 of the
    ticket itself."""

    sold: FareOffer
    count: int
    total: Amount
    pays_from: int


def compare(ticket: Amount, others: Iterable[FareOffer], trips: int) -> list[MonthlyCost]:
    """For so many trips in a month. What is in another currency than the ticket is left out: the two are never
    compared."""
    single = FareOffer("ticket", "", ticket, 1)
    same = [one for one in others if one.amount.currency == ticket.currency]
    found = [_cost(one, ticket, trips) for one in (single, *same)]
    return sorted(found, key=lambda one: (one.total.minor, one.count))


def _cost(sold: FareOffer, ticket: Amount, trips: int) -> MonthlyCost:
    count = -(-trips // sold.trips) if sold.trips else 1
    total = Amount(sold.amount.minor * count, sold.amount.currency)
    return MonthlyCost(sold, count, total, _pays_from(sold, ticket))


def _pays_from(sold: FareOffer, ticket: Amount) -> int:
    """One more than the trips that cost as much by ticket."""
    if sold.kind == "ticket" or not ticket.minor:
        return 0
    return sold.amount.minor // ticket.minor + 1
