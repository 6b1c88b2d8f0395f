"""Who is searched for: how fast between rides, and what every vehicle must offer. Knows no query and no territory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """How changes between rides are timed: minimum, addition and factor on top of the network's own times."""

    minimum_s: int = 0
    additional_s: int = 0
    factor: float = 1.0


USUAL_CHANGE = Change()


@dataclass(frozen=True, slots=True)
class Pace:
    """How someone gets from one ride to the next: on foot at speed_mps, with these times for changes."""

    speed_mps: float = 1.33
    change: Change = USUAL_CHANGE


@dataclass(frozen=True, slots=True)
class Needs:
    """What every vehicle of an answer must offer; trips known to refuse it are left out of the day.

    surely: so are trips and stops of which nobody knows whether they are step-free. unbooked: nobody gets in or out
    where that must be booked.
    """

    step_free: bool = False
    bike: bool = False
    surely: bool = False
    unbooked: bool = False
