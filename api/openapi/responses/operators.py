"""What the operators' endpoints answer, for the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.openapi.responses import Day, Instant, Shape, Text
from api.openapi.responses.data import Count, FeedDescription, FeedReport, Sha256
from api.openapi.responses.differences import AnswerDifference, FeedDifference, LostConnection

Share = Annotated[float, Field(ge=0, le=1)]


class OperatorAnswer(Shape):
    expires: Instant
    name: Text
    role: Literal["read", "load", "admin"]


class LoadedFeed(Shape):
    """first_day, last_day: null where it runs on no day."""

    id: Text
    sha256: Sha256
    licence: str
    publisher: str
    url: str
    version: str
    first_day: Day | None
    last_day: Day | None


class EndingFeed(Shape):
    """days_left: 0 on the last day, negative past it. waiting: the next version is there."""

    feed: Text
    last_day: Day | None
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


class ClosedPart(Shape):
    kind: Literal["stop", "line"]
    id: Text


class CutOffPart(Shape):
    """What nobody reaches any more where a stop or a line closes. people: of the communes."""

    closed: ClosedPart
    name: str
    stops: list[Text]
    communes: list[Text]
    people: Count


class StepFreeReach(Shape):
    """How many stops one reaches without steps from a station, how many not, and of how many nobody knows."""

    station: Text
    name: str
    yes: Count
    no: Count
    not_known: Count


class NetworkStructure(Shape):
    """lookedAt: whether the network is small enough. boatsWithoutMap: lines whose water no map shows."""

    looked_at: bool
    stops: Count
    boats_without_map: list[Text]
    cut_off: list[CutOffPart]
    cannot_be_reached: list[Text]
    cannot_be_left: list[Text]
    one_way_only: list[Text]
    step_free: list[StepFreeReach]


class HeldVersion(Shape):
    """A version that reaches less far than the one in service: its sha256 and days, and those of `serving`."""

    feed: Text
    reason: Literal["no_day", "ended", "fewer_days", "not_yet"]
    version: Sha256
    first_day: Day | None
    last_day: Day | None
    serving: Sha256
    serving_until: Day | None
    sentence: Text


class FewerDepartures(Shape):
    """Of a line on an ordinary day of this kind."""

    line: str
    day: Text
    before: Count
    after: Count


class TravellersLoss(Shape):
    """What travellers lose by this version of the feed. days: on which something ran and nothing does; answers: golden
    queries without one."""

    feed: Text
    days: list[Day]
    lines: list[str]
    departures: list[FewerDepartures]
    stops: list[str]
    connections: list[LostConnection]
    answers: list[AnswerDifference]


class LoadOutcome(Shape):
    """Of a job that changed what is in service. structure: null where nothing was built. held_back: of several
    feeds those that reach less far than what stays in service; forced: those that were published all the same."""

    state: Literal["published", "unchanged", "waiting"]
    network: str
    feeds: list[LoadedFeed]
    waiting: list[LoadedFeed]
    ending: list[EndingFeed]
    reports: list[FeedReport]
    left_out: list[LoadedFeed]
    structure: NetworkStructure | None
    held_back: list[HeldVersion]
    forced: list[HeldVersion]
    losses: list[TravellersLoss]


class ServiceDays(Shape):
    """days_left: negative past the end, null where it runs on no day."""

    first_day: Day | None
    last_day: Day | None
    days_left: int | None


class CheckedReport(Shape):
    """days: null where the feed is refused. held_back: why a load would not publish it."""

    report: FeedReport
    days: ServiceDays | None
    held_back: HeldVersion | None
    losses: list[TravellersLoss]


class FailedJob(Shape):
    """As a problem of docs/problems.md without title and status, with the members of its type; report: of a feed that
    was refused or held back."""

    type: Text
    detail: Text
    report: FeedReport | None = None
    held_back: list[HeldVersion] | None = None
    losses: list[TravellersLoss] | None = None


class NoResult(Shape):
    """Of a job that runs, or was cancelled."""


class OperatorJob(Shape):
    """share: of the work that lies behind. result: outcome, report or difference; of a job that failed, its problem;
    empty while it runs."""

    id: Text
    verb: Text
    feed: str
    operator: str
    state: Literal["running", "done", "failed", "cancelled", "lost"]
    step: str
    share: Share
    began: Instant
    ended: Instant | None
    result: LoadOutcome | CheckedReport | FeedDifference | FailedJob | NoResult


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
