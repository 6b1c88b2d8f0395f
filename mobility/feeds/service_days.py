"""How far a version of a feed reaches, held against the one in service: what runs on no day, has ended, or ends sooner
takes its place only where somebody wants that all the same. Each feed is looked at by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gtfs.counted import counted
from mobility.network.network import FeedVersion


class Shortage(StrEnum):
    """NOT_YET: of a version that does not wait for its first day, while the one in service runs until then."""

    NO_DAY = "no_day"
    ENDED = "ended"
    FEWER_DAYS = "fewer_days"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """version, serving: sha256. last_day, serving_until: the last day of service that was published, None where there
    is none. published: whether it was put into service all the same."""

    feed: str
    shortage: Shortage
    version: str
    last_day: date | None
    serving: str
    serving_until: date | None
    today: date
    published: bool = False
    first_day: date | None = None

    def __str__(self) -> str:
        end = "is published all the same" if self.published else "is not published without --force"
        return f"{self.feed} {self._lacks()} and {end}; the version in service {self._serving()}"

    def _lacks(self) -> str:
        if self.last_day is None:
            return "runs on no day"
        if self.shortage is Shortage.NOT_YET:
            return f"runs on no day before {self.first_day}"
        if self.shortage is Shortage.ENDED:
            return f"has ended on {self.last_day}"
        return f"ends on {self.last_day}, in {counted(days_left(self.last_day, self.today), 'day')},"

    def _serving(self) -> str:
        if self.serving_until is None:
            return "ran on no day either"
        left = days_left(self.serving_until, self.today)
        tense = "runs" if not self.published else "ran"
        return f"{tense} until {self.serving_until}" + (f", {counted(left, 'day')} from today" if left >= 0 else "")


def shortfall(new: FeedVersion, serving: FeedVersion | None, today: date) -> Shortfall | None:
    """None where nothing is lost by it; serving: None for the first version of a feed, which takes nothing away."""
    if serving is None or serving.sha256 == new.sha256:
        return None
    shortage = _shortage(new, serving, today)
    if shortage is None:
        return None
    return _shortfall(shortage, new, serving, today)


def shortfall_at_once(new: FeedVersion, serving: FeedVersion | None, today: date) -> Shortfall | None:
    """As `shortfall`, of a version that takes its place today, whatever its first day is."""
    if serving is not None and serving.sha256 != new.sha256 and is_to_wait(new, serving, today):
        return _shortfall(Shortage.NOT_YET, new, serving, today)
    return shortfall(new, serving, today)


def _shortfall(shortage: Shortage, new: FeedVersion, serving: FeedVersion, today: date) -> Shortfall:
    until, first = serving.last_day, new.first_day
    return Shortfall(new.id, shortage, new.sha256, new.last_day, serving.sha256, until, today, first_day=first)


def is_to_wait(feed: FeedVersion, serving: FeedVersion | None, today: date) -> bool:
    """Whether it begins in the future and the version before it still runs, be it for the last day."""
    until = serving.served_until if serving else None
    return feed.begins_after(today) and until is not None and until >= today


def serves_since(feed: FeedVersion, serving: FeedVersion | None, today: date) -> date:
    return feed.first_day if feed.first_day and is_to_wait(feed, serving, today) else today


def _shortage(new: FeedVersion, serving: FeedVersion, today: date) -> Shortage | None:
    if new.last_day is None:
        return Shortage.NO_DAY
    if new.last_day < today:
        return Shortage.ENDED
    return Shortage.FEWER_DAYS if serving.lasts_beyond(new) else None


def days_left(last_day: date, today: date) -> int:
    """0 on the last day, negative past it."""
    return (last_day - today).days
