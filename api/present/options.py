"""What an option is good for, as JSON under `hent`: labels, reason, impact, accessibility, ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import orjson

from api.present.carpool_legs import in_euros
from api.present.legs import AnswerContext
from api.present.pieces import Json
from api.present.prose import clock
from api.present.reasons import amount, reason
from api.present.ride_tickets import counter, fare_note, party_members, ride_ticket
from api.present.ticket import price_members, price_sentence
from api.web.sentences import Sentences, sentences
from mobility.impact import CAR, Impact
from mobility.network.network import Network
from mobility.ranking.accessibility import Caution
from mobility.ranking.chain import Loss, Lost
from mobility.ranking.costs import Option
from mobility.ranking.handful import Dropped
from mobility.ranking.options import Choice
from mobility.ranking.ticket import Ticket
from mobility.routing.itinerary import Itinerary
from mobility.travellers.profiles import Profile

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OptionNotes:
    """For the options of one answer. What several of them have in common is written once."""

    context: AnswerContext
    choice: Choice
    said: Sentences
    amounts: dict[Impact, orjson.Fragment] = field(default_factory=dict)
    tickets: dict[tuple[tuple[int, ...], Ticket, int], bytes] = field(default_factory=dict)
    sources: dict[frozenset[str], str] = field(default_factory=dict)
    cars: list[orjson.Fragment] = field(default_factory=list)

    def of(self, option: Option) -> Json:
        return {
            "labels": list(option.labels),
            "reason": reason(option, self.choice.first, self.context.zone, self.said),
            "impact": self._impact(option),
            "accessibility": _accessibility(option, self.said),
            "ticket": self._ticket(option),
        }

    def emitted(self, impact: Impact) -> orjson.Fragment:
        found = self.amounts.get(impact)
        if found is None:
            found = self.amounts[impact] = _text(amounts(impact))
        return found

    def _impact(self, option: Option) -> Json:
        choice = self.choice
        if not self.cars:
            car = {**amounts(choice.car), "distance": _or_unknown(choice.car_m), "estimated": choice.car_estimated}
            self.cars.append(_text(car))
        modes = frozenset(leg.mode for leg in option.itinerary.legs)
        if modes not in self.sources:
            self.sources[modes] = "; ".join(choice.factors.sources([*sorted(modes), CAR]))
        return {**amounts(option.impact), "car": self.cars[0], "source": self.sources[modes]}

    def _ticket(self, option: Option) -> orjson.Fragment:
        carpool = option.itinerary.carpool
        key = option.lines, option.ticket, carpool.price_cents if carpool else 0
        found = self.tickets.get(key)
        if found is None:
            found = self.tickets[key] = orjson.dumps(_ticket(self.context, option, self.choice, self.said))
        rides = orjson.dumps(_each_ride(self.context, option, self.choice, self.said))
        return orjson.Fragment(found[:-1] + b"," + rides[1:])


def ticket_told(context: AnswerContext, option: Option, choice: Choice, said: Sentences) -> Json:
    """Price, where to buy, and which ticket for each ride."""
    return _ticket(context, option, choice, said) | _each_ride(context, option, choice, said)


def _each_ride(context: AnswerContext, option: Option, choice: Choice, said: Sentences) -> Json:
    """What differs with the time of the ride."""
    desk = choice.desk
    found = desk.rides(option.itinerary, option.ticket) if desk else []
    notes = desk.notes(option.itinerary) if desk else []
    told = {"rides": [ride_ticket(one, choice.card, said) for one in found]}
    return told | {"notes": [fare_note(one, context.wishes.language) for one in notes]}


def _ticket(context: AnswerContext, option: Option, choice: Choice, said: Sentences) -> Json:
    ticket, rides = option.ticket, option.itinerary.rides
    cards = [{"line": ride.line_name, "accepted": card.value} for ride, card in zip(rides, ticket.cards, strict=True)]
    return {
        "sentence": _price_sentence(option, choice.party, said),
        **price_members(context.pieces.network, ticket.price, said, context.zone),
        "card": {"name": choice.card, "legs": cards},
        "buy": _links(context.pieces.network, option.itinerary),
        "counter": counter(choice.counter) if rides else None,
        **party_members(ticket.party, choice.party, said),
    }


def _text(told: Json) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(told))


def amounts(impact: Impact) -> Json:
    """`unknown` where there is no factor: a 0 would look like knowledge."""
    numbers = {"co2e_g": impact.co2e_g, "nox_mg": impact.nox_mg, "pm10_mg": impact.pm10_mg}
    return {name: _or_unknown(number) for name, number in numbers.items()}


def _or_unknown(number: int | None) -> int | str:
    return UNKNOWN if number is None else number


def dropped(context: AnswerContext, removed: Sequence[Loss]) -> list[Json]:
    """Each itinerary that is not shown, with the code and its sentence."""
    said = sentences(context.wishes.language)
    return [_dropped(context, one, said) for loss in removed for one in loss.told()]


def not_first(context: AnswerContext, found: Sequence[Dropped]) -> list[Json]:
    """Each departure that is listed after the ways that stand first, with the code and its sentence."""
    said = sentences(context.wishes.language)
    rows = [Lost(one.code, one.option.itinerary, one.option.itinerary.transfers) for one in found]
    return [_dropped(context, one, said) for one in rows]


def profile(found: Profile) -> Json:
    """As understood: what the query says goes before what the profile says."""
    return {
        "name": found.name,
        "stepFree": found.step_free.value,
        "party": found.party,
        "luggage": found.luggage,
        "bike": found.bike,
    }


def _dropped(context: AnswerContext, lost: Lost, said: Sentences) -> Json:
    itinerary = lost.itinerary
    at = [datetime.fromtimestamp(moment, context.zone) for moment in (itinerary.departure_s, itinerary.arrival_s)]
    return {
        "code": lost.code,
        "sentence": said["dropped"][lost.code],
        "startTime": at[0].isoformat(),
        "endTime": at[1].isoformat(),
        "departure": clock(itinerary.departure_s, context.zone),
        "transfers": lost.transfers,
        "lines": [{"mode": ride.mode, "line": ride.line_name} for ride in itinerary.rides],
    }


def _accessibility(option: Option, said: Sentences) -> Json:
    return {
        "state": option.access.state.value,
        "unknown": option.access.unknown,
        "steps": option.access.steps,
        "warnings": [caution(one, said) for one in option.cautions],
    }


def cautioned(found: Caution, said: Sentences) -> str:
    """What a caution is about, by its name."""
    return str(said["caution"]["there"]) if found.name == "END" else found.name


def caution(found: Caution, said: Sentences) -> Json:
    name = cautioned(found, said)
    mode = said["mode"].get(found.mode, "")
    text = said["caution"][f"{found.kind}_{found.state.value}"].format(name=name, mode=mode)
    return {"kind": found.kind, "state": found.state.value, "name": name, "sentence": text}


def _price_sentence(option: Option, party: int, said: Sentences) -> str:
    """Of the tickets of one person, and of a seat in a driver's car."""
    carpool, rides = option.itinerary.carpool, bool(option.itinerary.rides)
    tickets = price_sentence(option.ticket.price, party, said) if rides else said["ticket"]["free"]
    if carpool is None or not carpool.price_cents:
        return tickets
    seat = said["carpool_leg"]["seat_price"].format(amount=amount(in_euros(carpool.price_cents), said))
    return f"{tickets} {seat}" if rides else seat


def _links(network: Network, itinerary: Itinerary) -> list[Json]:
    """Where each operator on the way sells or loads tickets: its page for fares, else its own page."""
    agencies = dict.fromkeys(int(network.lines.agency[ride.line]) for ride in itinerary.rides)
    found = [network.agencies[row] for row in agencies]
    return [{"operator": one.name, "url": one.fare_url or one.url, "phone": one.phone} for one in found]
