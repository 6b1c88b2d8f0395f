"""A handful of options that differ for a person; docs/ranking.md, section 4."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mobility.ranking.chain import Filter, first_code
from mobility.ranking.codes import Code
from mobility.ranking.costs import Option, is_dearer
from mobility.ranking.filters import NIGHT_WAIT_S, waits_long
from mobility.ranking.labels import FACTS, LABELS, SILENT, cost, labelled
from mobility.ranking.similarity import hops, shared

SAME, ALIKE = 0.85, 0.68
MOST_ALIKE = 3
LEAST_SHOWN = 3
FAR_LONGER, FAR_LONGER_S = 2.0, 1800
LONG_AFTER_S = 1800
"""Who leaves so long after the best one is there (with arrive-by: is there so long before it leaves) asks again."""
HOPELESS, HOPELESS_S = 4.0, 3600
"""Beyond that an option is shown to nobody, be it one of two."""
MOST_SHARED = 2
"""Options with a carpool, beside those without."""
WORTH_S, WORTH_M = 300, 200
"""So much longer and so much farther on foot, for nothing in return, is no choice."""


@dataclass(frozen=True, slots=True)
class Dropped:
    option: Option
    code: Code


class OptionCase(NamedTuple):
    """An option and what it is held against. best: of all that were found. alike: how much of the ride it shares with
    each of the kept. speaks: it has a label that compares, or states what no other kept is. most: options shown."""

    option: Option
    best: Option
    kept: Sequence[Option]
    alike: Sequence[float]
    speaks: bool
    arrive_by: bool
    most: int


def is_same_ride(case: OptionCase) -> bool:
    return any(share >= SAME for share in case.alike)


def is_for_another_time(case: OptionCase) -> bool:
    mine, best = case.option.itinerary, case.best.itinerary
    if case.arrive_by:
        return mine.arrival_s < best.departure_s - LONG_AFTER_S
    return mine.departure_s > best.arrival_s + LONG_AFTER_S


def is_hopelessly_long(case: OptionCase) -> bool:
    return case.option.cost_s > HOPELESS * case.best.cost_s + HOPELESS_S or waits_for_nothing(case)


def waits_for_nothing(case: OptionCase) -> bool:
    """Long on the way, while the best one does not and is there hardly later."""
    mine, best = case.option.itinerary, case.best.itinerary
    return waits_long(mine) and not waits_long(best) and best.arrival_s < mine.arrival_s + NIGHT_WAIT_S


def is_one_of_many(case: OptionCase) -> bool:
    return not case.speaks and sum(share >= ALIKE for share in case.alike) >= MOST_ALIKE


def is_far_longer(case: OptionCase) -> bool:
    return not case.speaks and case.option.cost_s > FAR_LONGER * case.best.cost_s + FAR_LONGER_S


def gains_nothing(case: OptionCase) -> bool:
    return not case.speaks and any(offers_nothing_beside(case.option, other) for other in case.kept)


def is_outdone(case: OptionCase) -> bool:
    return any(outdoes(other, case.option, case.arrive_by) for other in case.kept)


def outdoes(other: Option, one: Option, arrive_by: bool) -> bool:
    """The other is there earlier (with arrive-by: leaves later), is shorter and changes less often. What a driver may
    refuse outdoes nothing that is sure."""
    mine, its = one.itinerary, other.itinerary
    if its.carpool is not None and mine.carpool is None:
        return False
    sooner = its.departure_s > mine.departure_s if arrive_by else its.arrival_s < mine.arrival_s
    return sooner and its.duration_s < mine.duration_s and its.transfers < mine.transfers


def is_one_too_many(case: OptionCase) -> bool:
    return len(case.kept) >= case.most


HANDFUL: tuple[Filter[Callable[[OptionCase], bool]], ...] = (
    Filter(Code.SAME_RIDE, is_same_ride, {"share": SAME}),
    Filter(Code.ANOTHER_TIME, is_for_another_time, {"seconds": LONG_AFTER_S}),
    Filter(
        Code.HOPELESSLY_LONG,
        is_hopelessly_long,
        {"times": HOPELESS, "plusSeconds": HOPELESS_S, "waitSeconds": NIGHT_WAIT_S},
    ),
    Filter(Code.SIMILAR_RIDES, is_one_of_many, {"share": ALIKE, "rides": MOST_ALIKE}),
    Filter(Code.FAR_LONGER, is_far_longer, {"times": FAR_LONGER, "plusSeconds": FAR_LONGER_S}),
    Filter(Code.NOTHING_GAINED, gains_nothing, {"seconds": WORTH_S, "metres": WORTH_M}),
    Filter(Code.OUTDONE, is_outdone),
    Filter(Code.ENOUGH_OPTIONS, is_one_too_many, {"withCarpool": MOST_SHARED}),
)


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
    labels = labelled(options, direct, arrive_by)
    best = min(options, key=cost)
    for option in sorted(options, key=lambda one: (_rank(labels[id(one)]), one.cost_s)):
        alike = [
            shared(ridden[id(option)], ridden[id(other)])
            for other in kept
            if option.itinerary.vehicle == other.itinerary.vehicle
        ]
        told = {label for other in kept for label in labels[id(other)] if label in FACTS}
        speaks = bool({*labels[id(option)]} - told - SILENT)
        code = first_code(HANDFUL, OptionCase(option, best, kept, alike, speaks, arrive_by, most))
        if code is None:
            kept.append(option)
        else:
            dropped.append(Dropped(option, code))
    kept, dropped = _at_least(kept, dropped, min(LEAST_SHOWN, most), arrive_by)
    return without_outdone(kept, dropped, arrive_by)


def without_outdone(
    kept: Sequence[Option], dropped: Sequence[Dropped], arrive_by: bool
) -> tuple[list[Option], list[Dropped]]:
    """What is looked at later may outdo what was kept before it."""
    outdone = [one for one in kept if any(outdoes(other, one, arrive_by) for other in kept)]
    left = [one for one in kept if one not in outdone]
    return left, [*dropped, *(Dropped(one, Code.OUTDONE) for one in outdone)]


def offers_nothing_beside(one: Option, other: Option) -> bool:
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


def _at_least(
    kept: list[Option], dropped: list[Dropped], least: int, arrive_by: bool
) -> tuple[list[Option], list[Dropped]]:
    """Where fewer are left, those come back that take other lines than the ones kept, the cheapest first."""
    for one in sorted(dropped, key=lambda one: one.option.cost_s):
        if (
            len(kept) < least
            and one.code is not Code.HOPELESSLY_LONG
            and one.option.lines not in [other.lines for other in kept]
            and not any(outdoes(other, one.option, arrive_by) for other in kept)
        ):
            kept.append(one.option)
            dropped.remove(one)
    return kept, dropped


def _rank(labels: Sequence[Code]) -> int:
    return min(LABELS.index(Code.ALTERNATIVE if label in SILENT else label) for label in labels)
