"""What changed between two versions of a feed, for the OpenAPI document."""

from __future__ import annotations

from api.openapi.responses import Day, Shape, Text
from api.openapi.responses.data import Count


class DayDifference(Shape):
    """Trips on an ordinary day of this kind. before, after: the days that were compared, null where there is none."""

    day: Text
    trips_before: Count
    trips_after: Count
    before: Day | None
    after: Day | None


class LineService(Shape):
    """first, last: by the clock of the service day, where 25:10 is after midnight."""

    trips: Count
    first: Text
    last: Text


class LineDifference(Shape):
    line: str
    day: Text
    before: LineService | None
    after: LineService | None


class LinesDifference(Shape):
    added: list[str]
    removed: list[str]
    changed: list[LineDifference]


class MovedStop(Shape):
    name: str
    metres: Count


class StopsDifference(Shape):
    added: list[str]
    removed: list[str]
    moved: list[MovedStop]


class LostConnection(Shape):
    """meetingsBefore: so many times a day one could change there."""

    stop: str
    line: str
    onward: str
    meetings_before: Count


class AnswerDifference(Shape):
    """A golden query that is answered otherwise."""

    query: Text
    before: Text
    after: Text


class RunningPeriod(Shape):
    first_day: Day
    last_day: Day


class RunsDifference(Shape):
    """From when to when anything runs, null where nothing does."""

    before: RunningPeriod | None
    after: RunningPeriod | None


class FeedDifference(Shape):
    """before, after: sha256 of the versions. days_lost: on which something ran before, and nothing does."""

    feed: Text
    before: Text
    after: Text
    runs: RunsDifference
    days_lost: list[Day]
    days: list[DayDifference]
    lines: LinesDifference
    stops: StopsDifference
    connections_lost: list[LostConnection]
    answers_changed: list[AnswerDifference]
