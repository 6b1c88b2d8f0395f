"""One trip query, from question to answer. This page is the straight path; each step has its own module.

The window is searched as the query asks; while there are too few results it is widened, piece by piece, up to the
territory's limit. Every itinerary that is found and not shown stands among the losses, with its code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from mobility.clock import Deadline
from mobility.planning.cancelled import with_cancelled, without_trips
from mobility.planning.carpool import with_carpool
from mobility.planning.explain import empty_reason, with_zones, without_bike
from mobility.planning.long_walks import farther, long_walks
from mobility.planning.trip_search import (
    TripSearch,
    at_one_time,
    limits_of,
    past_the_end,
    search_date,
    searched_day,
    within,
)
from mobility.planning.walk_between import walked_between
from mobility.planning.window_width import span_of, widen_by_s, widest_s
from mobility.ranking.answer import Answer
from mobility.ranking.bookings import in_time
from mobility.ranking.chain import once
from mobility.ranking.codes import Code
from mobility.ranking.filters import (
    TWIN_S,
    first_page,
    in_order,
    may_count,
    moment,
    rank,
    taken,
    undominated,
)
from mobility.routing.access import Doors
from mobility.routing.beside import walked_all_the_way
from mobility.routing.by_vehicle import manners
from mobility.routing.empty_reason import EmptyReason
from mobility.routing.itinerary import Itinerary
from mobility.routing.legs import direct_itinerary
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.routing.time_span import TimeSpan
from mobility.travellers.profiles import StepFree

MAY_BE_LIMITS = frozenset({EmptyReason.NOTHING_IN_WINDOW, EmptyReason.NOBODY_GETS_IN, EmptyReason.NOBODY_GETS_OUT})
UNTIL_THE_DAY_S = 6 * 3600
"""Where all that was found waits a night at a quay, so much longer is looked for what goes through."""


def plan(territory: Territory, query: Query) -> Answer:
    """Every good way from origin to destination. Of an empty answer, what would be there under other limits.

    Raises InvalidQuery where the question itself makes no sense; no way is not an error, it has a reason.
    """
    search = _begun(territory, query)
    answer = _searched(search)
    return _ended(search, answer)


def planned_plainly(territory: Territory, query: Query) -> Answer:
    """As plan, and of an empty answer nobody asks why: that takes longer than to find that it is empty."""
    search = _begun(territory, query)
    answer = _searched(search)
    return replace(answer, cut_short=search.deadline.is_past() or not search.deadline.was_met)


def _begun(territory: Territory, query: Query) -> TripSearch:
    return TripSearch(territory, query, deadline=Deadline(territory.bounds.answer_s))


def _ended(search: TripSearch, answer: Answer) -> Answer:
    """Where nothing was found: why; and whether the clock ended it."""
    if answer.reason in MAY_BE_LIMITS and search.deadline.is_past():
        return replace(answer, reason=EmptyReason.OUT_OF_TIME, cut_short=True)
    answer = _cancelled(search, answer)
    if answer.reason in MAY_BE_LIMITS:
        answer = _explained(search, answer)
    answer = replace(answer, cut_short=not search.deadline.was_met)
    return with_zones(search.territory, answer) if answer.reason is not None else answer


def _cancelled(search: TripSearch, answer: Answer) -> Answer:
    """Where nothing runs for long: whether cancellations are why."""
    territory, span = search.territory, without_trips(search.territory, answer)
    if span is None or search.deadline.is_past():
        return answer
    planned = TripSearch(territory.as_planned, answer.query, deadline=search.deadline)
    return with_cancelled(territory, answer, _glimpsed(planned, answer.query, span))


def _explained(search: TripSearch, answer: Answer) -> Answer:
    """Nothing was found: whether the limit of a walk left it out, steps, a bicycle that is to come aboard, or the
    modes."""
    query, walking = answer.query, answer.query.walking
    span = TimeSpan(answer.searched_from_s, answer.searched_until_s)
    if (longer := farther(walking)) != walking:
        found = _glimpsed(search, replace(query, walking=longer), span)
        if far := tuple(one for one in found if long_walks(one, query).every):
            return replace(answer, reason=EmptyReason.WALK_TOO_LONG, walked_farther=far)
    looks_on = not (search.losses or query.step_free or search.deadline.is_past())
    if looks_on and (far := walked_between(search.territory, query, span)):
        return replace(answer, reason=EmptyReason.WALK_BETWEEN_TOO_LONG, walked_farther=far)
    if query.step_free:
        climbing = replace(query, step_free=False, profile=replace(query.profile, step_free=StepFree.ANY))
        if found := _glimpsed(search, climbing, span):
            return replace(answer, reason=EmptyReason.ONLY_WITH_STEPS, with_steps=tuple(found))
    if query.with_bike and _glimpsed(search, without_bike(query), span):
        return replace(answer, reason=EmptyReason.ONLY_WITHOUT_BIKE)
    if query.modes is not None and _glimpsed(search, replace(query, modes=None), span):
        return replace(answer, reason=EmptyReason.ONLY_BY_OTHER_MODES)
    return answer


def _glimpsed(before: TripSearch, query: Query, span: TimeSpan) -> list[Itinerary]:
    """Whether there is anything in these hours for another question, and what: no page of it, and no carpool.

    One search of one moment tells of most that there is nothing. Only where it finds what does not count (that leaves
    after the span, or is taken out), the whole span is searched, at once.
    """
    territory, at_s = before.territory, span.until_s - 1 if query.arrive_by else span.from_s
    query = replace(query, at_s=at_s, earlier=False, direct_modes=())
    every = [both for both in manners(territory, query) if both.lead_anywhere]
    for window_s in (0, span.width_s) if every else ():
        search = before.asking(replace(query, window_s=window_s))
        found = within(search, every, span) if window_s else at_one_time(search, every)
        found = _and_unbooked(search, every, span, found)
        _, instead = _walked(search, every[0], found)
        good = [one for one in rank(found, query, instead).kept if span.from_s <= moment(query, one) < span.until_s]
        if good or not (found or search.losses):
            return good
    return []


def _searched(search: TripSearch) -> Answer:
    territory, query = search.territory, search.query
    every = manners(territory, query)
    both = max(every, key=lambda one: (one.lead_anywhere, len(one.access) > 0))
    direct = tuple(direct_itinerary(query, mode, way) for mode, way in both.direct.items())
    span, found = _enough(search, every)
    found = _and_unbooked(search, every, span, found)
    found += _surely_step_free(search, every, span, found)
    beside, instead = _walked(search, both, found)
    ranked = rank(found, query, (*direct, *instead), _on_other_pages(search, every, span, found))
    page = first_page(search.keep(ranked), query, span, territory.bounds.most_results)
    search.losses.extend(page.lost)
    before = tuple(search.losses)
    kept = _and_by_carpool(search, every[0], page.span, (page.kept, direct))
    driverless = None if page.kept else empty_reason(territory, query, both, before)
    reason = None if kept else empty_reason(territory, query, both, search.losses)
    if reason is EmptyReason.ALREADY_THERE:
        direct, beside = (), None
    ends = page.span.from_s, page.span.until_s
    losses = tuple(search.losses)
    return Answer(query, territory.network, kept, direct, *ends, reason, losses, beside, without_drivers=driverless)


def _walked(
    search: TripSearch, both: Doors, found: Sequence[Itinerary]
) -> tuple[Itinerary | None, tuple[Itinerary, ...]]:
    """All the way, where some itinerary is no faster; and the same again, where it is short enough to take instead."""
    walk = walked_all_the_way(search.territory, search.query, both, found)
    if walk is None:
        return None, ()
    beside = direct_itinerary(search.query, "WALK", walk)
    return beside, () if beside.duration_s > search.query.walking.direct_s else (beside,)


def _and_by_carpool(
    search: TripSearch, both: Doors, span: TimeSpan, found: tuple[Sequence[Itinerary], Sequence[Itinerary]]
) -> tuple[Itinerary, ...]:
    """Those of the page, none left out, and the few best that have a ride in a driver's car."""
    kept, direct = found
    territory, query = search.territory, search.query
    if territory.carpooling is None or search.deadline.is_past():
        return tuple(kept)
    day = search_date(territory, span.until_s - 1 if query.arrive_by else span.from_s, query.arrive_by)
    searched = searched_day(territory, query, day)
    limits = limits_of(territory, query, searched, search.deadline.step_ns())
    shared = search.keep(with_carpool(territory, query, both, (searched, limits), span, [*kept, *direct]))
    shared = search.keep(in_time(shared, query.now_s))
    search.deadline.note_end(limits.until_ns)
    return in_order([*kept, *shared]) if shared else tuple(kept)


def _surely_step_free(
    search: TripSearch, every: list[Doors], span: TimeSpan, found: list[Itinerary]
) -> list[Itinerary]:
    """Who needs ways without steps also hears of those that are known to have none, be they slower than others of
    which nobody knows."""
    query = search.query
    if not query.step_free or query.needs.surely or not found or search.deadline.is_past():
        return []
    return _besides(
        search, replace(query, profile=replace(query.profile, step_free=StepFree.STRICT)), every, (span, found)
    )


def _and_unbooked(search: TripSearch, every: list[Doors], span: TimeSpan, found: list[Itinerary]) -> list[Itinerary]:
    """Those found, and what a ride that cannot be booked any more has beaten in the search."""
    if not any(loss.code is Code.BOOKING_CLOSED for loss in search.losses) or search.deadline.is_past():
        return found
    free = _besides(search, replace(search.query, unbooked=True), every, (span, found))
    return search.keep(undominated([*found, *free]))


def _besides(
    search: TripSearch, asked: Query, every: list[Doors], before: tuple[TimeSpan, list[Itinerary]]
) -> list[Itinerary]:
    """What another question finds in the same hours, and the search did not. What one took out and the other found is
    not lost."""
    other, (span, found) = search.asking(asked), before
    every = [both for both in every if both.lead_anywhere]
    best = within(other, every, span) if asked.window_s else at_one_time(other, every)
    known = [one for one in best if one not in found]
    search.losses[:] = once([*search.losses, *other.losses], [*found, *known])
    return known


def _enough(search: TripSearch, every: list[Doors]) -> tuple[TimeSpan, list[Itinerary]]:
    """The itineraries of the window asked for, or of the first wider one that has as many as asked for.

    Once there is one, the query's patience is wide enough: who must be there at noon has no use for last night's bus.
    Where even the first is farther off than that, as on a Sunday without service, those soon after it belong to the
    answer.
    """
    query = search.query
    every = [both for both in every if both.lead_anywhere]
    if not every or query.modes == frozenset():
        return span_of(query, max(query.window_s, 1)), []
    if not query.window_s:
        return span_of(query, 1), at_one_time(search, every)
    span = span_of(query, query.window_s)
    found = within(search, every, span)
    while query.widen and len(good := taken(found)) < query.results:
        limit_s = widest_s(search.territory, query, good)
        if span.width_s >= limit_s or search.deadline.is_past():
            break
        wider = span_of(query, min(span.width_s + widen_by_s(query, span, len(good)), limit_s))
        found = search.keep(undominated([*found, *within(search, every, wider.without(span))]))
        span = wider
    waits_a_night = query.widen and found and not taken(found) and not search.deadline.is_past()
    return _beyond_the_night(search, every, span, found) if waits_a_night else (span, found)


def _beyond_the_night(
    search: TripSearch, every: list[Doors], span: TimeSpan, found: list[Itinerary]
) -> tuple[TimeSpan, list[Itinerary]]:
    """With the first that go through, where some do soon after."""
    wider, beside = span_of(search.query, span.width_s + UNTIL_THE_DAY_S), search.asking(search.query)
    later = within(beside, every, wider.without(span))
    if not taken(later):
        return span, found
    search.losses.extend(beside.losses)
    return wider, search.keep(undominated([*found, *later]))


def _on_other_pages(
    search: TripSearch, every: list[Doors], span: TimeSpan, found: Sequence[Itinerary]
) -> list[Itinerary]:
    """What is no part of this page, and may be all that something of it is a twin of."""
    query = search.query
    every = [both for both in every if both.lead_anywhere]
    several = [one for one in found if len(one.rides) > 1]
    if not several or search.deadline.is_past():
        return []
    end_s = span.from_s - 1 if query.arrive_by else span.until_s
    beside = past_the_end(search, every, end_s, partial(may_count, found))
    edge = TimeSpan(span.until_s, span.until_s + TWIN_S)
    edge = edge if query.arrive_by else TimeSpan(span.from_s - TWIN_S, span.from_s)
    is_near = any(edge.from_s - TWIN_S <= moment(query, one) < edge.until_s + TWIN_S for one in several)
    return [*beside, *within(search.asking(query), every, edge)] if query.continues and is_near else beside
