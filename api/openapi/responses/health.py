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


class Ready(Shape):
    ready: bool
    network: Text
    sources: list[Source]
    ending: list[Ending]
