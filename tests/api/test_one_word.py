"""One word for one thing, in each language: docs/words.md says which, and every catalogue keeps to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from api.web.sentences import EASY, FOLDER, LANGUAGES

PAGE = (Path(__file__).parents[2] / "docs" / "words.md").read_text("utf-8")
EVERY, TRAVELLERS = (part.partition("\n## ")[0] for part in PAGE.split("\n## ")[1:3])
COLUMNS = ("fr", EASY, "br", "en")
FOR_OPERATORS = {"operators", "findings"}
OF_FEEDS = {"remedy", "report", "open_data", "feeds"}
"""Sections of other folders that speak of feeds and files."""
MUTATED = {"b": "v p", "d": "z t", "g": "c’h k", "gw": "w kw", "k": "g c’h", "m": "v", "p": "b f", "t": "d z"}
"""What the first letters of Breton words become after other words: softened, made breathy or hardened."""


@dataclass(frozen=True, slots=True)
class Term:
    """never: by language."""

    thing: str
    words: dict[str, str]
    never: dict[str, list[str]]

    def forbidden(self, language: str) -> list[str]:
        """Easy French is French, but for its own word."""
        if language != EASY:
            return self.never.get(language, [])
        return [word for word in self.never.get("fr", []) if word != self.words[EASY]]


@dataclass(frozen=True, slots=True)
class Told:
    """A text, without its gaps. name: file, section and key."""

    language: str
    name: str
    text: str
    for_operators: bool


def terms(table: str) -> list[Term]:
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in table.splitlines() if line[:1] == "|"]
    return [Term(row[0], dict(zip(COLUMNS, row[1:5], strict=True)), never(row[5:])) for row in map(filled, rows[2:])]


def filled(row: list[str]) -> list[str]:
    return row + [""] * (6 - len(row))


def never(cells: list[str]) -> dict[str, list[str]]:
    parts = [part.partition(":") for part in cells[0].split("·") if part.strip()]
    return {language.strip(): [word.strip() for word in words.split(",")] for language, _, words in parts}


@cache
def told() -> tuple[Told, ...]:
    return tuple(one for file in sorted(FOLDER.rglob("*.toml")) for one in told_in(file))


def told_in(file: Path) -> Iterator[Told]:
    for name, text in texts("", tomllib.loads(file.read_text("utf-8"))):
        section = name.split(".")[0]
        ours = (
            file.parent.name in FOR_OPERATORS
            or section in OF_FEEDS
            or name.startswith(("operator", "processings.operator"))
        )
        yield Told(file.stem, f"{file.parent.name}/{name}", re.sub(r"{[^}]*}", " ", text), ours)


def texts(before: str, section: dict[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in section.items():
        if isinstance(value, dict):
            yield from texts(f"{before}{key}.", value)
        else:
            yield f"{before}{key}", str(value)


def says(text: str, word: str) -> bool:
    """The whole word, or more of them."""
    return bool(re.search(rf"(?<![\w-]){re.escape(word)}[sx]?(?![\w-])", text, re.IGNORECASE))


@pytest.mark.parametrize("term", terms(EVERY), ids=lambda term: term.thing)
def test_no_text_has_another_word_for_it(term: Term) -> None:
    assert stray(term, list(told())) == []


@pytest.mark.parametrize("term", terms(TRAVELLERS), ids=lambda term: term.thing)
def test_no_text_for_travellers_has_another_word_for_it(term: Term) -> None:
    assert stray(term, [one for one in told() if not one.for_operators]) == []


def stray(term: Term, among: list[Told]) -> list[str]:
    return [
        f"{one.language} {one.name}: {word}"
        for one in among
        for word in term.forbidden(one.language)
        if says(one.text, word)
    ]


@pytest.mark.parametrize("term", [*terms(EVERY), *terms(TRAVELLERS)], ids=lambda term: term.thing)
def test_its_word_is_said_in_each_language(term: Term) -> None:
    for language, word in term.words.items():
        found = any(says_some(one.text, forms(language, word)) for one in told() if one.language == language)
        assert found or not word, f"{language}: {word}"


def forms(language: str, word: str) -> list[str]:
    """As a text may write it."""
    if language != "br":
        return [word]
    first = next((one for one in sorted(MUTATED, key=len, reverse=True) if word.startswith(one)), "")
    return [word, *(changed + word[len(first) :] for changed in MUTATED.get(first, "").split())]


@pytest.mark.parametrize(("language", "word"), [("fr", "travaux"), (EASY, "travaux"), ("br", "labourioù")])
def test_works_are_those_in_the_street_alone_and_what_the_service_does_is_called_otherwise(
    language: str, word: str
) -> None:
    """Who announces works on the page of operators beside a list of jobs must not take one for the other."""
    said = {one.name for one in told() if one.language == language and says_some(one.text, forms(language, word))}
    assert said
    assert {name for name in said if not name.endswith(("works", "cause_works"))} == set()


def says_some(text: str, words: list[str]) -> bool:
    return any(says(text, word) for word in words)


def test_every_row_is_read_and_names_all_languages() -> None:
    known = [*terms(EVERY), *terms(TRAVELLERS)]
    assert len(known) > 25
    assert {language for one in known for language in one.never} <= set(LANGUAGES)
    assert [one.thing for one in known if not all(one.words[language] for language in LANGUAGES)] == []


def test_a_forbidden_word_would_be_noticed() -> None:
    (change,) = [one for one in terms(TRAVELLERS) if one.thing == "two vehicles that wait for each other"]
    bad = Told("fr", "root/changes.missed", "Correspondances manquées", False)
    assert stray(change, [bad]) == ["fr root/changes.missed: correspondance"]
    assert not says("la destinée", "destin") and says("Les plans", "plan")


def test_easy_french_has_its_own_word_and_no_other_that_french_may_not_have() -> None:
    (letters,) = [one for one in terms(EVERY) if one.thing == "letters by wire"]
    texts = [Told(EASY, "root/told", text, False) for text in ("Votre adresse mail.", "Votre adresse e-mail.")]
    assert stray(letters, texts) == [f"{EASY} root/told: e-mail"]


def test_a_breton_word_is_known_by_its_changed_first_letter_and_never_inside_another() -> None:
    assert says_some("War ar vag emañ", forms("br", "bag")) and not says_some("Ar bagad", forms("br", "bag"))
    assert says_some("Ho c’houlenn", ["c’houlenn"]) and forms("br", "goulenn") == ["goulenn", "c’houlenn", "koulenn"]
    assert forms("br", "arsav") == ["arsav"]
