"""What travellers lose where one version of a feed takes the place of another: days, lines, departures, stops,
connections, and trips that they live by. What they gain is told by the difference of both (mobility/feeds/diff.py)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gtfs.connections import Connection
from gtfs.counted import counted
from gtfs.diff import LineChange, diff
from gtfs.snapshot import FeedSnapshot

MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """A golden query that is answered no more. before: the first itinerary; why: there is none."""

    query: str
    before: str
    why: str


@dataclass(frozen=True, slots=True)
class TravellersLoss:
    """days: from the day on which the new version serves, those with a trip before and none now. fewer: lines with
    fewer trips on an ordinary day of a kind. connections: with how often they were met a day, most first."""

    feed: str
    days: tuple[date, ...] = ()
    lines: tuple[str, ...] = ()
    fewer: tuple[LineChange, ...] = ()
    stops: tuple[str, ...] = ()
    connections: tuple[tuple[Connection, int], ...] = ()
    answers: tuple[LostAnswer, ...] = ()

    @property
    def is_none(self) -> bool:
        return not (self.days or self.lines or self.fewer or self.stops or self.connections or self.answers)

    def told(self) -> Iterator[str]:
        """In lines, what weighs most first; none where nothing is lost."""
        if self.is_none:
            return
        yield f"{self.feed}: what travellers lose"
        yield from _some("trips that the config names", [f"{one.query}: {one.why}" for one in self.answers])
        if self.days:
            yield f"  days without any trip: {len(self.days)}, {self.days[0]} to {self.days[-1]}"
        yield from _some("lines", self.lines)
        yield from _some("departures", [_fewer(one) for one in self.fewer])
        yield from _some("stops", self.stops)
        told = [f"{one.stop}: {one.line} > {one.onward}, {counted(n, 'time')} a day" for one, n in self.connections]
        yield from _some("connections", told)


def loss_of(feed: str, before: FeedSnapshot, after: FeedSnapshot, since: date) -> TravellersLoss:
    """since: the day from which the new version serves. Golden queries are not asked."""
    change = diff(before, after)
    gone = {*change.lines_removed}
    return TravellersLoss(
        feed,
        days=tuple(day for day in change.days_lost if day >= since),
        lines=change.lines_removed,
        fewer=tuple(one for one in change.changed if one.line not in gone and _has_fewer(one)),
        stops=change.stops_removed,
        connections=change.connections_lost,
    )


def _has_fewer(one: LineChange) -> bool:
    return one.before is not None and (one.after is None or one.after.trips < one.before.trips)


def _fewer(one: LineChange) -> str:
    before, after = (run.trips if run else 0 for run in (one.before, one.after))
    return f"{one.line} on a {one.day}: {before} -> {after}"


def _some(what: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield f"  {what}: {len(rows)}"
        yield from (f"    {row}" for row in rows[:MOST_LINES])
    if len(rows) > MOST_LINES:
        yield f"    and {len(rows) - MOST_LINES} more"
