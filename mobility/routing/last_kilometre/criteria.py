"""The rule of order of the last kilometre: what tells two ways apart. It is public: `/api/ranking`,
docs/last-kilometre.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf

from mobility.routing.last_kilometre.option import KINDS, Option

WayMeasure = Callable[[Option, bool], float]


@dataclass(frozen=True, slots=True)
class Criterion:
    """Smaller comes first. measure: of an option, and whether the traveller needs ways without steps."""

    code: str
    measure: WayMeasure


def _suits(option: Option, needs_no_steps: bool) -> float:
    return {True: 0, None: 1, False: 2}[option.step_free] if needs_no_steps else 0


def _is_local(option: Option, needs_no_steps: bool) -> float:
    return {True: 0, None: 1, False: 2}[option.local]


def _needs(option: Option, needs_no_steps: bool) -> float:
    return KINDS.index(option.kind)


def _lasts(option: Option, needs_no_steps: bool) -> float:
    """What is usual; what it takes at most where only that is known."""
    return next((seconds for seconds in (option.duration_s, option.safe_s) if seconds is not None), inf)


def _extends(option: Option, needs_no_steps: bool) -> float:
    return inf if option.distance_m is None else option.distance_m


ORDER = (
    Criterion("suits", _suits),
    Criterion("local", _is_local),
    Criterion("needs_least", _needs),
    Criterion("shortest_time", _lasts),
    Criterion("shortest_way", _extends),
)
"""The first criterion that tells two ways apart decides. No one can pay for a place in it."""


def in_order(options: Iterable[Option], needs_no_steps: bool) -> tuple[Option, ...]:
    found = tuple(options)
    if len(found) < 2:
        return found
    return tuple(sorted(found, key=lambda one: [criterion.measure(one, needs_no_steps) for criterion in ORDER]))
