"""What a trip query answers, for the OpenAPI document: the shapes only. Answers are made by api/present."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from api.openapi.responses import DataUse, Instant, Shape, Source, Text
from api.openapi.responses.near import Advised, Alternative, LastDeparture, LastKilometre, OwnWay, State, TownCentre


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


Amount = int | Literal["unknown"]


class Amounts(Shape):
    """Grams of CO2e, milligrams of NOx and PM10."""

    co2e_g: Annotated[Amount, Field(alias="co2e_g")]
    nox_mg: Annotated[Amount, Field(alias="nox_mg")]
    pm10_mg: Annotated[Amount, Field(alias="pm10_mg")]


class MeetingPlace(Shape):
    id: Text
    name: str
    kind: Text


class LegPrice(Shape):
    minor: Annotated[int, Field(ge=0)]
    currency: Text


class Ask(Shape):
    """How a seat is asked for; body: what is sent, with `seats` and a `message` beside it."""

    method: Literal["POST"]
    path: Text
    body: dict[str, str]


class Reserved(Shape):
    """compulsory: it is booked ahead, else the driver is told. number, url, message: as published. deadline: the last
    moment to book, null where none is given."""

    compulsory: bool
    number: str
    url: str
    message: str
    deadline: Instant | None
    sentence: Text


class LegNotes(Shape):
    """What the MOTIS API's own members cannot say of a leg. Of a walk: estimated, it is no way on streets. Of a ride:
    wheelchair, bikes, approximate (its times), headway (seconds between runs), extended (the timetable does not reach
    that day), reservation (what is to be arranged before). Of a ride in a driver's car: what one must know to ask for a
    seat; pickup, dropOff are ids of places. margin: seconds that a change leaves before the ride. impact: of the leg.
    notes: sentences."""

    margin: int | None = None
    impact: Amounts | None = None
    estimated: bool | None = None
    wheelchair: State | bool | None = None
    bikes: State | None = None
    approximate: bool | None = None
    headway: Annotated[int, Field(gt=0)] | None = None
    extended: bool | None = None
    reservation: Reserved | None = None
    notes: list[Text] | None = None
    offer: Text | None = None
    date: Text | None = None
    pickup: Text | None = None
    drop_off: Text | None = None
    ask: Ask | None = None
    meeting_points: list[MeetingPlace] | None = None
    seats_left: Annotated[int, Field(ge=0)] | None = None
    price: LegPrice | None = None
    uncertain_minutes: Annotated[int, Field(ge=0)] | None = None
    languages: list[Text] | None = None
    luggage: Any = None
    bike: Any = None
    pets: Any = None
    child_seat: Any = None


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
    hent: LegNotes


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


class BoughtProduct(Shape):
    """minor: below zero for a rebate of a change. rider, media: names; "" everybody, none: not said."""

    minor: int
    currency: Text
    id: str
    name: str
    rider: str
    media: list[str]


class TicketPart(Shape):
    """What one ticket of the trip costs: the rides (of those of the itinerary, from 0) that it holds for, the rule of
    its changes, and the feed that says so. prices: null where it is not known."""

    rides: list[int]
    prices: list[LegPrice] | None
    rule: str | None
    products: list[BoughtProduct]
    feed: Text
    feed_version: str
    valid_until: Instant | None
    sentence: Text


class CountedTicket(Shape):
    name: str
    count: Annotated[int, Field(ge=1)]


class TicketPrice(Shape):
    """minor: in the currency's minor unit, the least that it may be; most: where it may be more. complete: no part is
    missing. currency: "" where nothing is to be paid."""

    minor: Annotated[int, Field(ge=0)]
    currency: str
    most: int | None = None
    complete: bool
    parts: list[TicketPart]
    tickets: list[CountedTicket]
    rule: str | None
    product: str
    valid_until: Instant | None


class AcceptedCard(Shape):
    line: str
    accepted: Text


class AskedCard(Shape):
    """Of the query. legs: of each ride, whether the card is accepted."""

    name: str | None
    legs: list[AcceptedCard]


class Seller(Shape):
    operator: str
    url: str
    phone: str


class Counter(Shape):
    name: str
    lat: float
    lon: float
    distance: Annotated[int, Field(ge=0)]
    opening_hours: str
    sells: list[str]
    phone: str
    step_free: str


class Ticket(Shape):
    """price: null where nothing is known, or where currencies differ: then `prices` has one for each. buy: pages of the
    operators. counter: the nearest to where the trip begins."""

    sentence: Text
    price: TicketPrice | None
    prices: list[TicketPrice] | None = None
    card: AskedCard
    buy: list[Seller]
    counter: Counter | None


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
    last_kilometre: list[LastKilometre]


class Itinerary(Shape):
    """As schema Itinerary of the MOTIS API, version 6. id: empty where a ride in a driver's car is part of it, as that
    cannot be looked up again."""

    duration: int
    start_time: Instant
    end_time: Instant
    transfers: Annotated[int, Field(ge=0)]
    id: str
    legs: list[Leg]
    hent: ItineraryNotes


class Reason(Shape):
    """Why there is no itinerary: a code of docs/problems.md and a sentence."""

    code: Text
    sentence: Text
    advice: list[Advised | Warned]


class Removed(Shape):
    code: Text
    count: Annotated[int, Field(ge=1)]
    sentence: Text


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


class FoldedWay(Shape):
    """Departures on the same lines between the same stops. first: one of the ways that stand first. lead, itineraries:
    places in the list. every: seconds from each to the next, null where that differs."""

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
