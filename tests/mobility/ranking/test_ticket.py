"""What a trip costs, as far as the feed says."""

from dataclasses import replace

import pytest

from mobility.planning.planner import plan
from mobility.ranking.accessibility import Known
from mobility.ranking.ticket import FareDesk, Price, Ticket, nearest_counter
from tests.mobility.routing.surroundings import place
from tests.town import ask, at, town

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
    return FareDesk(territory.network, "KorriGo").ticket(found)


def test_each_ride_is_paid_where_a_ticket_serves_one() -> None:
    assert ticket("one,1.50,EUR,0,0,").price == Price(3.0, "EUR", True, (("one", 2),))


def test_a_ticket_that_allows_changes_serves_all_rides() -> None:
    assert ticket("one,1.50,EUR,0,,").price == Price(1.5, "EUR", True, (("one", 1),))


def test_a_ticket_serves_as_long_as_it_holds() -> None:
    assert ticket("one,1.50,EUR,0,,900").price == Price(1.5, "EUR", True, (("one", 1),))
    assert ticket("one,1.50,EUR,0,,899").price == Price(3.0, "EUR", True, (("one", 2),))


def test_the_cheapest_ticket_is_bought() -> None:
    assert ticket("dear,2.00,EUR,0,,\none,1.50,EUR,0,,").price == Price(1.5, "EUR", True, (("one", 1),))


def test_where_one_price_is_missing_the_rest_is_said_to_be_not_all() -> None:
    found = ticket("one,1.50,EUR,0,,", fare_rules="fare_id,route_id\none,Bus1")
    assert found.price == Price(1.5, "EUR", False, (("one", 1),))
    assert found.amount is None


def test_a_price_between_zones_is_not_guessed() -> None:
    assert ticket("one,1.50,EUR,0,,", fare_rules="fare_id,origin_id,destination_id\none,1,2").price is None


def test_two_currencies_are_not_added() -> None:
    rules = "fare_id,route_id\none,Bus1\ntwo,Boat2"
    assert ticket("one,1.50,EUR,0,,\ntwo,1.50,GBP,0,,", fare_rules=rules).price is None


@pytest.mark.parametrize(
    ("medium", "accepted"), [("KorriGo services", Known.YES), ("Paper", Known.NO), ("", Known.UNKNOWN)]
)
def test_the_card_is_accepted_where_a_medium_is_called_so(medium: str, accepted: Known) -> None:
    found = ticket(
        "",
        fare_media=f"fare_media_id,fare_media_name,fare_media_type\nm,{medium or 'x'},2",
        fare_products=f"fare_product_id,fare_media_id,amount,currency\np,{'m' if medium else ''},1.5,EUR",
    )
    assert found.cards == (accepted, accepted)


def test_a_counter_that_sells_no_tickets_is_not_where_to_buy() -> None:
    bare = town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10").network
    desk = place("counter", "Accueil", "0 0.1", sells="information")
    shop, silent = place("counter", "Boutique", "0 1", sells="tickets"), place("counter", "Relais", "0 2")
    found = [nearest_counter(replace(bare, places=some), at("0 0")) for some in ((desk, shop, silent), (desk, silent))]
    assert [one.place.name if one else None for one in found] == ["Boutique", "Relais"]
