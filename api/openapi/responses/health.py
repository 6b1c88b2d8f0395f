"""What `/health/` answers, for the OpenAPI document."""

from __future__ import annotations

from api.openapi.responses import Day, Shape, Source, Text


class Ending(Shape):
    """A feed that ends within 30 days, or has ended. waiting: the version that takes over is there."""

    feed: Text
    last_day: Day
    days_left: int
    waiting: bool


class Live(Shape):
    live: bool


class LiveFeed(Shape):
    """Real time of a feed. age_seconds: of the source that has said nothing for longest, null where none has said
    anything; reasons: how many were left out, and why; alarms: silent, unmatched."""

    feed: Text
    age_seconds: int | None
    updates: int
    matched: int
    reasons: dict[str, int]
    alarms: list[Text]


class Ready(Shape):
    ready: bool
    network: Text
    sources: list[Source]
    ending: list[Ending]
    real_time: list[LiveFeed]
