"""A timetable that has ended, or is about to, goes on by the weekdays of its last week, where the operator wants that
rather than no answer at all. The days added are known as such, and each ride on them says so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from gtfs.snapshot import FeedSnapshot
from mobility.feeds.build.tables import last_running_column
from mobility.network.network import FeedVersion

AHEAD_DAYS = 28
"""The calendar reaches at least so far from today on; it grows by so many days at a time."""


def extended_feeds(feeds: Sequence[FeedVersion], wanted: Collection[str], today: date) -> list[FeedVersion]:
    """The same feeds; of those wanted, with the days by which they are to be extended today."""
    return [replace(feed, extended_days=_days(feed, today) if feed.id in wanted else 0) for feed in feeds]


def is_to_extend(feed: FeedVersion, today: date) -> bool:
    return _days(feed, today) > feed.extended_days


def extended(feed: FeedSnapshot, days: int) -> FeedSnapshot:
    """The feed with so many days more after its last one, each as the same weekday in its last seven days."""
    services = feed.services
    if not days or not services.active.any():
        return feed
    until = last_running_column(services) + 1
    known = services.active[:, :until]
    week = np.zeros((len(services.ids), 7), bool)
    week[:, -min(7, until) :] = known[:, -7:]
    more = np.tile(week, (1, days // 7 + 1))[:, :days]
    return replace(feed, services=replace(services, active=np.hstack([known, more]), extended_days=days))


def _days(feed: FeedVersion, today: date) -> int:
    if feed.last_day is None:
        return 0
    missing = AHEAD_DAYS - (feed.last_day - today).days
    return max(0, -(-missing // AHEAD_DAYS) * AHEAD_DAYS)
