"""Which ticket for each ride, on which card, and where it is to be had: what the timetable says, and the operator.

Nothing is fetched and nothing is sold: a shop's page is opened by the person, and its address says nothing of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote

from mobility.clock import local_date
from mobility.fares.notes import FareNote, NotedRide
from mobility.fares.price import PaidRide
from mobility.fares.tariffs import fare_networks
from mobility.geo import distance_m
from mobility.money import Amount
from mobility.network.network import Agency, Network
from mobility.places.hours import is_open, unsure_on_holiday
from mobility.places.nearby import place_point
from mobility.places.public_holidays import is_holiday_where
from mobility.ranking.accessibility import Known
from mobility.ranking.sales import FIELDS, CardUse, LineSale, NetworkSales, SalesDoor, Selling
from mobility.ranking.shop_links import TELLS, shop_link
from mobility.ranking.ticket import PlaceNearby, Ticket, nearest_place
from mobility.routing.itinerary import Itinerary, RideLeg
from mobility.routing.territory import Territory

CARDS: dict[Known, CardUse] = {Known.YES: "yes", Known.NO: "no", Known.UNKNOWN: "unknown"}
MOST_M = 2000
RELOAD = frozenset({"korrigo_reload", "card_reload"})


class RideTicket(NamedTuple):
    """amount: None where not known; product: "" where it is part of a ticket bought before
    (shared); then there is no counter either. another: to be loaded though an earlier ride's ticket is on the card.
    tells: what the link tells the shop, of FIELDS. holiday: the ride begins on a public holiday."""

    line: str
    amount: Amount | None
    product: str
    shared: bool
    card: CardUse
    counter: PlaceNearby | None
    door: str
    link: str
    tells: tuple[str, ...]
    another: bool = False
    holiday: bool = False


class SoldRide(NamedTuple):
    """Holds on to what its key tells by id(), so that nothing else gets that id() while the desk lives."""

    ticket: RideTicket
    paid: PaidRide | None
    counter: PlaceNearby | None


SoldAs = tuple[int, int, Known, int, RideLeg | None, bool]
"""What tells the tickets of two rides apart: the line (row), the id() of what is paid, whether the card is taken, the
id() of a counter whom SoldRide holds on to, the ride where the shop is told of it, and whether it is a holiday."""


@dataclass(frozen=True)
class TicketDesk:
    """For one answer; a counter is looked for once for each stop and set of counters that are open. nearby: by rows of
    counters, the nearest; anew: by the id() of one sold, that one and that of a ride after which it is another."""

    territory: Territory
    selling: Selling
    counters: dict[tuple[int, tuple[int, ...]], PlaceNearby | None] = field(default_factory=dict)
    nearby: dict[tuple[int, ...], PlaceNearby | None] = field(default_factory=dict)
    sold: dict[SoldAs, SoldRide] = field(default_factory=dict)
    anew: dict[int, tuple[RideTicket, RideTicket]] = field(default_factory=dict)

    @cached_property
    def known(self) -> NetworkSales:
        """The lines, operators and counters of what is laid over a network are the network's own."""
        return self.selling.in_network(self.territory.as_planned.network)

    def rides(self, itinerary: Itinerary, ticket: Ticket) -> list[RideTicket]:
        """Of each ride; rides that are sold alike have one and the same."""
        found: list[RideTicket] = []
        for row, leg in enumerate(itinerary.rides):
            one = self._sold(row, leg, ticket)
            found.append(self._anew(one) if _is_another(one, found) else one)
        return found

    def _sold(self, row: int, leg: RideLeg, ticket: Ticket) -> RideTicket:
        sale = self._sale(leg, ticket.cards[row] is Known.NO)
        counter = self._counter(leg, sale.sellers) if sale.sellers else None
        paid = ticket.price.paid.get(row)
        told_of = leg if sale.door.door == "hand_over" else None
        key = leg.line, id(paid), ticket.cards[row], id(counter), told_of, self._on_holiday(leg)
        found = self.sold.get(key)
        if found is None:
            found = self.sold[key] = SoldRide(self._ride(row, leg, ticket, counter), paid, counter)
        return found.ticket

    def _anew(self, one: RideTicket) -> RideTicket:
        found = self.anew.get(id(one))
        if found is None:
            found = self.anew[id(one)] = one, one._replace(another=True)
        return found[1]

    def seller(self, itinerary: Itinerary, ticket: Ticket) -> PlaceNearby | None:
        """The nearest to where the trip begins that sells what all its rides need, else what the first one does, open
        or not."""
        sold = zip(itinerary.rides, ticket.cards, strict=True)
        sellers = (self._sale(leg, taken is Known.NO).sellers for leg, taken in sold)
        first = next(sellers, ())
        if not first:
            return None
        others = list(sellers)
        rows = tuple(row for row in first if all(row in some for some in others)) or first
        if rows not in self.nearby:
            places = [self.territory.network.places[row] for row in rows]
            self.nearby[rows] = nearest_place(self.territory, itinerary.legs[0].start.point, places)
        return self.nearby[rows]

    def sales(self, itinerary: Itinerary) -> list[LineSale]:
        """How the line of each ride is sold."""
        return [self._sale(ride) for ride in itinerary.rides]

    def notes(self, itinerary: Itinerary) -> list[FareNote]:
        """Of the operators, lines and fares on the way, on the day of the trip."""
        sales = self.sales(itinerary)
        noted = self.notes_of(operators(sales))
        if not noted:
            return []
        rides, day = [one.noted for one in sales], local_date(itinerary.departure_s, self.territory.zone)
        return [one for one in noted if one.holds(rides, day)]

    def is_of(self, note: FareNote, ride: RideLeg) -> bool:
        """On whatever day."""
        return note.is_of(self._sale(ride).noted)

    def notes_of(self, agencies: tuple[int, ...]) -> tuple[FareNote, ...]:
        """Of these operators (rows), on whatever day and line."""
        found = self.known.noted.get(agencies)
        if found is None:
            ids = [self.territory.network.agencies[row].id for row in agencies]
            found = self.known.noted[agencies] = self.selling.notes_of(ids)
        return found

    def _ride(self, row: int, leg: RideLeg, ticket: Ticket, counter: PlaceNearby | None) -> RideTicket:
        name, agency, door, _, _ = self._sale(leg)
        step, amount = ticket.price.paid.get(row, (None, None))
        product = (step.paid or step.extra) if step else None
        link, tells = _link(door, self.territory.network.agencies[agency], leg, product.id if product else "")
        hands_over = door.door == "hand_over" and bool(door.shop or tells)
        shared = bool(step and (step.change or step.rides[0] != row) and amount is not None and not amount.minor)
        card = "no" if ticket.cards[row] is Known.NO else door.card or CARDS[ticket.cards[row]]
        return RideTicket(
            line=name,
            amount=amount,
            product=product.name if product else "",
            shared=shared,
            card="yes" if shared and card == "load" else card,
            counter=None if shared else counter,
            door="hand_over" if hands_over else "inform",
            link=link,
            tells=tells,
            holiday=self._on_holiday(leg),
        )

    def _on_holiday(self, leg: RideLeg) -> bool:
        zone = self.territory.zone
        return is_holiday_where(zone, local_date(leg.departure_s, zone))

    def _sale(self, leg: RideLeg, is_refused: bool = False) -> LineSale:
        """is_refused: the card is not taken, so that nobody loads it."""
        found = self.known.of_lines.get((leg.line, is_refused))
        if found is None:
            network, agency = leg.network, int(leg.network.lines.agency[leg.line])
            noted = NotedRide(network.agencies[agency].id, network.lines.id[leg.line], fare_networks(network, leg.line))
            door = self.selling.door(noted.agency, leg.mode)
            if is_refused and door.card == "load":
                door = replace(door, card="no")
            found = LineSale(leg.line_name, agency, door, self._sellers(door), noted)
            self.known.of_lines[leg.line, is_refused] = found
        return found

    def _counter(self, leg: RideLeg, sellers: tuple[int, ...]) -> PlaceNearby | None:
        """The nearest that is open when the ride begins; where no hours are known, it counts as open."""
        at, places = datetime.fromtimestamp(leg.departure_s, self.territory.zone), self.territory.network.places
        found = tuple(row for row in sellers if _may_be_open(places[row].properties.get("opening_hours", ""), at))
        stop = leg.stop_at(leg.board)
        if (stop, found) not in self.counters:
            self.counters[stop, found] = self._nearest(leg, found)
        return self.counters[stop, found]

    def _sellers(self, door: SalesDoor) -> tuple[int, ...]:
        found = self.known.sellers.get(door)
        if found is None:
            places = enumerate(self.territory.network.places)
            found = self.known.sellers[door] = tuple(
                row for row, one in places if one.kind == "counter" and _sells(one.properties.get("sells", ""), door)
            )
        return found

    def _nearest(self, leg: RideLeg, rows: tuple[int, ...]) -> PlaceNearby | None:
        """By a known way from the stop, which goes round water; else as near as no water parts it. Farther than
        MOST_M nobody goes for a ticket."""
        places = self.territory.network.places
        ways = self.territory.network.place_ways
        known = [way for way in ways.of(leg.stop_at(leg.board)).tolist() if int(ways.place[way]) in rows]
        if known:
            way = min(known, key=lambda row: int(ways.metres[row]))
            return PlaceNearby(places[int(ways.place[way])], int(ways.metres[way]))
        if not any(distance_m(leg.start.point, place_point(places[row])) <= MOST_M for row in rows):
            return None
        found = nearest_place(self.territory, leg.start.point, [places[row] for row in rows])
        return found if found is not None and found.distance_m <= MOST_M else None


def operators(sales: Sequence[LineSale]) -> tuple[int, ...]:
    """Rows of the operators on the way, each once."""
    return tuple(dict.fromkeys([one.agency for one in sales]))


def _is_another(ride: RideTicket, earlier: list[RideTicket]) -> bool:
    return ride.card == "load" and any(one.card in ("yes", "load") for one in earlier)


def _may_be_open(hours: str, at: datetime) -> bool:
    return is_open(hours, at) is not False and not unsure_on_holiday(hours, at)


def _sells(sold: str, door: SalesDoor) -> bool:
    """A counter that does not say what it sells may sell it. Who loads a card looks for a place that does both."""
    known = {one for one in sold.split(";") if one}
    return not known or (bool(door.sells & known) and (door.card != "load" or bool(RELOAD & known)))


def _link(door: SalesDoor, agency: Agency, leg: RideLeg, product: str) -> tuple[str, tuple[str, ...]]:
    """The operator's own: of the config, else of the timetable. Only `hand_over` names what is to be bought."""
    if not door.shop:
        ride = shop_link(leg).web if door.door == "hand_over" else ""
        return (ride, TELLS) if ride else (agency.fare_url or agency.url, ())
    if door.door == "inform":
        return door.shop, ()
    network: Network = leg.network
    known = {"product": product, "line": network.lines.id[leg.line]}
    known |= {"from": network.stops.id[leg.stop_at(leg.board)], "to": network.stops.id[leg.stop_at(leg.alight)]}
    told = tuple(name for name in FIELDS if f"{{{name}}}" in door.shop and known[name])
    address = door.shop
    for name in FIELDS:
        address = address.replace(f"{{{name}}}", quote(known[name], safe=""))
    return address, told
