"""Prices in an answer: what Hent says of a ticket, and the fare transfers of the MOTIS API."""

from typing import Any

import pytest

from api.present.prices import price_sentence
from api.web.sentences import sentences
from mobility.fares.price import Price, Step
from mobility.money import Amount

STOPS = "A 0 0, B 3 0, C 6 0"
LINES = """
    Bus1
    A     B
    8:00  8:10

    Boat2
    B     C
    8:15  8:40
    """
RIDERS = "rider_category_id,rider_category_name,is_default_fare_category\nadult,Adulte,1\nchild,Enfant,0"
MEDIA = "fare_media_id,fare_media_name,fare_media_type\ncard,KorriGo,2"
PRODUCTS = """
    fare_product_id,fare_product_name,rider_category_id,fare_media_id,amount,currency
    bus,Ticket bus,adult,card,1.80,EUR
    bus,Ticket bus,child,card,0.90,EUR
    boat,Traversée,,,4.00,EUR
    up,Supplément bateau,,,2.20,EUR
    """
NETWORKS = "network_id,network_name\nbus,Bus\nboat,Bateau"
OF_ROUTES = "network_id,route_id\nbus,Bus1\nboat,Boat2"
LEGS = "leg_group_id,network_id,fare_product_id\nbus,bus,bus\nboat,boat,boat"
CHANGE = """
    from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,duration_limit_type,fare_transfer_type,fare_product_id
    bus,boat,,3600,1,0,up
    """
SECOND = {
    "rider_categories": RIDERS,
    "fare_media": MEDIA,
    "fare_products": PRODUCTS,
    "networks": NETWORKS,
    "route_networks": OF_ROUTES,
    "fare_leg_rules": LEGS,
    "fare_transfer_rules": CHANGE,
}
FIRST = "fare_id,price,currency_type,payment_method,transfers,transfer_duration"


def asked(client: Any, **more: str) -> dict[str, Any]:
    found: dict[str, Any] = client.ask(
        "/api/v6/plan", fromPlace="t_A", toPlace="t_C", time="2026-06-03T05:55:00Z", profile="adult", **more
    )["itineraries"][0]
    return found


def price(client: Any, **more: str) -> Any:
    return asked(client, **more)["hent"]["ticket"]["price"]


def test_a_price_says_why_it_is_so(ask_town: Any) -> None:
    ticket = asked(ask_town(STOPS, LINES, more=SECOND))["hent"]["ticket"]
    told = ticket["price"]
    assert (told["minor"], told["currency"], told["complete"]) == (400, "EUR", True)
    assert (told["rule"], told["product"]) == ("A_AB", "Ticket bus + Supplément bateau")
    (part,) = told["parts"]
    assert (part["rides"], part["prices"]) == ([0, 1], [{"minor": 400, "currency": "EUR"}])
    assert [(one["id"], one["minor"], one["rider"], one["media"]) for one in part["products"]] == [
        ("bus", 180, "Adulte", ["KorriGo"]),
        ("up", 220, "", []),
    ]
    assert part["sentence"] == "4,00 € : Ticket bus + Supplément bateau, valable pour ces 2 trajets."
    assert ticket["sentence"] == "Prix : 4,00 €."


def test_a_ticket_of_the_first_version_says_until_when_it_holds(ask_town: Any) -> None:
    client = ask_town(STOPS, LINES, more={"fare_attributes": f"{FIRST}\nticket,1.80,EUR,0,,3600"})
    told = price(client)
    assert told["validUntil"] == "2026-06-03T09:00:00+02:00"
    sentence = "1,80 € : ticket, valable pour ces 2 trajets, dernière montée à 9:00 au plus tard."
    assert told["parts"][0]["sentence"] == sentence


def test_who_pays_may_be_named_by_the_ids_of_the_feed(ask_town: Any) -> None:
    client = ask_town(STOPS, LINES, more=SECOND)
    assert price(client, fareRider="child")["minor"] == 90 + 220
    assert price(client, fareMedium="card")["minor"] == 400


@pytest.mark.parametrize("name", ["fareRider", "fareMedium"])
def test_an_id_that_no_feed_has_is_refused(ask_town: Any, name: str) -> None:
    client = ask_town(STOPS, LINES, more=SECOND)
    answer = client.get("/api/v6/plan", query_string={"fromPlace": "t_A", "toPlace": "t_C", name: "nobody"})
    assert (answer.status_code, answer.json["parameter"]) == (400, name)


TWICE_AN_HOUR = """
    Bus1
    A     C
    8:00  8:20
    8:30  8:50
    """


def test_two_departures_at_one_price_each_tell_until_when_their_own_ticket_holds(ask_town: Any) -> None:
    town = ask_town("A 0 0, C 6 0", TWICE_AN_HOUR, more={"fare_attributes": f"{FIRST}\none,1.50,EUR,0,,900"})
    question = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T05:55:00Z", "searchWindow": "3600"}
    found = town.ask("/api/v6/plan", **question)["itineraries"]
    prices = [one["hent"]["ticket"]["price"] for one in found]
    assert [(one["minor"], one["validUntil"]) for one in prices] == [
        (150, "2026-06-03T08:15:00+02:00"),
        (150, "2026-06-03T08:45:00+02:00"),
    ]
    assert [one["parts"][0]["sentence"] for one in prices] == [
        "1,50 € : one, valable pour ce trajet, dernière montée à 8:15 au plus tard.",
        "1,50 € : one, valable pour ce trajet, dernière montée à 8:45 au plus tard.",
    ]


def test_fares_that_hold_alike_are_a_range_and_never_the_cheapest(ask_town: Any) -> None:
    fares = {"fare_attributes": f"{FIRST}\nadult,59,EUR,1,1,\nbaby,15,EUR,1,1,"}
    found = asked(ask_town(STOPS, LINES, more=fares))
    told = found["hent"]["ticket"]
    assert (told["price"]["minor"], told["price"]["most"], told["price"]["complete"]) == (1500, 5900, False)
    assert told["sentence"].startswith("Prix : de 15,00 € à 59,00 €, selon la personne")
    assert "cheapest" not in found["hent"]["labels"]


def test_a_range_has_both_ends_in_one_currency(ask_town: Any) -> None:
    """USD 5 holds as well, and is neither above EUR 1 nor below EUR 9."""
    fares = {"fare_attributes": f"{FIRST}\nbaby,1,EUR,0,,\nadult,9,EUR,0,,\nguest,5,USD,0,,"}
    told = asked(ask_town(STOPS, LINES, more=fares))["hent"]["ticket"]
    price = told["price"]
    assert (price["minor"], price["most"], price["currency"], price["complete"]) == (100, 900, "EUR", False)
    assert told["sentence"].startswith("Prix : de 1,00 € à 9,00 €, selon la personne")


def test_an_end_in_another_currency_is_not_told_as_one() -> None:
    price = Price((Amount(100, "EUR"),), (Amount(500, "USD"),), complete=False, steps=(Step((0, 1), 0, 1),))
    assert price_sentence(price, 1, sentences("en")).startswith("Price: €1.00, not for certain")


def test_free_and_unknown_are_different_words(ask_town: Any) -> None:
    free = ask_town(STOPS, LINES, more={"fare_attributes": f"{FIRST}\nfree,0.00,EUR,0,,"})
    assert asked(free)["hent"]["ticket"]["sentence"] == "Rien à payer."
    part = {"fare_attributes": f"{FIRST}\nfree,0.00,EUR,0,,", "fare_rules": "fare_id,route_id\nfree,Bus1"}
    half = asked(ask_town(STOPS, LINES, more=part))["hent"]["ticket"]
    assert (half["sentence"], half["price"]["complete"]) == ("Prix inconnu.", False)
    assert [one["sentence"] for one in half["price"]["parts"]] == [
        "Gratuit : free, valable pour ce trajet.",
        "Prix inconnu.",
    ]


def test_two_currencies_stand_beside_each_other(ask_town: Any) -> None:
    fares = {
        "fare_attributes": f"{FIRST}\none,1.50,EUR,0,,\ntwo,2.50,GBP,0,,",
        "fare_rules": "fare_id,route_id\none,Bus1\ntwo,Boat2",
    }
    told = asked(ask_town(STOPS, LINES, more=fares))["hent"]["ticket"]
    assert told["price"] is None
    assert [(one["minor"], one["currency"]) for one in told["prices"]] == [(150, "EUR"), (250, "GBP")]
    assert told["sentence"] == "Prix : 1,50 € et 2,50 £."


def test_a_table_that_is_not_understood_makes_no_price_complete(ask_town: Any) -> None:
    fares = {"fare_attributes": f"{FIRST}\none,1.50,EUR,0,,\nodd,cheap,EUR,0,,"}
    told = asked(ask_town(STOPS, LINES, more=fares))["hent"]["ticket"]
    assert (told["price"]["minor"], told["price"]["complete"]) == (150, False)
    assert told["sentence"].startswith("Prix : 1,50 €, sans garantie")


def test_fare_transfers_have_rule_products_riders_and_media(ask_town: Any) -> None:
    found = asked(ask_town(STOPS, LINES, more=SECOND), withFares="true")
    (transfer,) = found["fareTransfers"]
    assert transfer["rule"] == "A_AB"
    assert [(one["name"], one["amount"]) for one in transfer["transferProducts"]] == [("Supplément bateau", 2.2)]
    bus, boat = transfer["effectiveFareLegProducts"]
    assert [(one["amount"], one["riderCategory"]["riderCategoryName"]) for (one,) in bus] == [
        (1.8, "Adulte"),
        (0.9, "Enfant"),
    ]
    assert bus[0][0]["media"] == {"fareMediaName": "KorriGo", "fareMediaType": "TRANSIT_CARD"}
    assert [one["name"] for (one,) in boat] == ["Traversée"]
    rides = [leg for leg in found["legs"] if "fareTransferIndex" in leg]
    assert [(leg["fareTransferIndex"], leg["effectiveFareLegIndex"]) for leg in rides] == [(0, 0), (0, 1)]


def test_a_rebate_of_a_change_is_below_zero_and_its_ticket_is_not(ask_town: Any) -> None:
    rebate = PRODUCTS.replace("up,Supplément bateau,,,2.20,EUR", "up,Remise,,,-0.50,EUR")
    tables = SECOND | {"fare_products": rebate, "fare_transfer_rules": CHANGE.replace(",0,up", ",1,up")}
    told = price(ask_town(STOPS, LINES, more=tables))
    assert (told["minor"], told["rule"]) == (180 + 400 - 50, "A_AB_B")
    assert [one["minor"] for one in told["parts"][0]["products"]] == [180, 400, -50]


def test_two_tickets_are_two_fare_transfers(ask_town: Any) -> None:
    tables = {name: text for name, text in SECOND.items() if name != "fare_transfer_rules"}
    found = asked(ask_town(STOPS, LINES, more=tables), withFares="true")
    assert ["rule" in one for one in found["fareTransfers"]] == [False, False]
    assert [one["effectiveFareLegProducts"][0][0][0]["amount"] for one in found["fareTransfers"]] == [1.8, 4.0]
