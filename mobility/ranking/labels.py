"""What each option is good for: labels that compare and labels that state a fact; docs/ranking.md, section 3."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mobility.ranking.accessibility import Known
from mobility.ranking.codes import Code
from mobility.ranking.costs import Option, in_one_currency, is_dearer

LONG_WAIT_S = 3600
"""On the way: whoever plans should know of it."""

UNKNOWN = 1e12
"""More than is ever measured."""

Measure = Callable[[Option], float | None]


class Comparison(NamedTuple):
    """A label that one option wins. difference: what counts as one. measured: the member of the answer that says by
    what; seconds, changes, metres, grams, minor units of money. of_direct_ways: what walking all the way may be called,
    too; that it has no change is no news."""

    label: Code
    difference: float
    measured: str
    measure: Measure
    of_direct_ways: bool = False


class Fact(NamedTuple):
    """A label that every option has that is so. speaks: for the option; a warning does not."""

    label: Code
    holds: Callable[[Option], bool]
    speaks: bool = True


def _minor(one: Option) -> int | None:
    """Of all who travel together: with children, another one may be the cheapest than for one adult."""
    paid = one.together
    return paid.minor if paid is not None else None


COMPARED: tuple[Comparison, ...] = (
    Comparison(Code.FASTEST, 60, "duration", lambda one: one.itinerary.told_duration_s, of_direct_ways=True),
    Comparison(Code.FEWEST_CHANGES, 1, "transfers", lambda one: one.itinerary.transfers),
    Comparison(Code.LEAST_WALKING, 50, "walk", lambda one: one.itinerary.walk_m),
    Comparison(Code.LOWEST_EMISSIONS, 20, "impact.co2e_g", lambda one: one.impact.co2e_g, of_direct_ways=True),
    Comparison(Code.CHEAPEST, 1, "ticket.price.minor", _minor, of_direct_ways=True),
)
STATED: tuple[Fact, ...] = (
    Fact(Code.STEP_FREE, lambda one: one.access.state is Known.YES),
    Fact(Code.BY_BOAT, lambda one: one.by_boat),
    Fact(Code.WITH_CARPOOL, lambda one: one.itinerary.carpool is not None),
    Fact(Code.LONG_WAIT, lambda one: one.itinerary.longest_wait_s > LONG_WAIT_S, speaks=False),
    Fact(Code.OVERNIGHT, lambda one: one.overnight, speaks=False),
)
FACTS = tuple(fact.label for fact in STATED)

SILENT = frozenset({Code.ALTERNATIVE, *(fact.label for fact in STATED if not fact.speaks)})

HARDLY_MORE = 1.25
"""Beside who walks all the way, and beside who is there as early for less money."""
SHORT_WALK_COST_S, SOON_AFTER_S = 900, 300
"""A walk of ten minutes, as an adult weighs it; who finds walking harder has a shorter one. For less than five minutes
nobody waits for a bus and pays for it."""
BEST_NUMBERS = {
    "timesBesideWaiting": HARDLY_MORE,
    "timesForLess": HARDLY_MORE,
    "walkCostSeconds": SHORT_WALK_COST_S,
    "aheadSeconds": SOON_AFTER_S,
}
"""As `/api/ranking` names them."""

LABELS = (Code.BEST, *(one.label for one in COMPARED), *FACTS, Code.ALTERNATIVE)
MEASURED = {Code.BEST: "cost_s"} | {one.label: one.measured for one in COMPARED}
"""Of what the option that has the label has least."""


def labelled(
    kept: Sequence[Option], direct: Sequence[Option] = (), arrive_by: bool = False
) -> dict[int, tuple[Code, ...]]:
    """Labels by id() of the option. A comparison is won by one option, and only where another one is worse.

    Walking or cycling all the way may be the best; a car, which is always there at once, is only compared with. A ride
    in a driver's car wins none, as nobody has said yes; but beside one that has less of it no other has the label.
    """
    labels: dict[int, list[Code]] = {id(one): [] for one in (*kept, *direct)}
    sure, shared = ([one for one in kept if (one.itinerary.carpool is None) is without] for without in (True, False))
    if (best := _best(sure, direct, arrive_by)) is not None:
        labels[id(best)].append(Code.BEST)
    for row in COMPARED:
        rivals = [*sure, *direct] if row.of_direct_ways else sure
        winner = _winner(rivals, row.difference, row.measure) if _are_comparable(rivals, row.label) else None
        if winner is None or (row.label is Code.FASTEST and _is_too_late(winner, direct)):
            continue
        if not any(_has_less(one, winner, row) for one in shared):
            labels[id(winner)].append(row.label)
    for one in kept:
        labels[id(one)] += facts(one)
    return {key: tuple(found) or (Code.ALTERNATIVE,) for key, found in labels.items()}


def most_telling(labels: Iterable[Code]) -> Code | None:
    """Of those that an option has, what compares, else what warns, else what speaks for it; the first of them."""
    return min(labels, key=_tells_after, default=None)


def _tells_after(label: Code) -> int:
    if label not in FACTS:
        return 0
    return 1 if label in SILENT else 2


def facts(one: Option) -> list[Code]:
    return [fact.label for fact in STATED if fact.holds(one)]


def uncompared(one: Option) -> Option:
    """With what is so alone."""
    return one._replace(labels=tuple(facts(one)) or (Code.ALTERNATIVE,))


def _best(kept: Sequence[Option], direct: Sequence[Option], arrive_by: bool) -> Option | None:
    """The one that costs least, or one that is there as early for less money. Who walks or rides there need not wait:
    beside that, waiting counts in full; and for hardly more one is there before the other one even leaves. A short walk
    goes before a ride that gains little."""
    ways = [one for one in direct if not kept or one.itinerary.vehicle != "CAR"]
    best = min([*kept, *ways], key=cost, default=None)
    if best is None:
        return None
    best = _as_early_for_less(best, kept, arrive_by)
    waits = [
        one
        for one in ways
        if one.cost_s <= best.cost_s + best.idle_s
        or (_is_over_before(one, best) and one.cost_s <= HARDLY_MORE * best.cost_s)
        or _is_a_short_walk(one, best, arrive_by)
    ]
    return min(waits, key=cost, default=best)


def _as_early_for_less(best: Option, options: Sequence[Option], arrive_by: bool) -> Option:
    """Of those that are hardly more trouble, until no other one is: trouble knows nothing of money."""
    near, first = [one for one in options if one.cost_s <= HARDLY_MORE * best.cost_s], best
    while cheaper := [one for one in near if _spares_money(one, first, arrive_by)]:
        first = min(cheaper, key=cost)
    return first


def _spares_money(one: Option, other: Option, arrive_by: bool) -> bool:
    """For certain, while it is there no later (by a time of arrival: leaves no earlier either) and changes no more."""
    mine, its = one.itinerary, other.itinerary
    leaves_in_time = not arrive_by or mine.departure_s // 60 >= its.departure_s // 60
    as_early = leaves_in_time and mine.told_arrival_s <= its.told_arrival_s
    return as_early and mine.transfers <= its.transfers and is_dearer(other, one)


def _is_a_short_walk(one: Option, ride: Option, arrive_by: bool) -> bool:
    """On foot all the way, while the ride is there hardly earlier (by a time of arrival: leaves hardly later)."""
    mine, its = one.itinerary, ride.itinerary
    later_min, sooner_s = its.departure_s // 60 - mine.departure_s // 60, mine.told_arrival_s - its.told_arrival_s
    ahead_s = 60 * later_min if arrive_by else sooner_s
    is_short = mine.vehicle == "" and one.cost_s <= SHORT_WALK_COST_S and bool(its.rides)
    return is_short and ahead_s < SOON_AFTER_S


def _is_too_late(one: Option, direct: Sequence[Option]) -> bool:
    """Who walks or rides all the way, without waiting for it, is there before (by a time of arrival: leaves after)."""
    mine = one.itinerary
    ways = [way.itinerary for way in direct if way.itinerary.vehicle != "CAR"]
    return any(
        (way.departure_s <= mine.departure_s and way.told_arrival_s < mine.told_arrival_s)
        or (way.told_arrival_s >= mine.told_arrival_s and way.departure_s > mine.departure_s)
        for way in ways
    )


def _is_over_before(one: Option, other: Option) -> bool:
    """Of trips by a time of arrival: the other one is there before it needs to begin."""
    mine, its = one.itinerary, other.itinerary
    return mine.arrival_s <= its.departure_s or its.arrival_s <= mine.departure_s


def sorted_by(options: Sequence[Option], label: str) -> list[Option]:
    """By what a label measures; those that are it first where it is a plain fact. Unknown comes last."""
    ranks = ranked_by(options, label)
    return [options[row] for row in sorted(range(len(options)), key=ranks.__getitem__)]


def ranked_by(options: Sequence[Option], label: str) -> list[tuple[float, int]]:
    """Of each what it is sorted by, then its cost, the least first; the same beside other options, too."""
    measure = next((row.measure for row in COMPARED if row.label == label), None)
    if measure is None or not _are_comparable(options, label):
        return [(0.0 if label == Code.BEST or label in one.labels else 1.0, one.cost_s) for one in options]
    return [(UNKNOWN if (found := measure(one)) is None else found, one.cost_s) for one in options]


def _has_less(one: Option, other: Option, row: Comparison) -> bool:
    mine, its = row.measure(one), row.measure(other)
    if mine is None or its is None or not _are_comparable((one, other), row.label):
        return False
    return its - mine >= row.difference


def _are_comparable(options: Sequence[Option], label: str) -> bool:
    return label != Code.CHEAPEST or in_one_currency(options)


def _winner(options: Iterable[Option], least: float, measure: Measure) -> Option | None:
    """The one with the least, of equals the one that costs least; none where all differ by less than `least`."""
    known = [(found, one) for one in options if (found := measure(one)) is not None]
    lowest, highest = (pick((found for found, _ in known), default=0.0) for pick in (min, max))
    if highest - lowest < least:
        return None
    return min((one for found, one in known if found - lowest < least), key=cost)


def cost(one: Option) -> int:
    return one.cost_s
