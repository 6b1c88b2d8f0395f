"""Which communes a typed text names: a name counts as a whole (Port-Louis, not Port), former communes and the names
that the post uses alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mobility.places.addresses.address_index import AreaNames
from mobility.places.addresses.text import SMALL, TypedAddress
from mobility.places.vocabulary import Vocabulary, cut
from mobility.places.words import Word


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word typed, by rows of the vocabulary: those that it may be with the likeness of each, and those that it
    surely is."""

    text: str
    like: dict[int, float]
    surely: frozenset[int]


@dataclass(frozen=True, slots=True)
class AreaMention:
    """Words of the text, by position, that are the name of areas. sure: as it stands, or with so few mistakes that
    nothing else can be meant. again: the same name was typed before."""

    positions: frozenset[int]
    areas: frozenset[int]
    sure: bool
    again: bool = False


LIKE_ENOUGH = 0.85
SHORTEST_PART, LEAST_PARTED = 3, 5
SHORT_WORD, IN_SHORT = 3, 0.6
"""A word of so few letters is taken for one with a mistake in it only where it begins no other."""


def asked_words(typed: TypedAddress, vocabulary: Vocabulary) -> list[AskedWord]:
    return [_asked_word(word.text, vocabulary) for word in typed.words]


def parted(typed: TypedAddress, vocabulary: Vocabulary) -> TypedAddress:
    """With a word that is not known as two that are: somebody forgot the space."""
    words, moved = list[Word](), dict[int, int]()
    for i, word in enumerate(typed.words):
        moved[i] = len(words)
        words += _parts(word, vocabulary) or [word]
    houses = typed.houses if typed.sure else [replace(one, position=moved[one.position]) for one in typed.houses]
    return replace(typed, words=tuple(words), free=frozenset(moved[i] for i in typed.free), houses=tuple(houses))


def _parts(word: Word, vocabulary: Vocabulary) -> tuple[Word, ...]:
    text = word.text
    if len(text) < LEAST_PARTED or len(vocabulary.begun(text)) or len(vocabulary.surely(text)):
        return ()
    for cut_at in range(2, len(text) - 1):
        first, second = text[:cut_at], text[cut_at:]
        if all(_is_part(part, vocabulary) for part in (first, second)):
            return Word(first, word.start, cut_at), Word(second, word.start + cut_at, word.length - cut_at)
    return ()


def _is_part(text: str, vocabulary: Vocabulary) -> bool:
    """A word that is known: of two letters only a little one (Ruede Groix)."""
    return (len(text) >= SHORTEST_PART or text in SMALL) and len(vocabulary.exactly(text)) > 0


def _asked_word(text: str, vocabulary: Vocabulary) -> AskedWord:
    exactly = frozenset(vocabulary.exactly(text).tolist())
    if text.isdigit() or text in SMALL:
        return AskedWord(text, dict.fromkeys(exactly, 1.0), exactly)
    found = vocabulary.like_beside(text)
    surely = exactly or frozenset(vocabulary.surely(text).tolist())
    like: dict[int, float] = {}
    for row, likeness in zip(found.rows.tolist(), found.likeness.tolist(), strict=True):
        like[row] = max(likeness, like.get(row, 0.0))
    if not like and len(text) == SHORT_WORD:
        near = vocabulary.near(cut(text), 1)
        like = dict.fromkeys(near.rows[near.whole == 1].tolist(), IN_SHORT)
    return AskedWord(text, like, surely)


def area_mentions(asked: Sequence[AskedWord], names: AreaNames) -> list[AreaMention]:
    """The names of areas in the text, none that is part of a longer one; where a name stands as it is written, none
    that is only like it."""
    telling = [i for i, word in enumerate(asked) if word.text not in SMALL]
    found: dict[frozenset[int], dict[bool, set[int]]] = defaultdict(lambda: defaultdict(set))
    for start in range(len(telling)):
        for name in _names_begun(asked[telling[start]], names):
            rows = names.word[names.first[name] : names.first[name + 1]].tolist()
            run = telling[start : start + len(rows)]
            if len(run) == len(rows) and all(_is_like(asked, i, row) for i, row in zip(run, rows, strict=True)):
                sure = all(row in asked[i].surely for i, row in zip(run, rows, strict=True))
                areas = names.area[names.areas_first[name] : names.areas_first[name + 1]].tolist()
                found[frozenset(run)][sure] |= set(areas)
    return list(_longest(found))


def _names_begun(word: AskedWord, names: AreaNames) -> Iterator[int]:
    """Names whose first word it may be."""
    for row in word.like:
        for name in names.in_name.row[names.in_name.first[row] : names.in_name.first[row + 1]].tolist():
            if int(names.word[names.first[name]]) == row:
                yield name


def _is_like(asked: Sequence[AskedWord], position: int, row: int) -> bool:
    """The last word may only be begun so far."""
    likeness = asked[position].like.get(row, 0.0)
    return likeness >= LIKE_ENOUGH or (likeness > 0 and position == len(asked) - 1)


def _longest(found: dict[frozenset[int], dict[bool, set[int]]]) -> Iterator[AreaMention]:
    before: set[frozenset[int]] = set()
    for positions, areas in found.items():
        if not any(positions < other for other in found):
            sure = True in areas
            named = frozenset(areas[sure])
            yield AreaMention(positions, named, sure, named in before)
            before.add(named)
