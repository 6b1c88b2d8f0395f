"""What still leaves on an evening for who walks longer than usual: looked for only where nothing else does any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mobility.clock import evening
from mobility.planning.long_walks import LongWalk, farther, long_walks, long_walks_by_end
from mobility.planning.planner import plan
from mobility.ranking.accessibility import Known, accessibility
from mobility.ranking.facts import ride_facts
from mobility.ranking.filters import taken
from mobility.routing.itinerary import Itinerary, RideLeg
from mobility.routing.query import Query, Walking
from mobility.routing.territory import Territory

LOOK_AHEAD_S = 3600


@dataclass(frozen=True, slots=True)
class FartherRide:
    """The first ride of a way with longer walks. arrival_s: at the end of the trip, epoch seconds. limit_s: of a walk,
    as asked for. to, after: the walks at the two ends, None where one is within the limit."""

    ride: RideLeg
    arrival_s: int
    limit_s: int
    to: LongWalk | None
    after: LongWalk | None


def leaves_farther(territory: Territory, query: Query) -> FartherRide | None:
    """Of the same evening, what is there first. Who cannot climb steps hears of ways that are known to have none."""
    longer = farther(query.walking)
    if longer == query.walking:
        return None
    asked = replace(
        query, walking=longer, window_s=LOOK_AHEAD_S, results=1, direct_modes=(), patience_s=0, carpool=False
    )
    found = [one for one in taken(plan(territory, asked).itineraries) if one.rides and _is_of(territory, query, one)]
    if query.step_free:
        found = _surely_step_free(territory, found)
    best = min(found, key=lambda one: (one.arrival_s, -one.departure_s), default=None)
    return _told(best, query.walking) if best else None


def _is_of(territory: Territory, query: Query, one: Itinerary) -> bool:
    today = evening(query.at_s, territory.zone)
    return evening(one.departure_s, territory.zone) == today and bool(long_walks(one, query.walking))


def _surely_step_free(territory: Territory, found: Sequence[Itinerary]) -> list[Itinerary]:
    facts = ride_facts(territory.network, territory.lengths, found)
    return [one for one in found if accessibility(one, facts, looked_at=True).state is Known.YES]


def _told(found: Itinerary, walking: Walking) -> FartherRide:
    to, after = long_walks_by_end(found, walking)
    limit_s = max(walk.limit_s for walk in (to, after) if walk)
    return FartherRide(found.rides[0], found.arrival_s, limit_s, to, after)
