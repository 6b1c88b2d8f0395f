"""All words of all names, sorted, and the question which of them someone may have meant.

A word is found as it stands, by its beginning, and with few letters wrong, missing, too many or swapped. The search
for wrong letters is a compiled walk over the whole vocabulary: a filter on the letters in each word leaves few, for
which the distance is computed as Wagner and Fischer do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen, kernel
from mobility.places.words import LITTLE

WIDTH = 24
"""Bytes of a word that are compared."""
ONE_MISTAKE, TWO_MISTAKES = 6, 10
"""Letters of a word of which one is sure in spite of as many mistakes."""
IN_AN_ADDRESS = 8
"""Letters from which two mistakes are looked past in an address."""

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LikeWords:
    """Rows of the vocabulary with the likeness of each, 0..1."""

    rows: Rows
    likeness: Floats


class NearWords(NamedTuple):
    """Rows of the vocabulary; the mistakes in the whole, and in the best beginning, of each."""

    rows: Rows
    whole: NDArray[np.int16]
    begun: NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """text: sorted, as zero-padded bytes. letters: bit b set where byte b mod 64 occurs."""

    text: NDArray[np.bytes_]
    letters: NDArray[np.uint64]
    length: NDArray[np.int16]

    @classmethod
    def of(cls, words: Iterable[str]) -> Vocabulary:
        text = np.array(sorted(set(map(cut, set(words)))), f"S{WIDTH}")
        length = np.char.str_len(text).astype(np.int16)
        return cls(text, _letters(_matrix(text)), length)

    def row(self, word: str) -> int:
        """Row of a word that is there."""
        return int(np.searchsorted(self.text, np.bytes_(cut(word))))

    def exactly(self, word: str) -> Rows:
        """The row of a word, none where it is not there."""
        row = self.row(word)
        return np.arange(row, row + int(row < len(self.text) and self.text[row] == cut(word)))

    def begun(self, word: str, alone: bool = False) -> Rows:
        """Words of which it is the beginning; a little word only begins itself, unless it is all that was typed."""
        return self._begun(cut(word), alone).rows

    def surely(self, word: str) -> Rows:
        """Whole words that are meant, not only may be: as it stands, or begun alike and with few mistakes for its
        length. One mistake in a short word makes another word of it (Tours, Cours), unless two letters are swapped."""
        found, asked = self.exactly(word), cut(word)
        if len(found) or not _mistakes_allowed(asked):
            return found
        few = len(asked) // TWO_MISTAKES + (len(asked) >= ONE_MISTAKE)
        near = self.near(asked, max(few, 1))
        letters = sorted(asked)
        sure = [
            row
            for row, whole in zip(near.rows.tolist(), near.whole.tolist(), strict=True)
            if self.text[row][:1] == asked[:1] and (whole <= few or (whole == 1 and sorted(self.text[row]) == letters))
        ]
        return np.array(sure, np.int64)

    def like(self, word: str, alone: bool = False) -> LikeWords:
        """What may be meant by a word, or by the beginning of one. alone: as in `begun`."""
        return self._like(cut(word), alone, _mistakes_allowed(cut(word)), is_backed=False)

    def like_beside(self, word: str) -> LikeWords:
        """The same of a word of an address: what else stands in that says which street is meant, so that more mistakes
        are forgiven."""
        return self._like(cut(word), False, _mistakes_allowed(cut(word), IN_AN_ADDRESS), is_backed=True)

    def _like(self, word: bytes, alone: bool, allowed: int, *, is_backed: bool) -> LikeWords:
        begun = self._begun(word, alone)
        wrong = self._misspelt(word, allowed, is_backed)
        return LikeWords(np.concatenate([begun.rows, wrong.rows]), np.concatenate([begun.likeness, wrong.likeness]))

    def _begun(self, word: bytes, alone: bool) -> LikeWords:
        ends = np.array([word, word[: WIDTH - 1] + b"\xff"], f"S{WIDTH}")
        first, last = np.searchsorted(self.text, ends).tolist()
        rows = np.arange(first, max(first, last))
        share = len(word) / np.maximum(self.length[first : max(first, last)], 1).astype(np.float32)
        if not alone and word.decode("utf-8", "ignore") in LITTLE:
            return LikeWords(rows[share == 1], share[share == 1])
        return LikeWords(rows, np.where(share == 1, 1.0, 0.75 + 0.2 * share).astype(np.float32))

    def _misspelt(self, word: bytes, allowed: int, is_backed: bool) -> LikeWords:
        """A short word is taken for a whole word alone that begins alike and is not shorter: else one mistake makes
        any other of it. `lidl` is no `l'île`, `paris` does not begin `péristyle`, `kero` has outgrown `ker`."""
        if not allowed:
            return LikeWords(np.empty(0, np.int64), np.empty(0, np.float32))
        near = self.near(word, allowed)
        likeness = _likeness(near.whole, allowed, 0.85)
        if len(word) < ONE_MISTAKE and not is_backed:
            begins_alike = self.text[near.rows].astype("S1") == word[:1]
            likeness[~begins_alike | (self.length[near.rows] < len(word))] = 0
        else:
            likeness = np.maximum(likeness, _likeness(near.begun, allowed, 0.7))
        return LikeWords(near.rows[likeness > 0], likeness[likeness > 0])

    def near(self, word: bytes, allowed: int) -> NearWords:
        """The words that may be within so many mistakes."""
        typed = np.frombuffer(word, np.uint8)
        there = _letters(np.frombuffer(word.ljust(WIDTH, b"\0"), np.uint8)[None])[0]
        found = np.empty((3, len(self.text)), np.int32)
        columns = frozen(_matrix(self.text)), frozen(self.letters), frozen(self.length)
        count = find_near((frozen(typed), there, allowed), columns, found)
        rows, whole, begun = found[:, :count]
        return NearWords(rows.astype(np.int64), whole.astype(np.int16), begun.astype(np.int16))


def cut(word: str) -> bytes:
    """What of a word is compared."""
    return word.encode()[:WIDTH]


def _matrix(text: NDArray[np.bytes_]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(text).view(np.uint8).reshape(len(text), WIDTH)


def _letters(matrix: NDArray[np.uint8]) -> NDArray[np.uint64]:
    bits = np.where(matrix == 0, np.uint64(0), np.left_shift(np.uint64(1), (matrix & 63).astype(np.uint64)))
    letters: NDArray[np.uint64] = np.bitwise_or.reduce(bits, axis=1)
    return letters


def _mistakes_allowed(word: bytes, two_from: int = TWO_MISTAKES) -> int:
    if len(word) < 4 or any(48 <= byte <= 57 for byte in word):
        return 0
    return 1 if len(word) < two_from else 2


def _likeness(distance: NDArray[np.int16], allowed: int, one_mistake: float) -> Floats:
    """No mistake is no business of this search; each further one takes a fifth."""
    likeness = one_mistake - 0.2 * (distance - 1)
    return np.where((distance > 0) & (distance <= allowed), likeness, 0.0).astype(np.float32)


@kernel
def find_near(
    asked: tuple[NDArray[np.uint8], np.uint64, int],
    words: tuple[NDArray[np.uint8], NDArray[np.uint64], NDArray[np.int16]],
    found: NDArray[np.int32],
) -> int:
    """How many words may be near the one asked; of each, in `found`: its row, the mistakes between the one asked and
    its whole, and those between it and the best of its beginnings.

    Wrong, missing, additional and swapped neighbouring letters count one each (optimal string alignment, after Wagner
    and Fischer). asked: letters, the set of them, mistakes allowed. words: letters (one row a word), sets, lengths.
    """
    (word, there, allowed), (text, letters, length) = asked, words
    steps = np.zeros((len(word) + 1, text.shape[1] + 1), np.int32)
    for j in range(text.shape[1] + 1):
        steps[0, j] = j
    for i in range(len(word) + 1):
        steps[i, 0] = i
    count = 0
    for row in range(len(length)):
        missing, absent = 0, there & ~letters[row]
        while absent and missing <= allowed:
            absent &= absent - np.uint64(1)
            missing += 1
        if missing > allowed or length[row] < len(word) - allowed:
            continue
        for i in range(1, len(word) + 1):
            for j in range(1, length[row] + 1):
                best = steps[i - 1, j - 1] + (word[i - 1] != text[row, j - 1])
                best = min(best, steps[i - 1, j] + 1, steps[i, j - 1] + 1)
                if i > 1 and j > 1 and word[i - 1] == text[row, j - 2] and word[i - 2] == text[row, j - 1]:
                    best = min(best, steps[i - 2, j - 2] + 1)
                steps[i, j] = best
        begun = steps[len(word), 0]
        for j in range(1, length[row] + 1):
            begun = min(begun, steps[len(word), j])
        found[0, count], found[1, count], found[2, count] = row, steps[len(word), length[row]], begun
        count += 1
    return count
