"""Whether an itinerary can be travelled without steps, in three states, and what one should know before leaving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mobility.routing.facts import Facts, key_of
from mobility.routing.itinerary import Itinerary, WalkLeg


class Known(StrEnum):
    """In the order of GTFS: 0 unknown, 1 yes, 2 no."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


STATES = tuple(Known)
GOOD = 1


@dataclass(frozen=True, slots=True)
class Caution:
    """kind: stop, vehicle or way. name: of the stop, of the line, of where the way leads to."""

    kind: str
    state: Known
    name: str


@dataclass(frozen=True, slots=True)
class Accessibility:
    """state: no where anything is known to have steps, else unknown where anything is unknown, else yes.

    unknown, steps: how many stops, vehicles and ways are so.
    """

    state: Known
    unknown: int
    steps: int


def accessibility(itinerary: Itinerary, facts: Facts) -> Accessibility:
    states = list(_states(itinerary, facts))
    unknown, steps = states.count(Known.UNKNOWN), states.count(Known.NO)
    return Accessibility(Known.NO if steps else Known.UNKNOWN if unknown else Known.YES, unknown, steps)


def warnings(itinerary: Itinerary, facts: Facts) -> tuple[Caution, ...]:
    """Everything that is not known to be free of steps, in the order in which it is met."""
    return tuple(dict.fromkeys(_warnings(itinerary, facts)))


def _states(itinerary: Itinerary, facts: Facts) -> Iterator[Known]:
    for leg in itinerary.legs:
        if isinstance(leg, WalkLeg):
            yield way_state(leg)
        else:
            found = facts[key_of(leg)]
            boarded = GOOD if leg.stays else found.board_stop
            yield from (STATES[state] for state in (boarded, found.vehicle, found.alight_stop))


def _warnings(itinerary: Itinerary, facts: Facts) -> Iterator[Caution]:
    for leg in itinerary.legs:
        if isinstance(leg, WalkLeg):
            if (state := way_state(leg)) is not Known.YES:
                yield Caution("way", state, leg.end.name)
            continue
        found = facts[key_of(leg)]
        if found.board_stop != GOOD and not leg.stays:
            yield Caution("stop", STATES[found.board_stop], leg.start.name)
        if found.vehicle != GOOD:
            yield Caution("vehicle", STATES[found.vehicle], leg.line_name)
        if found.alight_stop != GOOD:
            yield Caution("stop", STATES[found.alight_stop], leg.end.name)


def way_state(leg: WalkLeg) -> Known:
    """A way that is a straight line on the map may have steps: nobody looked."""
    return Known.UNKNOWN if leg.estimated and leg.distance_m > 0 else Known.YES
