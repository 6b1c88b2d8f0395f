"""Days of service, and the feed's word about itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from gtfs.feed import Feed
from gtfs.notice import Severity
from gtfs.rules.registry import Place, at_rows, rule
from gtfs.values import MISSING, integers, rows_of

SOON = timedelta(days=7)


def _last_day(feed: Feed) -> date | None:
    """The last day on which a trip runs that the snapshot has (on-demand trips count as well)."""
    services = feed.services
    days = services.active.shape[1]
    return services.first_day + timedelta(days=days - 1) if days else None


@rule(Severity.WARNING)
def no_service_day(feed: Feed, today: date) -> Iterator[Place]:
    """Not one trip runs on any day. Source: canonical validator, service_has_no_active_day_of_the_week; Hent."""
    if len(feed.tables["trips"]) and _last_day(feed) is None:
        yield Place("calendar.txt", message="no trip runs on any day")


@rule(Severity.WARNING)
def expired_feed(feed: Feed, today: date) -> Iterator[Place]:
    """No service runs today or later. Source: canonical validator, feed_expiration_date7_days; Hent."""
    last = _last_day(feed)
    if last and last < today:
        yield Place("calendar.txt", value=last.isoformat(), message="the last day of service")


@rule(Severity.WARNING)
def feed_ends_soon(feed: Feed, today: date) -> Iterator[Place]:
    """The last service day is less than a week away. Source: canonical validator, feed_expiration_date7_days."""
    last = _last_day(feed)
    if last and today <= last < today + SOON:
        yield Place("calendar.txt", value=last.isoformat(), message="the last day of service")


@rule(Severity.INFO)
def feed_starts_later(feed: Feed, today: date) -> Iterator[Place]:
    """The first service day is yet to come. Source: Hent."""
    if feed.services.active.any() and feed.services.first_day > today:
        yield Place("calendar.txt", value=feed.services.first_day.isoformat(), message="the first day of service")


@rule(Severity.WARNING)
def service_never_active(feed: Feed, today: date) -> Iterator[Place]:
    """A service that trips use never runs. Source: canonical validator, service_has_no_active_day_of_the_week."""
    trips, services = feed.tables["trips"], feed.services
    idle = np.logical_not(services.active.any(axis=1)).tolist()
    service = rows_of(feed.keys("services"), trips["service_id"])
    for row in np.unique(service[service >= 0]).tolist():
        if idle[row]:
            yield Place("calendar.txt", 0, "service_id", services.ids[row])


@rule(Severity.ERROR)
def start_and_end_range_out_of_order(feed: Feed, today: date) -> Iterator[Place]:
    """end_date is before start_date; the row is left out. Source: canonical validator."""
    table = feed.tables["calendar"]
    start, end = integers(table["start_date"], "date"), integers(table["end_date"], "date")
    yield from at_rows(table, (end < start) & (end != MISSING), "end_date", "before start_date")


@rule(Severity.INFO)
def missing_recommended_file(feed: Feed, today: date) -> Iterator[Place]:
    """feed_info.txt, which says who publishes the feed until when, is not there. Source: canonical validator."""
    if not feed.has("feed_info"):
        yield Place("feed_info.txt")


@rule(Severity.INFO)
def more_than_one_entity(feed: Feed, today: date) -> Iterator[Place]:
    """feed_info.txt has more than one row; the first is read. Source: canonical validator, more_than_one_entity."""
    table = feed.tables["feed_info"]
    if len(table) > 1:
        yield Place(table.file, int(table.lines[1]))
