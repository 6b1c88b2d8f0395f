"""What no page for the public shows: a key of the config, a halo round the words of a timeline."""

from __future__ import annotations

import re
from html import unescape

import pytest

from api.web import assets
from tests.api.conftest import ROOT
from tests.api.motis import CheckedClient

KEYS = re.findall(r"^\| `([a-z_]+\.[a-z_.]+)`", (ROOT / "docs" / "configuration.md").read_text("utf-8"), re.MULTILINE)
FORM = {"from": "A", "to": "C", "when": "leave", "moment": "2026-06-03T07:55"}


def words(page: str) -> str:
    """What a reader sees, without addresses, names of fields and styles."""
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(style|script)\b.*?</\1>", " ", page)))


@pytest.mark.parametrize(
    "path", ["/", "/lines", "/stops", "/counters", "/ranking", "/data-use", "/accessibility", "/about", "/api"]
)
@pytest.mark.parametrize("language", ["fr", "br", "en"])
def test_no_page_for_the_public_shows_a_key_of_the_config(client: CheckedClient, path: str, language: str) -> None:
    assert len(KEYS) > 100
    shown = words(client.get(f"{path}?lang={language}").text)
    assert [key for key in KEYS if key in shown] == []


def test_nor_does_an_answer(client: CheckedClient) -> None:
    shown = words(client.post("/?lang=fr", data=FORM).text)
    assert [key for key in KEYS if key in shown] == []


def test_only_lines_of_a_map_have_a_halo() -> None:
    """The timeline of an answer has rides, too: there a shadow blurs the letters."""
    style = assets.stylesheet()
    selectors = [one for rule, one in re.findall(r"(?m)^\s*(([^{}]+)\{[^{}]*var\(--halo\)[^{}]*\})", style)]
    assert selectors
    assert [one for names in selectors for one in names.split(",") if not one.strip().startswith(".map")] == []


@pytest.mark.parametrize("path", ["/", "/stops/t_A", "/counters", "/no-such-page"])
def test_every_page_leads_who_looks_for_it_to_data_programs_and_operators(client: CheckedClient, path: str) -> None:
    footer = client.get(path, headers={"Accept": "text/html"}).text.partition("<footer>")[2]
    assert all(f'href="{one}"' in footer for one in ("/api", "/data/", "/operateurs"))
    assert 'href="/openapi.json"' in client.get("/api").text


def test_what_the_foot_of_a_page_leads_to_is_there(client: CheckedClient) -> None:
    footer = client.get("/").text.partition("<footer>")[2]
    links = re.findall(r'href="(/[^"]*)"', footer)
    assert len(links) > 6
    assert {link: status for link in links if (status := client.get(link).status_code) not in (200, 503)} == {}
