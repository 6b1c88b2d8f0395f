"""What the statistics answer, for the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.openapi.responses import Instant, Shape, Text
from mobility.privacy.periods import LEAST_ASKERS


class TripCount(Shape):
    """askers: places that asked, each counted once. end: whether trips began or ended in the commune."""

    hour: Instant
    commune: Text
    name: str
    end: Literal["from", "to"]
    askers: Annotated[int, Field(ge=LEAST_ASKERS)]


class Statistics(Shape):
    """least: a number below it is neither stored nor told."""

    least: int
    counts: list[TripCount]
