"""`hent places`: what is built of an address file and of an extract, and what a service starts with."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.commands.options import ensure_network, read_config
from api.feeds.desk import load_at_hand
from api.territory.in_service import Following
from tests.api.commands.test_streets import CONFIG
from tests.api.places.conftest import configured, geocode, hent
from tests.mobility.streets.tiny import opl


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
    assert "in service: 1 street, 1 number; © OpenStreetMap, ODbL 1.0, 20" in first.output
    assert "in service: 1 place that people name; © OpenStreetMap, ODbL 1.0, 20" in first.output
    assert again.output.count("read before") == 2
    told = json.loads(hent(folder, "places", "show", "--json").output)
    assert (told["streets"], told["licence"], told["landmarks"]["places"]) == (1, "ODbL 1.0", 1)


def test_beside_an_address_file_an_extract_tells_only_places(folder: Path) -> None:
    (folder / "town.opl").write_text(opl(TOWN), "utf-8")
    built = configured(folder, "places", "build", "--extract", str(folder / "town.opl")).output
    assert "in service: 3 streets, 5 numbers; Base Adresse Nationale" in built
    assert "in service: 1 place that people name" in built


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


def test_what_an_operator_should_mend_is_printed(folder: Path, client: FlaskClient) -> None:
    ask = folder / "ask.csv"
    ask.write_text('text,expected\n12 rue du port lorient,"12 Rue du Port, Lorient"\nrue haute lorient,Rue Haute\n')
    answer = configured(folder, "places", "try", str(ask))
    assert answer.exit_code == 1
    assert answer.output.splitlines()[-2:] == [
        "rue haute lorient: expected Rue Haute, found nothing",
        "1 of 2 as expected",
    ]
