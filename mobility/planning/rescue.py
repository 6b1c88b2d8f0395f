"""A kept itinerary that does not hold any more: which ride is lost, by how much, and what there is instead.

Instead one goes on from the last stop that is still reached, by the plan of that moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mobility.planning.planner import plan
from mobility.routing.itinerary import Itinerary, RideLeg, WalkLeg
from mobility.routing.next_runs import is_cancelled
from mobility.routing.query import Query, Spot
from mobility.routing.runs import OnFoot, TightChange, least_change_s
from mobility.routing.territory import Territory
from mobility.travellers.profiles import Profile


@dataclass(frozen=True, slots=True)
class LostRide:
    """boarded: its number among the rides that are boarded. missing_s: so much too late one is there; 0 where it is
    cancelled."""

    ride: RideLeg
    boarded: int
    missing_s: int = 0

    @property
    def is_cancelled(self) -> bool:
        return self.missing_s == 0


def lost_rides(territory: Territory, itinerary: Itinerary, tight: Sequence[TightChange]) -> list[LostRide]:
    """In their order: those that are cancelled, and those that leave before one is there."""
    missed = {(one.ride.trip, one.ride.board): one.missing_s for one in tight if one.is_missed}
    found, boarded = [], -1
    for ride in itinerary.rides:
        boarded += not ride.stays
        if territory.live is not None and is_cancelled(territory.live, ride):
            found.append(LostRide(ride, boarded))
        elif (ride.trip, ride.board) in missed:
            found.append(LostRide(ride, boarded, missed[ride.trip, ride.board]))
    return found


def kept_query(itinerary: Itinerary, on_foot: OnFoot, profile: Profile) -> Query:
    """The question that a kept itinerary answers, from its first stop or door to its last."""
    first, last = itinerary.legs[0], itinerary.legs[-1]
    return Query(
        origin=first.start,
        destination=last.end,
        at_s=itinerary.departure_s,
        window_s=0,
        step_free=on_foot.step_free,
        walking=on_foot.walking,
        change=on_foot.change,
        profile=profile,
        carpool=False,
    )


def instead(territory: Territory, itinerary: Itinerary, lost: RideLeg, query: Query) -> Itinerary | None:
    """What is kept before a ride that is lost, or may be, and the way that is there first from where it leaves one.
    query: that of the itinerary, see `kept_query`."""
    kept, walked = _before(itinerary, lost), OnFoot(query.walking, query.change, query.step_free)
    start: Spot = kept[-1].end if kept else itinerary.legs[0].start
    at_s = kept[-1].arrival_s + least_change_s(territory.network, start.stop, walked) if kept else itinerary.departure_s
    answer = plan(territory, replace(query, origin=start, at_s=at_s))
    ways = [*answer.itineraries, *(one for one in answer.direct if isinstance(one.legs[0], WalkLeg))]
    best = min(ways, key=lambda one: (one.arrival_s, one.transfers), default=None)
    if best is None:
        return None
    return Itinerary((*kept, *best.legs), itinerary.departure_s if kept else best.departure_s, best.arrival_s)


def _before(itinerary: Itinerary, lost: RideLeg) -> tuple[RideLeg | WalkLeg, ...]:
    """Up to the ride before it; nothing where it is the first."""
    legs = tuple(leg for leg in itinerary.legs if isinstance(leg, RideLeg | WalkLeg))
    at = legs.index(lost)
    rides = [number for number, leg in enumerate(legs[:at]) if isinstance(leg, RideLeg)]
    return legs[: rides[-1] + 1] if rides else ()
