"""The last kilometre, the town centre and the nearer place to work, as an answer says them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.openapi.responses.near import Alternative, LastKilometre, TownCentre
from mobility.network.graph import with_place_ways
from mobility.routing.last_kilometre.criteria import ORDER
from mobility.routing.last_kilometre.option import KINDS
from mobility.routing.territory import Territory
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.mobility.routing.surroundings import place
from tests.town import at, town

PLACES = (
    place("town_centre", "Bourg", "6 0", radius_m="700"),
    place("counter", "Boutique", "6 0.2", sells="tickets;korrigo_card", opening_hours="Mo-Fr 08:00-18:00"),
    place("taxi_rank", "Station", "6 0.1", booking="Appelez", booking_br="Pellgomzit", phone="02 61 91 00 00"),
    place("third_place", "Halle", "0.5 0", opening_hours="24/7"),
    place("carpool_point", "Aire", "0 0.5"),
)


@pytest.fixture(scope="module")
def client() -> CheckedClient:
    found = town("A 0 0, B 6 0", "Bus1\nA B\n8:00 8:15\n8:30 8:45\n9:00 9:15")
    network = with_place_ways(replace(found.network, places=PLACES), found.streets)
    client = app_of(Territory(network, found.streets, found.days)).test_client()
    assert isinstance(client, CheckedClient)
    return client


def ask(client: CheckedClient, start: str = "0 0.6", end: str = "6 0.6", **rest: str):
    ends = {name: f"{at(where).lat},{at(where).lon}" for name, where in (("fromPlace", start), ("toPlace", end))}
    return client.ask("/api/v6/plan", time="2026-06-03T07:45", **ends, **rest)


def test_every_itinerary_has_the_walk_at_both_ends(client: CheckedClient) -> None:
    answer = ask(client, searchWindow="7200")
    assert len(answer["itineraries"]) == 3
    for itinerary in answer["itineraries"]:
        walks = [one["end"] for one in itinerary["hent"]["lastKilometre"] if one["kind"] == "walk"]
        assert walks == ["access", "egress"]


def test_ways_to_the_first_stop_come_before_those_from_the_last(client: CheckedClient) -> None:
    ends = [one["end"] for one in ask(client)["itineraries"][0]["hent"]["lastKilometre"]]
    assert ends == sorted(ends)


def test_every_way_has_the_described_shape(client: CheckedClient) -> None:
    answer = ask(client)
    for one in answer["itineraries"][0]["hent"]["lastKilometre"]:
        LastKilometre.model_validate(one)
    TownCentre.model_validate(answer["hent"]["townCentre"])
    Alternative.model_validate(answer["hent"]["alternatives"][0])


@pytest.mark.parametrize(("language", "how"), [("fr", "Appelez"), ("br", "Pellgomzit"), ("en", "Appelez")])
def test_a_service_speaks_in_its_own_words(client: CheckedClient, language: str, how: str) -> None:
    ways = ask(client, language=language)["itineraries"][0]["hent"]["lastKilometre"]
    (taxi,) = [one for one in ways if one["kind"] == "taxi"]
    assert (taxi["how"], taxi["phone"], taxi["price"]) == (how, "02 61 91 00 00", None)


def test_what_is_unknown_is_said_in_the_sentence_too(client: CheckedClient) -> None:
    ways = ask(client)["itineraries"][0]["hent"]["lastKilometre"]
    (carpool,) = [one for one in ways if one["kind"] == "carpool"]
    assert carpool["sentence"] == "Covoiturage (Aire) : durée inconnue, 130 m, prix inconnu, attente inconnue."
    assert carpool["co2e_g"] == "unknown"


def test_the_town_centre_lists_what_is_local(client: CheckedClient) -> None:
    centre = ask(client)["hent"]["townCentre"]
    assert (centre["place"]["name"], centre["rule"]) == ("Bourg", "/api/ranking")
    assert next(one["sentence"] for one in centre["items"]) == (
        "Guichet : Boutique, à 520 m, ouvert du lundi au vendredi, 8 h – 18 h, tickets, carte KorriGo."
    )


def test_elsewhere_there_is_no_town_centre(client: CheckedClient) -> None:
    assert ask(client, end="6 -0.75")["hent"]["townCentre"] is None


@pytest.mark.parametrize(
    ("language", "beginning"), [("fr", "Travailler plus près"), ("br", "Labourat tostoc’h"), ("en", "Work closer")]
)
def test_a_nearer_place_to_work_is_named_in_one_sentence(client: CheckedClient, language: str, beginning: str) -> None:
    (found,) = ask(client, language=language)["hent"]["alternatives"]
    assert found["sentence"].startswith(beginning)
    assert "Halle" in found["sentence"]


def test_it_is_named_once_not_on_the_next_page(client: CheckedClient) -> None:
    later = ask(client, pageCursor=ask(client)["nextPageCursor"])
    assert (later["hent"]["alternatives"], later["hent"]["townCentre"]) == ([], None)


def test_a_walk_all_the_way_has_its_last_kilometre(client: CheckedClient) -> None:
    (direct,) = ask(client, start="6 0.1", end="6 0.6")["direct"]
    assert [one["kind"] for one in direct["hent"]["lastKilometre"]] == ["walk"]


@pytest.mark.parametrize("language", ["fr", "br", "en"])
def test_the_rule_of_order_is_public(client: CheckedClient, language: str) -> None:
    rule = client.ask("/api/ranking", language=language)["lastKilometre"]
    assert [one["code"] for one in rule] == [criterion.code for criterion in ORDER]
    assert all(one["sentence"] for one in rule)


def test_every_kind_of_way_is_explained() -> None:
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "last-kilometre.md").read_text("utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in page] == []
    assert [criterion.code for criterion in ORDER if f"`{criterion.code}`" not in page] == []
