"""A page in Breton calls communes by their Breton names, where the file of aliases knows one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from demo import TERRITORY
from mobility.network.place import TerritoryPlace
from mobility.places.aliases import Aliases, read_aliases
from mobility.places.build import build as build_places
from mobility.routing.territory import Territory
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.town import town

ALIASES = read_aliases(TERRITORY / "aliases.csv")


@pytest.fixture(scope="module")
def client() -> CheckedClient:
    """A bus between the communes Lorient and Port-Louis, and a counter in the first."""
    found = town("A 0 0, B 6 0", "Bus1\nA B\n8:00 8:15")
    stops = found.network.stops
    communes = [commune("Lorient", stops.point(0)), commune("Port-Louis", stops.point(1))]
    counter = TerritoryPlace("counter", "c", "Boutique", 47.7, -3.3, {"commune": "Lorient", "sells": "tickets"})
    network = replace(found.network, places=(*communes, counter))
    territory = Territory(network, found.streets, found.days, build_places(network), aliases=ALIASES)
    return CheckedClient(app_of(territory))


def commune(name: str, where: object) -> TerritoryPlace:
    return TerritoryPlace("commune", name, name, where.lat, where.lon, {})  # type: ignore[attr-defined]


def test_suggestions_counters_stops_and_answers_are_called_so(client: CheckedClient) -> None:
    (suggested, *_) = client.post("/suggest?lang=br", data={"text": "port-lou"}).json["places"]
    assert (suggested["name"], suggested["label"]) == ("Porzh-Loeiz", "Porzh-Loeiz")
    assert '<p class="known">An Oriant</p>' in client.get("/counters?lang=br").text
    form = {"from": "Lorient", "to": "Porzh-Loeiz", "when": "leave", "moment": "2026-06-03T07:55"}
    assert "An Oriant → Porzh-Loeiz" in client.post("/?lang=br", data=form).text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_in_other_languages_they_keep_their_names(client: CheckedClient, language: str) -> None:
    assert '<p class="known">Lorient</p>' in client.get(f"/counters?lang={language}").text


def test_every_commune_of_the_demo_has_one_breton_name() -> None:
    assert len(ALIASES.names["br"]) == 30
    assert (ALIASES.name_in("Groix", "br"), ALIASES.name_in("Groix", "fr")) == ("Groe", "Groix")
    assert ALIASES.name_in("Hôpital du Scorff", "br") == "Hôpital du Scorff"


def test_an_alias_without_a_language_is_typed_and_never_told(tmp_path: Path) -> None:
    file = tmp_path / "aliases.csv"
    file.write_text("alias,name,language\nBSM,Base de Sous-Marins,\nAn Oriant,Lorient,br\n", "utf-8")
    read = read_aliases(file)
    assert (read.in_full("BSM"), dict(read.names)) == ("Base de Sous-Marins", {"br": {"Lorient": "An Oriant"}})
    assert Aliases().name_in("Lorient", "br") == "Lorient"
