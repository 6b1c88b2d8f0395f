"""What a trip costs, as far as the feed says."""

from dataclasses import replace

import pytest
from shapely import box

from mobility.money import Amount
from mobility.network.terrain import Terrain
from mobility.planning.planner import plan
from mobility.ranking.accessibility import Known
from mobility.ranking.ride_tickets import TicketDesk
from mobility.ranking.sales import NO_WORD, SalesDoor, Selling
from mobility.ranking.ticket import FareDesk, Ticket
from mobility.routing.territory import Territory
from tests.mobility.routing.surroundings import place
from tests.town import ask, at, moment, town

ROW = "A 0 0, B 3 0, C 6 0"
BUS_AND_BOAT = """
    Bus1
    A     B
    8:00  8:10

    Boat2
    B     C
    8:15  8:40
    """


def ticket(prices: str, **more: str) -> Ticket:
    columns = "fare_id,price,currency_type,payment_method,transfers,transfer_duration"
    territory = town(ROW, BUS_AND_BOAT, {"fare_attributes": f"{columns}\n{prices}", **more})
    (found,) = plan(territory, ask(territory, "A", "C", "2026-06-03 7:55", results=1)).itineraries
    return FareDesk(territory.network, "KorriGo").tickets([found])[0]


def told(found: Ticket) -> str:
    """`3.00 EUR: one, one`; a part of the price with `...` behind it."""
    amounts = " + ".join(f"{one.minor / 100:.2f} {one.currency}" for one in found.price.amounts)
    names = ", ".join(product.name for product in found.price.products)
    return f"{amounts}: {names}" + ("" if found.price.complete else " ...")


def test_each_ride_is_paid_where_a_ticket_serves_one() -> None:
    assert told(ticket("one,1.50,EUR,0,0,")) == "3.00 EUR: one, one"


def test_a_ticket_that_allows_changes_serves_all_rides() -> None:
    found = ticket("one,1.50,EUR,0,,")
    assert told(found) == "1.50 EUR: one"
    assert found.amount == Amount(150, "EUR")


def test_a_ticket_serves_as_long_as_it_holds() -> None:
    assert told(ticket("one,1.50,EUR,0,,900")) == "1.50 EUR: one"
    assert told(ticket("one,1.50,EUR,0,,899")) == "3.00 EUR: one, one"


def test_the_cheaper_of_two_ways_to_pay_is_taken() -> None:
    assert told(ticket("aboard,2.00,EUR,0,,\nbefore,1.50,EUR,1,,")) == "1.50 EUR: before"


def test_of_fares_that_hold_alike_none_is_the_price() -> None:
    found = ticket("adult,2.00,EUR,0,,\nchild,1.50,EUR,0,,")
    assert (found.price.amounts, found.price.most) == ((Amount(150, "EUR"),), (Amount(200, "EUR"),))
    assert (found.price.complete, found.amount) == (False, None)


def test_where_one_price_is_missing_the_rest_is_said_to_be_not_all() -> None:
    found = ticket("one,1.50,EUR,0,,", fare_rules="fare_id,route_id\none,Bus1")
    assert told(found) == "1.50 EUR: one ..."
    assert found.amount is None


def test_a_price_between_other_zones_is_not_known() -> None:
    found = ticket("one,1.50,EUR,0,,", fare_rules="fare_id,origin_id,destination_id\none,1,2")
    assert (found.price.is_known, found.amount) == (False, None)


def test_two_currencies_are_not_added() -> None:
    rules = "fare_id,route_id\none,Bus1\ntwo,Boat2"
    found = ticket("one,1.50,EUR,0,,\ntwo,1.50,GBP,0,,", fare_rules=rules)
    assert told(found) == "1.50 EUR + 1.50 GBP: one, two"
    assert found.amount is None


@pytest.mark.parametrize(
    ("medium", "accepted"), [("KorriGo services", Known.YES), ("Paper", Known.NO), ("", Known.UNKNOWN)]
)
def test_the_card_is_accepted_where_a_medium_is_called_so(medium: str, accepted: Known) -> None:
    found = ticket(
        "",
        fare_media=f"fare_media_id,fare_media_name,fare_media_type\nm,{medium or 'x'},2",
        fare_products=f"fare_product_id,fare_media_id,amount,currency\np,{'m' if medium else ''},1.5,EUR",
        fare_leg_rules="fare_product_id\np",
    )
    assert found.cards == (accepted, accepted)


def test_a_counter_that_sells_no_tickets_is_not_where_to_buy() -> None:
    bare = town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10")
    desk = place("counter", "Accueil", "0 0.1", sells="information")
    shop, silent = place("counter", "Boutique", "0 1", sells="tickets"), place("counter", "Relais", "0 2")
    assert [nearest(with_places(bare, some)) for some in ((desk, shop, silent), (desk, silent))] == [
        "Boutique",
        "Relais",
    ]


@pytest.mark.parametrize(
    ("end", "counter"), [("B", "Boutique"), ("C", "Maison des tickets")], ids=["the bus", "bus and boat"]
)
def test_no_counter_is_named_that_sells_for_others_alone(end: str, counter: str) -> None:
    """The nearest loads the card, too, but with tickets of the boat."""
    bare = town("A 0 0, B 3 0, C 6 0", "Bus1\nA B\n8:00 8:10\n\nBoat2\nB C\n8:15 8:40")
    shops = (
        place("counter", "Gare maritime", "0 0.1", sells="ferry_tickets;korrigo_reload"),
        place("counter", "Boutique", "0 0.3", sells="tickets;korrigo_reload", opening_hours="Mo 12:00-12:05"),
        place("counter", "Maison des tickets", "0 0.5", sells="tickets;ferry_tickets;korrigo_reload"),
    )
    doors = (
        SalesDoor("T", frozenset({"BUS"}), card="load", sells=frozenset({"tickets"})),
        SalesDoor("T", card="load", sells=frozenset({"ferry_tickets"})),
    )
    assert nearest(with_places(bare, shops), end, Selling(doors)) == counter
    assert nearest(with_places(bare, shops[:2]), "B", Selling(doors)) == "Boutique"


def nearest(territory: Territory, end: str = "B", selling: Selling = NO_WORD) -> str | None:
    (found,) = plan(territory, ask(territory, "A", end, "2026-06-03 7:55", results=1)).itineraries
    (paid,) = FareDesk(territory.network).tickets([found])
    one = TicketDesk(territory, selling).seller(found, paid)
    return one.place.name if one else None


def with_places(bare: Territory, places) -> Territory:
    return Territory(replace(bare.network, places=tuple(places)), bare.streets, bare.days)


@pytest.mark.parametrize(("far_km", "counter"), [("-2", "Over land"), ("-9", "Over land")])
def test_the_counter_across_the_harbour_is_not_the_nearest(far_km: str, counter: str) -> None:
    """Near is one kilometre off, over the water; the other is two or nine, on this side."""
    basin = Terrain(barriers=(box(at("0.3 0").lon, at("0 -3").lat, at("0.7 0").lon, at("0 3").lat),))
    bare = town("A 0 0, B -3 0", "Bus1\nA B\n8:00 8:10", terrain=basin)
    near, far = place("counter", "Over water", "1 0"), place("counter", "Over land", f"{far_km} 0")
    assert nearest(with_places(bare, (near, far))) == counter
    assert nearest(with_places(bare, (near,))) == "Over water"


def test_each_ticket_for_the_same_way_holds_from_its_own_first_ride() -> None:
    buses = """
        Bus1
        A     B     C
        8:00  8:10  8:20
        8:30  8:40  8:50
        """
    columns = "fare_id,price,currency_type,payment_method,transfers,transfer_duration"
    territory = town(ROW, buses, {"fare_attributes": f"{columns}\none,1.50,EUR,0,,900"})
    found = plan(territory, ask(territory, "A", "C", "2026-06-03 7:55", window_s=3600)).itineraries
    steps = [ticket.price.steps[0] for ticket in FareDesk(territory.network).tickets(found)]
    assert [step.valid_until_s(one.rides) for step, one in zip(steps, found, strict=True)] == [
        moment("2026-06-03 8:15"),
        moment("2026-06-03 8:45"),
    ]
