"""Where nothing was found for a day: whether anything goes that way on that day, and when the next way begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from mobility.clock import Deadline, days_after, local_date, midnight
from mobility.network.timetable import Int32s
from mobility.places.public_holidays import is_holiday_where
from mobility.planning.explain import WITHOUT_A_RIDE
from mobility.planning.planner import planned_plainly
from mobility.planning.trip_search import searched_day
from mobility.ranking.answer import Answer
from mobility.ranking.filters import taken
from mobility.routing.headways import first_headway_s
from mobility.routing.itinerary import Itinerary
from mobility.routing.query import Query
from mobility.routing.territory import Territory

MOST_DAYS = 14
"""Farther ahead nobody waits, and what runs at all runs within a fortnight."""


@dataclass(frozen=True, slots=True)
class EmptyDay:
    """day: asked about. runs: whether anything goes that way on it, at another hour. holiday: by law. at_s: epoch
    seconds when the next way begins; None: none does within a fortnight, or as far as timetables reach. about: with a
    run at a headway, whose minute no timetable promises."""

    day: date
    runs: bool
    holiday: bool
    at_s: int | None
    about: bool = False


def empty_day(territory: Territory, answer: Answer) -> EmptyDay | None:
    """None of an answer that is not empty, or is so for another reason, and where the day itself could not be searched
    to its end."""
    query, zone = answer.query, territory.zone
    if answer.reason not in WITHOUT_A_RIDE or not query.widen:
        return None
    day = local_date(query.at_s, zone)
    first = first_ways(territory, query)
    if day not in first:
        return None
    begins = [way for way in first.values() if way is not None]
    runs = any(local_date(way.departure_s, zone) == day for way in begins)
    later, holiday = next((way for way in begins if way.departure_s > query.at_s), None), is_holiday_where(zone, day)
    if later is None:
        return EmptyDay(day, runs, holiday, None)
    return EmptyDay(day, runs, holiday, later.departure_s, first_headway_s(later) > 0)


def first_ways(territory: Territory, query: Query) -> dict[date, Itinerary | None]:
    """The first way of each day, from the one asked about on, until one begins after the moment that was asked about:
    at most one search a day, of one moment. None where a day has none; it ends before a day that the clock, or the
    timetable, does not let it search."""
    return dict(_first_ways(territory, query, local_date(query.at_s, territory.zone)))


def _first_ways(territory: Territory, query: Query, day: date) -> Iterator[tuple[date, Itinerary | None]]:
    looks, deadline = DayLooks(territory, _of_one_moment(query)), Deadline(territory.bounds.answer_s)
    for ahead in range(MOST_DAYS + 1):
        searched = days_after(day, ahead)
        if deadline.is_past() or not any(feed.covers(searched) for feed in territory.network.feeds):
            return
        found = looks.at(searched)
        ways = taken(found.itineraries) if found else []
        first = min(ways, key=lambda one: one.departure_s, default=None)
        if found and first is None and found.cut_short:
            return
        yield searched, first
        if first is not None and first.departure_s > query.at_s:
            return


def _of_one_moment(query: Query) -> Query:
    return replace(
        query,
        arrive_by=False,
        earlier=False,
        window_s=0,
        results=1,
        direct_modes=(),
        carpool=False,
    )


@dataclass(frozen=True)
class DayLooks:
    """A look at a day searches its rides and, where there are none, those of the next one. Days on which the same trips
    run share their arrays: what nothing was found in is not searched again. empty: these, by themselves and by when
    their midnight is."""

    territory: Territory
    query: Query
    empty: dict[tuple[int, int], Int32s] = field(default_factory=dict)

    def at(self, day: date) -> Answer | None:
        """None where it is known that nothing goes."""
        both = dict(map(self._rides, (day, days_after(day, 1))))
        if both.keys() <= self.empty.keys():
            return None
        found = planned_plainly(self.territory, replace(self.query, at_s=midnight(day, self.territory.zone)))
        if not (found.itineraries or found.removed or found.cut_short):
            self.empty.update(both)
        return found

    def _rides(self, day: date) -> tuple[tuple[int, int], Int32s]:
        timetable = searched_day(self.territory, self.query, day).timetable
        return (id(timetable.departure), midnight(day, self.territory.zone) - timetable.anchor_s), timetable.departure
