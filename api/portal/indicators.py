"""How much service each feed gives, as rows and as JSON. Imports gtfs_kit: for api/portal/products.py only."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date

from api.present.pieces import Json
from gtfs.errors import NoIndicators
from gtfs.feed import Feed
from gtfs.indicators import Description, Indicators, LineDay, StopDay, indicators
from mobility.ids import namespaced

LOG = logging.getLogger("hent.portal")
LINES = ("line", "date", "trips", "first", "last", "hours", "headway_min", "speed_kmh")
STOPS = ("stop", "date", "departures", "first", "last")
Row = dict[str, object]


def find_indicators(feed: Feed, day: date) -> Indicators | None:
    """None where nothing ever runs, or gtfs_kit fails, which is one line of the log."""
    try:
        return indicators(feed, day)
    except NoIndicators as fault:
        LOG.error("the indicators cannot be made", extra={"feed": feed.source.id, "fault": str(fault)})
        return None


def line_rows(feed: str, found: Indicators | None) -> Iterable[Row]:
    """Ids as in the API, times of the service day."""
    for one in found.lines if found else ():
        yield {
            "line": namespaced(feed, one.line),
            "date": one.day.isoformat(),
            "trips": one.trips,
            "first": _clock(one.first_s),
            "last": _clock(one.last_s),
            "hours": round(one.hours, 2),
            "headway_min": _rounded(one.headway_min),
            "speed_kmh": _rounded(one.speed_kmh),
        }


def stop_rows(feed: str, found: Indicators | None) -> Iterable[Row]:
    for one in found.stops if found else ():
        yield {
            "stop": namespaced(feed, one.stop),
            "date": one.day.isoformat(),
            "departures": one.departures,
            "first": _clock(one.first_s),
            "last": _clock(one.last_s),
        }


def description_json(found: Indicators | None) -> Json | None:
    if found is None:
        return None
    told = found.description
    return {
        "agencies": list(told.agencies),
        "timezone": told.timezone,
        "firstDay": told.first_day.isoformat(),
        "lastDay": told.last_day.isoformat(),
        "lines": told.lines,
        "trips": told.trips,
        "stops": told.stops,
        "shapes": told.shapes,
        "busiest": _busiest(told),
        "days": _days(found.lines, found.stops),
    }


def _busiest(told: Description) -> Json:
    return {
        "date": told.day.isoformat(),
        "lines": told.lines_that_day,
        "trips": told.trips_that_day,
        "stops": told.stops_that_day,
    }


def _days(lines: Sequence[LineDay], stops: Sequence[StopDay]) -> list[Json]:
    """Only the days on which something runs."""
    days = sorted({one.day for one in lines})
    return [
        {
            "date": day.isoformat(),
            "lines": sum(one.day == day for one in lines),
            "trips": sum(one.trips for one in lines if one.day == day),
            "hours": round(sum(one.hours for one in lines if one.day == day), 2),
            "departures": sum(one.departures for one in stops if one.day == day),
        }
        for day in days
    ]


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _rounded(value: float | None) -> float | str:
    return "" if value is None else round(value, 1)
