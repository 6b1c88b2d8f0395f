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
    ticket itself. beats_carnet_from: of a pass, than whole carnets; 0 where there are none."""

    sold: FareOffer
    count: int
    total: Amount
    pays_from: int
    beats_carnet_from: int


def compare(ticket: Amount, others: Iterable[FareOffer], trips: int) -> list[MonthlyCost]:
    """For so many trips in a month. What is in another currency than the ticket is left out: the two are never
    compared."""
    single = FareOffer("ticket", "", ticket, 1)
    same = [one for one in others if one.amount.currency == ticket.currency]
    carnets = [one for one in same if one.kind == "carnet"]
    found = [_cost(one, ticket, carnets, trips) for one in (single, *same)]
    return sorted(found, key=lambda one: (one.total.minor, one.count))


def _cost(sold: FareOffer, ticket: Amount, carnets: Iterable[FareOffer], trips: int) -> MonthlyCost:
    count = -(-trips // sold.trips) if sold.trips else 1
    total = Amount(sold.amount.minor * count, sold.amount.currency)
    beats_from = max((_beats_from(sold, one) for one in carnets), default=0)
    return MonthlyCost(sold, count, total, _pays_from(sold, ticket), beats_from)


def _pays_from(sold: FareOffer, ticket: Amount) -> int:
    """One more than the trips that cost as much by ticket."""
    if sold.kind == "ticket" or not ticket.minor:
        return 0
    return sold.amount.minor // ticket.minor + 1


def _beats_from(sold: FareOffer, carnet: FareOffer) -> int:
    """One more than the trips that the carnets for as much hold."""
    if sold.kind != "pass" or not carnet.amount.minor:
        return 0
    return sold.amount.minor // carnet.amount.minor * carnet.trips + 1
