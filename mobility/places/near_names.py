"""Which of some names is meant by a text that is none of them, word by word as places are searched for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mobility.places.vocabulary import Rows, Vocabulary, cut
from mobility.places.words import LITTLE, spellings, weight, words

MOST_WORDS = 12


@dataclass(frozen=True, slots=True, eq=False)
class SearchedNames:
    """names: each once. words: of each, as they are compared, in all spellings."""

    names: tuple[str, ...]
    words: tuple[frozenset[bytes], ...]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, names: Iterable[str]) -> SearchedNames:
        """Of two names that differ in accents alone, the first."""
        once = {tuple(word.text for word in words(name)): name for name in reversed([*names])}
        distinct = tuple(name for said, name in reversed(once.items()) if said)
        spelt = [[word.text for word in spellings(name)] for name in distinct]
        found = tuple(frozenset(map(cut, row)) for row in spelt)
        return cls(distinct, found, Vocabulary.of(word for row in spelt for word in row))

    def near(self, text: str, limit: int) -> list[str]:
        """Those with a word like each telling one of the text, the likest first."""
        asked = _telling(text)
        if not asked or not self.names:
            return []
        likeness = [self._likeness(word) for word in asked]
        letters = sum(map(weight, asked))
        scores = [
            sum(weight(word) * best for word, best in zip(asked, each, strict=True)) / letters if all(each) else 0.0
            for each in ([max(map(like.get, held, [0.0] * len(held))) for like in likeness] for held in self.words)
        ]
        ranked = sorted(range(len(scores)), key=lambda row: (-scores[row], len(self.words[row])))
        return [self.names[row] for row in ranked[:limit] if scores[row]]

    def sure(self, text: str) -> str:
        """The name that has each telling word with so few mistakes that no other can be meant: the only one, or the one
        that has no further word. "" where there is none."""
        asked = _telling(text)
        meant = [self._text(self.vocabulary.surely(word)) for word in asked]
        found = [name for name, held in zip(self.names, self.words, strict=True) if all(held & one for one in meant)]
        whole = [name for name in found if len(_telling(name)) == len(asked)]
        return next((only[0] for only in (whole, found) if asked and len(only) == 1), "")

    def _likeness(self, word: str) -> dict[bytes, float]:
        found = self.vocabulary.like(word)
        return dict(zip(self.vocabulary.text[found.rows].tolist(), found.likeness.tolist(), strict=True))

    def _text(self, rows: Rows) -> frozenset[bytes]:
        return frozenset(self.vocabulary.text[rows].tolist())


def _telling(text: str) -> list[str]:
    return [word.text for word in words(text)[:MOST_WORDS] if word.text not in LITTLE]
