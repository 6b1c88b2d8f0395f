"""What our own endpoints answer, for the OpenAPI document: the shapes only. Answers are made by api/present."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Text = Annotated[str, Field(min_length=1)]
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
StepFreeNeed = Literal["any", "preferred", "needed", "strict"]


class Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="allow")


class DataUse(Shape):
    """The notice of this request: what is used, what is kept, how long, who gets it, where to read on. processings:
    ids in /api/data-use. version: changes with what is done."""

    summary: Text
    processings: list[str]
    stored: Text
    until: Text
    recipients: list[str]
    more: Text
    version: Text


class Notes(Shape):
    """What stands under `hent` in each answer that personal data were used for."""

    data_use: DataUse


class UsedData(Shape):
    """One processing of the register. tables: of the database, where it is stored."""

    id: Text
    name: Text
    purpose: Text
    summary: Text
    basis: Text
    data: list[str]
    source: Text
    is_stored: bool
    stored: Text
    tables: list[str]
    until: Text
    recipients: list[str]
    mandatory: bool
    without: Text
    rights: list[str]


class DataUseRegister(Shape):
    """Everything that is done with data of persons here, and who answers for it."""

    controller: Text
    contact: Text
    complaint: Text
    language: Text
    version: Text
    processings: list[UsedData]


class Source(Shape):
    """A timetable inside, its licence and the days it holds, null where it runs on no day. note: what one must know
    about it."""

    feed: Text
    publisher: str
    licence: Text
    url: str
    version: Text
    valid_from: Day | None
    valid_until: Day | None
    note: str


class Label(Shape):
    """least: the member of an itinerary of which the label's winner has least, of a price for one person (for several,
    that of the party); null where it states a fact."""

    label: Text
    sentence: Text
    least: str | None


class RankingRule(Shape):
    code: Text
    sentence: Text


class LossRule(RankingRule):
    """Why something found is not shown. numbers: those that the rule measures with."""

    numbers: dict[str, float]


class Similarity(Shape):
    """Shares of a trip from which another is the same, or alike, and how many alike are shown."""

    same: float
    alike: float
    most_alike: Annotated[int, Field(ge=1)]


class NumberShown(Shape):
    least: Annotated[int, Field(ge=1)]
    most: Annotated[int, Field(ge=1)]


class ProfileCosts(Shape):
    """What counts as how many seconds of travel; walking, waiting: a second of it."""

    change_s: Annotated[int, Field(alias="change_s")]
    walking: float
    waiting: float
    unknown_s: Annotated[int, Field(alias="unknown_s")]
    steps_s: Annotated[int, Field(alias="steps_s")]


class RankedProfile(Shape):
    """speed: metres a second. longestWalkToStop, longestWalk: seconds. mostChanges: null without a limit."""

    name: Text
    speed: float
    longest_walk_to_stop: Annotated[int, Field(ge=0)]
    longest_walk: Annotated[int, Field(ge=0)]
    most_changes: int | None
    step_free: StepFreeNeed
    party: Annotated[int, Field(ge=1)]
    costs: ProfileCosts


class Ranking(Shape):
    """How options are chosen, labelled and ordered; docs/ranking.md explains it to people. best: the numbers by which a
    way on foot is the best beside a ride that costs less."""

    paid_places: Literal["none"]
    cost: Text
    labels: list[Label]
    rules: list[LossRule]
    best: dict[str, float]
    similarity: Similarity
    far_longer: dict[str, float]
    hopelessly_long: dict[str, float]
    another_time: dict[str, float]
    nothing_gained: dict[str, float]
    shown: NumberShown
    profiles: list[RankedProfile]
    last_kilometre: list[RankingRule]
    more: Text


class ProblemType(Shape):
    type: Text
    title: Text
    status: Annotated[int, Field(ge=400, le=599)]


class MemberFault(Shape):
    member: str
    reason: Text


class Problem(ProblemType):
    """RFC 9457. Other members name what is wrong: parameter and reason, or errors of a body."""

    detail: Text
    instance: Text
    parameter: str = ""
    reason: str = ""
    errors: list[MemberFault] = []
