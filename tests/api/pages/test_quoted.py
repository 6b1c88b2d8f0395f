"""What somebody typed is repeated no longer than a name can be: in sentences, headings, titles. Its field has it
whole."""

from __future__ import annotations

import re
from html import unescape

import pytest

from api.web.quoted import LONGEST, quoted
from tests.api.conftest import app_of, with_places
from tests.api.motis import CheckedClient
from tests.api.terminal import hent
from tests.town import town

LONG = "X" + "y" * 199
SHORT = "X" + "y" * 78 + "…"
MOMENT = {"when": "leave", "moment": "2026-06-03T07:55"}


@pytest.fixture(scope="module")
def client() -> CheckedClient:
    found = app_of(with_places(town("Quai 0 0, Bourg 9 0", "Bus1\nQuai Bourg\n8:00 8:20"))).test_client()
    assert isinstance(found, CheckedClient)
    return found


def told(page: str) -> str:
    """All but what fields hold."""
    return unescape(re.sub(r"<(?:input|button)\b[^>]*>", "", page))


def test_a_name_stays_as_it_is_and_what_is_longer_ends_with_an_ellipsis() -> None:
    assert quoted("Gare d’Échanges") == "Gare d’Échanges"
    assert quoted("y" * LONGEST) == "y" * LONGEST
    assert (quoted(LONG), len(quoted(LONG))) == (SHORT, LONGEST)
    assert quoted("y" * 78 + " z" * 9) == "y" * 78 + "…", "no blank before it"


@pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])
@pytest.mark.parametrize("path", ["/", "/round-trip"])
def test_an_unknown_place_is_quoted_in_short_and_stays_whole_in_its_field(
    client: CheckedClient, path: str, language: str
) -> None:
    page = client.post(f"{path}?lang={language}", data={"from": LONG, "to": "Bourg", **MOMENT}).text
    assert SHORT in told(page)
    assert LONG not in told(page)
    assert re.findall(r'<input id="from" name="from" value="([^"]*)"', page) == [LONG]


@pytest.mark.parametrize("path", ["/", "/round-trip"])
def test_so_is_the_text_of_a_place_that_is_known_by_its_position(client: CheckedClient, path: str) -> None:
    """A link, or a kept place, has a text beside the position: it is in title, heading, list and printed sheet."""
    typed = {"from": LONG, "fromId": "47.0,-3.0", "to": "Bourg", **MOMENT}
    page = client.post(f"{path}?lang=fr", data=typed)
    assert page.status_code == 200
    assert SHORT in told(page.text)
    assert LONG not in told(page.text)


@pytest.mark.parametrize("path", ["/lines", "/stops"])
def test_a_line_or_stop_that_there_is_not_is_quoted_in_short(client: CheckedClient, path: str) -> None:
    page = client.post(f"{path}?lang=fr", data={"name": LONG * 100}).text
    assert LONG not in told(page)
    assert re.findall(r'<input id="name" name="name" value="([^"]*)"', page) == [LONG]


def test_the_terminal_does_not_repeat_it_whole_either(tmp_path: object) -> None:
    answer = hent("plan", LONG, "Bourg", "--data", f"{tmp_path}/none")
    assert LONG not in answer.output
