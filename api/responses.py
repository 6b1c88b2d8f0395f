"""What our own endpoints answer, for the OpenAPI document: the shapes only. Answers are made by api/present."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from api.responses_near import Advised, Alternative, LastDeparture, LastKilometre, OwnWay, TownCentre

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


Amount = int | Literal["unknown"]
State = Literal["yes", "no", "unknown"]


class Amounts(Shape):
    """Grams of CO2e, milligrams of NOx and PM10."""

    co2e_g: Annotated[Amount, Field(alias="co2e_g")]
    nox_mg: Annotated[Amount, Field(alias="nox_mg")]
    pm10_mg: Annotated[Amount, Field(alias="pm10_mg")]


class CarAmounts(Amounts):
    """A person's share of the car. distance: metres; estimated: not on a map of streets."""

    distance: Amount
    estimated: bool


class Impact(Amounts):
    """Of one person. source: where the factors come from; docs/impact.md."""

    car: CarAmounts
    source: str


class Warned(Shape):
    kind: Literal["stop", "vehicle", "way", "carpool"]
    state: State
    name: str
    sentence: Text


class Accessibility(Shape):
    """state: the worst of stops, vehicles and ways. unknown, steps: how many are so. warnings: for who minds."""

    state: State
    unknown: Annotated[int, Field(ge=0)]
    steps: Annotated[int, Field(ge=0)]
    warnings: list[Warned]


class Ticket(Shape):
    """price: null where nothing is known; complete: no part is missing. card: accepted in each ride. buy: pages of the
    operators. counter: the nearest to where the trip begins."""

    sentence: Text
    price: dict[str, Any] | None
    card: dict[str, Any]
    buy: list[dict[str, Any]]
    counter: dict[str, Any] | None


class ItineraryNotes(Shape):
    """sentence: the itinerary in words. estimated: a walk in it is no way on streets. walk: metres on foot. labels,
    reason: what it is good for, and what it costs compared with the first; docs/ranking.md."""

    sentence: Text
    estimated: bool
    labels: Annotated[list[Text], Field(min_length=1)]
    reason: Text
    walk: int
    sources: list[str]
    impact: Impact
    accessibility: Accessibility
    ticket: Ticket
    last_kilometre: Annotated[list[LastKilometre], Field(min_length=1)]


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


class Reason(Shape):
    """Why there is no itinerary: a code of docs/problems.md and a sentence."""

    code: Text
    sentence: Text
    advice: list[Advised | Warned]


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


class Traveller(Shape):
    """The profile as understood."""

    name: Text
    step_free: Literal["any", "preferred", "needed", "strict"]
    party: Annotated[int, Field(ge=1)]
    luggage: bool
    bike: bool


class Dropped(Shape):
    """An itinerary that was found and is not shown."""

    code: Text
    sentence: Text
    start_time: Instant
    end_time: Instant
    departure: Text
    transfers: Annotated[int, Field(ge=0)]
    lines: list[dict[str, str]]


class AnswerNotes(Shape):
    """network: version of the network that answered. limited: parameters that asked for more than the server gives.
    dropped: with `explain`."""

    data_use: DataUse
    network: Text
    language: Text
    sources: list[Source]
    removed: list[Removed]
    limited: list[str]
    profile: Traveller
    town_centre: TownCentre | None
    alternatives: list[Alternative | OwnWay]
    last_departure: LastDeparture | None
    dropped: list[Dropped] | None = None
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


class Label(Shape):
    """least: the member of an itinerary of which the label's winner has least; null where it states a fact."""

    label: Text
    sentence: Text
    least: str | None


class RankingRule(Shape):
    code: Text
    sentence: Text


class Ranking(Shape):
    """How options are chosen, labelled and ordered; docs/ranking.md explains it to people."""

    paid_places: Literal["none"]
    cost: Text
    labels: list[Label]
    rules: list[RankingRule]
    similarity: dict[str, float]
    far_longer: dict[str, float]
    hopelessly_long: dict[str, float]
    another_time: dict[str, float]
    nothing_gained: dict[str, float]
    shown: dict[str, int]
    profiles: list[dict[str, Any]]
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
