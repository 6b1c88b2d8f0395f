"""The ticket of an option as JSON under `hent`: price, where to buy, and which ticket for each ride."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from api.present.amounts import amount
from api.present.carpool_legs import in_euros
from api.present.json_value import Json
from api.present.legs import AnswerContext
from api.present.party import each_pays, party_members
from api.present.prices import ToldPrice, ToldTicket
from api.present.prose import clock
from api.present.ride_tickets import counter, fare_note, ride_ticket
from api.web.sentences import Sentences
from mobility.fares.notes import FareNote
from mobility.fares.rides import Ridden
from mobility.ranking.costs import Option
from mobility.ranking.options import Choice
from mobility.ranking.ride_tickets import RideTicket, TicketDesk, operators
from mobility.ranking.sales import LineSale
from mobility.ranking.ticket import Ticket
from mobility.routing.itinerary import Itinerary, RideLeg

TicketKey = tuple[tuple[int, ...], Ticket, int]


class TimelessTicket(NamedTuple):
    """What is told of a ticket at whatever hour. beside: the price."""

    sentence: str
    price: ToldPrice
    beside: Json
    is_noted: bool


@dataclass(frozen=True, slots=True)
class TicketNotes:
    """For the options of one answer: what does not go by the hour is written once for those with the same lines at the
    same price, and the tickets of their rides once where they are sold alike. tickets: by the lines (rows), the ticket,
    and cents for a seat in a driver's car; rides: by the id() of one, which stands beside what is told of it, so that
    no other gets that id(); links: by operators (rows)."""

    context: AnswerContext
    choice: Choice
    said: Sentences
    tickets: dict[TicketKey, TimelessTicket] = field(default_factory=dict)
    rides: dict[int, tuple[RideTicket, Json]] = field(default_factory=dict)
    links: dict[tuple[int, ...], list[Json]] = field(default_factory=dict)

    def of(self, option: Option) -> Json:
        found, itinerary, desk = self._timeless(option), option.itinerary, self.choice.desk
        notes = desk.notes(itinerary) if found.is_noted else ()
        return {
            "sentence": found.sentence,
            **price_members(found.price, itinerary.rides, self.said, self.context.zone),
            **found.beside,
            "rides": list(self._rides(desk, option)),
            "notes": [fare_note(one, self.said.language) for one in notes],
            "carnets": [self._carnet(one) for one in notes if _spares(one, option, desk)],
        }

    def _carnet(self, note: FareNote) -> str:
        assert note.amount is not None, "of _spares"
        text, each = self.said["ride_ticket"]["carnet"], note.amount._replace(minor=note.amount.minor // note.trips)
        return text.format(n=note.trips, amount=amount(each, self.said))

    def _timeless(self, option: Option) -> TimelessTicket:
        itinerary, ticket = option.itinerary, option.ticket
        cents = itinerary.carpool.price_cents if itinerary.carpool else 0
        key = tuple([ride.line for ride in itinerary.rides]), ticket, cents
        found = self.tickets.get(key)
        if found is None:
            price = self.context.pieces.price(ticket.price, self.said)
            sales = self.choice.desk.sales(itinerary)
            agencies = operators(sales)
            beside = {
                "card": {"name": self.choice.card, "legs": _accepted(sales, ticket)},
                "buy": self._links(agencies),
                "counter": counter(self.choice.desk.seller(itinerary, ticket)),
                **party_members(ticket, self.said),
            }
            is_noted = bool(self.choice.desk.notes_of(agencies))
            found = TimelessTicket(self._sentence(price, ticket, itinerary), price, beside, is_noted)
            self.tickets[key] = found
        return found

    def _links(self, agencies: tuple[int, ...]) -> list[Json]:
        """Where each operator on the way sells or loads tickets: its page for fares, else its own page."""
        if agencies not in self.links:
            found = [self.context.pieces.network.agencies[row] for row in agencies]
            self.links[agencies] = [
                {"operator": one.name, "url": one.fare_url or one.url, "phone": one.phone} for one in found
            ]
        return self.links[agencies]

    def _sentence(self, price: ToldPrice, ticket: Ticket, itinerary: Itinerary) -> str:
        """Of the tickets of one person, of each kind where they pay differently, and of a seat in a driver's car."""
        carpool, rides, said = itinerary.carpool, bool(itinerary.rides), self.said
        tickets = self._of_rides(price, ticket) if rides else said["ticket"]["free"]
        if carpool is None or not carpool.price_cents:
            return tickets
        seat = said["carpool_leg"]["seat_price"].format(amount=amount(in_euros(carpool.price_cents), said))
        return f"{tickets} {seat}" if rides else seat

    def _of_rides(self, price: ToldPrice, ticket: Ticket) -> str:
        if self.choice.party == 1:
            return price.sentence
        differing = each_pays(ticket.shares, self.said)
        return self.said["ticket"]["price"].format(amount=differing) if differing else price.each

    def _rides(self, desk: TicketDesk, option: Option) -> Iterator[Json]:
        legs = [number for number, leg in enumerate(option.itinerary.legs) if isinstance(leg, RideLeg)]
        for number, one in zip(legs, desk.rides(option.itinerary, option.ticket), strict=True):
            yield {"legIndex": number, **self._ride(one, option.ticket)}

    def _ride(self, one: RideTicket, ticket: Ticket) -> Json:
        found = self.rides.get(id(one))
        if found is None:
            found = self.rides[id(one)] = one, ride_ticket(one, self.choice.card, ticket.shares, self.said)
        return found[1]


def _spares(note: FareNote, option: Option, desk: TicketDesk) -> bool:
    """A carnet whose one ticket is known to take everybody all the way, in place of one that is dearer for each. One
    whose trip costs no whole cents is left out: no amount would be true of it."""
    if note.kind != "carnet" or note.amount is None or not note.trips or note.amount.minor % note.trips:
        return False
    of_one_ticket = len(option.ticket.price.tickets) == 1 and option.itinerary.carpool is None
    if not of_one_ticket or not all(desk.is_of(note, ride) for ride in option.itinerary.rides):
        return False
    each = [one.each for one in option.ticket.shares] or [option.ticket.amount]
    known = [one.minor for one in each if one is not None and one.currency == note.amount.currency]
    return len(known) == len(each) and note.amount.minor < note.trips * min(known)


def _accepted(sales: Sequence[LineSale], ticket: Ticket) -> list[Json]:
    return [{"line": one.name, "accepted": card.value} for one, card in zip(sales, ticket.cards, strict=True)]


def price_members(told: ToldPrice, rides: Sequence[Ridden], said: Sentences, zone: ZoneInfo) -> Json:
    """`price`, null where nothing is known; `prices` beside it where currencies differ, which are never added. rides:
    of the journey, by which the hours go."""
    if not told.amounts:
        return {"price": None}
    parts = [_at_its_hour(part, rides, said, zone) for part in told.parts]
    why = {**told.why, "parts": parts, "validUntil": parts[0]["validUntil"] if parts else None}
    if len(told.amounts) == 1:
        return {"price": told.amounts[0] | why}
    return {"price": None, "prices": [one | why for one in told.amounts]}


def _at_its_hour(told: ToldTicket, rides: Sequence[Ridden], said: Sentences, zone: ZoneInfo) -> Json:
    """`4,00 PLN : Zakroczym ⇔ Modlin, valable pour ce trajet.`"""
    text, until_s = said["ticket"], told.first.valid_until_s(rides)
    holds = told.held if until_s is None else f"{told.held}, {text['until'].format(clock=clock(until_s, zone))}"
    return {
        **told.members,
        "validUntil": None if until_s is None else datetime.fromtimestamp(until_s, zone).isoformat(),
        "sentence": text["part"].format(**told.words, holds=holds) if told.first.known else text["unknown"],
    }
