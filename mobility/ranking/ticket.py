"""What an itinerary costs and which card is taken, as far as the feeds say. Nothing is sold here.

Each ride is paid with the cheapest price that holds on its line. A ticket serves as many further rides of the same
price as its feed says, within its time. Reductions, passes and rules between networks are not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mobility.geo import Point, distance_m
from mobility.network.network import Fare, Network
from mobility.network.place import TerritoryPlace
from mobility.ranking.accessibility import Known
from mobility.routing.itinerary import Itinerary, RideLeg


@dataclass(frozen=True, slots=True)
class Price:
    """complete: no ride's price is missing."""

    amount: float
    currency: str
    complete: bool
    tickets: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Ticket:
    """price: None where nothing is known. cards: whether the card is taken, for each ride."""

    price: Price | None
    cards: tuple[Known, ...]

    @property
    def amount(self) -> float | None:
        """The whole price, where all of it is known."""
        return self.price.amount if self.price is not None and self.price.complete else None


@dataclass(frozen=True, slots=True)
class Near:
    """A place and how far it is as the crow flies."""

    place: TerritoryPlace
    distance_m: int


TICKETS = frozenset({"tickets", "season_tickets", "korrigo_card", "korrigo_reload", "ferry_tickets"})
FREE = Ticket(Price(0.0, "", True, ()), ())


@dataclass(frozen=True, slots=True)
class FareDesk:
    """Answers for one answer's rides. card: the name, or the beginning of it, of the card asked about."""

    network: Network
    card: str
    by_line: dict[int, tuple[Fare | None, Known]] = field(default_factory=dict)
    prices: dict[tuple[int, ...], Price | None] = field(default_factory=dict)

    def ticket(self, itinerary: Itinerary) -> Ticket:
        if not itinerary.rides:
            return FREE
        of_line = [self._of_line(ride.line) for ride in itinerary.rides]
        bought = list(_bought(itinerary.rides, [fare for fare, _ in of_line]))
        complete = all(fare is not None for fare, _ in of_line)
        return Ticket(self._price(bought, complete), tuple(card for _, card in of_line))

    def _price(self, bought: Sequence[Fare], complete: bool) -> Price | None:
        """Few different ones in an answer, and each fare is one object of the network."""
        key = (complete, *map(id, bought))
        if key not in self.prices:
            self.prices[key] = _price(bought, complete)
        return self.prices[key]

    def _of_line(self, line: int) -> tuple[Fare | None, Known]:
        if line not in self.by_line:
            fares = fares_of(self.network, line)
            plain = [fare for fare in fares if not fare.depends]
            cheapest = min(plain, key=lambda fare: (fare.amount, not fare.media), default=None)
            self.by_line[line] = cheapest, _takes(self.card, fares)
        return self.by_line[line]


def nearest_counter(network: Network, point: Point) -> Near | None:
    """The nearest place with people who sell tickets, as far as what they sell is known."""
    counters = [place for place in network.places if place.kind == "counter" and _sells_tickets(place)]
    near = [Near(place, round(distance_m(point, Point(place.lat, place.lon)))) for place in counters]
    return min(near, key=lambda one: one.distance_m, default=None)


def _sells_tickets(place: TerritoryPlace) -> bool:
    sold = place.properties.get("sells", "")
    return not sold or bool(TICKETS & set(sold.split(";")))


def fares_of(network: Network, line: int) -> list[Fare]:
    feed = int(network.lines.feed[line])
    return [fare for fare in network.fares if fare.feed == feed and (not fare.lines or line in fare.lines)]


def _takes(card: str, fares: Sequence[Fare]) -> Known:
    media = {medium.casefold() for fare in fares for medium in fare.media}
    if not media or not card:
        return Known.UNKNOWN
    return Known.YES if any(medium.startswith(card.casefold()) for medium in media) else Known.NO


def _bought(rides: Sequence[RideLeg], fares: Sequence[Fare | None]) -> Iterator[Fare]:
    """The tickets to buy on the way. One stays seated with the ticket one has."""
    held, since_s, left = None, 0, 0
    for ride, fare in zip(rides, fares, strict=True):
        if fare is None or (ride.stays and fare == held):
            continue
        in_time = held is not None and (not held.valid_s or ride.departure_s - since_s <= held.valid_s)
        if fare == held and left and in_time:
            left -= 1
            continue
        held, since_s, left = fare, ride.departure_s, fare.changes
        yield fare


def _price(bought: Sequence[Fare], complete: bool) -> Price | None:
    currencies = {fare.currency for fare in bought}
    if len(currencies) != 1:
        return None
    counted = Counter(fare.name for fare in bought)
    return Price(round(sum(fare.amount for fare in bought), 2), currencies.pop(), complete, tuple(counted.items()))
