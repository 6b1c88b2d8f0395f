"""Which rides in drivers' cars come into an answer in addition; docs/ranking.md, section 4.

Each is looked at twice: by what it promises at best, before its ways are put to it, and as it is then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from mobility.carpool.offer import OfferId
from mobility.ranking.chain import Filter
from mobility.ranking.codes import Code
from mobility.ranking.filters import ItineraryCase, is_slower_than_walking, moment, takes_too_long
from mobility.routing.itinerary import Itinerary
from mobility.routing.query import Query
from mobility.routing.time_span import TimeSpan

TRIED = 3
"""For each one that is shown so many are put together at the most."""


class CarpoolCase(NamedTuple):
    """transfers: the fewest it can have. timed: when it leaves (arrives) is known. others: those of the answer so far.
    drivers: the offers they ride with."""

    offer: OfferId
    itinerary: Itinerary
    transfers: int
    timed: bool
    query: Query
    span: TimeSpan
    others: Sequence[Itinerary]
    drivers: Collection[OfferId]


def are_enough(n_found: int, n_tried: int, most: int) -> bool:
    """most: itineraries with a carpool in an answer."""
    return n_found >= most or n_tried >= TRIED * most


def has_same_driver(case: CarpoolCase) -> bool:
    """One itinerary for each driver is enough."""
    return case.offer in case.drivers


def is_not_met(told: Itinerary | None) -> bool:
    """The way to the driver, or on from the drop-off, cannot be put to it."""
    return told is None


def is_longer_than_asked(case: CarpoolCase) -> bool:
    return takes_too_long(_beside_ways(case, ()))


def is_slower_than_the_walk(case: CarpoolCase) -> bool:
    return is_slower_than_walking(_beside_ways(case, [one for one in case.others if not one.has_vehicle]))


def is_beaten(case: CarpoolCase) -> bool:
    """One of the others is as good at everything. The first ride of an answer is another kind of way, and mostly the
    cheaper one: it gives way to what leaves later, is there earlier and changes less, all three."""
    mine = case.itinerary
    if not case.drivers:
        return any(
            one.departure_s > mine.departure_s and one.arrival_s < mine.arrival_s and one.transfers < case.transfers
            for one in case.others
            if one.has_vehicle
        )
    return any(
        one.departure_s >= mine.departure_s and one.arrival_s <= mine.arrival_s and one.transfers <= case.transfers
        for one in case.others
        if one.has_vehicle
    )


def is_outside_window(case: CarpoolCase) -> bool:
    itinerary, query, span = case.itinerary, case.query, case.span
    if not case.timed:
        return False
    if query.window_s:
        return not span.from_s <= moment(query, itinerary) < span.until_s
    return not query.arrive_by and itinerary.departure_s < query.at_s


def _beside_ways(case: CarpoolCase, on_foot: Sequence[Itinerary]) -> ItineraryCase:
    return ItineraryCase(case.itinerary, case.query, on_foot, ())


CARPOOLS: tuple[Filter[Callable[[CarpoolCase], bool]], ...] = (
    Filter(Code.SAME_DRIVER, has_same_driver),
    Filter(Code.LONGER_THAN_ASKED, is_longer_than_asked),
    Filter(Code.WALKING_IS_AS_FAST, is_slower_than_the_walk),
    Filter(Code.DOMINATED, is_beaten),
    Filter(Code.OUTSIDE_WINDOW, is_outside_window),
)
NOT_MET = Filter(Code.DRIVER_NOT_MET, is_not_met)
ENOUGH = Filter(Code.ENOUGH_CARPOOLS, are_enough, {"timesMost": TRIED})
