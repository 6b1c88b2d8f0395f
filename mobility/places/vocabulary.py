"""All words of all names, sorted, and the question which of them someone may have meant.

A word is found as it stands, by its beginning, and with few letters wrong, missing, too many or swapped. The search
for wrong letters compares one word with the whole vocabulary at once: a filter on the letters in it leaves few, for
which the distance is computed as Wagner and Fischer do, one row for all words together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.places.words import LITTLE

WIDTH = 24
"""Bytes of a word that are compared."""
ONE_MISTAKE, TWO_MISTAKES = 6, 10
"""Letters of a word of which one is sure in spite of as many mistakes."""

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LikeWords:
    """Rows of the vocabulary with the likeness of each, 0..1."""

    rows: Rows
    likeness: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """text: sorted, as zero-padded bytes. letters: bit b set where byte b mod 64 occurs."""

    text: NDArray[np.bytes_]
    letters: NDArray[np.uint64]
    length: NDArray[np.int16]

    @classmethod
    def of(cls, words: Iterable[str]) -> Vocabulary:
        text = np.array(sorted({cut(word) for word in words}), f"S{WIDTH}")
        length = np.char.str_len(text).astype(np.int16)
        return cls(text, _letters(_matrix(text)), length)

    def row(self, word: str) -> int:
        """Row of a word that is there."""
        return int(np.searchsorted(self.text, np.bytes_(cut(word))))

    def exactly(self, word: str) -> Rows:
        """The row of a word, none where it is not there."""
        row = self.row(word)
        return np.arange(row, row + int(row < len(self.text) and self.text[row] == cut(word)))

    def begun(self, word: str) -> Rows:
        """Words of which it is the beginning; a little word only begins itself."""
        return self._begun(cut(word)).rows

    def surely(self, word: str) -> Rows:
        """Whole words that are meant, not only may be: as it stands, or begun alike and with few mistakes for its
        length. One mistake in a short word makes another word of it (Tours, Cours), unless two letters are swapped."""
        found, asked = self.exactly(word), cut(word)
        if len(found) or not _mistakes_allowed(asked):
            return found
        rows = np.flatnonzero((self.length >= len(asked) - 2) & (np.char.find(self.text, asked[:1]) == 0))
        whole, _ = _distances(asked, _matrix(self.text[rows]), self.length[rows])
        swapped = np.array([sorted(self.text[row]) == sorted(asked) for row in rows], bool)
        few = len(asked) // TWO_MISTAKES + (len(asked) >= ONE_MISTAKE)
        sure: Rows = rows[(whole <= few) | (swapped & (whole == 1))]
        return sure

    def like(self, word: str) -> LikeWords:
        """What may be meant by a word, or by the beginning of one."""
        begun = self._begun(cut(word))
        wrong = self._misspelt(cut(word))
        return LikeWords(np.concatenate([begun.rows, wrong.rows]), np.concatenate([begun.likeness, wrong.likeness]))

    def _begun(self, word: bytes) -> LikeWords:
        ends = np.array([word, word[: WIDTH - 1] + b"\xff"], f"S{WIDTH}")
        first, last = np.searchsorted(self.text, ends).tolist()
        rows = np.arange(first, max(first, last))
        share = len(word) / np.maximum(self.length[first : max(first, last)], 1).astype(np.float32)
        if word.decode("utf-8", "ignore") in LITTLE:
            return LikeWords(rows[share == 1], share[share == 1])
        return LikeWords(rows, np.where(share == 1, 1.0, 0.75 + 0.2 * share).astype(np.float32))

    def _misspelt(self, word: bytes) -> LikeWords:
        allowed = _mistakes_allowed(word)
        if not allowed:
            return LikeWords(np.empty(0, np.int64), np.empty(0, np.float32))
        there = _letters(np.frombuffer(word.ljust(WIDTH, b"\0"), np.uint8)[None])[0]
        missing = np.bitwise_count(there & ~self.letters)
        rows = np.flatnonzero((missing <= allowed) & (self.length >= len(word) - allowed))
        whole, begun = _distances(word, _matrix(self.text[rows]), self.length[rows])
        likeness = np.maximum(_likeness(whole, allowed, 0.85), _likeness(begun, allowed, 0.7))
        return LikeWords(rows[likeness > 0], likeness[likeness > 0])


def cut(word: str) -> bytes:
    """What of a word is compared."""
    return word.encode()[:WIDTH]


def _matrix(text: NDArray[np.bytes_]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(text).view(np.uint8).reshape(len(text), WIDTH)


def _letters(matrix: NDArray[np.uint8]) -> NDArray[np.uint64]:
    bits = np.where(matrix == 0, np.uint64(0), np.left_shift(np.uint64(1), (matrix & 63).astype(np.uint64)))
    letters: NDArray[np.uint64] = np.bitwise_or.reduce(bits, axis=1)
    return letters


def _mistakes_allowed(word: bytes) -> int:
    if len(word) < 4 or any(48 <= byte <= 57 for byte in word):
        return 0
    return 1 if len(word) < 8 else 2


def _likeness(distance: NDArray[np.int16], allowed: int, one_mistake: float) -> Floats:
    """No mistake is no business of this search; each further one takes a fifth."""
    likeness = one_mistake - 0.2 * (distance - 1)
    return np.where((distance > 0) & (distance <= allowed), likeness, 0.0).astype(np.float32)


def _distances(
    word: bytes, matrix: NDArray[np.uint8], length: NDArray[np.int16]
) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Mistakes between the word and each row of the matrix: and its whole, and the best of its beginnings.

    Wrong, missing, additional and swapped neighbouring letters count one each (optimal string alignment).
    """
    columns = np.arange(WIDTH + 1, dtype=np.int16)
    before, row = np.empty((0, 0), np.int16), np.broadcast_to(columns, (len(matrix), WIDTH + 1)).copy()
    for i, letter in enumerate(word):
        step = np.empty_like(row)
        step[:, 0] = i + 1
        step[:, 1:] = np.minimum(row[:, 1:] + 1, row[:, :-1] + (matrix != letter))
        if i:
            swapped = (matrix[:, 1:] == word[i - 1]) & (matrix[:, :-1] == letter)
            step[:, 2:] = np.where(swapped, np.minimum(step[:, 2:], before[:, :-2] + 1), step[:, 2:])
        # Additional letters of the row: the least of all columns to the left, one more for each column passed.
        before, row = row, np.minimum.accumulate(step - columns, axis=1) + columns
    inside = columns[None] <= length[:, None]
    return row[np.arange(len(row)), length], np.where(inside, row, 99).min(axis=1)
