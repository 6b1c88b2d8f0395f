"""What an itinerary is worth to one traveller: its cost in seconds, what it emits, what it costs, who can take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mobility.clock import local_date
from mobility.impact import CAR, NOTHING, Factors, Impact, by_car, impact, together
from mobility.money import Amount
from mobility.ranking.accessibility import Accessibility, Caution, accessibility, warnings
from mobility.ranking.bikes import bike_cautions
from mobility.ranking.codes import Code
from mobility.ranking.facts import RideKey, key_of, ride_facts
from mobility.ranking.sales import NO_WORD, Selling
from mobility.ranking.ticket import FareDesk, Ticket
from mobility.routing.itinerary import CarpoolLeg, Itinerary, Leg, RideLeg, WalkLeg
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.travellers.profiles import Costs, StepFree

DRIVEN_TWICE = 2
DEEPEST_NIGHT_S = 3 * 3600
SHARED = Amount(0, "EUR")
"""What a driver's costs are shared in."""


@dataclass(frozen=True, slots=True)
class RankingSettings:
    """What an operator decides. factors: of emissions. card: the name of the transit card. most: options shown.
    selling: how tickets are sold."""

    factors: Factors = field(default_factory=Factors)
    card: str = ""
    most: int = 5
    selling: Selling = NO_WORD


class Option(NamedTuple):
    """An itinerary as weighed for one traveller; cost_s: what it costs them in seconds of travel. legs: the impact of
    each leg. metres: of the whole way. lines: rows of network.lines, in the order ridden. idle_s: of the time between
    the one asked for and the departure (with arrive-by: the arrival), what the cost leaves out. overnight: on the way
    at three in the morning. people: how many travel together."""

    itinerary: Itinerary
    cost_s: int
    impact: Impact
    legs: tuple[Impact, ...]
    metres: int
    access: Accessibility
    ticket: Ticket
    lines: tuple[int, ...]
    by_boat: bool
    idle_s: int = 0
    overnight: bool = False
    cautions: tuple[Caution, ...] = ()
    labels: tuple[Code, ...] = ()
    people: int = 1

    @property
    def amount(self) -> Amount | None:
        """The tickets, and the share of a driver's costs; None where not all is known, or not in one currency."""
        carpool, tickets = self.itinerary.carpool, self.ticket.amount
        if carpool is None or tickets is None or not carpool.price_cents:
            return tickets
        if tickets.minor and tickets.currency != SHARED.currency:
            return None
        return SHARED._replace(minor=tickets.minor + carpool.price_cents)

    @property
    def together(self) -> Amount | None:
        """What all who travel together pay; None where not all is known, or not in one currency."""
        if self.people == 1:
            return self.amount
        carpool = self.itinerary.carpool
        tickets = self.ticket.party if self.itinerary.rides else self.ticket.amount
        if carpool is None or tickets is None or not carpool.price_cents:
            return tickets
        if tickets.minor and tickets.currency != SHARED.currency:
            return None
        return SHARED._replace(minor=tickets.minor + self.people * carpool.price_cents)


def in_one_currency(options: Iterable[Option]) -> bool:
    """Whether their prices can be compared: what costs nothing can be with any."""
    amounts = [one.together for one in options]
    return len({amount.currency for amount in amounts if amount is not None and amount.minor}) < 2


def is_dearer(one: Option, other: Option) -> bool:
    """For certain, for all who travel together."""
    mine, its = one.together, other.together
    return mine is not None and its is not None and in_one_currency((one, other)) and mine.minor > its.minor


def weigh(territory: Territory, query: Query, rules: RankingSettings, itineraries: Sequence[Itinerary]) -> list[Option]:
    facts = ride_facts(territory.network, territory.lengths, itineraries)
    of_ride = {key: impact(rules.factors, ride.mode, ride.metres) for key, ride in facts.items()}
    desk = FareDesk(territory.network, rules.card, query.buyer, query.profile.paying_as(query.profile.party))
    warned = query.profile.step_free is not StepFree.ANY
    found = []
    for one, ticket in zip(itineraries, desk.tickets(itineraries), strict=True):
        rides = [facts[key_of(ride)] for ride in one.rides]
        legs = tuple(_emitted(leg, one, of_ride, rules.factors, query.profile.party) for leg in one.legs)
        access = accessibility(one, facts, warned)
        weighed = Weighed(one, query, access)
        option = Option(
            itinerary=one,
            cost_s=round(_cost_s(weighed)),
            impact=together(legs),
            legs=legs,
            metres=round(one.own_m + one.carpool_m + sum(ride.metres for ride in rides)),
            access=access,
            ticket=ticket,
            lines=tuple(ride.line for ride in one.rides if not ride.stays),
            by_boat=any(ride.mode == "FERRY" for ride in rides),
            idle_s=_idle_s(weighed),
            overnight=_lasts_overnight(one, territory.zone),
            cautions=(*(warnings(one, facts) if warned else ()), *(bike_cautions(one) if query.with_bike else ())),
            people=query.profile.party,
        )
        found.append(option)
    return found


def _idle_s(weighed: Weighed) -> int:
    return max(0, round((1 - weighed.query.profile.costs.waiting) * weighed.waiting_s))


def _lasts_overnight(itinerary: Itinerary, zone: ZoneInfo) -> bool:
    ends_s = itinerary.departure_s, itinerary.arrival_s
    first, last = (local_date(at_s - DEEPEST_NIGHT_S, zone) for at_s in ends_s)
    return first != last


def own(factors: Factors, itinerary: Itinerary, leg: WalkLeg, party: int) -> Impact:
    """Of a way without a ride. Who drives somebody to a stop or fetches them there goes back alone, or came alone."""
    if leg.mode != CAR:
        return NOTHING
    is_driven = bool(itinerary.rides) and (leg.end.stop >= 0 or leg is not itinerary.legs[0])
    return by_car(factors, DRIVEN_TWICE * leg.distance_m if is_driven else leg.distance_m, party)


def _emitted(leg: Leg, itinerary: Itinerary, of_ride: Mapping[RideKey, Impact], factors: Factors, party: int) -> Impact:
    """In a driver's car a person's share of it: the driver and the party are in it, and nobody else is counted."""
    if isinstance(leg, RideLeg):
        return of_ride[key_of(leg)]
    if isinstance(leg, CarpoolLeg):
        return by_car(factors, leg.distance_m, 1 + party)
    return own(factors, itinerary, leg, party)


class Weighed(NamedTuple):
    """What a cost is made of."""

    itinerary: Itinerary
    query: Query
    access: Accessibility

    @property
    def waiting_s(self) -> int:
        one, query = self.itinerary, self.query
        return abs(query.at_s - (one.arrival_s if query.arrive_by else one.departure_s))


class Term(NamedTuple):
    """A summand of the cost. text: as `/api/ranking` says it, in the names of a profile's costs and of the answer."""

    text: str
    seconds: Callable[[Weighed, Costs], float]


TERMS: tuple[Term, ...] = (
    Term("duration", lambda one, costs: one.itinerary.duration_s),
    Term("(walking - 1) * seconds on foot", lambda one, costs: (costs.walking - 1) * one.itinerary.walk_s),
    Term(
        "waiting * |time asked - departure (arrival with arriveBy)|", lambda one, costs: costs.waiting * one.waiting_s
    ),
    Term("change_s * transfers", lambda one, costs: costs.change_s * one.itinerary.transfers),
    Term("unknown_s * unknown", lambda one, costs: costs.unknown_s * one.access.unknown),
    Term("steps_s * steps", lambda one, costs: costs.steps_s * one.access.steps),
)


def _cost_s(weighed: Weighed) -> float:
    costs = weighed.query.profile.costs
    return sum([seconds(weighed, costs) for _, seconds in TERMS])
