"""Nobody rides in a circle. Where two walks in a row lead farther than those between stops that are looked for, the
search may find a boat over the harbour and back in their stead: one walks on, and waits there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mobility.ranking.chain import Filter, Sifted, flagged
from mobility.ranking.codes import Code
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, WalkLeg


def straightened(found: Sequence[Itinerary]) -> Sifted:
    """Those with a circle are lost; what is left of each without it takes its place."""
    kept = [without_loops(one) for one in found]
    circles = [one for one, straight in zip(found, kept, strict=True) if straight is not one]
    return Sifted(kept, flagged(Code.RIDES_IN_A_CIRCLE, circles))


CIRCLE = Filter(Code.RIDES_IN_A_CIRCLE, straightened)


def without_loops(itinerary: Itinerary) -> Itinerary:
    """Without the rides that bring the passenger back to the stop where they began."""
    legs = itinerary.legs
    while (loop := _loop(legs)) is not None:
        legs = _walked_on(legs[: loop[0]], legs[loop[1] + 1 :])
    if legs is itinerary.legs:
        return itinerary
    return replace(itinerary, legs=legs, departure_s=legs[0].departure_s, arrival_s=legs[-1].arrival_s)


def _walked_on(before: tuple[Leg, ...], after: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """A walk that follows a walk begins when that ends."""
    if before and after and isinstance(before[-1], WalkLeg) and isinstance(after[0], WalkLeg):
        start_s, lasts_s = before[-1].arrival_s, after[0].arrival_s - after[0].departure_s
        after = (replace(after[0], departure_s=start_s, arrival_s=start_s + lasts_s), *after[1:])
    return before + after


def _loop(legs: tuple[Leg, ...]) -> tuple[int, int] | None:
    """The first and the last leg of one, None without; what lies before and after it is still a trip."""
    rides = [(row, leg) for row, leg in enumerate(legs) if isinstance(leg, RideLeg)]
    for first, (start, leg) in enumerate(rides):
        here = leg.stop_at(leg.board)
        for end, other in rides[:first:-1]:
            if other.stop_at(other.alight) == here and end - start + 1 < len(legs):
                return start, end
    return None
