"""Whether an itinerary can be travelled without steps, in three states, and what one should know before leaving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mobility.network.ways import Passage
from mobility.ranking.facts import Facts, key_of
from mobility.routing.itinerary import CarpoolLeg, Itinerary, WalkLeg


class Known(StrEnum):
    """In the order of GTFS: 0 unknown, 1 yes, 2 no."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


STATES = tuple(Known)
GOOD, BAD = 1, 2


@dataclass(frozen=True, slots=True)
class Caution:
    """kind: stop, vehicle, way or carpool; bike of a vehicle that a bicycle comes aboard. name: of the stop, of the
    line, of where the way leads to, of where one gets in. mode: of a vehicle."""

    kind: str
    state: Known
    name: str
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Accessibility:
    """state: no where anything is known to have steps, else unknown where anything is unknown, else yes.

    unknown, steps: how many stops, vehicles and ways are so.
    """

    state: Known
    unknown: int
    steps: int


def accessibility(itinerary: Itinerary, facts: Facts, looked_at: bool = False) -> Accessibility:
    """looked_at: the ways on foot are drawn on the streets, which takes its time, to see what is on them."""
    unknown = steps = 0
    for leg in itinerary.legs:
        if isinstance(leg, WalkLeg):
            state = way_state(leg, looked_at) if leg.mode == "WALK" else Known.YES
            unknown, steps = unknown + (state is Known.UNKNOWN), steps + (state is Known.NO)
        elif isinstance(leg, CarpoolLeg):
            state = car_state(leg)
            unknown, steps = unknown + (state is Known.UNKNOWN), steps + (state is Known.NO)
        else:
            found = facts[key_of(leg)]
            boarded = found.board_stop if leg.stays else GOOD
            unknown, steps = unknown + found.unknown - (boarded == 0), steps + found.steps - (boarded == BAD)
    return Accessibility(Known.NO if steps else Known.UNKNOWN if unknown else Known.YES, unknown, steps)


def warnings(itinerary: Itinerary, facts: Facts) -> tuple[Caution, ...]:
    """Everything that is not known to be free of steps, in the order in which it is met."""
    return tuple(dict.fromkeys(_warnings(itinerary, facts)))


def _warnings(itinerary: Itinerary, facts: Facts) -> Iterator[Caution]:
    for leg in itinerary.legs:
        if isinstance(leg, WalkLeg):
            if leg.mode == "WALK" and (state := way_state(leg, True)) is not Known.YES:
                yield Caution("way", state, leg.end.name)
            continue
        if isinstance(leg, CarpoolLeg):
            if (state := car_state(leg)) is not Known.YES:
                yield Caution("carpool", state, leg.start.name)
            continue
        found = facts[key_of(leg)]
        if found.board_stop != GOOD and not leg.stays:
            yield Caution("stop", STATES[found.board_stop], leg.start.name)
        if found.vehicle != GOOD:
            yield Caution("vehicle", STATES[found.vehicle], leg.line_name, found.mode)
        if found.alight_stop != GOOD:
            yield Caution("stop", STATES[found.alight_stop], leg.end.name)


def car_state(leg: CarpoolLeg) -> Known:
    """Whether the driver takes a wheelchair."""
    said = leg.offer.comfort.wheelchair
    return Known.UNKNOWN if said is None else Known.YES if said else Known.NO


def way_state(leg: WalkLeg, looked_at: bool) -> Known:
    """A straight line on the map may have steps, and so may a way that nobody has `looked_at` on the streets."""
    if not leg.distance_m:
        return Known.YES
    way = leg.drawing() if looked_at and not leg.estimated else None
    if way is None:
        return Known.UNKNOWN
    if any(step.passage is Passage.STAIRS for step in way.steps):
        return Known.NO
    return Known.YES if way.unknown_m == 0 else Known.UNKNOWN
