"""Who travels: what a person walks, how they change, what they must have and what they would rather not.

A profile is about ten numbers. Limits cut what is searched; costs only order what was found (docs/ranking.md), so that
a wish never ends in an empty answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StepFree(StrEnum):
    """What a profile makes of steps. NEEDED: what is known to have steps is left out, what is unknown is warned of.
    STRICT: what is unknown is left out, too. PREFERRED: nothing is left out, steps and not knowing cost."""

    ANY = "any"
    PREFERRED = "preferred"
    NEEDED = "needed"
    STRICT = "strict"

    @property
    def excludes_steps(self) -> bool:
        return self in (StepFree.NEEDED, StepFree.STRICT)


@dataclass(frozen=True, slots=True)
class Costs:
    """What counts as how many seconds of travel when itineraries are compared.

    change_s: a change; walking: a second on foot; waiting: a second between the time asked for and the departure (the
    arrival, where one must be there by a time); unknown_s: a vehicle or stop of which nobody knows whether it has
    steps; steps_s: one that is known to have them.
    """

    change_s: int = 300
    walking: float = 1.5
    waiting: float = 0.5
    unknown_s: int = 0
    steps_s: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """speed_mps, cycling_mps: on foot (rolling), by own bike. access_s, direct_s: the longest walk at each end and all
    the way. cycle_s: the longest ride to the first stop, 0 as the walk. change_minimum_s, change_factor: least time
    between two rides, and what times for changes are multiplied by. most_changes: none beyond these is searched.
    luggage: a pushchair or heavy things are taken along. bike, car: the own one is at hand. party: how many travel
    together; it counts for seats, and for the car that is compared with. riders: what each pays as, by the ids of the
    feeds' rider categories; who is not named pays as anybody.
    """

    name: str = "adult"
    speed_mps: float = 1.33
    cycling_mps: float = 4.2
    access_s: int = 900
    direct_s: int = 1800
    cycle_s: int = 0
    change_minimum_s: int = 0
    change_factor: float = 1.0
    most_changes: int = 7
    step_free: StepFree = StepFree.ANY
    luggage: bool = False
    bike: bool = False
    car: bool = False
    party: int = 1
    riders: tuple[str, ...] = ()
    costs: Costs = Costs()

    def paying_as(self, people: int) -> tuple[str, ...]:
        """What each of so many pays as: the first of `riders`, then anybody."""
        return (*self.riders, *([""] * people))[:people]


ADULT = Profile()
