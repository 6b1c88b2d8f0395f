"""Lines by a word that people type: of a line, of a stop or commune that it serves, of what is called nearly so.

What is called exactly so goes before the line of that number, that before a name in which a word begins so, and that
before one that only holds the letters: `T 4` and `ligne 4` are T4, and the train TER is none of the lines of a Terrier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain

from api.pages.frame import Frame
from api.pages.line_groups import FoundLine, LineGroup, all_lines, in_groups
from mobility.places.near_names import SearchedNames
from mobility.places.words import folded, words

MOST_MEANT = 4
LANGUAGES = 4
"""In which the names of one network are kept ready: communes are called as the page's language does."""
LINE_WORDS = frozenset("ligne lignes line lines linenn linennou bus kar tram train tren bateau boat bag n no".split())
"""What people write before the number of a line."""

Test = Callable[["WrittenName"], bool]


@dataclass(frozen=True, slots=True)
class LineSearch:
    """name: as typed, or what is meant by it. meant: names that may be meant where no line is found, none with a page
    of its own."""

    name: str
    groups: tuple[LineGroup, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name as it is compared. together: its words as one. apart: each after a space. letters: as it stands."""

    together: str
    apart: str
    letters: str

    @classmethod
    def of(cls, name: str) -> WrittenName:
        said = [word.text for word in words(name)]
        return cls("".join(said), "".join(f" {word}" for word in said), folded(name))


def search_lines(of: Frame, text: str) -> LineSearch:
    """All lines where nothing is typed."""
    lines = all_lines(of)
    said = dict.fromkeys((text, of.asking.territory.aliases.in_full(text)))
    found = next(filter(None, (_called(lines, name) for name in said)), [])
    return LineSearch(text, tuple(in_groups(found))) if found or not text else _search_near(lines, text)


def line_codes(text: str) -> tuple[str, ...]:
    """What may be the number or letters of a line, however they are written: `lignet4` and `t4` of `Ligne T-4`; N 1 is
    a line of its own before it is number 1."""
    said = [word.text for word in words(text)]
    codes = "".join(said), "".join(said[1:]) if said[:1] and said[0] in LINE_WORDS else ""
    return tuple(filter(None, codes))


def _search_near(lines: list[FoundLine], text: str) -> LineSearch:
    names = _searched(tuple(dict.fromkeys(chain.from_iterable(one.names for one in lines))))
    if sure := names.sure(text):
        return LineSearch(sure, tuple(in_groups(_called(lines, sure))))
    meant = dict.fromkeys((*_like_code(lines, text), *names.near(text, MOST_MEANT)))
    return LineSearch(text, meant=tuple((name, "") for name in list(meant)[:MOST_MEANT]))


@lru_cache(maxsize=LANGUAGES)
def _searched(names: tuple[str, ...]) -> SearchedNames:
    """By the names themselves: no network is held by it, and one that calls all the same shares it."""
    return SearchedNames.of(names)


def _called(lines: Sequence[FoundLine], text: str) -> list[FoundLine]:
    """Those that answer the text best."""
    return next(filter(None, _better_first(lines, text)), [])


def _better_first(lines: Sequence[FoundLine], text: str) -> Iterator[list[FoundLine]]:
    asked, written = WrittenName.of(text), _written(tuple(one.names for one in lines))

    def holding(test: Test) -> list[FoundLine]:
        names = {name for name, known in written.items() if test(known)}
        return [one for one in lines if not names.isdisjoint(one.names)]

    codes = line_codes(text)
    if codes:
        yield from (holding(partial(_is_together, code)) for code in codes)
        yield [one for one in lines if codes[-1].isdecimal() and _number(one.line.sign.name) == codes[-1]]
        yield holding(lambda name: asked.apart in name.apart)
    yield holding(lambda name: asked.letters in name.letters)


def _is_together(code: str, name: WrittenName) -> bool:
    return name.together == code


@lru_cache(maxsize=LANGUAGES)
def _written(names: tuple[tuple[str, ...], ...]) -> dict[str, WrittenName]:
    """Of each name of any line."""
    return {name: WrittenName.of(name) for name in dict.fromkeys(chain.from_iterable(names))}


def _like_code(lines: Iterable[FoundLine], text: str) -> list[str]:
    """Lines that share the number, then those that share the letters before it: of `T9` 9, T1, T2."""
    code, names = "".join(line_codes(text)[-1:]), [one.line.sign.name for one in lines if _number(one.line.sign.name)]
    number, series = _number(code), _series(code)
    if not number:
        return []
    same = [name for name in names if _number(name) == number]
    return [*same, *(name for name in names if series and _series("".join(line_codes(name)[:1])) == series)]


def _number(name: str) -> str:
    return "".join(letter for letter in name if letter.isdecimal())


def _series(code: str) -> str:
    return code.rstrip("0123456789")
