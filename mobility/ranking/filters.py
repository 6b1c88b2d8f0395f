"""What is shown of what was found, and in which order: a chain of small filters, each with its reason.

Order: by departure, then arrival, then changes. Nothing is preferred for whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from mobility.routing.itinerary import Itinerary, Removed
from mobility.routing.query import Query
from mobility.routing.time_span import TimeSpan
from mobility.search.path import Path

LONG_WAIT_S = 3 * 3600
"""On the way: a night on the quay. Who could leave later and be there hardly later does not take it."""
EFFORT = {"": 0, "BIKE": 1, "CAR": 2}
LEAST_GAIN_S = {"BIKE": 120, "CAR": 300}
"""For less than this nobody gets the bike out, or the car."""

Filter = Callable[[Itinerary, Query, Sequence[Itinerary]], bool]


def waits_long(itinerary: Itinerary) -> bool:
    return itinerary.longest_wait_s > LONG_WAIT_S


def taken(found: Sequence[Itinerary]) -> list[Itinerary]:
    """Those that count: a night on the quay is in the answer, and one looks on as if it were not."""
    return [one for one in found if not waits_long(one)]


def takes_too_long(itinerary: Itinerary, query: Query, direct: Sequence[Itinerary]) -> bool:
    return 0 < query.longest_s < itinerary.duration_s


def is_slower_than_walking(itinerary: Itinerary, query: Query, direct: Sequence[Itinerary]) -> bool:
    return any(way.duration_s <= itinerary.duration_s for way in direct if way.legs[0].mode == "WALK")


def is_slower_than_cycling(itinerary: Itinerary, query: Query, direct: Sequence[Itinerary]) -> bool:
    ways = [way for way in direct if way.legs[0].mode == "BIKE"]
    return itinerary.vehicle == "BIKE" and any(way.duration_s <= itinerary.duration_s for way in ways)


FILTERS: tuple[tuple[str, Filter], ...] = (
    ("longer_than_asked", takes_too_long),
    ("walking_is_as_fast", is_slower_than_walking),
    ("cycling_is_as_fast", is_slower_than_cycling),
)


def rank(
    found: Sequence[Itinerary], query: Query, direct: Sequence[Itinerary]
) -> tuple[tuple[Itinerary, ...], tuple[Removed, ...]]:
    """Those to show, in order, and those removed, each with the code of the first filter that it meets."""
    kept, removed = [], []
    for itinerary in sorted(found, key=lambda one: (one.departure_s, one.arrival_s, one.transfers)):
        reason = next((code for code, meets in FILTERS if meets(itinerary, query, direct)), None)
        reason = reason or ("vehicle_gains_little" if _gains_little(itinerary, found) else None)
        if reason is None:
            kept.append(itinerary)
        else:
            removed.append(Removed(itinerary, reason))
    return tuple(kept), tuple(removed)


def undominated(found: Sequence[Itinerary]) -> list[Itinerary]:
    """Without those that another one beats or equals: leaves no earlier, arrives no later, changes no more, and needs
    no more of a vehicle."""
    best: list[Itinerary] = []
    for one in sorted(found, key=lambda one: (-one.departure_s, one.arrival_s, len(one.rides), EFFORT[one.vehicle])):
        if not any(
            other.arrival_s <= one.arrival_s
            and len(other.rides) <= len(one.rides)
            and EFFORT[other.vehicle] <= EFFORT[one.vehicle]
            for other in best
        ):
            best.append(one)
    return best


def _gains_little(itinerary: Itinerary, found: Sequence[Itinerary]) -> bool:
    """Another one needs less of a vehicle, is there as early, changes no more and leaves hardly earlier."""
    effort = EFFORT[itinerary.vehicle]
    return effort > 0 and any(
        EFFORT[other.vehicle] < effort
        and other.arrival_s <= itinerary.arrival_s
        and other.departure_s >= itinerary.departure_s - LEAST_GAIN_S[itinerary.vehicle]
        and len(other.rides) <= len(itinerary.rides)
        for other in found
    )


def first_page(
    kept: tuple[Itinerary, ...], query: Query, span: TimeSpan, most: int
) -> tuple[tuple[Itinerary, ...], TimeSpan]:
    """What lies in the window asked for, or the first ones beyond it up to as many as asked for.

    Those that leave (arrive) at one moment stay together, so that the next page begins where this one ends.
    """
    backwards = query.arrive_by != query.earlier
    edge = query.at_s - query.window_s if backwards else query.at_s + query.window_s
    wanted = query.results if query.window_s else len(kept)
    most = min(most, query.most_results or most)
    page: list[Itinerary] = []
    by_moment = sorted(kept, key=partial(moment, query), reverse=backwards)
    for at_s, together in groupby(by_moment, key=partial(moment, query)):
        inside = at_s > edge if backwards else at_s < edge
        if len(page) >= most or (len(taken(page)) >= wanted and not inside):
            cut = TimeSpan(at_s + 1, span.until_s) if backwards else TimeSpan(span.from_s, at_s)
            return in_order(page), cut
        page += together
    return kept, span


def first_moments(paths: Sequence[Path], query: Query, most: int) -> Sequence[Path]:
    """Those that a page can hold and the next moment after them, by which `first_page` knows where to end.

    Spares telling what no page would show. Where itineraries are still taken out by their length, all are needed.
    """
    most = min(most, query.most_results or most)
    if query.arrive_by or query.earlier or query.longest_s or len(paths) <= most:
        return paths
    in_order = sorted(paths, key=lambda path: path.departure_s)
    beyond_s = next(
        (path.departure_s for path in in_order[most:] if path.departure_s > in_order[most - 1].departure_s), None
    )
    return paths if beyond_s is None else [path for path in paths if path.departure_s <= beyond_s]


def moment(query: Query, itinerary: Itinerary) -> int:
    """What the window asks about: when one leaves, or arrives."""
    return itinerary.arrival_s if query.arrive_by else itinerary.departure_s


def in_order(page: Sequence[Itinerary]) -> tuple[Itinerary, ...]:
    return tuple(sorted(page, key=lambda one: (one.departure_s, one.arrival_s, one.transfers)))
