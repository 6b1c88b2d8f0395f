"""Who types a name nearly right on the pages of lines and stops finds it, in each language, without a script."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import NamedTuple

import pytest

from demo import TERRITORY
from mobility.places.aliases import read_aliases
from mobility.places.build import build as build_places
from mobility.places.vocabulary import Vocabulary
from mobility.routing.territory import Territory
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.mobility.routing.surroundings import place
from tests.town import town

LANGUAGES = pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])
DID_YOU_MEAN = {
    "fr": "Vouliez-vous dire :",
    "br": "Petra a felle deoc’h lavaret ?",
    "en": "Did you mean:",
    "fr-x-falc": "Quel lieu voulez-vous ?",
}


class Searched(NamedTuple):
    """field: what stands in it. links: pages of stops or lines. told: beside the field, where nothing is called so."""

    field: str
    links: list[str]
    told: list[str]


@pytest.fixture(scope="module")
def client() -> CheckedClient:
    """Two buses: one stays in Lorient, the other goes over to Locmiquélic."""
    found = town(
        "Gare 0 0, Péristyle 1 0, Port-Lay 9 0",
        """
        Batobus
        Gare   Péristyle
        8:00   8:10

        T1
        Gare   Port-Lay
        9:00   9:20
        """,
    )
    network = replace(
        found.network, places=(place("commune", "Lorient", "0 0"), place("commune", "Locmiquélic", "9 0"))
    )
    aliases = read_aliases(TERRITORY / "aliases.csv")
    territory = Territory(network, found.streets, found.days, build_places(network), aliases=aliases)
    return CheckedClient(app_of(territory))


def searched(client: CheckedClient, path: str, language: str, **typed: str) -> Searched:
    page = unescape(client.post(f"{path}?lang={language}", data=typed).text)
    field = re.search(r'name="name" value="([^"]*)"', page)
    told = re.search(r'<p class="others" id="name-meant">.*?</p>', page, re.DOTALL)
    links = re.findall(rf'<li><a href="{path}/t_([^?"]*)', page)
    words = re.findall(r">([^<>]+)</(?:span|a|button)>", told[0]) if told else []
    return Searched(field[1] if field else "", links, words)


@LANGUAGES
@pytest.mark.parametrize(
    ("typed", "meant", "lines"),
    [
        ("T1", "T1", ["T1"]),
        ("batobuss", "Batobus", ["Batobus"]),
        ("peristile", "Péristyle", ["Batobus"]),
        ("Locmikelic", "Locmiquélic", ["T1"]),
        ("An Oriant", "An Oriant", ["Batobus", "T1"]),
    ],
)
def test_a_line_is_found_by_a_name_nearly_right(
    client: CheckedClient, language: str, typed: str, meant: str, lines: list[str]
) -> None:
    found = searched(client, "/lines", language, name=typed)
    assert (found.field, sorted(found.links), found.told) == (meant, lines, [])


@LANGUAGES
def test_what_a_line_may_be_called_is_one_touch_away(client: CheckedClient, language: str) -> None:
    found = searched(client, "/lines", language, name="peristul")
    assert found == ("peristul", [], [DID_YOU_MEAN[language], "Péristyle"])
    assert searched(client, "/lines", language, name="peristul", namePick="Péristyle") == (
        "Péristyle",
        ["Batobus"],
        [],
    )


def test_names_are_made_ready_once_for_all_who_type_them_wrong(
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert searched(client, "/lines", "fr", name="batobuss").field == "Batobus"
    monkeypatch.setattr(Vocabulary, "of", None)
    assert searched(client, "/lines", "fr", name="peristile").field == "Péristyle"


@LANGUAGES
@pytest.mark.parametrize(
    ("typed", "stops"), [("peristile", ["Péristyle"]), ("portlay", ["Port-Lay"]), ("An Oriant", ["Gare", "Péristyle"])]
)
def test_a_stop_is_found_by_a_name_nearly_right(
    client: CheckedClient, language: str, typed: str, stops: list[str]
) -> None:
    found = searched(client, "/stops", language, name=typed)
    names = [link.replace("P%C3%A9ristyle", "Péristyle") for link in found.links]
    assert (found.field, sorted(names), found.told) == (typed, stops, [])


@LANGUAGES
def test_what_a_stop_may_be_called_leads_to_its_page(client: CheckedClient, language: str) -> None:
    found = searched(client, "/stops", language, name="peristul")
    lorient = "An Oriant" if language == "br" else "Lorient"
    assert found == ("peristul", [], [DID_YOU_MEAN[language], f"Péristyle, {lorient}"])


@pytest.mark.parametrize("path", ["/lines", "/stops"])
@pytest.mark.parametrize("typed", ["Xyzzy", "Paris"])
def test_what_is_like_nothing_is_said_at_the_field(client: CheckedClient, path: str, typed: str) -> None:
    """Paris is not Péristyle."""
    assert searched(client, path, "fr", name=typed) == (typed, [], [])
    page = client.post(f"{path}?lang=fr", data={"name": "Xyzzy"}).text
    assert 'aria-invalid="true" autofocus aria-describedby="name-fault"' in page
    assert '<p class="wrong" id="name-fault">Aucun' in page
