"""Another language shows the same page: what was searched for or asked for goes along, without scripts too."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.api.motis import CheckedClient


def tongues(page: str) -> str:
    return page[page.index('class="tongues"') :].partition("</div>")[0]


@pytest.mark.parametrize(("path", "typed"), [("/lines", "Bus1"), ("/lines", "xyzzy"), ("/stops", "B")])
def test_a_search_by_name_is_sent_again_in_the_other_language(client: CheckedClient, path: str, typed: str) -> None:
    page = client.post(f"{path}?lang=fr", data={"name": typed}).text
    assert f'<button form="search" formnovalidate formaction="{path}?lang=br" lang="br">' in tongues(page)
    assert re.search(rf'<form method="post"[^>]* id="search".*?name="name" value="{typed}"', page, re.DOTALL)


def test_a_round_trip_is_sent_again_in_the_other_language(client: CheckedClient) -> None:
    form = {"from": "t_A", "to": "t_E", "when": "leave", "moment": "2026-06-03T07:55"}
    assert 'formaction="/round-trip?lang=en"' in tongues(client.post("/round-trip", data=form).text)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/stops/t_A", {"at": "2026-06-03T08:00", "line": "t_Bus1"}),
        ("/lines/t_Bus1", {"day": "2026-06-03", "direction": "1"}),
        ("/disruptions", {"day": "2026-06-03"}),
    ],
)
def test_a_link_to_another_language_keeps_what_the_address_asks_for(
    client: CheckedClient, path: str, asked: dict[str, str]
) -> None:
    page = client.get(path, query_string=asked | {"lang": "fr"}, headers={"Accept": "text/html"}).text
    (link,) = re.findall(r'href="([^"]*)" lang="br"', tongues(page))
    assert parse_qs(urlsplit(unescape(link)).query) == {
        name: [value] for name, value in (asked | {"lang": "br"}).items()
    }


def test_a_remark_is_sent_again_in_the_other_language_with_what_it_is_about(client: CheckedClient) -> None:
    """By a button of its form, whose hidden fields tell it, and whose answer tells it again."""
    asked = {"about": "stop", "id": "t_A"}
    page = client.get("/remarks/new", query_string=asked | {"lang": "fr"}).text
    assert hidden(page).items() >= asked.items()
    (button,) = re.findall(r'<button [^>]*lang="br">', tongues(page))
    assert 'form="remark"' in button
    assert 'formaction="/remarks/new?lang=br"' in button
    step = dict([re.search(r'name="(\w+)" value="(\w+)"', button).groups()])
    again = client.post("/remarks/new?lang=br", data=hidden(page) | step | {"text": "Dall eo"}).text
    assert '<html lang="br"' in again
    assert hidden(again).items() >= asked.items()
    assert ">Dall eo</textarea>" in again


def hidden(page: str) -> dict[str, str]:
    """Of the form of a remark."""
    form = page[page.index('id="remark"') :].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


def test_who_finds_no_line_is_led_back_to_all(client: CheckedClient) -> None:
    page = client.post("/lines?lang=fr", data={"name": "xyzzy"}).text
    assert re.search(r'<a [^>]*href="/lines\?lang=fr">Toutes les lignes</a>', page)
    assert "Toutes les lignes</a>" not in client.get("/lines?lang=fr").text
