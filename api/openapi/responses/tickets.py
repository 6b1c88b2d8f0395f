"""What is told of the ticket of an itinerary, for the OpenAPI document: docs/fares.md explains it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.openapi.responses import Day, Instant, Shape, Text
from api.openapi.responses.legs import LegPrice


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


class Money(Shape):
    minor: Annotated[int, Field(ge=0)]
    currency: str


class PartyShareShape(Shape):
    """Those who pay as one of the feed's rider categories; "" where it has none. price: of one of them."""

    rider: str
    name: str
    people: Annotated[int, Field(ge=1)]
    price: Money | None


class PartyPrice(Money):
    """Of all who travel together, each by what the profile says they pay as."""

    people: Annotated[int, Field(ge=2)]
    shares: list[PartyShareShape]
    sentence: Text


class RideTicketShape(Shape):
    """Of one ride. price: what it adds to the tickets bought before it; null where not known. card: `load`: a ticket
    has to be loaded before boarding. counter: the nearest that sells it and is open when the ride begins, null where
    nothing is to be bought. link: opened by the person, fetched by nobody; link_tells: what it tells the shop.
    sentence: two lines."""

    leg_index: Annotated[int, Field(ge=0)]
    line: str
    price: Money | None
    product: str
    card: Literal["yes", "no", "unknown", "load"]
    counter: Counter | None
    door: Literal["inform", "hand_over"]
    link: str
    link_tells: list[Literal["product", "line", "trip", "from", "to"]]
    link_sentence: Text
    sentence: Text


class FareNoteShape(Shape):
    """What no timetable can say, in the operator's words: with the day it was read and where. price, trips: of a carnet
    for so many trips, of a pass (0 trips) for a month."""

    agency: Text
    kind: Text
    text: Text
    date: Day
    source: Text
    price: Money | None
    trips: Annotated[int, Field(ge=0)]


class Ticket(Shape):
    """rides: one for each ride of the itinerary. price: null where nothing is known, or where currencies differ: then
    `prices` has one for each. buy: pages of the operators. counter: the nearest to where the trip
    begins that sells what its rides need, open or not. carnets: what a trip costs with those that are cheaper for each
    person, a sentence each."""

    sentence: Text
    price: TicketPrice | None
    prices: list[TicketPrice] | None = None
    card: AskedCard
    buy: list[Seller]
    counter: Counter | None
    party: PartyPrice | None = None
    rides: list[RideTicketShape]
    notes: list[FareNoteShape]
    carnets: list[Text]
