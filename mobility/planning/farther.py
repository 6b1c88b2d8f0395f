"""What still leaves on an evening for who walks longer than usual: looked for only where nothing else does any more.

First with longer walks at the two ends of the trip; where they lead nowhere, with one between two vehicles, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mobility.clock import evening, night_ends_s
from mobility.planning.long_walks import LongWalks, farther, long_walks
from mobility.planning.planner import plan
from mobility.planning.walk_between import with_walk_between
from mobility.ranking.accessibility import Known, accessibility
from mobility.ranking.facts import ride_facts
from mobility.ranking.filters import taken
from mobility.routing.headways import arrives_about
from mobility.routing.itinerary import Itinerary, RideLeg
from mobility.routing.query import Query
from mobility.routing.territory import Territory

LOOK_AHEAD_S = 3600


@dataclass(frozen=True, slots=True)
class FartherRide:
    """The first ride of a way with longer walks. arrival_s: at the end of the trip, epoch seconds. limit_s: of a walk,
    as asked for; of one between two vehicles, as usual. walks: those beyond that. step_free: who asks climbs no
    steps. arrives_about: no timetable promises the minute of the arrival."""

    ride: RideLeg
    arrival_s: int
    limit_s: int
    walks: LongWalks
    step_free: bool = False
    arrives_about: bool = False


def leaves_farther(territory: Territory, query: Query) -> FartherRide | None:
    """Of the same evening, what is there first. Who cannot climb steps hears of ways that are known to have none."""
    asked = replace(query, window_s=LOOK_AHEAD_S, results=1, direct_modes=(), patience_s=0, carpool=False)
    longer = farther(query.walking)
    found = _with_longer_ends(territory, replace(asked, walking=longer), query) if longer != query.walking else None
    best = found or _with_walk_between(territory, asked)
    return _told(best, query) if best else None


def _with_longer_ends(territory: Territory, asked: Query, query: Query) -> Itinerary | None:
    found = [one for one in taken(plan(territory, asked).itineraries) if one.rides and _is_of(territory, query, one)]
    return _soonest(territory, asked, found)


def _with_walk_between(territory: Territory, asked: Query) -> Itinerary | None:
    until_s = night_ends_s(asked.at_s, territory.zone)
    return _soonest(territory, asked, with_walk_between(territory, asked, asked.at_s, until_s))


def _soonest(territory: Territory, asked: Query, found: Sequence[Itinerary]) -> Itinerary | None:
    if asked.step_free:
        found = _surely_step_free(territory, found)
    return min(found, key=lambda one: (one.arrival_s, -one.departure_s), default=None)


def _is_of(territory: Territory, query: Query, one: Itinerary) -> bool:
    today = evening(query.at_s, territory.zone)
    return evening(one.departure_s, territory.zone) == today and bool(long_walks(one, query).every)


def _surely_step_free(territory: Territory, found: Sequence[Itinerary]) -> list[Itinerary]:
    facts = ride_facts(territory.network, territory.lengths, found)
    return [one for one in found if accessibility(one, facts, looked_at=True).state is Known.YES]


def _told(found: Itinerary, query: Query) -> FartherRide:
    walks = long_walks(found, query)
    beyond = [walks.between.walk] if walks.between else walks.every
    limit_s, about = max(walk.limit_s for walk in beyond), arrives_about(found)
    return FartherRide(found.rides[0], found.arrival_s, limit_s, walks, query.step_free, about)
