"""A handful of options that differ for a person; docs/ranking.md, section 4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mobility.ranking.costs import Option, is_dearer
from mobility.ranking.filters import LONG_WAIT_S, waits_long
from mobility.ranking.labels import ALTERNATIVE, FACTS, LABELS, cost, labelled
from mobility.ranking.similarity import hops, shared

SAME, ALIKE = 0.85, 0.68
MOST_ALIKE = 3
LEAST_SHOWN = 3
FAR_LONGER, FAR_LONGER_S = 2.0, 1800
LONG_AFTER_S = 1800
"""Who leaves so long after the best one is there (with arrive-by: is there so long before it leaves) asks again."""
HOPELESS, HOPELESS_S = 4.0, 3600
"""Beyond that an option is shown to nobody, be it one of two."""
HOPELESSLY_LONG = "hopelessly_long"
WORTH_S, WORTH_M = 300, 200
"""So much longer and so much farther on foot, for nothing in return, is no choice."""


@dataclass(frozen=True, slots=True)
class Dropped:
    option: Option
    code: str


@dataclass(frozen=True, slots=True)
class Measures:
    """What the options of one answer are held against."""

    best: Option
    arrive_by: bool

    def reason(self, option: Option, kept: Sequence[Option], alike: Sequence[float], speaks: bool) -> str | None:
        """speaks: it has a label that compares, or states what no other kept is. alike: how much of the ride it shares
        with each of the kept."""
        if any(share >= SAME for share in alike):
            return "same_ride"
        if self._is_for_another_time(option):
            return "another_time"
        if option.cost_s > HOPELESS * self.best.cost_s + HOPELESS_S or self._waits_for_nothing(option):
            return HOPELESSLY_LONG
        if speaks:
            return None
        if sum(share >= ALIKE for share in alike) >= MOST_ALIKE:
            return "similar_rides"
        if option.cost_s > FAR_LONGER * self.best.cost_s + FAR_LONGER_S:
            return "far_longer"
        return "nothing_gained" if any(_offers_nothing_beside(option, other) for other in kept) else None

    def _waits_for_nothing(self, option: Option) -> bool:
        """Long on the way, while the best one does not and is there hardly later."""
        mine, best = option.itinerary, self.best.itinerary
        return waits_long(mine) and not waits_long(best) and best.arrival_s < mine.arrival_s + LONG_WAIT_S

    def _is_for_another_time(self, option: Option) -> bool:
        mine, best = option.itinerary, self.best.itinerary
        if self.arrive_by:
            return mine.arrival_s < best.departure_s - LONG_AFTER_S
        return mine.departure_s > best.arrival_s + LONG_AFTER_S


def a_handful(
    options: Sequence[Option], direct: Sequence[Option], most: int, arrive_by: bool
) -> tuple[list[Option], list[Dropped]]:
    """Those that differ for a person. First what a label speaks for, then by cost; what is left has a code.

    direct: the ways without a ride, which win labels, too.
    """
    if not options:
        return [], []
    kept: list[Option] = []
    dropped: list[Dropped] = []
    ridden = {id(one): hops(one.itinerary) for one in options}
    labels = labelled(options, direct)
    measures = Measures(min(options, key=cost), arrive_by)
    for option in sorted(options, key=lambda one: (_rank(labels[id(one)]), one.cost_s)):
        alike = [
            shared(ridden[id(option)], ridden[id(other)])
            for other in kept
            if option.itinerary.vehicle == other.itinerary.vehicle
        ]
        told = {label for other in kept for label in labels[id(other)] if label in FACTS}
        code = measures.reason(option, kept, alike, bool({*labels[id(option)]} - told - {ALTERNATIVE}))
        code = code or ("enough_options" if len(kept) >= most else None)
        if code is None:
            kept.append(option)
        else:
            dropped.append(Dropped(option, code))
    return _at_least(kept, dropped, min(LEAST_SHOWN, most))


def _offers_nothing_beside(one: Option, other: Option) -> bool:
    """The other is there as early, is clearly shorter and clearly less on foot, changes no more and costs no more."""
    mine, its = one.itinerary, other.itinerary
    dearer = is_dearer(other, one)
    return (
        its.arrival_s <= mine.arrival_s
        and its.duration_s <= mine.duration_s - WORTH_S
        and its.walk_m <= mine.walk_m - WORTH_M
        and its.transfers <= mine.transfers
        and not dearer
    )


def _at_least(kept: list[Option], dropped: list[Dropped], least: int) -> tuple[list[Option], list[Dropped]]:
    """Where fewer are left, those come back that take other lines than the ones kept, the cheapest first."""
    for one in sorted(dropped, key=lambda one: one.option.cost_s):
        if (
            len(kept) < least
            and one.code != HOPELESSLY_LONG
            and one.option.lines not in [other.lines for other in kept]
        ):
            kept.append(one.option)
            dropped.remove(one)
    return kept, dropped


def _rank(labels: Sequence[str]) -> int:
    return min(LABELS.index(label) for label in labels)
