"""What a trip query answers, for the OpenAPI document: the shapes only. Answers are made by api/present."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.openapi.responses import DataUse, Instant, Shape, Source, StepFreeNeed, Text
from api.openapi.responses.legs import Amount, Amounts, Leg, Place
from api.openapi.responses.near import Advised, Alternative, LastDeparture, LastKilometre, OwnWay, State, TownCentre
from api.openapi.responses.tickets import Ticket


class CarAmounts(Amounts):
    """A person's share of the car. distance: metres; estimated: not on a map of streets."""

    distance: Amount
    estimated: bool


class Impact(Amounts):
    """Of one person. source: where the factors come from; docs/impact.md."""

    car: CarAmounts
    source: str


class Warned(Shape):
    kind: Literal["stop", "vehicle", "way", "carpool", "bike"]
    state: State
    name: str
    sentence: Text


class Accessibility(Shape):
    """state: the worst of stops, vehicles and ways. unknown, steps: how many are so. warnings: for who minds; `bike`
    for who takes a bicycle along."""

    state: State
    unknown: Annotated[int, Field(ge=0)]
    steps: Annotated[int, Field(ge=0)]
    warnings: list[Warned]


class OptionNotes(Shape):
    """Of an itinerary as weighed for one traveller. sentence: the itinerary in words. estimated: a walk in it is no way
    on streets. walk: metres on foot. labels, reason: what it is good for, and what it costs compared with the first;
    docs/ranking.md."""

    sentence: Text
    estimated: bool
    labels: Annotated[list[Text], Field(min_length=1)]
    reason: Text
    walk: int
    sources: list[str]
    impact: Impact
    accessibility: Accessibility
    ticket: Ticket


class ItineraryNotes(OptionNotes):
    """With the ways at its ends."""

    last_kilometre: list[LastKilometre]


class AnyItinerary(Shape):
    """As schema Itinerary of the MOTIS API, version 6. id: empty where a ride in a driver's car is part of it, as that
    cannot be looked up again."""

    duration: int
    start_time: Instant
    end_time: Instant
    transfers: Annotated[int, Field(ge=0)]
    id: str
    legs: list[Leg]


class Itinerary(AnyItinerary):
    hent: ItineraryNotes


class WayInstead(AnyItinerary):
    hent: OptionNotes


class Reason(Shape):
    """Why there is no itinerary: a code of docs/problems.md and a sentence. next_departure: when the next way begins,
    as far as it was looked for (a fortnight, or to the end of the timetables); approximate with a run at a headway,
    whose minute no timetable promises."""

    code: Text
    sentence: Text
    advice: list[Advised | Warned]
    next_departure: Instant | None
    next_departure_approximate: bool


class CancelledRide(Shape):
    """A ride that is cancelled and would have led there far sooner. reason: in words, null where nobody said one. next:
    when the next one of the line that runs leaves; nextApproximate: that one is at a headway, whose minute no timetable
    promises. wholeDay: none of several runs of the line from there to there runs on that day."""

    line: str
    mode: Text
    stop: str
    stop_id: Text
    departure: Instant
    reason: Text | None
    next: Instant | None
    next_approximate: bool
    whole_day: bool
    sentence: Text


class CutShort(Shape):
    """The clock ended the search before all was looked for."""

    code: Text
    sentence: Text


class Removed(Shape):
    code: Text
    count: Annotated[int, Field(ge=1)]
    sentence: Text


class Traveller(Shape):
    """The profile as understood."""

    name: Text
    step_free: StepFreeNeed
    party: Annotated[int, Field(ge=1)]
    luggage: bool
    bike: bool


class DroppedLine(Shape):
    mode: Text
    line: str


class Dropped(Shape):
    """An itinerary that was found and is not shown."""

    code: Text
    sentence: Text
    start_time: Instant
    end_time: Instant
    departure: Text
    transfers: Annotated[int, Field(ge=0)]
    lines: list[DroppedLine]


class FoldedWay(Shape):
    """Departures on the same lines between the same stops. first: one of the ways that stand first. lead, itineraries:
    places in the list; lead: of one that has not left, where there is one. every: seconds from each to the next, null
    where that differs."""

    first: bool
    lead: Annotated[int, Field(ge=0)]
    itineraries: Annotated[list[int], Field(min_length=1)]
    every: int | None
    sentence: Text


class AnswerNotes(Shape):
    """network: version of the network that answered. limited: parameters that asked for more than the server gives.
    entries: where a handful is asked for. dropped, notFirst: with `explain`."""

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
    entries: list[FoldedWay] | None = None
    dropped: list[Dropped] | None = None
    not_first: list[Dropped] | None = None
    reason: Reason | None = None
    cut_short: CutShort | None = None
    cancelled: list[CancelledRide] | None = None


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
