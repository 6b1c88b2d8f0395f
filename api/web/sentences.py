"""What is said to travellers, by language: api/translations/*.toml, and in folders there what only pages, sheets of
paper or letters say; each with the same keys (a test holds that)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from api.web.spaces import spaced_catalogue

FOLDER = Path(__file__).parents[1] / "translations"
FOLDERS = (
    FOLDER,
    *(
        FOLDER / name
        for name in ("pages", "carpool", "paper", "about", "letters", "operators", "findings", "coming_back", "remarks")
    ),
)
Language = Literal["fr", "br", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""The one list of them; the first is the one that all others fall back to."""
EASY = "fr-x-falc"
"""French that is easy to read and understand (facile à lire et à comprendre): what differs stands in its own catalogue,
the rest is French."""


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    language: str
    sections: Mapping[str, Mapping[str, str]]

    def __getitem__(self, section: str) -> Mapping[str, str]:
        return self.sections[section]

    def worded_for(self, section: str, *, step_free: bool) -> Mapping[str, str]:
        """A section as it is said to who climbs no steps, and may roll rather than walk, or to anybody."""
        return {**self[section], **self[f"{section}_step_free"]} if step_free else self[section]

    @property
    def locale(self) -> str:
        """The language itself, however easily written: `fr` of `fr-x-falc`."""
        return self.language.partition("-")[0]


@cache
def sentences(language: str) -> Sentences:
    """Raises KeyError for a language that there is no catalogue of."""
    if language not in (*LANGUAGES, EASY):
        raise KeyError(language)
    if language == EASY:
        plain, easy = sentences(LANGUAGES[0]).sections, _read(EASY)
        return Sentences(EASY, {name: {**plain[name], **easy.get(name, {})} for name in plain})
    return Sentences(language, _read(language))


def _read(language: str) -> dict[str, Mapping[str, str]]:
    sections: dict[str, Mapping[str, str]] = {}
    for folder in FOLDERS:
        file = folder / f"{language}.toml"
        sections |= spaced_catalogue(tomllib.loads(file.read_text("utf-8")), language) if file.is_file() else {}
    return sections


def offered(tags: Iterable[str]) -> tuple[str, ...]:
    """Ours among those that a territory speaks, in its order, easy French after all where it speaks French; the one
    that all fall back to where none is ours."""
    ours = tuple(tag for tag in dict.fromkeys(tags) if tag in LANGUAGES) or LANGUAGES[:1]
    return (*ours, EASY) if LANGUAGES[0] in ours else ours


def spoken(tags: Iterable[str], territory: Iterable[str] = LANGUAGES) -> str:
    """The first of tags such as `br-FR` or `en` that is offered where a territory speaks so, else its first."""
    among = offered(territory)
    for tag in tags:
        named = tag.strip().lower().replace("_", "-")
        language = EASY if named == EASY else named.partition("-")[0]
        if language in among:
            return language
    return among[0]
