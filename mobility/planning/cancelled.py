"""Where cancellations leave nothing, or nothing for long: which rides they took, and the next that run.

What would be there by timetable alone is looked for by the planner; here it is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from mobility.clock import evening
from mobility.planning.explain import WITHOUT_A_RIDE
from mobility.ranking.answer import Answer, CancelledRide
from mobility.ranking.filters import moment, taken
from mobility.routing.empty_reason import EmptyReason
from mobility.routing.itinerary import Itinerary, RideLeg
from mobility.routing.next_runs import following, is_cancelled, may_be_cancelled, of_the_day
from mobility.routing.territory import Territory
from mobility.routing.time_span import TimeSpan

FAR_OFF_S, EARLIER_S = 1800, 300
"""So much later than asked one leaves, or so much earlier one has to be there, before it is said why: an
answer for an hour at which one has to be somewhere looks as good when it has become an earlier one."""
MOST_TOLD = 3
MAY_BE_CANCELLED = WITHOUT_A_RIDE | {EmptyReason.NOBODY_GETS_IN, EmptyReason.NOBODY_GETS_OUT}


def without_trips(territory: Territory, answer: Answer) -> TimeSpan | None:
    """The hours in which nothing is shown and the timetable may have had something; None where that needs no word."""
    if territory.live is None or answer.query.continues:
        return None
    span = _with_nothing(answer)
    return span if span is not None and may_be_cancelled(territory.live) else None


def _with_nothing(answer: Answer) -> TimeSpan | None:
    """A driver, who may refuse, goes for no departure of a timetable."""
    query, searched = answer.query, TimeSpan(answer.searched_from_s, answer.searched_until_s)
    if not answer.itineraries:
        return searched if answer.reason in MAY_BE_CANCELLED else None
    moments = [moment(query, one) for one in taken(answer.itineraries) if one.carpool is None]
    enough_s = EARLIER_S if query.arrive_by else FAR_OFF_S
    if not moments:
        return searched
    if min(abs(one - query.at_s) for one in moments) < enough_s:
        return None
    return TimeSpan(max(moments) + 1, query.at_s + 1) if query.arrive_by else TimeSpan(query.at_s, min(moments))


def with_cancelled(territory: Territory, answer: Answer, planned: Sequence[Itinerary]) -> Answer:
    """planned: what the timetable had in those hours."""
    live = territory.live
    assert live is not None
    rides = dict.fromkeys(ride for one in planned for ride in one.rides if is_cancelled(live, ride))
    if not rides:
        return answer
    nearest = sorted(rides, key=lambda ride: ride.departure_s, reverse=answer.query.arrive_by)
    first = islice(_each_once(territory, nearest), MOST_TOLD)
    told = tuple(sorted(first, key=lambda one: one.ride.departure_s))
    return replace(answer, cancelled=told, reason=EmptyReason.CANCELLED if answer.reason else None)


def _each_once(territory: Territory, rides: Sequence[RideLeg]) -> Iterator[CancelledRide]:
    """A day without any run is told as one, not ride by ride."""
    live, told = territory.live, set[tuple[int, str, str, date]]()
    assert live is not None
    for ride in rides:
        way = ride.line, ride.start.name, ride.end.name, evening(ride.departure_s, territory.zone)
        if way not in told:
            planned, running = (len(of_the_day(network, ride, territory.zone)) for network in (ride.network, live))
            whole_day = planned > 1 and not running
            if whole_day:
                told.add(way)
            yield CancelledRide(ride, following(live, ride, ride.departure_s), whole_day)
