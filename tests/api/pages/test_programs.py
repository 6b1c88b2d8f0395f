"""The page at /api: three calls that work as they stand there, and where all else is described."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import urlsplit

import pytest

from mobility.routing.territory import Territory
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient

TITLES = {"fr": "Pour les programmes (API)", "br": "Evit ar programmoù (API)", "en": "For programs (API)"}


@pytest.mark.parametrize("language", ["fr", "br", "en"])
def test_a_developer_finds_three_calls_that_answer(client: CheckedClient, language: str) -> None:
    page = unescape(client.get(f"/api?lang={language}").text)
    assert f"<h1>{TITLES[language]}</h1>" in page
    calls = re.findall(r'<code>curl "([^"]+)"</code>', page)
    answers = [client.get(urlsplit(call)._replace(scheme="", netloc="").geturl()).json for call in calls]
    assert [urlsplit(call).path for call in calls] == ["/api/v6/plan", "/api/v6/stoptimes", "/api/v1/geocode"]
    trips, board, places = answers
    assert trips["itineraries"]
    assert board["stopTimes"]
    assert places[0]["name"] == trips["to"]["name"]
    (body,) = re.findall(r"""<code>curl "[^"]*/api/trips" --json '([^']+)'</code>""", page)
    answer = client.post("/api/trips", data=body, content_type="application/json")
    assert answer.json["itineraries"]


def test_where_nothing_runs_there_is_nothing_to_try(territory: Territory) -> None:
    network = territory.network
    nothing = replace(network.trips, pattern=network.trips.pattern[:0])
    page = app_of(replace(territory, network=replace(network, trips=nothing))).test_client().get("/api?lang=en").text
    assert "openapi.json" in page
    assert "curl" not in page and "<dl" not in page


def test_it_leads_to_all_that_is_described_and_says_the_rules(client: CheckedClient) -> None:
    page = client.get("/api?lang=fr").text
    for link in ("/openapi.json", "/data/?lang=fr", "/ranking?lang=fr", "/operateurs?lang=fr", "/data-use?lang=fr"):
        assert f'href="{link}"' in page
    assert "600 demandes par minute" in page
    assert "POST /api/trips" in page
    assert "etalab-2.0" in page or "Licence Ouverte" in page


@pytest.mark.parametrize("path", ["/", "/ranking", "/data/", "/nowhere"])
def test_the_foot_of_each_page_leads_there(client: CheckedClient, path: str) -> None:
    page = client.get(f"{path}?lang=en", headers={"Accept": "text/html"}).text
    assert '<a href="/api?lang=en">For programs (API)</a>' in page


def test_a_slash_at_its_end_is_the_same_page(client: CheckedClient) -> None:
    assert client.get("/api/?lang=en").text.count("<h1>For programs (API)</h1>") == 1
