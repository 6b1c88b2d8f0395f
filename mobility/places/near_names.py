"""Which of some names is meant by a text that is none of them, word by word as places are searched for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.places.build import holders
from mobility.places.index import Holders
from mobility.places.vocabulary import Rows, Vocabulary, cut
from mobility.places.words import LITTLE, Word, spelt, weight, words

MOST_WORDS = 12


@dataclass(frozen=True, slots=True, eq=False)
class SearchedNames:
    """names: each once. held: which of them hold a word of the vocabulary, in all spellings. n_words, n_telling: of
    each, how many different words it is found by, and how many telling ones it has."""

    names: tuple[str, ...]
    vocabulary: Vocabulary
    held: Holders
    n_words: NDArray[np.int32]
    n_telling: NDArray[np.int32]

    @classmethod
    def of(cls, names: Iterable[str]) -> SearchedNames:
        """Of two names that differ in accents alone, the first."""
        once: dict[tuple[str, ...], tuple[str, list[Word]]] = {}
        for name in names:
            plain = words(name)
            once.setdefault(tuple(word.text for word in plain), (name, plain))
        once.pop((), None)
        spelt_words = [[word.text for word in spelt(*one)] for one in once.values()]
        vocabulary = Vocabulary.of(word for row in spelt_words for word in row)
        return cls(
            tuple(name for name, _ in once.values()),
            vocabulary,
            holders(spelt_words, vocabulary),
            np.array([len(set(map(cut, row))) for row in spelt_words], np.int32),
            np.array([len(_telling(plain)) for _, plain in once.values()], np.int32),
        )

    def near(self, text: str, limit: int) -> list[str]:
        """Those with a word like each telling one of the text: first what begins so, then the likest."""
        asked = _telling(words(text))
        if not asked or not self.names:
            return []
        each = [self._likeness(word) for word in asked]
        weights = list(map(weight, asked))
        scores = np.sum([one * best for one, best in zip(weights, each, strict=True)], axis=0) / sum(weights)
        found = np.flatnonzero(np.all(each, axis=0))
        alike = ~np.all([self._has(self.vocabulary.begun(word)) for word in asked], axis=0)
        ranked = found[np.lexsort((self.n_words[found], -scores[found], alike[found]))]
        return [self.names[row] for row in ranked[:limit].tolist()]

    def sure(self, text: str) -> str:
        """The name that has each telling word with so few mistakes that no other can be meant: the only one, or the one
        that has no further word. "" where there is none."""
        asked = _telling(words(text))
        if not asked or not self.names:
            return ""
        found = np.flatnonzero(np.all([self._has(self.vocabulary.surely(word)) for word in asked], axis=0))
        whole = found[self.n_telling[found] == len(asked)]
        return next((self.names[only[0]] for only in (whole, found) if len(only) == 1), "")

    def _likeness(self, word: str) -> NDArray[np.float64]:
        """Of each name the likeness of its likest word. A word of the vocabulary that is both begun and misspelt counts
        as misspelt, which comes last."""
        found = self.vocabulary.like(word)
        likeness = np.zeros(len(self.vocabulary.text), np.float32)
        likeness[found.rows] = found.likeness
        rows = np.flatnonzero(likeness)
        return self.held.best(rows, likeness[rows], len(self.names)).astype(np.float64)

    def _has(self, rows: Rows) -> NDArray[np.bool_]:
        """Which names hold one of these words."""
        return self.held.best(rows, np.ones(len(rows), np.float32), len(self.names)) > 0


def _telling(plain: list[Word]) -> list[str]:
    return [word.text for word in plain[:MOST_WORDS] if word.text not in LITTLE]
