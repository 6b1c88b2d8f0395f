"""Ways to pay for the beginning of a journey, and which of them are worth going on with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mobility.fares.price import (
    NOTHING,
    Price,
    Purse,
    Step,
    amounts_of,
    is_no_dearer,
    is_range,
    preference,
    purse_of,
    together,
)


class Label(NamedTuple):
    """unknown: rides without a price. spent: before the present ticket; ticket: on it, with what its changes cost;
    total: both."""

    unknown: int = 0
    spent: Purse = NOTHING
    ticket: Purse = NOTHING
    steps: tuple[Step, ...] = ()
    total: Purse = NOTHING

    def bought(self, step: Step) -> Label:
        """A new ticket, or a step without a price."""
        unknown = self.unknown + (0 if step.known else step.rides[1] - step.rides[0])
        paid = purse_of(step.paid)
        return Label(unknown, self.total, paid, (*self.steps, step), together(self.total, paid))

    def changed(self, step: Step, ticket: Purse) -> Label:
        """The ticket goes on, and has cost so much by then."""
        return self._replace(ticket=ticket, steps=(*self.steps, step), total=together(self.spent, ticket))


START = Label()


def worth_keeping(labels: Iterable[Label]) -> list[Label]:
    """Those with the fewest unknown rides that no other one undercuts in all currencies; of equals the first, which has
    the fewest tickets where they are given so."""
    found = list(labels)
    least = min((one.unknown for one in found), default=0)
    kept: list[Label] = []
    for label in (one for one in found if one.unknown == least):
        if not any(is_no_dearer(other.total, label.total) for other in kept):
            kept = [other for other in kept if not is_no_dearer(label.total, other.total)] + [label]
    return kept


def price_of(least: Label, dearest: Label | None, understood: bool) -> Price:
    """least, dearest: for whom the cheapest and for whom the dearest of the fares holds that hold alike; None where the
    two cannot be compared. understood: whether every line of the tables was."""
    amounts, most = amounts_of(least.total), amounts_of((dearest or least).total)
    is_sure = understood and dearest is not None and all(step.known for step in least.steps)
    return Price(amounts, most, is_sure and not is_range(amounts, most), least.steps)


def best(labels: Iterable[Label]) -> Label:
    return min(worth_keeping(labels), key=lambda one: preference(one.total))
