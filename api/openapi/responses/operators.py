"""What the operators' endpoints answer, for the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from api.openapi.responses import Instant, Shape, Text
from api.openapi.responses.data import Count, Day, FeedDescription, FeedReport, Sha256

Share = Annotated[float, Field(ge=0, le=1)]


class OperatorAnswer(Shape):
    expires: Instant
    name: Text
    role: Literal["read", "load", "admin"]


class LoadedFeed(Shape):
    id: Text
    sha256: Sha256
    licence: str
    publisher: str
    url: str
    version: str
    first_day: Day
    last_day: Day


class EndingFeed(Shape):
    """days_left: 0 on the last day, negative past it. waiting: the next version is there."""

    feed: Text
    last_day: Day
    days_left: int
    waiting: bool


class OperatorFeeds(Shape):
    """missing: feeds of the config that are not in service. left_out: those that belong there, and whose kept files
    could not be read when their network was built again."""

    loaded: list[LoadedFeed]
    waiting: list[LoadedFeed]
    ending: list[EndingFeed]
    missing: list[str]
    left_out: list[LoadedFeed]


class OperatorVersion(LoadedFeed):
    """accepted: epoch seconds. notices: findings by code."""

    in_service: bool
    waiting: bool
    accepted: Count
    notices: dict[str, Count]


class OperatorFeed(OperatorVersion):
    """The version in service, else the latest. ending: where it ends within 30 days or has ended. service: null until
    the open data of the network is made, and of a version that is not in service."""

    ending: EndingFeed | None
    report: FeedReport
    service: FeedDescription | None
    versions: list[OperatorVersion]


class OperatorJob(Shape):
    """share: of the work that lies behind. result: outcome, report or diff; of a job that failed, its problem."""

    id: Text
    verb: Text
    feed: str
    operator: str
    state: Literal["running", "done", "failed", "cancelled", "lost"]
    step: str
    share: Share
    began: Instant
    ended: Instant | None
    result: dict[str, Any]


class OperatorJobs(Shape):
    """The latest first."""

    jobs: list[OperatorJob]


class OperatorAction(Shape):
    """outcome: asked, then how it ended."""

    at: Instant
    operator: Text
    verb: Text
    subject: str
    version: str
    outcome: Literal["asked", "done", "refused", "failed", "cancelled", "lost"]


class OperatorLog(Shape):
    """The latest first."""

    actions: list[OperatorAction]
