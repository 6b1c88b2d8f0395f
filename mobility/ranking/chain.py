"""What all steps of the ranking have in common: a list goes in, a list comes out, and each loss bears a code.

The idea is that of OpenTripPlanner's filter chain: small rules, one thing each, and nothing lost without a flag.
mobility/ranking/rules.py has them all, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from mobility.ranking.codes import Code
from mobility.ranking.facts import key_of
from mobility.routing.itinerary import Itinerary

Decision = TypeVar("Decision", bound=Callable[..., object])
Case = TypeVar("Case")


@dataclass(frozen=True, slots=True)
class Filter(Generic[Decision]):
    """decides: whether one case is taken out; of what looks at a whole list, the step that parts it. numbers: those in
    use, by the name that `/api/ranking` gives them."""

    code: Code
    decides: Decision
    numbers: Mapping[str, float] = field(default_factory=dict)


class Lost(NamedTuple):
    """An itinerary that was found and is not shown. transfers: the fewest it can have, where it was never finished."""

    code: Code
    itinerary: Itinerary
    transfers: int


class Proof(NamedTuple):
    """What a search proves of an itinerary before it is put together. Epoch seconds."""

    departure_s: int
    arrival_s: int
    transfers: int


class Untold(NamedTuple):
    """Itineraries that were not put together yet, and how some of them are."""

    proofs: Sequence[Proof]
    tell: Callable[[Sequence[Proof]], Iterable[Lost]]


@dataclass(frozen=True, slots=True)
class Loss:
    """What one step took out by one rule: counted at once, told where somebody asks. What nobody looks at is not put
    together only to be counted (untold); once it is, some of it may turn out to be lost by another rule."""

    code: Code
    count: int
    told: Callable[[], Iterable[Lost]]
    untold: Untold | None = None


class Sifted(NamedTuple):
    kept: list[Itinerary]
    lost: list[Loss]


def first_code(filters: Iterable[Filter[Callable[[Case], bool]]], case: Case) -> Code | None:
    """Of the first one that takes the case out."""
    for one in filters:
        if one.decides(case):
            return one.code
    return None


def flagged(code: Code, lost: Sequence[Itinerary]) -> list[Loss]:
    return [Loss(code, len(lost), partial(_told, code, lost))] if lost else []


def counted(lost: Sequence[Lost]) -> list[Loss]:
    """By code, in the order in which each comes first."""
    by_code: dict[Code, list[Lost]] = {}
    for one in lost:
        by_code.setdefault(one.code, []).append(one)
    return [Loss(code, len(found), partial(iter, found)) for code, found in by_code.items()]


def untold(code: Code, proofs: Sequence[Proof], tell: Callable[[Sequence[Proof]], Iterable[Lost]]) -> list[Loss]:
    return [Loss(code, len(proofs), partial(tell, proofs), Untold(proofs, tell))] if proofs else []


def in_full(losses: Iterable[Loss]) -> list[Loss]:
    """All put together, and counted by the codes that they then bear."""
    return counted([one for loss in losses for one in loss.told()])


def once(losses: Iterable[Loss], shown: Sequence[Itinerary]) -> list[Loss]:
    """Of two searches that may find the same: nothing that is shown after all, and nothing twice. What was not put
    together is compared by what the search proves of it, and stays untold."""
    seen, proved = {_name(one) for one in shown}, {_proof(one) for one in shown}
    losses, lost = list(losses), []
    for one in (one for loss in losses if loss.untold is None for one in loss.told()):
        if (name := _name(one.itinerary)) not in seen:
            seen.add(name)
            proved.add(_proof(one.itinerary))
            lost.append(one)
    return [*counted(lost), *_untold_once(losses, proved)]


def _untold_once(losses: Iterable[Loss], proved: set[Proof]) -> Iterator[Loss]:
    for loss in losses:
        if loss.untold is not None:
            left = [proof for proof in loss.untold.proofs if proof not in proved]
            proved |= set(left)
            yield from untold(loss.code, left, loss.untold.tell)


def _told(code: Code, lost: Sequence[Itinerary]) -> list[Lost]:
    return [Lost(code, one, one.transfers) for one in lost]


def _proof(itinerary: Itinerary) -> Proof:
    return Proof(itinerary.departure_s, itinerary.arrival_s, itinerary.transfers)


def _name(itinerary: Itinerary) -> tuple[int, int, tuple[tuple[int, int, int], ...]]:
    return itinerary.departure_s, itinerary.arrival_s, tuple(map(key_of, itinerary.rides))
