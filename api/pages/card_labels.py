"""Which facts the entries of a list bear as labels. An entry bears one label: a fact that stands on some of those of
which it holds reads as if the others were not so."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mobility.ranking.codes import Code
from mobility.ranking.costs import Option
from mobility.ranking.labels import most_telling

FACTS = (Code.STEP_FREE, Code.BY_BOAT)
"""In the order in which they are told. What warns, and that a driver must be asked, is said in any case."""


def untold_facts(listed: Sequence[Option], goes_on: bool) -> frozenset[Code]:
    """Those that some option of a list could not bear, as it has another label. goes_on: the list joins another one, of
    which nothing is known here."""
    untold = set(FACTS) if goes_on else set[Code]()
    for fact in FACTS:
        if any(fact in one.labels and first_label(one, untold) != fact for one in listed):
            untold.add(fact)
    return frozenset(untold)


def first_label(one: Option, untold: Collection[Code] = ()) -> Code | None:
    """The first thing to be said for it; that one must ask a driver goes before all else, and that it is another way is
    no news."""
    if one.itinerary.carpool is not None:
        return Code.WITH_CARPOOL
    return most_telling(label for label in one.labels if label != Code.ALTERNATIVE and label not in untold)


def without(one: Option, untold: Collection[Code]) -> Option:
    return one._replace(labels=tuple(label for label in one.labels if label not in untold) or (Code.ALTERNATIVE,))
