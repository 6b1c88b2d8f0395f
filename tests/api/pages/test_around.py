""" "Autour de l'arrivée": the town centre, a place to work and a counter to call stand behind it, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mobility.network.graph import with_place_ways
from mobility.routing.territory import Territory
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.mobility.routing.surroundings import place
from tests.town import at, town

PLACES = (
    place("town_centre", "Bourg", "6 0", radius_m="700"),
    place("counter", "Boutique", "6 0.2", phone="02 97 21 28 29", opening_hours="Mo-Fr 08:00-18:00"),
    place("third_place", "Halle", "0.5 0", opening_hours="24/7"),
)
SAID = {
    "fr": ("Autour de l’arrivée", "Dans le centre", "Travailler plus près"),
    "br": ("Tro-dro d’an erruout", "E kreiz-kêr", "Labourat tostoc’h"),
    "en": ("Around where you arrive", "In the town centre", "Work closer"),
}


@pytest.fixture(scope="module")
def client() -> CheckedClient:
    """A bus from A, with a place to work beside it, to B in a town centre that has a counter."""
    found = town("A 0 0, B 6 0", "Bus1\nA B\n8:00 8:15")
    network = with_place_ways(replace(found.network, places=PLACES), found.streets)
    return CheckedClient(app_of(Territory(network, found.streets, found.days)))


def answer(client: CheckedClient, language: str, end: str = "6 0.6") -> str:
    ends = {name: f"{at(where).lat},{at(where).lon}" for name, where in (("from", "0 0.6"), ("to", end))}
    form = {**ends, "when": "leave", "moment": "2026-06-03T07:45"}
    return client.post(f"/?lang={language}", data=form).text


@pytest.mark.parametrize("language", ["fr", "br", "en"])
def test_town_centre_places_to_work_and_help_stand_behind_it_closed_at_first(
    client: CheckedClient, language: str
) -> None:
    page = answer(client, language)
    behind = re.findall(r'(<details class="around"[^>]*>)(.*?)</details>', page, re.DOTALL)
    assert len(behind) == 1
    opening, text = behind[0]
    assert "open" not in opening
    heading, centre, work = SAID[language]
    for told in (heading, centre, work, "Halle", "Boutique", "tel:0297212829"):
        assert told in text
    assert page.count(work) == 1, "said once, and only there"


def test_where_nothing_is_known_of_the_arrival_there_is_no_such_part() -> None:
    found = town("A 0 0, B 6 0", "Bus1\nA B\n8:00 8:15")
    page = answer(CheckedClient(app_of(found)), "fr")
    assert "8:15" in page
    assert 'class="around"' not in page
