"""The last one is gone: said plainly to who asks at night, before the first trip of the morning is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mobility.clock import evening, local_date, night_ends_s
from mobility.planning.empty_day import first_ways
from mobility.planning.explain import WITHOUT_A_RIDE
from mobility.planning.farther import FartherRide, leaves_farther
from mobility.planning.planner import plan, planned_plainly
from mobility.ranking.answer import Answer
from mobility.ranking.filters import NIGHT_WAIT_S, taken, waits_long
from mobility.routing.headways import headway_s
from mobility.routing.itinerary import Itinerary
from mobility.routing.next_runs import is_cancelled, may_be_cancelled
from mobility.routing.query import Query
from mobility.routing.territory import Territory

LOOK_BACK_S = 3600
SETS_OUT_EARLIER_S = 3 * 3600
"""So long before who sets out last somebody may have set out to a later boat."""
FAR_AHEAD_S = 1 << 62


@dataclass(frozen=True, slots=True)
class FirstRide:
    """When it leaves, epoch seconds, and on which line. stop: of a boat that is waited for, its quay, else "". about:
    that it runs at a headway, and no timetable promises when it leaves."""

    at_s: int
    line: str = ""
    stop: str = ""
    about: bool = False


@dataclass(frozen=True, slots=True)
class LastGone:
    """asked_s: epoch seconds. boat: the boat is what one waits for; then both rides are boats. last: None where nothing
    left on that day. next: None where nothing leads there for a fortnight, or as far as timetables reach. hurry: only
    without the time that one is early at a quay it can be reached. too_late: it has not left yet, and can no longer be
    reached. late: what leaves that day is not there in time. cancelled: by timetable some would leave later on that
    day, and are cancelled. farther: what still leaves on that day for who walks longer. carpool_s: when a driver leaves
    before the next; overnight: so does a way that waits a night. step_free: who asks climbs no steps."""

    asked_s: int
    boat: bool
    last: FirstRide | None
    next: FirstRide | None
    hurry: bool = False
    late: bool = False
    cancelled: bool = False
    farther: FartherRide | None = None
    carpool_s: int | None = None
    overnight: bool = False
    step_free: bool = False

    @property
    def too_late(self) -> bool:
        return self.last is not None and self.last.at_s >= self.asked_s


def last_gone(territory: Territory, answer: Answer) -> LastGone | None:
    """Of an answer whose timetable only begins on another day than the one asked about, or that has nothing of it; None
    of any other. A ride in a driver's car is no departure of a timetable: who is refused stays the night."""
    query, shown = answer.query, [one for one in taken(answer.itineraries) if one.carpool is None]
    if query.earlier or (query.arrive_by and shown):
        return None
    if query.arrive_by:
        return _none_in_time(territory, answer)
    ahead = shown or _found_later(territory, answer)
    if ahead is None:
        return None
    first_s, today = min((one.departure_s for one in ahead), default=FAR_AHEAD_S), _evening(territory, query.at_s)
    if first_s < query.at_s + NIGHT_WAIT_S or (ahead and _evening(territory, first_s) == today):
        return None
    before = [one for one in _before(territory, query) if _evening(territory, one.departure_s) == today]
    lost = _taken_away(territory, query, max((one.departure_s for one in before), default=0))
    boat = _are_by_boat([*ahead, *before, *lost])
    last = _last(territory, query, before, boat) if before else None
    return LastGone(
        query.at_s,
        boat,
        _first_ride(territory, last, boat) if last else None,
        _earliest_ride(territory, ahead, boat),
        hurry=last is not None and boat and not lost and last.departure_s + _early_s(last) >= query.at_s,
        cancelled=bool(lost),
        farther=leaves_farther(territory, query),
        carpool_s=_first_car_s(answer, first_s),
        overnight=any(one.departure_s < first_s for one in answer.itineraries if waits_long(one)),
        step_free=query.step_free,
    )


def _none_in_time(territory: Territory, answer: Answer) -> LastGone | None:
    """Where only a driver is there by the time asked for."""
    query, zone = answer.query, territory.zone
    if not _is_without_a_ride(answer):
        return None
    first, day = first_ways(territory, query), local_date(query.at_s, zone)
    if day not in first:
        return None
    ways = [way for way in first.values() if way is not None]
    ahead = [way for way in ways if way.departure_s > query.at_s][:1]
    boat, runs = _are_by_boat(ways), any(local_date(way.departure_s, zone) == day for way in ways)
    return LastGone(
        query.at_s,
        boat,
        None,
        _earliest_ride(territory, ahead, boat),
        late=runs,
        carpool_s=_first_car_s(answer),
        overnight=any(map(waits_long, answer.itineraries)),
        step_free=query.step_free,
    )


def _found_later(territory: Territory, answer: Answer) -> list[Itinerary] | None:
    """The ways of a later day than was searched; none where nothing leads there for a fortnight, and None where this
    answer needs no word of it, or nobody can say."""
    query = answer.query
    if not _is_without_a_ride(answer):
        return None
    first = first_ways(territory, query)
    if local_date(query.at_s, territory.zone) not in first:
        return None
    later = next((way for way in first.values() if way is not None and way.departure_s > query.at_s), None)
    if later is None:
        return []
    asked = replace(query, at_s=later.departure_s, direct_modes=(), carpool=False)
    return taken(planned_plainly(territory, asked).itineraries)


def _is_without_a_ride(answer: Answer) -> bool:
    """It has drivers, or ways that wait a night, and of a timetable no other one, as far as was searched."""
    reason = answer.without_drivers
    return bool(answer.itineraries) and answer.query.widen and (reason is None or reason in WITHOUT_A_RIDE)


def _first_car_s(answer: Answer, before_s: int = FAR_AHEAD_S) -> int | None:
    """When the first driver leaves that one can be with before then."""
    cars = (one.carpool for one in taken(answer.itineraries) if one.departure_s < before_s)
    return min((car.departure_s for car in cars if car is not None), default=None)


def _are_by_boat(ways: Sequence[Itinerary]) -> bool:
    return bool(ways) and all(map(_boat_s, ways))


def _before(territory: Territory, query: Query) -> Sequence[Itinerary]:
    """The last ones before the moment asked about. Who waits a night for the first boat does not take the last one."""
    return taken(plan(territory, _past(query)).itineraries)


def _past(query: Query) -> Query:
    return replace(query, earlier=True, window_s=LOOK_BACK_S, results=1, direct_modes=(), patience_s=0, carpool=False)


def _last(territory: Territory, query: Query, before: Sequence[Itinerary], boat: bool) -> Itinerary:
    """That of the last boat, or first ride: who sets out earlier may take a later one than who sets out last."""
    back_s = query.at_s - max(one.departure_s for one in before) + SETS_OUT_EARLIER_S
    earlier = taken(plan(territory, replace(_past(query), window_s=back_s, widen=False)).itineraries)
    every = [*before, *(one for one in earlier if not boat or _boat_s(one))]
    return max(every, key=lambda one: (_first_ride(territory, one, boat).at_s, one.departure_s))


def _taken_away(territory: Territory, query: Query, last_s: int) -> list[Itinerary]:
    """What would leave later on that day by timetable, the last ones of it, and is cancelled."""
    live = territory.live
    if live is None or not may_be_cancelled(live):
        return []
    today = _evening(territory, query.at_s)
    ends_s = night_ends_s(query.at_s, territory.zone) - 1
    planned = _before(territory.as_planned, replace(query, at_s=ends_s))
    later = (one for one in planned if one.departure_s > last_s and _evening(territory, one.departure_s) == today)
    return [one for one in later if any(is_cancelled(live, ride) for ride in one.rides)]


def _earliest_ride(territory: Territory, ways: Sequence[Itinerary], boat: bool) -> FirstRide | None:
    """Who sets out first, on a bus to a boat, may take a later boat than another."""
    return min((_first_ride(territory, one, boat) for one in ways), key=lambda one: one.at_s, default=None)


def _first_ride(territory: Territory, itinerary: Itinerary, boat: bool) -> FirstRide:
    """boat: the boat of it."""
    if boat:
        ferry = next(ride for ride in itinerary.rides if ride.mode == "FERRY")
        return FirstRide(ferry.departure_s, ferry.line_name, ferry.start.name, headway_s(ferry) > 0)
    if not itinerary.rides:
        return FirstRide(itinerary.departure_s)
    ride = itinerary.rides[0]
    return FirstRide(ride.departure_s, territory.network.lines.name(ride.line), about=headway_s(ride) > 0)


def _early_s(itinerary: Itinerary) -> int:
    """How long one who walks to the boat first of all is early at the quay."""
    walk, *rest = itinerary.legs
    to_the_boat = walk.mode == "WALK" and rest and rest[0].mode == "FERRY"
    return rest[0].departure_s - walk.arrival_s if to_the_boat else 0


def _boat_s(itinerary: Itinerary) -> int:
    """When the first boat of it leaves, 0 without one."""
    return next((ride.departure_s for ride in itinerary.rides if ride.mode == "FERRY"), 0)


def _evening(territory: Territory, at_s: int) -> date:
    return evening(at_s, territory.zone)
