"""What an itinerary costs and which card is taken, as far as the feeds say. Nothing is sold here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from mobility.fares.price import ANYBODY, FREE, Buyer, Price
from mobility.fares.rides import FareRide, fare_rides
from mobility.fares.tariffs import Tariffs
from mobility.geo import Point, distance_m
from mobility.money import Amount
from mobility.network.network import Network
from mobility.network.place import TerritoryPlace
from mobility.places.nearby import place_point
from mobility.ranking.accessibility import Known
from mobility.routing.by_land import nearest_by_land
from mobility.routing.itinerary import Itinerary
from mobility.routing.territory import Territory

NOT_PAID = Amount(0, "")


@dataclass(frozen=True, slots=True)
class Ticket:
    """cards: whether the card is taken, for each ride. party: what all who travel together pay, None where not all of
    it is known or in one currency, or somebody travels alone."""

    price: Price
    cards: tuple[Known, ...]
    party: Amount | None = None

    @property
    def amount(self) -> Amount | None:
        """The whole price, where all of it is known and in one currency."""
        if not self.price.complete or len(self.price.amounts) > 1:
            return None
        return next(iter(self.price.amounts), NOT_PAID)


WITHOUT_RIDE = Ticket(FREE, ())


@dataclass(frozen=True, slots=True)
class PlaceNearby:
    """A place and how far it is as the crow flies."""

    place: TerritoryPlace
    distance_m: int


@dataclass(frozen=True)
class FareDesk:
    """Answers for one answer's rides. card: the name, or the beginning of it, of the card asked about. party: what each
    of those who travel together pays as; "" as the buyer."""

    network: Network
    card: str = ""
    buyer: Buyer = ANYBODY
    party: tuple[str, ...] = ()

    @cached_property
    def tariffs(self) -> Tariffs:
        return Tariffs(self.network, self.buyer)

    def tickets(self, itineraries: Sequence[Itinerary]) -> list[Ticket]:
        """One for each."""
        rides = iter(fare_rides(self.network, [ride for one in itineraries for ride in one.rides]))
        return [self._ticket(tuple(islice(rides, len(one.rides)))) for one in itineraries]

    def _ticket(self, rides: tuple[FareRide, ...]) -> Ticket:
        if not rides:
            return WITHOUT_RIDE
        return Ticket(self.tariffs.price(rides), tuple(map(self._takes_card, rides)), self._together(rides))

    def _together(self, rides: tuple[FareRide, ...]) -> Amount | None:
        if len(self.party) < 2:
            return None
        asked = Counter(self.party)
        others = {who: Tariffs(self.network, replace(self.buyer, rider=who)).price(rides) for who in asked if who}
        found = [
            (Ticket(others.get(who) or self.tariffs.price(rides), ()).amount, count) for who, count in asked.items()
        ]
        known = [(one, count) for one, count in found if one is not None]
        currencies = {one.currency for one, _ in known if one.minor}
        if len(known) < len(found) or len(currencies) > 1:
            return None
        return Amount(sum(one.minor * count for one, count in known), next(iter(currencies), ""))

    def _takes_card(self, ride: FareRide) -> Known:
        """Unknown where no medium is called so, and some price does not say what it can be on."""
        if not self.card:
            return Known.UNKNOWN
        media = {medium.casefold() for medium in self.tariffs.media(ride)}
        if not media:
            return Known.UNKNOWN
        if any(medium.startswith(self.card.casefold()) for medium in media):
            return Known.YES
        return Known.UNKNOWN if "" in media else Known.NO


def nearest_place(territory: Territory, point: Point, places: Sequence[TerritoryPlace]) -> PlaceNearby | None:
    """By the way that one can go."""
    row = nearest_by_land(territory, point, [place_point(one) for one in places])
    return None if row is None else PlaceNearby(places[row], round(distance_m(point, place_point(places[row]))))
