"""fare_transfer_rules.txt: how rides that are paid one by one become one ticket; the cheapest way is the price.

A label is a way to pay for the rides so far; its state is all that decides how the next ride can be paid. Every ride
may take any product of the rules that hold for it, and a transfer rule that holds may be used or not.
Source: GTFS reference, fare_transfer_rules.txt; choices: docs/fares.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mobility.fares.labels import START, Label, best, worth_keeping
from mobility.fares.leg_rules import LegRules, Option
from mobility.fares.price import ALL_PAID, KINDS, REPLACED, Buyer, Purse, Step, not_below_zero, purse_of, together
from mobility.fares.rides import FareRide
from mobility.network.fares import FareTransferRule, FeedFares

DEPARTS_TO_ARRIVES, DEPARTS_TO_DEPARTS, ARRIVES_TO_DEPARTS, ARRIVES_TO_ARRIVES = range(4)


@dataclass(frozen=True, slots=True)
class Leg:
    """Rides that count as one. rides: first and after the last, as numbers."""

    rides: tuple[int, int]
    departure_s: int
    arrival_s: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class State:
    """option: of the present leg, None where it has no price. alone: it is paid by itself, no change led to it.

    row: changes in a row under rules of one kind count together: from leg `since` on, `changes` of them. ticket: what
    it has cost, where a rebate may meet the floor of zero; else nothing, so that cheaper labels displace dearer ones.
    """

    option: Option | None = None
    alone: bool = True
    row: str | None = None
    since: int = 0
    changes: int = 0
    ticket: Purse = ()


@dataclass(frozen=True)
class Changes:
    """The transfer rules, found by the groups of two rides."""

    rules: tuple[FareTransferRule, ...]

    @cached_property
    def _by_groups(self) -> dict[tuple[str, str], list[FareTransferRule]]:
        found: defaultdict[tuple[str, str], list[FareTransferRule]] = defaultdict(list)
        for rule in self.rules:
            found[rule.from_group, rule.to_group].append(rule)
        return dict(found)

    @cached_property
    def _named(self) -> tuple[frozenset[str], frozenset[str]]:
        return frozenset(rule.from_group for rule in self.rules), frozenset(rule.to_group for rule in self.rules)

    def between(self, group: str, then: str) -> Sequence[FareTransferRule]:
        """Rules that name both groups; where there are none, those whose empty cell stands for groups that no rule
        names in that column. A ride whose rule has no group is in none."""
        if not group or not then:
            return ()
        exact = self._by_groups.get((group, then))
        if exact:
            return exact
        starts, ends = self._named
        keys = (group if group in starts else "", then if then in ends else "")
        return self._by_groups.get(keys, ())


@dataclass(frozen=True)
class Tariff:
    feed: int
    leg_rules: LegRules
    changes: Changes

    @classmethod
    def of(cls, feed: int, tables: FeedFares) -> Tariff:
        return cls(feed, LegRules.of(tables), Changes(tables.transfer_rules))

    @cached_property
    def _has_rebates(self) -> bool:
        return any(one.minor < 0 for one in self.leg_rules.tables.products)

    def cheapest(self, rides: Sequence[FareRide], buyer: Buyer) -> Label:
        legs = [self._leg(rides, part, buyer) for part in self.leg_rules.legs(rides)]
        labels: dict[State, list[Label]] = {State(): [START]}
        for number in range(len(legs)):
            found: defaultdict[State, list[Label]] = defaultdict(list)
            for state, some in labels.items():
                for label in some:
                    for then, longer in self._next(legs, number, (state, label), buyer):
                        found[self._told_apart(then, longer)].append(longer)
            labels = {state: worth_keeping(some) for state, some in found.items()}
        return best(label for some in labels.values() for label in some)

    def _told_apart(self, state: State, label: Label) -> State:
        return replace(state, ticket=label.ticket) if self._has_rebates else state

    def _leg(self, rides: Sequence[FareRide], part: tuple[int, int], buyer: Buyer) -> Leg:
        some = rides[part[0] : part[1]]
        options = tuple(self.leg_rules.options(some, buyer))
        return Leg(part, some[0].departure_s, some[-1].arrival_s, options)

    def _next(
        self, legs: Sequence[Leg], number: int, so_far: tuple[State, Label], buyer: Buyer
    ) -> Iterator[tuple[State, Label]]:
        (state, label), leg = so_far, legs[number]
        if not leg.options:
            yield State(), label.bought(Step(leg.rides, self.feed, 2, known=False))
        for option in leg.options:
            step = Step(leg.rides, self.feed, 2, option.product, valid_s=self._valid_s(option))
            yield State(option), label.bought(step)
            if state.option is not None:
                yield from self._changed(legs, number, so_far, (option, buyer))

    def _changed(
        self, legs: Sequence[Leg], number: int, so_far: tuple[State, Label], wanted: tuple[Option, Buyer]
    ) -> Iterator[tuple[State, Label]]:
        (state, label), (option, buyer) = so_far, wanted
        assert state.option is not None
        for rule, row in self._usable(legs, number, state, option.group):
            then = replace(row, option=option)
            for extra in self.leg_rules.bought(rule.product, buyer) if rule.product else (None,):
                kind = KINDS[rule.type]
                paid = option.product if kind == ALL_PAID else None
                step = Step(legs[number].rides, self.feed, 2, paid, kind, extra)
                before = _without_last(label) if kind == REPLACED and state.alone else label
                yield then, before.changed(step, not_below_zero(together(before.ticket, purse_of(paid, extra))))

    def _usable(
        self, legs: Sequence[Leg], number: int, state: State, group: str
    ) -> Iterator[tuple[FareTransferRule, State]]:
        """Rules whose time is not over; of those that count changes, the smallest count that is enough."""
        assert state.option is not None
        in_time: list[tuple[FareTransferRule, State]] = []
        for rule in self.changes.between(state.option.group, group):
            row = _row_after(state, rule, group, number)
            since = row.since if row.row is not None else number - 1
            if _lasts_s(rule, legs[since], legs[number]) <= rule.limit_s or rule.limit_s < 0:
                in_time.append((rule, row))
        enough = [(_most(rule, row), rule, row) for rule, row in in_time if _most(rule, row) >= row.changes]
        least = min((most for most, _, _ in enough), default=0)
        yield from ((rule, row) for most, rule, row in enough if most == least)

    def _valid_s(self, option: Option) -> int | None:
        """As a rule for free changes within the group says, where it counts to the boarding."""
        limits = [
            rule.limit_s
            for rule in self.changes.between(option.group, option.group)
            if rule.limit_s >= 0 and rule.limit_type == DEPARTS_TO_DEPARTS and not rule.type and not rule.product
        ]
        return max(limits, default=None)


UNLIMITED = 2**31


def _most(rule: FareTransferRule, row: State) -> int:
    """How many changes in a row the rule allows; between different groups there is nothing to count."""
    return UNLIMITED if rule.count < 0 or row.row is None else rule.count


def _row_after(state: State, rule: FareTransferRule, group: str, number: int) -> State:
    """The row of changes with this one. Within one group, and under a rule that is for all groups, changes add up."""
    assert state.option is not None
    is_for_all = not rule.from_group and not rule.to_group
    if not is_for_all and state.option.group != group:
        return State(alone=False)
    row = "" if is_for_all else group
    if state.row == row:
        return State(alone=False, row=row, since=state.since, changes=state.changes + 1)
    return State(alone=False, row=row, since=number - 1, changes=1)


def _lasts_s(rule: FareTransferRule, first: Leg, then: Leg) -> int:
    start = first.departure_s if rule.limit_type in (DEPARTS_TO_ARRIVES, DEPARTS_TO_DEPARTS) else first.arrival_s
    end = then.arrival_s if rule.limit_type in (DEPARTS_TO_ARRIVES, ARRIVES_TO_ARRIVES) else then.departure_s
    return end - start


def _without_last(label: Label) -> Label:
    """What was paid for the last leg by itself is replaced by the product of the change."""
    last = label.steps[-1]._replace(paid=None)
    return label._replace(ticket=(), total=label.spent, steps=(*label.steps[:-1], last))
