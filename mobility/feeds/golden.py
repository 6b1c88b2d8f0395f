"""Golden queries: trips that the territory lives by. A network that does not answer them is never put into service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np

from gtfs.calendar import WEEKDAYS
from mobility.clock import at_clock, days_after
from mobility.feeds.golden_query import GoldenAnswer, GoldenQuery
from mobility.feeds.outcome import NotAnswered
from mobility.geo import Point
from mobility.planning.planner import plan
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Query, Spot
from mobility.routing.territory import Territory

WITHIN_S = 2 * 3600


def ask_all(territory: Territory, queries: Sequence[GoldenQuery], today: date) -> None:
    """Raises NotAnswered, which names every query without an answer and why."""
    faults = [f"{query}: {fault}" for query in queries if (fault := ask(territory, query, today).fault)]
    if faults:
        raise NotAnswered(tuple(faults))


def ask(territory: Territory, query: GoldenQuery, today: date) -> GoldenAnswer:
    ends = [_spot(territory, name) for name in (query.origin, query.destination)]
    if ends[0] is None or ends[1] is None:
        return GoldenAnswer(fault=f"no such place: {query.origin if ends[0] is None else query.destination}")
    day = next(_days(territory, query, today), None)
    if day is None:
        return GoldenAnswer(fault="no trip runs on such a day")
    at_s = at_clock(day, query.at, ZoneInfo(territory.network.zones[0]))
    asked = Query(ends[0], ends[1], at_s, window_s=WITHIN_S, widen=False)
    answer = plan(territory, asked)
    if not answer.itineraries:
        return GoldenAnswer(fault=f"{answer.reason} on {day}")
    return GoldenAnswer(str(answer.itineraries[0]))


def _spot(territory: Territory, name: str) -> Spot | None:
    stop = territory.network.stops.id.find(name)
    if stop is not None:
        return stop_spot(territory.network, stop)
    point = _point(name)
    if point is not None:
        return Spot(point, name)
    found = territory.places.search(name, 1) if territory.places is not None else []
    if not found:
        return None
    return stop_spot(territory.network, found[0].stop) if found[0].stop >= 0 else Spot(found[0].point, name)


def _point(name: str) -> Point | None:
    lat, comma, lon = name.partition(",")
    try:
        return Point(float(lat), float(lon)) if comma else None
    except ValueError:
        return None


def _days(territory: Territory, query: GoldenQuery, today: date) -> Iterator[date]:
    """Days on which anything runs, from today on; then those before it, the latest first."""
    services = territory.network.services
    columns = np.flatnonzero(services.active.any(axis=0)) if services.active.size else np.empty(0, np.int64)
    running = [days_after(services.first_day, int(column)) for column in columns]
    fitting = [day for day in running if query.weekday in ("", WEEKDAYS[day.weekday()])]
    yield from (day for day in fitting if day >= today)
    yield from (day for day in reversed(fitting) if day < today)
