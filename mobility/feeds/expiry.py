"""How long the feeds in service still last, so that operators hear of it before travellers do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gtfs.counted import counted
from mobility.feeds.service_days import days_left
from mobility.network.network import FeedVersion

WARN_DAYS = (30, 14, 7)
"""Operators are warned once at each of them, and once when the end is past."""


@dataclass(frozen=True, slots=True)
class Ending:
    """last_day: None where it runs on no day. days_left: 0 on the last day, negative past it. waiting: a version that
    takes over is there already."""

    feed: str
    last_day: date | None
    days_left: int
    waiting: bool = False

    @property
    def stage(self) -> int:
        """The warning that is due: one of WARN_DAYS, or -1 when the end is past."""
        return -1 if self.days_left < 0 else min(day for day in WARN_DAYS if self.days_left <= day)

    def __str__(self) -> str:
        if self.last_day is None:
            return f"{self.feed} runs on no day"
        if self.days_left < 0:
            return f"{self.feed} ended on {self.last_day}"
        return f"{self.feed} ends on {self.last_day}, in {counted(self.days_left, 'day')}"


def endings(feeds: Sequence[FeedVersion], waiting: Sequence[FeedVersion], today: date) -> tuple[Ending, ...]:
    """The feeds that end within 30 days, have ended, or run on no day."""
    followed = {feed.id for feed in waiting}
    found = [Ending(one.id, one.last_day, _days_left(one, today), one.id in followed) for one in feeds]
    return tuple(one for one in found if one.days_left <= max(WARN_DAYS))


def _days_left(feed: FeedVersion, today: date) -> int:
    return days_left(feed.last_day, today) if feed.last_day else -1
