"""Where nothing was found for a day: whether anything goes that way on that day, and when the next way begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from mobility.clock import Deadline, at_clock, days_after, local_date
from mobility.places.public_holidays import is_holiday_where
from mobility.planning.explain import WITHOUT_A_RIDE
from mobility.planning.planner import plan
from mobility.ranking.answer import Answer
from mobility.ranking.filters import taken
from mobility.routing.territory import Territory

MOST_DAYS = 14
"""Farther ahead nobody waits, and what runs at all runs within a fortnight."""


@dataclass(frozen=True, slots=True)
class EmptyDay:
    """day: asked about. runs: whether anything goes that way on it, at another hour. holiday: by law. at_s: epoch
    seconds when the next way begins; None: none does within a fortnight, or as far as timetables reach."""

    day: date
    runs: bool
    holiday: bool
    at_s: int | None


def empty_day(territory: Territory, answer: Answer) -> EmptyDay | None:
    """None of an answer that is not empty, or is so for another reason, and where the day itself could not be searched
    to its end."""
    query, zone = answer.query, territory.zone
    if answer.reason not in WITHOUT_A_RIDE or not query.widen:
        return None
    day = local_date(query.at_s, zone)
    first_s = dict(_first_ways(territory, answer, day))
    if day not in first_s:
        return None
    begins = [at_s for at_s in first_s.values() if at_s is not None]
    runs = any(local_date(at_s, zone) == day for at_s in begins)
    later = next((at_s for at_s in begins if at_s > query.at_s), None)
    return EmptyDay(day, runs, is_holiday_where(zone, day), later)


def _first_ways(territory: Territory, answer: Answer, day: date) -> Iterator[tuple[date, int | None]]:
    """When the first way of each day begins (epoch seconds), from the one asked about on, until one lies after the
    moment that was asked about: one search a day, of one moment. None where a day has none; it ends before a day that
    the clock, or the timetable, does not let it search."""
    query = replace(
        answer.query,
        arrive_by=False,
        earlier=False,
        window_s=0,
        results=1,
        direct_modes=(),
        carpool=False,
    )
    deadline = Deadline(territory.bounds.answer_s)
    for ahead in range(MOST_DAYS + 1):
        searched = days_after(day, ahead)
        if deadline.is_past() or not any(feed.covers(searched) for feed in territory.network.feeds):
            return
        found = plan(territory, replace(query, at_s=at_clock(searched, time(0), territory.zone)))
        first_s = min((one.departure_s for one in taken(found.itineraries)), default=None)
        if first_s is None and found.cut_short:
            return
        yield searched, first_s
        if first_s is not None and first_s > answer.query.at_s:
            return
