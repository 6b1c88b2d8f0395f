"""No line of French or Breton begins with a colon: a narrow no-break space stands before it, in every catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from api.privacy.words import wording
from api.web.sentences import EASY, sentences
from api.web.spaces import NO_BREAK, spaced
from tests.api.motis import CheckedClient

LOOSE = re.compile(r"[\s\u00a0](?<!\u202f)[:;!?»]|«[\s\u00a0](?<!\u202f)")
FORM = {"from": "t_A", "to": "t_E", "when": "leave", "moment": "2026-06-03T07:55"}


def texts(read: Any) -> Iterator[str]:
    if isinstance(read, str):
        yield read
    else:
        for one in read.values():
            yield from texts(one)


def every_text(language: str) -> list[str]:
    register = wording(language)
    return [*texts(sentences(language).sections), *texts(register.processings), *texts(register.words)]


@pytest.mark.parametrize("language", ["fr", EASY, "br"])
def test_a_sign_of_two_parts_never_stands_alone_on_a_line(language: str) -> None:
    every = every_text(language)
    assert [one for one in every if LOOSE.search(one)] == []
    assert sum(NO_BREAK in one for one in every) > 100


def test_english_has_no_space_there() -> None:
    beside_numbers = re.compile(rf"(?<=[\d}}]){NO_BREAK}(h|min|km|m|kg|g)\b({NO_BREAK}(?=\{{))?")
    assert [one for one in every_text("en") if NO_BREAK in beside_numbers.sub("", one) or LOOSE.search(one)] == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Départ : 8:05 ; retour", "Départ\u202f: 8:05\u202f; retour"),
        ("Où ? Ici !", "Où\u202f? Ici\u202f!"),
        ("« Groix »", "«\u202fGroix\u202f»"),
        (" : ", "\u202f: "),
        ("https://hent.example/?a=1", "https://hent.example/?a=1"),
    ],
)
def test_a_catalogue_is_typed_with_plain_spaces(typed: str, read: str) -> None:
    assert spaced(typed, "fr") == spaced(typed, EASY) == spaced(typed, "br") == read
    assert spaced(typed, "en") == typed


@pytest.mark.parametrize("language", ["fr", EASY, "br"])
def test_a_page_as_it_is_sent_has_them(client: CheckedClient, language: str) -> None:
    """What was typed by people stays as they typed it; nothing of this town has such a sign in its name."""
    sent = b"".join(client.post(f"/?lang={language}", data=FORM).iter_encoded()).decode()
    seen = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]*>", "", sent[sent.index("<main") :], flags=re.DOTALL)
    assert NO_BREAK in seen
    assert LOOSE.findall(seen) == []


@pytest.mark.parametrize("language", ["fr", "br", "en"])
def test_the_number_of_a_law_stands_beside_its_sign(language: str) -> None:
    assert spaced("la loi n° 2005-102 du 11", language) == f"la loi n°{NO_BREAK}2005-102 du 11"
