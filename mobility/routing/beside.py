"""All the way on foot or by own bike, for comparison: known even where nobody asked to be shown it.

Transit that is no faster than a walk must not stand alone (OpenTripPlanner#3331, #7359).
"""

from __future__ import annotations

from collections.abc import Sequence

from mobility.geo import distance_m
from mobility.routing.access import Doors, on_foot
from mobility.routing.itinerary import Itinerary
from mobility.routing.query import Query
from mobility.routing.stop_ways import Way
from mobility.routing.territory import Territory


def walked_all_the_way(territory: Territory, query: Query, both: Doors, found: Sequence[Itinerary]) -> Way | None:
    """The walk where it is not among the direct ways and some itinerary is no faster than it. Looked for only where an
    itinerary takes as long as a walk along the straight line would."""
    slowest_s = max((one.duration_s for one in found), default=0)
    speed_mps, ends = query.walking.speed_mps, (query.origin.point, query.destination.point)
    if "WALK" in both.direct or slowest_s * speed_mps < distance_m(*ends):
        return None
    way = territory.streets.way(*ends, slowest_s, speed_mps, on_foot(query))
    return None if way is None else Way(way.seconds, way.metres, way.estimated)


def cycled_all_the_way(territory: Territory, query: Query) -> Way | None:
    """Within the longest direct way. Not for who must not meet steps."""
    if query.step_free or "BIKE" in query.direct_modes:
        return None
    walking, ends = query.walking, (query.origin.point, query.destination.point)
    way = territory.streets.way(*ends, walking.direct_s, walking.cycling_mps, "BIKE")
    return None if way is None or not way.metres else Way(way.seconds, way.metres, way.estimated)
