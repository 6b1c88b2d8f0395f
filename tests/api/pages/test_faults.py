"""What is wrong stands at its field, what was typed stays, and the first field at fault has the focus."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.api.motis import CheckedClient
from tests.api.pages.test_public_words import FORM

TAG = re.compile(r"<(?:input|textarea|select)\b[^>]*>")


def fields_at_fault(page: str) -> Iterator[tuple[str, str]]:
    """Name of each field marked as invalid, and the words that describe it."""
    for tag in TAG.findall(page):
        if 'aria-invalid="true"' in tag:
            (name,) = re.findall(r'\bname="([^"]+)"', tag)
            (ids,) = re.findall(r'aria-describedby="([^"]+)"', tag)
            told = [re.findall(rf'class="wrong" id="{re.escape(one)}">([^<]+)<', page) for one in ids.split()]
            yield name, " ".join(words for found in told for words in found)


def focused(page: str) -> list[str]:
    """Names of what has the focus when the page opens."""
    return [
        name for tag in re.findall(r"<[^>]* autofocus[^>]*>", page) for name in re.findall(r'\bname="([^"]+)"', tag)
    ]


def test_both_places_of_a_trip_are_told_at_once_and_the_first_has_the_focus(client: CheckedClient) -> None:
    page = client.post("/?lang=fr", data=FORM | {"from": "Xyzzy", "to": "", "moment": "tomorrow"}).text
    assert dict(fields_at_fault(page)) == {
        "from": "Nous ne connaissons pas « Xyzzy ». Essayez le nom d’un arrêt, d’une commune ou d’un lieu.",
        "to": "Indiquez où vous allez.",
        "moment": "Nous n’avons pas compris ce jour et cette heure. Choisissez-les de nouveau.",
    }
    assert focused(page) == ["from"]
    assert 'name="from" value="Xyzzy"' in page


def test_what_was_typed_stays_as_it_was_whatever_it_looks_like(client: CheckedClient) -> None:
    typed = "Xyzzy data-at-fault aria-invalid"
    page = client.post("/", data=FORM | {"from": typed}).text
    assert re.findall(r'name="from" value="([^"]*)"', page) == [typed]
    assert focused(page) == ["from"]


def test_a_page_without_a_fault_gives_the_focus_to_no_field(client: CheckedClient) -> None:
    assert focused(client.get("/").text) == []
    assert focused(client.post("/", data=FORM).text) == []


@pytest.mark.parametrize("lang", ["fr", "br", "en", "fr-x-falc"])
def test_no_fault_of_a_trip_is_told_in_another_language(client: CheckedClient, lang: str) -> None:
    page = client.post(f"/?lang={lang}", data=FORM | {"from": "nan,nan"}).text
    assert "nan,nan" in page
    assert "must" not in page and "latitude" not in page


def test_a_round_trip_says_it_at_its_fields_too(client: CheckedClient) -> None:
    page = client.post("/round-trip", data={"from": "", "to": "C"}).text
    assert dict(fields_at_fault(page)) == {"from": "Indiquez d’où vous partez."}
    assert focused(page) == ["from"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/stops", "Aucun arrêt de ce nom."),
        ("/lines", "Aucune ligne ne s’appelle « Xyzzy » ni ne s’y arrête."),
    ],
)
def test_a_search_that_finds_nothing_says_so_at_its_field(client: CheckedClient, path: str, said: str) -> None:
    page = client.post(path, data={"name": "Xyzzy"}).text
    assert dict(fields_at_fault(page)) == {"name": said}
    assert focused(page) == ["name"] and 'value="Xyzzy"' in page
