"""What is shown of what was found, and in which order: a chain of small filters, each with its code.

Order: by departure, then arrival, then changes. Nothing is preferred for whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from mobility.ranking.chain import Filter, Loss, Lost, Proof, Sifted, counted, first_code, flagged
from mobility.ranking.codes import Code
from mobility.routing.itinerary import Itinerary
from mobility.routing.query import Query
from mobility.routing.time_span import TimeSpan
from mobility.search.path import Path

NIGHT_WAIT_S = 3 * 3600
"""On the way: a night on the quay. Who could leave later and be there hardly later does not take it."""
TWIN_S = 60
EFFORT = {"": 0, "BIKE": 1, "CAR": 2}
LEAST_GAIN_S = {"BIKE": 120, "CAR": 300}
"""For less than this nobody gets the bike out, or the car."""
MOST_EARLIER_S = max(TWIN_S, *LEAST_GAIN_S.values()) + 1
"""What leaves sooner than so long before another one takes it out by no rule."""


def waits_long(itinerary: Itinerary) -> bool:
    return itinerary.longest_wait_s > NIGHT_WAIT_S


def taken(found: Sequence[Itinerary]) -> list[Itinerary]:
    """Those that count: a night on the quay is in the answer, and one looks on as if it were not."""
    return [one for one in found if not waits_long(one)]


class ItineraryCase(NamedTuple):
    """An itinerary and what it is held against. found: all, those that are taken out, too."""

    itinerary: Itinerary
    query: Query
    direct: Sequence[Itinerary]
    found: Sequence[Itinerary]


def is_a_twin(case: ItineraryCase) -> bool:
    """Seconds apart from another one that changes less often; people would read the same two times twice."""
    mine = case.itinerary
    from_s, until_s, n_rides = mine.departure_s - TWIN_S, mine.arrival_s + TWIN_S, len(mine.rides)
    return any(
        other.departure_s > from_s
        and other.arrival_s < until_s
        and len(other.rides) < n_rides
        and EFFORT[other.vehicle] <= EFFORT[mine.vehicle]
        for other in case.found
    )


def takes_too_long(case: ItineraryCase) -> bool:
    return 0 < case.query.longest_s < case.itinerary.duration_s


def is_slower_than_walking(case: ItineraryCase) -> bool:
    mine_s = case.itinerary.duration_s
    return any(way.duration_s <= mine_s for way in case.direct if way.legs[0].mode == "WALK")


def is_slower_than_cycling(case: ItineraryCase) -> bool:
    mine_s, ways = case.itinerary.duration_s, [way for way in case.direct if way.legs[0].mode == "BIKE"]
    return case.itinerary.vehicle == "BIKE" and any(way.duration_s <= mine_s for way in ways)


def gains_little(case: ItineraryCase) -> bool:
    """Another one needs less of a vehicle, is there as early, changes no more and leaves hardly earlier."""
    mine = case.itinerary
    effort = EFFORT[mine.vehicle]
    return effort > 0 and any(
        EFFORT[other.vehicle] < effort
        and other.arrival_s <= mine.arrival_s
        and other.departure_s >= mine.departure_s - LEAST_GAIN_S[mine.vehicle]
        and len(other.rides) <= len(mine.rides)
        for other in case.found
    )


def may_count(found: Sequence[Itinerary], proof: Proof) -> bool:
    """Whether one of `found` may be a twin of an itinerary of which so much is proved, or gain little beside it. Most
    of what lies on other pages is ruled out by that, and need not be put together."""
    return any(
        proof.transfers < len(mine.rides)
        and proof.departure_s > mine.departure_s - MOST_EARLIER_S
        and proof.arrival_s < mine.arrival_s + TWIN_S
        for mine in found
    )


FILTERS: tuple[Filter[Callable[[ItineraryCase], bool]], ...] = (
    Filter(Code.TWIN, is_a_twin, {"seconds": TWIN_S}),
    Filter(Code.LONGER_THAN_ASKED, takes_too_long),
    Filter(Code.WALKING_IS_AS_FAST, is_slower_than_walking),
    Filter(Code.CYCLING_IS_AS_FAST, is_slower_than_cycling),
    Filter(
        Code.VEHICLE_GAINS_LITTLE,
        gains_little,
        {"bikeSeconds": LEAST_GAIN_S["BIKE"], "carSeconds": LEAST_GAIN_S["CAR"]},
    ),
)


def rank(
    found: Sequence[Itinerary], query: Query, direct: Sequence[Itinerary], beside: Sequence[Itinerary] = ()
) -> Sifted:
    """Those to show, in order; each of the others has the code of the first filter that takes it out. beside: what
    lies on other pages, which they are held against, too."""
    kept, lost, every = [], [], [*found, *beside]
    for itinerary in in_order(found):
        code = first_code(FILTERS, ItineraryCase(itinerary, query, direct, every))
        if code is None:
            kept.append(itinerary)
        else:
            lost.append(Lost(code, itinerary, itinerary.transfers))
    return Sifted(kept, counted(lost))


def undominated(found: Sequence[Itinerary]) -> Sifted:
    """Without those that another one beats or equals: leaves no earlier, arrives no later, changes no more, and needs
    no more of a vehicle."""
    best: list[Itinerary] = []
    beaten: list[Itinerary] = []
    for one in sorted(found, key=lambda one: (-one.departure_s, one.arrival_s, len(one.rides), EFFORT[one.vehicle])):
        is_beaten = any(
            other.arrival_s <= one.arrival_s
            and len(other.rides) <= len(one.rides)
            and EFFORT[other.vehicle] <= EFFORT[one.vehicle]
            for other in best
        )
        (beaten if is_beaten else best).append(one)
    return Sifted(best, flagged(Code.DOMINATED, beaten))


DOMINATED = Filter(Code.DOMINATED, undominated)


class Page(NamedTuple):
    """span: what was looked at for it; the pages before and after begin there."""

    kept: tuple[Itinerary, ...]
    span: TimeSpan
    lost: list[Loss]


def first_page(kept: Sequence[Itinerary], query: Query, span: TimeSpan, most: int) -> Page:
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
            return Page(in_order(page), cut, flagged(Code.ANOTHER_PAGE, by_moment[len(page) :]))
        page += together
    return Page(tuple(kept), span, [])


def first_moments(paths: Sequence[Path], query: Query, most: int) -> tuple[Sequence[Path], Sequence[Path]]:
    """Those that a page can hold and the next moment after them, by which `first_page` knows where to end; and those
    that are cut off, which are on a later page.

    Spares telling what no page would show. Where itineraries are still taken out by their length, all are needed.
    """
    most = min(most, query.most_results or most)
    if query.arrive_by or query.earlier or query.longest_s or len(paths) <= most:
        return paths, ()
    in_order = sorted(paths, key=lambda path: path.departure_s)
    next_s = next(
        (path.departure_s for path in in_order[most:] if path.departure_s > in_order[most - 1].departure_s), None
    )
    if next_s is None:
        return paths, ()
    near = [path for path in paths if path.departure_s <= next_s]
    return near, [path for path in paths if path.departure_s > next_s]


PAGE = Filter(Code.ANOTHER_PAGE, first_page)


def moment(query: Query, itinerary: Itinerary) -> int:
    """What the window asks about: when one leaves, or arrives."""
    return itinerary.arrival_s if query.arrive_by else itinerary.departure_s


def in_order(page: Sequence[Itinerary]) -> tuple[Itinerary, ...]:
    return tuple(sorted(page, key=lambda one: (one.departure_s, one.arrival_s, one.transfers)))
