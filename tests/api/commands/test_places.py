"""`hent places`, and addresses in the API, on the page and in `hent plan` of a server that follows them."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from api.app import create_app
from api.commands import main
from api.commands.options import ensure_network, read_config
from api.feeds.loading import load_at_hand
from api.territory.in_service import Following
from tests.api.commands.test_streets import CONFIG, FEED
from tests.mobility.places.addresses.town import file_of
from tests.mobility.streets.tiny import opl

STREETS = """
    Rue du Port, 56100 Lorient: 1, 2 bis, 12
    Rue du Port, 56570 Locmiquélic: 12
    Place de l'Église, 56460 Val d'Oust / La Chapelle-Caro: 4
    """
STOPS = {"P": ("Mairie", 47.7462, -3.3662), "Q": ("Gare", 47.7555, -3.3637)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [f"{stop},{name},{lat},{lon}" for stop, (name, lat, lon) in STOPS.items()]
    (tmp_path / "feed").mkdir()
    for name, text in {**FEED, "stops": "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *rows])}.items():
        (tmp_path / "feed" / f"{name}.txt").write_text(text + "\n", "utf-8")
    file_of(STREETS, tmp_path)
    config = (
        CONFIG.replace('["fr", "en"]', '["fr", "br", "en"]')
        .replace("[streets]", '[places]\naddresses = "adresses.csv"')
        .replace('extract = "map.opl"', "")
    )
    (tmp_path / "config.toml").write_text(config, "utf-8")
    return tmp_path


def hent(folder: Path, *words: str) -> Any:
    return CliRunner().invoke(main, [*words, "--data", str(folder / "data")], catch_exceptions=False)


def configured(folder: Path, *words: str) -> Any:
    return hent(folder, *words, "--config", str(folder / "config.toml"))


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    config = read_config(folder / "config.toml")
    load_at_hand(folder / "data", config, date(2026, 6, 1))
    configured(folder, "places", "build")
    return create_app(config, Following(folder / "data", config)).test_client()


def geocode(client: FlaskClient, text: str, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/v1/geocode", query_string={"text": text, **query}).get_json()
    return found


def test_addresses_are_built_once_and_shown_with_licence_and_date(folder: Path) -> None:
    assert "no addresses were built yet" in hent(folder, "places", "show").output
    first, again = configured(folder, "places", "build"), configured(folder, "places", "build")
    assert "in service: 3 streets, 5 numbers; Base Adresse Nationale, Licence Ouverte 2.0, 20" in first.output
    assert ("5 rows read, 0 left out" in first.output, "read before" in again.output) == (True, True)
    told = json.loads(hent(folder, "places", "show", "--json").output)
    assert (told["streets"], told["numbers"], told["licence"]) == (3, 5, "Licence Ouverte 2.0")


def test_another_licence_takes_effect_though_the_file_is_the_same(folder: Path) -> None:
    configured(folder, "places", "build")
    config = folder / "config.toml"
    config.write_text(
        config.read_text("utf-8").replace("[places]", '[places]\naddresses_licence = "ODbL 1.0"'), "utf-8"
    )
    configured(folder, "places", "build")
    assert json.loads(hent(folder, "places", "show", "--json").output)["licence"] == "ODbL 1.0"


def test_without_places_in_service_nothing_is_as_expected(folder: Path) -> None:
    (folder / "ask.csv").write_text("text,expected\nrue haute,Rue Haute\n")
    answer = configured(folder, "places", "try", str(folder / "ask.csv"))
    assert (answer.exit_code, "load a timetable: hent feeds load" in answer.output) == (1, True)


def test_a_row_that_was_left_out_is_told(folder: Path) -> None:
    file = folder / "adresses.csv"
    rows = [f"x_{n:05d};{n};;Rue Haute;56100;56121;Lorient;;-3.36;47.74" for n in range(1, 40)]
    file.write_text("\n".join([file.read_text("utf-8"), *rows, "x;1;;Rue Basse;56100;56121;Lorient;;west;47"]), "utf-8")
    answer = configured(folder, "places", "build")
    assert "left out: adresses.csv, line 46: lon is 'west'" in answer.output
    assert answer.exit_code == 0


def test_files_that_are_not_there_or_not_named_are_asked_for(folder: Path) -> None:
    (folder / "adresses.csv").unlink()
    gone = configured(folder, "places", "build")
    assert (gone.exit_code, "adresses.csv: does not exist" in gone.output) == (2, True)
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    unnamed = configured(folder, "places", "build")
    assert (unnamed.exit_code, "places.addresses: is missing" in unnamed.output) == (2, True)


def test_a_service_starts_with_the_addresses_of_its_config(folder: Path) -> None:
    ensure_network(folder / "data", read_config(folder / "config.toml"))
    assert "3 streets" in hent(folder, "places", "show").output


def test_an_address_that_is_missing_keeps_nobody_from_starting(folder: Path) -> None:
    (folder / "adresses.csv").unlink()
    ensure_network(folder / "data", read_config(folder / "config.toml"))
    assert "no addresses were built" in hent(folder, "places", "show").output


TOWN = """
    A 0 0, B 100 0, C 200 0, D 210 0
    A B C | highway=residential name=Quai_des_Indes
    B | leisure=water__park name=Aquacéane name:en=Aquaceane_Pool addr:city=Lorient
    D | addr:housenumber=7 addr:street=Quai_des_Indes addr:city=Lorient addr:postcode=56100
    """


@pytest.fixture
def extract(folder: Path) -> Path:
    """In a town of which no other address file is named."""
    file = folder / "town.opl"
    file.write_text(opl(TOWN), "utf-8")
    config = folder / "config.toml"
    config.write_text(config.read_text("utf-8").replace('addresses = "adresses.csv"', ""), "utf-8")
    return file


def test_where_there_is_no_address_file_those_of_an_extract_serve(folder: Path, extract: Path) -> None:
    first, again = (configured(folder, "places", "build", "--extract", str(extract)) for _ in range(2))
    assert "in service: 1 streets, 1 numbers; © OpenStreetMap, ODbL 1.0, 20" in first.output
    assert "in service: 1 places that people name; © OpenStreetMap, ODbL 1.0, 20" in first.output
    assert again.output.count("read before") == 2
    told = json.loads(hent(folder, "places", "show", "--json").output)
    assert (told["streets"], told["licence"], told["landmarks"]["places"]) == (1, "ODbL 1.0", 1)


def test_beside_an_address_file_an_extract_tells_only_places(folder: Path) -> None:
    (folder / "town.opl").write_text(opl(TOWN), "utf-8")
    built = configured(folder, "places", "build", "--extract", str(folder / "town.opl")).output
    assert "in service: 3 streets, 5 numbers; Base Adresse Nationale" in built
    assert "in service: 1 places that people name" in built


def test_an_extract_that_is_not_there_is_named(folder: Path) -> None:
    gone = configured(folder, "places", "build", "--extract", "gone.osm.pbf")
    assert (gone.exit_code, "gone.osm.pbf: does not exist" in gone.output) == (2, True)


def test_a_place_of_the_extract_is_told_as_motis_tells_one(folder: Path, client: FlaskClient) -> None:
    (folder / "town.opl").write_text(opl(TOWN), "utf-8")
    configured(folder, "places", "build", "--extract", str(folder / "town.opl"))
    one = geocode(client, "poull-neuial", language="en")[0]
    assert (one["type"], one["name"], one["category"]) == ("PLACE", "Aquaceane Pool", "swimming")
    assert (one["hent"], one["areas"][0]["name"]) == ({"kind": "swimming_pool"}, "Lorient")
    assert one["id"].startswith("swimming_pool/n")
    hent(folder, "places", "off")
    assert geocode(client, "poull-neuial") == []


def test_the_country_and_the_regions_of_the_config_say_nothing_behind_a_place(folder: Path) -> None:
    config = folder / "config.toml"
    around = '[territory]\ncountry = "FR"\naround = ["BZH"]'
    config.write_text(config.read_text("utf-8").replace("[territory]", around), "utf-8")
    load_at_hand(folder / "data", read_config(config), date(2026, 6, 1))
    known = Following(folder / "data", read_config(config)).territory().gazetteer()
    assert known is not None
    asked = ("Mairie, France", "Mairie, BZH", "Mairie, Normandie")
    assert [known.understood(text, 3).sure is not None for text in asked] == [True, True, False]


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
    first = client.post("/suggest", data={"text": "12 rue du port lorient"}).get_json()[0]
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
    found = client.post(f"/suggest?lang={language}", data={"text": "13 rue du port lorient"}).get_json()
    assert found[0]["detail"] == detail


def test_a_commune_is_suggested_without_a_commune(client: FlaskClient) -> None:
    found = client.post("/suggest", data={"text": "locmiquelic"}).get_json()
    assert (found[0]["label"], found[0]["detail"]) == ("Locmiquélic", "commune")


def test_a_page_names_source_licence_and_day_of_its_addresses(folder: Path, client: FlaskClient) -> None:
    file = file_of("Rue Haute, 56100 Lorient: 1", folder)
    os.utime(file, (1_780_000_000, 1_780_000_000))
    configured(folder, "places", "build")
    page = client.get("/", headers={"Accept-Language": "fr"}).get_data(as_text=True)
    assert "Adresses\u00a0: Base Adresse Nationale · Licence Ouverte 2.0 · 28 mai 2026" in page


def test_a_page_without_javascript_goes_to_an_address_and_asks_which_of_two(client: FlaskClient) -> None:
    sure = client.post("/", data={"from": "12 rue du port lorient", "to": "Gare"}).get_data(as_text=True)
    assert 'value="12 Rue du Port, Lorient"' in sure
    asked = client.post("/", data={"from": "12 rue du port", "to": "Gare"}).get_data(as_text=True)
    assert "Plusieurs communes ont « 12 rue du port »." in asked
    for commune in ("Lorient", "Locmiquélic"):
        assert f">12 Rue du Port, {commune} <small>adresse</small></button>" in asked


def test_a_page_says_which_number_is_not_known(client: FlaskClient) -> None:
    page = client.post("/", data={"from": "13 rue du port lorient", "to": "Gare"}).get_data(as_text=True)
    assert "Dans « 13 rue du port lorient », nous ne connaissons pas « 13 »." in page


def test_a_plan_begins_at_an_address_and_guesses_no_number(folder: Path, client: FlaskClient) -> None:
    at = ("--at", "2026-06-01T07:30")
    assert "12 Rue du Port (Lorient)" in configured(folder, "plan", "12 rue du port, Lorient", "Gare", *at).output
    unknown = configured(folder, "plan", "13 rue du port Lorient", "Gare", *at)
    assert unknown.exit_code == 1
    assert "no such place: 13 rue du port Lorient; did you mean Rue du Port (Lorient)?" in unknown.output


def test_what_an_operator_should_mend_is_printed(folder: Path, client: FlaskClient) -> None:
    ask = folder / "ask.csv"
    ask.write_text('text,expected\n12 rue du port lorient,"12 Rue du Port, Lorient"\nrue haute lorient,Rue Haute\n')
    answer = configured(folder, "places", "try", str(ask))
    assert answer.exit_code == 1
    assert answer.output.splitlines()[-2:] == [
        "rue haute lorient: expected Rue Haute, found nothing",
        "1 of 2 as expected",
    ]
