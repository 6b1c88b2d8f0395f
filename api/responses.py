"""What our own endpoints answer, for the OpenAPI document: the shapes only. Answers are made by api/present."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Text = Annotated[str, Field(min_length=1)]
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]


class Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="allow")


class Place(Shape):
    """A place; at a stop with its id, and with times where a leg begins, stops or ends there."""

    name: str
    lat: float
    lon: float
    stop_id: str = ""
    tz: str = ""


class Polyline(Shape):
    points: str
    precision: int
    length: Annotated[int, Field(ge=0)]


class Leg(Shape):
    """As schema Leg of the MOTIS API, version 6."""

    mode: Text
    from_: Annotated[Place, Field(alias="from")]
    to: Place
    duration: int
    start_time: Instant
    end_time: Instant
    scheduled_start_time: Instant
    scheduled_end_time: Instant
    real_time: bool
    scheduled: bool
    leg_geometry: Polyline
    hent: dict[str, Any]


class ItineraryNotes(Shape):
    """sentence: the itinerary in words. estimated: a walk in it is no way on streets. walk: metres on foot."""

    sentence: Text
    estimated: bool
    labels: list[str]
    walk: int
    sources: list[str]


class Itinerary(Shape):
    """As schema Itinerary of the MOTIS API, version 6."""

    duration: int
    start_time: Instant
    end_time: Instant
    transfers: Annotated[int, Field(ge=0)]
    id: Text
    legs: list[Leg]
    hent: ItineraryNotes


class DataUse(Shape):
    """What becomes of the traveller's data: what is used, what is kept, how long, where to read on."""

    summary: Text
    stored: Text
    until: Text
    more: str


class DataUseNotice(DataUse):
    """The same with who is responsible and whom to ask."""

    controller: Text
    contact: Text


class Reason(Shape):
    """Why there is no itinerary: a code of docs/problems.md and a sentence."""

    code: Text
    sentence: Text


class Removed(Shape):
    code: Text
    count: Annotated[int, Field(ge=1)]
    sentence: Text


class Source(Shape):
    """A timetable inside, its licence and the days it holds. note: what one must know about it."""

    feed: Text
    publisher: str
    licence: Text
    url: str
    version: Text
    valid_from: Annotated[str, Field(json_schema_extra={"format": "date"})]
    valid_until: Annotated[str, Field(json_schema_extra={"format": "date"})]
    note: str


class AnswerNotes(Shape):
    """network: version of the network that answered. limited: parameters that asked for more than the server gives."""

    data_use: DataUse
    network: Text
    language: Text
    sources: list[Source]
    removed: list[Removed]
    limited: list[str]
    reason: Reason | None = None


class TripsAnswer(Shape):
    """As the answer of `plan` of the MOTIS API, version 6; what is ours stands under `hent`."""

    request_parameters: dict[str, str]
    debug_output: dict[str, int]
    from_: Annotated[Place, Field(alias="from")]
    to: Place
    direct: list[Itinerary]
    itineraries: list[Itinerary]
    previous_page_cursor: Text
    next_page_cursor: Text
    hent: AnswerNotes


class Ready(Shape):
    ready: bool
    network: Text
    sources: list[Source]


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
