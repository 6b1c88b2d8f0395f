"""Who of those who travel together is counted for what, and how trips differ for all of them."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest

from api.config import Config
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.api.test_fares import PRODUCTS, RIDERS, SECOND, STOPS
from tests.api.test_ride_tickets import COUNTERS, FORM, NOW, client, page, settings, ticket
from tests.town import town

BUS_OR_BOAT = """
    Bus1
    A     C
    8:00  8:40

    Boat2
    A     C
    7:57  8:15
    """


@pytest.mark.parametrize(
    ("language", "each", "together"),
    [
        ("fr", "Prix : 4,00 € par adulte et 3,10 € par enfant.", "Pour 2 adultes et 1 enfant : 11,10 €."),
        ("br", "Priz : 4,00 € an oadour ha 3,10 € ar bugel.", "Evit 2 oadour ha 1 bugel : 11,10 €."),
        ("en", "Price: €4.00 an adult and €3.10 a child.", "For 2 adults and 1 child: €11.10."),
    ],
)
def test_a_price_says_whom_it_is_of_where_not_all_pay_the_same(language: str, each: str, together: str) -> None:
    family = settings(party=3, riders=("", "", "child"))
    told = ticket(client(family), profile="family", language=language)
    assert (plain(told["sentence"]), plain(told["party"]["sentence"])) == (each, together)


def test_who_has_no_word_here_is_told_by_the_name_that_the_feed_has() -> None:
    seniors = SECOND | {"rider_categories": RIDERS.replace("child,Enfant", "65plus,Tarif aîné")}
    seniors |= {"fare_products": PRODUCTS.replace(",child,", ",65plus,")}
    told = ticket(client(settings(party=2, riders=("", "65plus")), more=seniors), profile="family")
    assert told["sentence"] == "Prix : 4,00 € par adulte et 3,10 € (Tarif aîné)."
    assert told["party"]["sentence"] == "Pour 1 adulte et 1 × Tarif aîné : 7,10 €."


def test_where_a_childs_price_is_not_known_that_of_an_adult_is_not_told_as_everybodys() -> None:
    told = ticket(client(settings(party=2, riders=("", "baby"))), profile="family")
    assert told["sentence"] == "Prix : 4,00 € par adulte et prix inconnu pour 1 personne."
    assert "party" not in told


def test_where_all_pay_the_same_the_price_is_that_of_each() -> None:
    alike = SECOND | {
        "rider_categories": "",
        "fare_products": PRODUCTS.replace(",adult,", ",,").replace(",child,", ",x,"),
    }
    del alike["rider_categories"]
    told = ticket(client(settings(party=4), more=alike), profile="family")
    assert told["sentence"] == "Prix : 4,00 € par personne."
    assert told["party"]["sentence"] == "Pour 4 personnes : 16,00 €."


def test_the_page_says_whom_a_price_counts_and_where_to_say_how_many_travel() -> None:
    family = client(settings(party=4, riders=("", "", "child", "child")))
    told = plain(
        html.unescape(re.sub(r"<[^>]+>", " ", family.post("/?lang=fr", data=FORM | {"profile": "family"}).text))
    )
    assert "Prix : 4,00 € par adulte et 3,10 € par enfant. Pour 2 adultes et 2 enfants : 14,20 €." in told
    assert "Changez le nombre avec « Modifier ma demande », le crayon en haut de la page." in told
    assert "Changez le nombre" not in page(client(settings()))


def plain(text: str) -> str:
    return re.sub(r"\s", " ", text)


def harbour(settled: Config) -> CheckedClient:
    bare = town(STOPS, BUS_OR_BOAT, more=SECOND)
    found = app_of(replace(bare, network=replace(bare.network, places=COUNTERS)), NOW, settled).test_client()
    assert isinstance(found, CheckedClient)
    return found


def against_the_boat(settled: Config) -> str:
    """What is said of the bus, for 1,80 € or 0,90 €, beside the boat, for 4,00 € each."""
    bus = next(one for one in told(harbour(settled)) if one["legs"][0]["routeShortName"] == "Bus1")
    return plain(str(bus["hent"]["reason"]))


def told(of: CheckedClient) -> list[dict[str, Any]]:
    query = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T05:55:00Z", "profile": "family"}
    found: list[dict[str, Any]] = of.ask("/api/v6/plan", **query)["itineraries"]
    return found


@pytest.mark.parametrize(
    ("riders", "paid"),
    [(("", "", "child"), "1,80 € par adulte"), (("", ""), "1,80 € par personne"), (("",), "1,80 €")],
    ids=["with a child", "two alike", "alone"],
)
def test_the_ticket_of_a_ride_says_whose_it_is(riders: tuple[str, ...], paid: str) -> None:
    bus = ticket(client(settings(party=len(riders), riders=riders)), profile="family")["rides"][0]
    assert plain(bus["sentence"]).startswith(f"{paid} : Ticket bus.")


@pytest.mark.parametrize(
    ("riders", "said"),
    [
        (("", "", "child"), "7,50 € de moins en tout"),
        (("", "baby"), "2,20 € de moins par personne"),
        (("",), "2,20 € de moins,"),
    ],
    ids=["all is known", "a baby's price is not", "alone"],
)
def test_a_difference_says_whether_it_is_of_all_or_of_one(riders: tuple[str, ...], said: str) -> None:
    assert said in against_the_boat(settings(party=len(riders), riders=riders))


def test_what_is_emitted_is_told_of_one_of_several() -> None:
    """In one car four emit less than by bus, and no percent is told."""
    four, one = (
        harbour(settings(party=people)).post("/?lang=fr", data=FORM | {"profile": "family"}) for people in (4, 1)
    )
    assert re.search(r"\d k?g de CO₂ par personne", plain(four.text))
    assert "CO₂ par personne" not in plain(one.text)


@pytest.mark.parametrize(
    ("profile", "asked_for", "who"),
    [
        ("adult", {"children": "2"}, "1 adulte et 2 enfants : 10,20 €"),
        ("adult", {"adults": "2", "children": "1"}, "2 adultes et 1 enfant : 11,10 €"),
        ("adult", {"adults": "2", "passengers": "7"}, "2 adultes : 8,00 €"),
        ("family", {"adults": "1"}, "1 adulte et 2 enfants : 10,20 €"),
        ("family", {"children": "3"}, "2 adultes et 3 enfants : 17,30 €"),
        ("family", {"children": "0"}, "2 adultes : 8,00 €"),
    ],
)
def test_adults_and_children_are_counted_each_and_what_is_not_said_is_as_the_profile_has_it(
    profile: str, asked_for: dict[str, str], who: str
) -> None:
    """An adult pays 4,00 € for bus and boat, a child 3,10 €."""
    family = settings(party=4, riders=("", "", "child", "child"))
    told = ticket(client(family), **{"profile": profile} | asked_for)["party"]
    assert plain(told["sentence"]) == f"Pour {who}."


def test_whom_children_pay_as_is_named_by_the_config() -> None:
    pupils = SECOND | {"rider_categories": RIDERS.replace("child,", "pupil,")}
    pupils |= {"fare_products": PRODUCTS.replace(",child,", ",pupil,")}
    settled = settings()
    named = settled.model_copy(update={"tickets": settled.tickets.model_copy(update={"child": "pupil"})})
    assert ticket(client(named, more=pupils), children="1")["party"]["minor"] == 400 + 310
    assert "party" not in ticket(client(settled, more=pupils), children="1"), "no feed has a child"


CHILDREN_GO_FREE = """
    fare_product_id,fare_product_name,rider_category_id,fare_media_id,amount,currency
    bus,Ticket bus,adult,,1.80,EUR
    bus,Ticket bus,child,,0.90,EUR
    boat,Traversée,adult,,2.00,EUR
    boat,Traversée,child,,0.00,EUR
    up,Supplément bateau,,,2.20,EUR
    """


@pytest.mark.parametrize(("children", "cheapest"), [("0", "Bus1"), ("1", "Boat2")])
def test_the_cheapest_is_so_for_all_who_travel_together(children: str, cheapest: str) -> None:
    """One adult pays 1,80 € by bus; with a child that is 2,70 €, and 2,00 € by boat."""
    bare = town(STOPS, BUS_OR_BOAT, more=SECOND | {"fare_products": CHILDREN_GO_FREE})
    of: Any = app_of(bare, NOW, settings()).test_client()
    query = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T05:55:00Z", "profile": "adult"}
    found = of.ask("/api/v6/plan", **query, children=children)["itineraries"]
    named = {one["legs"][0]["routeShortName"] for one in found if "cheapest" in one["hent"]["labels"]}
    assert named == {cheapest}
