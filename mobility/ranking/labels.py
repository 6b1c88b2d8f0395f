"""What each option is good for: labels that compare and labels that state a fact; docs/ranking.md, section 3."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from mobility.ranking.accessibility import Known
from mobility.ranking.costs import Option, in_one_currency

ALTERNATIVE = "alternative"
CHEAPEST = "cheapest"

Measure = Callable[[Option], float | None]

COMPARED: tuple[tuple[str, float, Measure], ...] = (
    ("fastest", 60, lambda one: one.itinerary.duration_s),
    ("fewest_changes", 1, lambda one: one.itinerary.transfers),
    ("least_walking", 50, lambda one: one.itinerary.walk_m),
    ("lowest_emissions", 20, lambda one: one.impact.co2e_g),
    (CHEAPEST, 1, lambda one: one.amount.minor if one.amount is not None else None),
)
"""A label, what counts as a difference, and what is measured: seconds, changes, metres, grams, minor units of money."""

OF_DIRECT_WAYS = frozenset({"fastest", "lowest_emissions", CHEAPEST})
"""What walking all the way may be called; that it has no change is no news."""

FACTS = ("step_free", "by_boat", "with_carpool")
"""Every option that is so has them."""

HARDLY_MORE = 1.25

LABELS = ("best", *(label for label, _, _ in COMPARED), *FACTS, ALTERNATIVE)


def labelled(kept: Sequence[Option], direct: Sequence[Option] = ()) -> dict[int, tuple[str, ...]]:
    """Labels by id() of the option. A comparison is won by one option, and only where another one is worse.

    Walking or cycling all the way may be the best; a car, which is always there at once, is only compared with.
    """
    labels: dict[int, list[str]] = {id(one): [] for one in (*kept, *direct)}
    if (best := _best(kept, direct)) is not None:
        labels[id(best)].append("best")
    for label, least, measure in COMPARED:
        compared = [*kept, *direct] if label in OF_DIRECT_WAYS else kept
        if _are_comparable(compared, label) and (winner := _winner(compared, least, measure)) is not None:
            labels[id(winner)].append(label)
    for one in kept:
        labels[id(one)] += ["step_free"] if one.access.state is Known.YES else []
        labels[id(one)] += ["by_boat"] if one.by_boat else []
        labels[id(one)] += ["with_carpool"] if one.itinerary.carpool else []
    return {key: tuple(found) or (ALTERNATIVE,) for key, found in labels.items()}


def _best(kept: Sequence[Option], direct: Sequence[Option]) -> Option | None:
    """The one that costs least. For hardly more, who walks or rides there is there before the other one even leaves."""
    ways = [one for one in direct if not kept or one.itinerary.vehicle != "CAR"]
    best = min([*kept, *ways], key=cost, default=None)
    if best is None:
        return None
    waits = [one for one in ways if _is_over_before(one, best) and one.cost_s <= HARDLY_MORE * best.cost_s]
    return min(waits, key=cost, default=best)


def _is_over_before(one: Option, other: Option) -> bool:
    """Of trips by a time of arrival: the other one is there before it needs to begin."""
    mine, its = one.itinerary, other.itinerary
    return mine.arrival_s <= its.departure_s or its.arrival_s <= mine.departure_s


def sorted_by(options: Sequence[Option], label: str) -> list[Option]:
    """By what a label measures; those that are it first where it is a plain fact. Unknown comes last."""
    measure = next((measure for name, _, measure in COMPARED if name == label), None)
    if measure is None or not _are_comparable(options, label):
        return sorted(options, key=lambda one: (label not in one.labels if label != "best" else False, one.cost_s))
    unknown = float("inf")
    measured = [(unknown if (found := measure(one)) is None else found, one.cost_s) for one in options]
    return [options[row] for row in sorted(range(len(options)), key=measured.__getitem__)]


def _are_comparable(options: Sequence[Option], label: str) -> bool:
    return label != CHEAPEST or in_one_currency(options)


def _winner(options: Iterable[Option], least: float, measure: Measure) -> Option | None:
    """The one with the least, of equals the one that costs least; none where all differ by less than `least`."""
    known = [(found, one) for one in options if (found := measure(one)) is not None]
    lowest, highest = (pick((found for found, _ in known), default=0.0) for pick in (min, max))
    if highest - lowest < least:
        return None
    return min((one for found, one in known if found - lowest < least), key=cost)


def cost(one: Option) -> int:
    return one.cost_s
