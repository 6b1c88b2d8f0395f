"""Lines by a word that people type: of a line, of a stop or commune that it serves, of what is called nearly so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from api.pages.frame import Frame
from api.pages.line_groups import FoundLine, LineGroup, all_lines, in_groups
from mobility.places.near_names import SearchedNames
from mobility.places.words import folded

MOST_MEANT = 4
LANGUAGES = 4
"""In which the names of one network are kept ready: communes are called as the page's language does."""


@dataclass(frozen=True, slots=True)
class LineSearch:
    """name: as typed, or what is meant by it. meant: names that may be meant where no line is found, none with a page
    of its own."""

    name: str
    groups: tuple[LineGroup, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()


def search_lines(of: Frame, text: str) -> LineSearch:
    """All lines where nothing is typed."""
    lines = all_lines(of)
    said = dict.fromkeys((text, of.asking.territory.aliases.in_full(text)))
    found = next(filter(None, (_named(lines, name) for name in said)), [])
    return LineSearch(text, tuple(in_groups(found))) if found or not text else _search_near(lines, text)


def _search_near(lines: list[FoundLine], text: str) -> LineSearch:
    names = _searched(tuple(dict.fromkeys(chain.from_iterable(one.names for one in lines))))
    if sure := names.sure(text):
        return LineSearch(sure, tuple(in_groups(_named(lines, sure))))
    return LineSearch(text, meant=tuple((name, "") for name in names.near(text, MOST_MEANT)))


@lru_cache(maxsize=LANGUAGES)
def _searched(names: tuple[str, ...]) -> SearchedNames:
    """By the names themselves: no network is held by it, and one that calls all the same shares it."""
    return SearchedNames.of(names)


def _named(lines: Sequence[FoundLine], text: str) -> list[FoundLine]:
    wanted, written = folded(text), _folded(tuple(one.names for one in lines))
    return [one for one, names in zip(lines, written, strict=True) if any(wanted in name for name in names)]


@lru_cache(maxsize=LANGUAGES)
def _folded(names: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    """Of each line."""
    return [tuple(map(folded, of_line)) for of_line in names]
