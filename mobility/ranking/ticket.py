"""What an itinerary costs and which card is taken, as far as the feeds say. Nothing is sold here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

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


class PartyShare(NamedTuple):
    """Those of a party who pay as one kind of rider. rider, name: of the feed's category, "" where it has none. each:
    what one of them pays, None where not all of it is known or it is in several currencies."""

    rider: str
    name: str
    people: int
    each: Amount | None


@dataclass(frozen=True, slots=True)
class Ticket:
    """cards: whether the card is taken, for each ride. shares: of all who travel together; none where somebody travels
    alone."""

    price: Price
    cards: tuple[Known, ...]
    shares: tuple[PartyShare, ...] = ()

    @property
    def party(self) -> Amount | None:
        """What all who travel together pay, where all of it is known and in one currency."""
        known = [(one.each, one.people) for one in self.shares if one.each is not None]
        currencies = {each.currency for each, _ in known if each.minor}
        if not known or len(known) < len(self.shares) or len(currencies) > 1:
            return None
        return Amount(sum(each.minor * people for each, people in known), next(iter(currencies), ""))

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
        return Ticket(self.tariffs.price(rides), tuple(map(self._takes_card, rides)), self._shares(rides))

    def _shares(self, rides: tuple[FareRide, ...]) -> tuple[PartyShare, ...]:
        if len(self.party) < 2:
            return ()
        return tuple(self._share(rides, who, people) for who, people in Counter(self.party).items())

    def _share(self, rides: tuple[FareRide, ...], who: str, people: int) -> PartyShare:
        """who: "" as the buyer."""
        tariffs = Tariffs(self.network, replace(self.buyer, rider=who)) if who else self.tariffs
        rider, name = self._category(rides, who or self.buyer.rider)
        return PartyShare(rider, name, people, Ticket(tariffs.price(rides), ()).amount)

    def _category(self, rides: tuple[FareRide, ...], who: str) -> tuple[str, str]:
        """Its id and name in the first feed on the way that has it. who: "" whom a feed takes people for, where that is
        one category."""
        for tables in dict.fromkeys(self.network.fares[ride.feed] for ride in rides):
            named = [one for one in tables.riders if (one.id == who if who else one.default)]
            if len(named) == 1:
                return named[0].id, named[0].name
        return who, ""

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
