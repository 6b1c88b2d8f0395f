"""What a journey costs one person, and why. Whole minor units; currencies stand beside each other and are never added.

A price of 0 is known to be free; what is not known is said to be so and never counts as 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from mobility.fares.rides import Ridden
from mobility.money import Amount

ONE_PAID = "A_AB"
ALL_PAID = "A_AB_B"
REPLACED = "AB"
KINDS = ONE_PAID, ALL_PAID, REPLACED
"""fare_transfer_type 0, 1, 2, in the words of the MOTIS API."""

Purse = tuple[tuple[str, int], ...]
"""Minor units by currency, sorted by currency."""

NOTHING: Purse = ()


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who pays, and on what: ids of rider_categories.txt and fare_media.txt; "" the default rider, any medium."""

    rider: str = ""
    medium: str = ""


ANYBODY = Buyer()


class Product(NamedTuple):
    """Something to buy. media: names of what it can be on, empty where that is not said. rider: the name of who it is
    for, "" for everybody. payment (version 1): 0 on board, 1 before, -1 not said."""

    id: str
    name: str
    minor: int
    currency: str
    media: tuple[str, ...] = ()
    rider: str = ""
    payment: int = -1


class Step(NamedTuple):
    """Some rides in a row that count as one, and what is paid for them. rides: first and after the last, as numbers.

    paid: the product of the rides themselves, None where the product of a change takes its place or nothing is known.
    change: how this step is paid after the one before, "" where a ticket begins; extra: the product of that change.
    known: whether a price was found. valid_s: from when the first of the rides leaves to the last boarding on this
    ticket, None where the feed says none.
    """

    rides: tuple[int, int]
    feed: int
    version: int
    paid: Product | None = None
    change: str = ""
    extra: Product | None = None
    known: bool = True
    valid_s: int | None = None

    def valid_until_s(self, rides: Sequence[Ridden]) -> int | None:
        """rides: all of the journey, in epoch seconds."""
        return None if self.valid_s is None else rides[self.rides[0]].departure_s + self.valid_s


class PaidRide(NamedTuple):
    """step: that the ride is part of. added: what it adds to what was paid before it; None where that is not known for
    sure."""

    step: Step
    added: Amount | None


@dataclass(frozen=True)
class Price:
    """Of the parts that are known. complete: that is all of them, and no fare that holds alike is dearer. At whatever
    hour: a price is kept, and told of many journeys.

    most: what it is for whom the dearest of such fares holds, in the same currencies; equal to amounts where there are
    none.
    """

    amounts: tuple[Amount, ...]
    most: tuple[Amount, ...]
    complete: bool
    steps: tuple[Step, ...] = field(hash=False)  # prices are looked up often, and rarely differ in their steps alone

    @property
    def is_known(self) -> bool:
        """At all: some ride's price is."""
        return not self.steps or any(step.known for step in self.steps)

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """What is bought, in order."""
        return tuple(one for step in self.steps for one in (step.paid, step.extra) if one is not None)

    @cached_property
    def is_range(self) -> bool:
        return is_range(self.amounts, self.most)

    @cached_property
    def spans(self) -> tuple[tuple[Amount, Amount], ...]:
        """The least and the most, of each currency."""
        return spans(self.amounts, self.most)

    @cached_property
    def tickets(self) -> tuple[tuple[Step, ...], ...]:
        """The steps that belong together: a ticket, and the changes made with it."""
        starts = [row for row, step in enumerate(self.steps) if not step.change]
        return tuple(self.steps[start:end] for start, end in pairwise([*starts, len(self.steps)]))

    @cached_property
    def paid(self) -> dict[int, PaidRide]:
        """By number of the ride."""
        return dict(paid for ticket in self.tickets for paid in self._paid(ticket))

    def _paid(self, ticket: Sequence[Step]) -> Iterator[tuple[int, PaidRide]]:
        before: Purse = NOTHING
        for count, step in enumerate(ticket, start=1):
            total = cost_of(ticket[:count])
            added = _added(before, total) if step.known and not self.is_range else None
            before = total
            yield step.rides[0], PaidRide(step, added)
            nothing = Amount(0, added.currency) if added is not None else None
            yield from ((ride, PaidRide(step, nothing)) for ride in range(step.rides[0] + 1, step.rides[1]))


def together(*purses: Purse) -> Purse:
    filled = [purse for purse in purses if purse]
    if len(filled) < 2:
        return filled[0] if filled else NOTHING
    total: dict[str, int] = {}
    for currency, minor in (one for purse in filled for one in purse):
        total[currency] = total.get(currency, 0) + minor
    return tuple(sorted(total.items()))


def not_below_zero(purse: Purse) -> Purse:
    """A rebate gives no money back."""
    return tuple((currency, max(0, minor)) for currency, minor in purse)


def cost_of(ticket: Iterable[Step]) -> Purse:
    total = NOTHING
    for step in ticket:
        total = not_below_zero(together(total, purse_of(step.paid, step.extra)))
    return total


def _added(before: Purse, after: Purse) -> Amount | None:
    had = dict(before)
    found = [Amount(minor - had.get(currency, 0), currency) for currency, minor in after]
    return found[0] if len(found) == 1 else None


def purse_of(*products: Product | None) -> Purse:
    return together(*[((one.currency, one.minor),) for one in products if one is not None])


def is_no_dearer(purse: Purse, other: Purse) -> bool:
    """In no currency. What differs in two currencies cannot be compared."""
    its = dict(other)
    return all(minor <= its.get(currency, 0) for currency, minor in purse)


def preference(purse: Purse) -> tuple[int, tuple[int, ...], Purse]:
    """Between purses that cannot be compared: fewer currencies, then the smaller numbers."""
    return sum(minor > 0 for _, minor in purse), tuple(minor for _, minor in purse), purse


def joined(prices: Sequence[Price]) -> Price:
    """Of journeys one after the other. No ticket passes from one to the next."""
    least = amounts_of(together(*(_purse(one.amounts) for one in prices)))
    most = amounts_of(together(*(_purse(one.most) for one in prices)))
    steps: list[Step] = []
    for one in prices:
        n_before = steps[-1].rides[1] if steps else 0
        steps += (step._replace(rides=(step.rides[0] + n_before, step.rides[1] + n_before)) for step in one.steps)
    return Price(least, most, all(one.complete for one in prices), tuple(steps))


FREE = Price((), (), True, ())
"""Of a way without a ride."""


def spans(amounts: tuple[Amount, ...], most: tuple[Amount, ...]) -> tuple[tuple[Amount, Amount], ...]:
    by_currency = {one.currency: one for one in most}
    return tuple((one, by_currency.get(one.currency, one)) for one in amounts)


def is_range(amounts: tuple[Amount, ...], most: tuple[Amount, ...]) -> bool:
    return any(least != dearest for least, dearest in spans(amounts, most))


def _purse(amounts: tuple[Amount, ...]) -> Purse:
    return tuple((one.currency, one.minor) for one in amounts)


def amounts_of(purse: Purse) -> tuple[Amount, ...]:
    return tuple(Amount(minor, currency) for currency, minor in purse)
