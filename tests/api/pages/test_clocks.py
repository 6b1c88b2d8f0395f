"""One style of clock: that of a vehicle is `8:05` wherever a reader meets it; docs/design.md says so."""

from __future__ import annotations

import re

import pytest

from api.web.sentences import EASY, LANGUAGES
from tests.api.motis import CheckedClient
from tests.api.pages.test_public_words import FORM, words
from tests.api.test_one_word import told

OTHER_CLOCK = re.compile(r"\b0\d:\d\d\b|\b\d{1,2}\s?(?:h|heures|e|eur|am|pm)\s?\d\d\b|\b\d{1,2}:\d\d\s?[ap]m\b")
PAGES = ("/", "/stops/t_A", "/lines/t_Bus1?day=2026-06-03", "/offline", "/disruptions")


def clocks_of_another_style(page: str) -> list[str]:
    """But for how long something takes: `1 h 05` where it is no clock of a vehicle."""
    return OTHER_CLOCK.findall(words(page))


@pytest.mark.parametrize("language", [*LANGUAGES, EASY])
def test_pages_write_the_clocks_of_vehicles_in_one_way(client: CheckedClient, language: str) -> None:
    shown = {path: client.get(f"{path}{'&' if '?' in path else '?'}lang={language}").text for path in PAGES}
    shown["answer"] = client.post(f"/?lang={language}", data=FORM).text
    assert {path: found for path, page in shown.items() if (found := clocks_of_another_style(page))} == {}
    assert len(re.findall(r"\b8:\d\d\b", words(shown["answer"]))) > 3


def test_no_text_has_a_clock_of_another_style() -> None:
    """What programs are refused shows how they write a time."""
    people = (one for one in told() if not one.name.startswith("refusals/"))
    assert [one.name for one in people if OTHER_CLOCK.search(one.text)] == []


def test_another_style_would_be_noticed() -> None:
    assert [bool(clocks_of_another_style(text)) for text in ("départ 08:05", "à 8 h 05", "at 8:05 am", "à 8:05")] == [
        True,
        True,
        True,
        False,
    ]
