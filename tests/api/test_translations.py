"""Every text that people see stands in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from api.web.sentences import EASY, FOLDER, FOLDERS, LANGUAGES, sentences

ROOT = Path(__file__).parent.parent.parent
SPOKEN = re.compile(r"\bsaid\.([a-z_]+)(?:\.([a-z_]+)|\[\"([a-z_]+)\"\](?! ?~))")
LOOKED_UP = re.compile(r"\bsaid\[\"([a-z_]+)\"\]\[\"([a-z_0-9]+)\"\]")
OF_DICTIONARIES = {"get", "items", "values", "keys"}
FRENCH = sentences("fr").sections


def used() -> Iterator[tuple[str, str, str]]:
    """File, section and key of each text that a template or a module asks for by name."""
    for file in (ROOT / "api" / "templates").rglob("*.html"):
        for section, key, other in SPOKEN.findall(file.read_text("utf-8")):
            if (key or other) not in OF_DICTIONARIES:
                yield file.name, section, key or other
    for file in (ROOT / "api").rglob("*.py"):
        for section, key in LOOKED_UP.findall(file.read_text("utf-8")):
            yield file.name, section, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_that_is_used_is_there(language: str) -> None:
    known = sentences(language).sections
    assert [one for one in set(used()) if one[2] not in known.get(one[1], {})] == []
    assert len(set(used())) > 150


@pytest.mark.parametrize("language", [*LANGUAGES, EASY])
def test_each_language_has_the_same_texts_with_the_same_gaps(language: str) -> None:
    known = sentences(language).sections
    assert {name: set(section) for name, section in known.items()} == {name: set(one) for name, one in FRENCH.items()}
    odd = [
        f"{section}.{key}"
        for section, texts in known.items()
        for key, text in texts.items()
        if not gaps(text) <= gaps(FRENCH[section][key])
    ]
    assert odd == []


@pytest.mark.parametrize("language", [*LANGUAGES, EASY])
@pytest.mark.parametrize("tabs", ["operators_part", "carpool_tab"])
def test_no_two_tabs_side_by_side_have_one_name(language: str, tabs: str) -> None:
    names = list(sentences(language)[tabs].values())
    assert len(names) == len(set(names)) > 4


def test_no_text_is_empty_where_french_says_something() -> None:
    assert [
        f"{language} {section}.{key}"
        for language in LANGUAGES
        for section, texts in sentences(language).sections.items()
        for key, text in texts.items()
        if FRENCH[section][key].strip() and not text.strip()
    ] == []


def test_easy_french_differs_on_the_main_path() -> None:
    easy = sentences(EASY).sections
    assert all(easy[section] != FRENCH[section] for section in ("form", "answer", "reason", "boats", "text"))


@pytest.mark.parametrize("language", ["fr", EASY])
def test_no_nickname_stands_after_a_word_that_a_vowel_would_shorten(language: str) -> None:
    """*La place de Anna*."""
    texts = [text for section in sentences(language).sections.values() for text in section.values()]
    assert [text for text in texts if re.search(r"\b(?:de|que) \{(?:alias|other)\}", text)] == []


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_catalogue_is_read() -> None:
    """The register of data and what the API refuses have readers of their own."""
    there = {file.parent for file in FOLDER.rglob("*.toml")} - {FOLDER / "data_use", FOLDER / "refusals"}
    assert there == set(FOLDERS)


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.toml")), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_one_word_is_said_for_the_name_that_others_see(file: Path) -> None:
    """Nickname, surnom, lesanv; `alias` is for programs."""
    texts = [line.partition(" = ")[2] for line in file.read_text("utf-8").splitlines()]
    assert [text for text in texts if re.search(r"(?<!{)\balias", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("language", [*LANGUAGES, EASY])
def test_a_way_without_steps_is_never_called_one_without_walking(language: str) -> None:
    """In French "sans marche" is both; so is what a translator makes of it."""
    ambiguous = re.compile(r"\bsans marche\b|\bwithout (any )?walking\b|\bhep kerzhet\b", re.IGNORECASE)
    sections = sentences(language).sections
    assert [
        f"{name}.{key}" for name, texts in sections.items() for key, text in texts.items() if ambiguous.search(text)
    ] == []
    assert "escalier" in FRENCH["profile"]["low_mobility"], "but by its steps"
