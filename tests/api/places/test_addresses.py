"""Addresses in the API, on the page and in `hent plan` of a server that follows them."""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.api.places.conftest import configured, geocode, hent
from tests.mobility.places.addresses.town import file_of


def test_a_server_follows_addresses_that_come_and_go(folder: Path, client: FlaskClient) -> None:
    assert [one["type"] for one in geocode(client, "12 rue du port lorient")] == ["ADDRESS"]
    hent(folder, "places", "off")
    assert [one for one in geocode(client, "12 rue du port lorient") if one["type"] == "ADDRESS"] == []


def test_an_address_is_told_as_motis_tells_one(client: FlaskClient) -> None:
    (one,) = geocode(client, "2bis rue du port lorient")
    assert (one["type"], one["name"], one["houseNumber"], one["street"], one["zip"]) == (
        "ADDRESS",
        "2 bis Rue du Port",
        "2 bis",
        "Rue du Port",
        "56100",
    )
    assert one["id"].endswith("_0000_00002_bis")
    assert one["hent"] == {"kind": "address", "unanswered": []}


def test_a_street_has_no_number_and_says_which_one_it_lacks(client: FlaskClient) -> None:
    (one,) = geocode(client, "13 rue du port lorient")
    assert (one["type"], one["name"], one["hent"]) == (
        "ADDRESS",
        "Rue du Port",
        {"kind": "street", "unanswered": ["13"]},
    )
    assert "houseNumber" not in one


def test_the_former_commune_is_an_area_of_its_own(client: FlaskClient) -> None:
    areas = geocode(client, "4 place de l'eglise la chapelle caro")[0]["areas"]
    assert [(area["name"], area["adminLevel"]) for area in areas] == [("Val d'Oust", 8), ("La Chapelle-Caro", 9)]


def test_only_the_types_asked_for_are_found(client: FlaskClient) -> None:
    assert [one["type"] for one in geocode(client, "mairie", type="ADDRESS")] == []
    assert {one["type"] for one in geocode(client, "rue du port", type="ADDRESS")} == {"ADDRESS"}


def test_the_nearest_address_of_a_position_is_named(client: FlaskClient) -> None:
    found = client.get("/api/v1/reverse-geocode", query_string={"place": "47.7461,-3.3659"}).get_json()
    assert [one["name"] for one in found if one["type"] == "ADDRESS"] == ["2 bis Rue du Port"]
    assert "STOP" in {one["type"] for one in found}


@pytest.mark.skipif("HENT_SPECS" not in os.environ, reason="HENT_SPECS does not name the folder of the specifications")
def test_every_address_has_the_shape_of_the_specification(client: FlaskClient) -> None:
    specification = yaml.safe_load((Path(os.environ["HENT_SPECS"]) / "motis_openapi.yaml").read_text("utf-8"))
    schema = {"type": "array", "items": {"$ref": "#/components/schemas/Match"}}
    validator = Draft202012Validator(schema | {"components": specification["components"]})
    for text in ("12 rue du port", "13 rue du port lorient", "4 place de l'eglise"):
        validator.validate(geocode(client, text))


def test_a_suggestion_names_the_commune_and_leads_to_the_door(client: FlaskClient) -> None:
    first = client.post("/suggest", data={"text": "12 rue du port lorient"}).get_json()["places"][0]
    assert (first["name"], first["kind"], first["area"]) == ("12 Rue du Port, Lorient", "address", "Lorient")
    assert (first["label"], first["detail"]) == ("12 Rue du Port", "adresse · Lorient")
    assert first["id"] == "47.746200,-3.366000"


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("fr", "rue · Lorient · pas de numéro 13 connu"),
        ("br", "straed · Lorient · n’eus ket a niverenn 13 anavezet"),
        ("en", "street · Lorient · no number 13 known"),
        ("fr-x-falc", "rue · Lorient · nous ne connaissons pas le numéro 13"),
    ],
)
def test_a_suggestion_says_its_kind_its_commune_and_which_number_it_lacks(
    client: FlaskClient, language: str, detail: str
) -> None:
    found = client.post(f"/suggest?lang={language}", data={"text": "13 rue du port lorient"}).get_json()["places"]
    assert found[0]["detail"] == detail


def test_a_commune_is_suggested_without_a_commune(client: FlaskClient) -> None:
    found = client.post("/suggest", data={"text": "locmiquelic"}).get_json()["places"]
    assert (found[0]["label"], found[0]["detail"]) == ("Locmiquélic", "commune")


def test_a_page_names_source_licence_and_day_of_its_addresses(folder: Path, client: FlaskClient) -> None:
    file = file_of("Rue Haute, 56100 Lorient: 1", folder)
    os.utime(file, (1_780_000_000, 1_780_000_000))
    configured(folder, "places", "build")
    page = re.sub("</?span[^>]*>", "", client.get("/", headers={"Accept-Language": "fr"}).get_data(as_text=True))
    assert "Adresses : Base Adresse Nationale · Licence Ouverte 2.0 · 28 mai 2026" in page


def test_a_page_without_javascript_goes_to_an_address_and_asks_which_of_two(client: FlaskClient) -> None:
    sure = client.post("/", data={"from": "12 rue du port lorient", "to": "Gare"}).get_data(as_text=True)
    assert 'value="12 Rue du Port, Lorient"' in sure
    asked = client.post("/", data={"from": "12 rue du port", "to": "Gare"}).get_data(as_text=True)
    assert "« 12 rue du port » existe dans plusieurs communes." in asked
    for commune in ("Lorient", "Locmiquélic"):
        assert f"><u>12 Rue du Port, {commune}</u> <small>adresse</small></button>" in asked


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            "Nous connaissons « Rue du Port, Lorient », mais pas son numéro 13. Le plus proche que nous connaissons",
        ),
        ("br", "Anavezout a reomp « Rue du Port, Lorient », met n’anavezomp ket an niverenn 13. An hini dostañ"),
        ("en", "We know “Rue du Port, Lorient”, but not its number 13. The nearest one that we know is 12."),
        (
            "fr-x-falc",
            "Nous connaissons « Rue du Port, Lorient ». Mais pas le numéro 13. Le numéro le plus proche est 12.",
        ),
    ],
)
def test_of_a_number_that_is_not_known_the_street_is_and_the_next_number(
    client: FlaskClient, language: str, said: str
) -> None:
    page = asked(client, "13 rue du port lorient", language)
    assert said in told(page)
    assert proposed(page) == ["12 Rue du Port, Lorient", "Rue du Port, Lorient"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            "Nous connaissons Lorient, mais pas « 4 place de l’église » dans cette commune. Choisissez",
        ),
        ("br", "Anavezout a reomp Lorient, met n’anavezomp ket « 4 place de l’église » eno. Dibabit ur chomlec’h all"),
        ("en", "We know Lorient, but not “4 place de l’église” there. Choose another address, or a place nearby."),
        ("fr-x-falc", "Nous connaissons Lorient. Mais pas « 4 place de l’église » dans cette ville."),
    ],
)
def test_of_a_street_that_a_commune_has_not_the_commune_is_known_and_the_same_street_elsewhere(
    client: FlaskClient, language: str, said: str
) -> None:
    page = asked(client, "4 place de l’église, Lorient", language)
    assert said in told(page)
    assert proposed(page) == ["4 Place de l'Église, La Chapelle-Caro, Val d'Oust", "Lorient"]


def test_a_number_that_streets_of_two_communes_lack_is_told_of_both(client: FlaskClient) -> None:
    page = asked(client, "13 rue du port")
    assert told(page).startswith("Nous connaissons « Rue du Port », mais pas son numéro 13. Choisissez la rue")
    assert set(proposed(page)[:2]) == {"12 Rue du Port, Lorient", "12 Rue du Port, Locmiquélic"}


@pytest.mark.parametrize(
    "typed", ["12 rue de la paix lorient", "rue de la paix, 56100 Lorient", "12 rue Xyzzy LORIENT"]
)
def test_of_a_street_that_there_is_nowhere_the_commune_is_known(client: FlaskClient, typed: str) -> None:
    page = asked(client, typed)
    assert "Nous connaissons Lorient, mais pas «" in told(page)
    assert proposed(page) == ["Lorient"]


def test_of_a_street_without_a_commune_that_is_nowhere_nothing_is_known(client: FlaskClient) -> None:
    page = asked(client, "12 rue de la paix")
    assert "Nous ne connaissons pas « 12 rue de la paix »." in told(page)
    assert proposed(page) == []


def test_of_an_address_in_a_town_elsewhere_the_town_is_told(client: FlaskClient) -> None:
    assert "« Quimper » est hors de notre territoire" in told(asked(client, "12 rue de la paix, Quimper"))
    assert "hors de notre territoire" not in told(asked(client, "12 rue de Quimper")), "a street may be called so"


def test_what_is_proposed_leads_there(client: FlaskClient) -> None:
    page = asked(client, "13 rue du port lorient")
    (pick,) = re.findall(r'name="fromPick" value="([^"]+)"[^>]*><u>12 Rue du Port', page)
    answer = client.post("/?lang=fr", data={"from": "13 rue du port lorient", "fromPick": pick, "to": "Gare"})
    assert 'value="12 Rue du Port, Lorient"' in answer.text


def test_the_same_is_suggested_while_it_is_typed(client: FlaskClient) -> None:
    def suggested(text: str) -> list[str]:
        return [one["name"] for one in client.post("/suggest", data={"text": text}).get_json()["places"]]

    assert suggested("12 rue de la paix lorient") == ["Lorient"]
    assert suggested("4 place de l'eglise lorient")[0].startswith("4 Place de l'Église")
    assert suggested("12 rue de la paix") == []


def asked(client: FlaskClient, start: str, language: str = "fr") -> str:
    return client.post(f"/?lang={language}", data={"from": start, "to": "Gare"}).get_data(as_text=True)


def told(page: str) -> str:
    """What stands at the field, with plain blanks."""
    (said,) = re.findall(r'<p class="wrong" id="from-fault">([^<]*)</p>', page)
    return " ".join(unescape(said).replace("\u202f", " ").split())


def proposed(page: str) -> list[str]:
    found = re.findall(r'<button name="fromPick"[^>]*><u>([^<]*)</u> <small>', page)
    return [" ".join(unescape(one).split()) for one in found]


def test_a_plan_begins_at_an_address_and_guesses_no_number(folder: Path, client: FlaskClient) -> None:
    at = ("--at", "2026-06-01T07:30")
    assert "12 Rue du Port (Lorient)" in configured(folder, "plan", "12 rue du port, Lorient", "Gare", *at).output
    unknown = configured(folder, "plan", "13 rue du port Lorient", "Gare", *at)
    assert unknown.exit_code == 1
    said = "no such place: 13 rue du port Lorient; did you mean 12 Rue du Port (Lorient), Rue du Port (Lorient)?"
    assert said in unknown.output
