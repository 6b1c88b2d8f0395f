"""Columns that can be mapped from disk: text beside numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Strings as one UTF-8 blob: text i is utf8[first[i]:first[i + 1]]. Nothing is decoded before it is asked for."""

    first: NDArray[np.int64]
    utf8: NDArray[np.uint8]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        encoded = list(map(str.encode, texts))
        first = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum(list(map(len, encoded)), out=first[1:])
        return cls(first, np.frombuffer(b"".join(encoded), np.uint8))

    def __len__(self) -> int:
        return len(self.first) - 1

    def __getitem__(self, index: int) -> str:
        return self.utf8[self.first[index] : self.first[index + 1]].tobytes().decode()

    def are_empty(self, rows: int | NDArray[np.int32]) -> np.bool_ | NDArray[np.bool_]:
        found: np.bool_ | NDArray[np.bool_] = self.first[rows] == self.first[rows + 1]
        return found

    def __iter__(self) -> Iterator[str]:
        blob = self.utf8.tobytes()
        ends = self.first.tolist()
        return (blob[a:b].decode() for a, b in pairwise(ends))


@dataclass(frozen=True, slots=True, eq=False)
class Ids:
    """Texts that are unique, with the order that finds one by bisection."""

    texts: Texts
    order: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Ids:
        rows = list(texts)
        order = sorted(range(len(rows)), key=rows.__getitem__)
        return cls(Texts.of(rows), np.array(order, np.int32))

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, index: int) -> str:
        return self.texts[index]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def find(self, text: str) -> int | None:
        """Row of the text, None if it is not there."""
        low, high = 0, len(self.order)
        while low < high:
            middle = (low + high) // 2
            if self.texts[int(self.order[middle])] < text:
                low = middle + 1
            else:
                high = middle
        if low < len(self.order) and self.texts[int(self.order[low])] == text:
            return int(self.order[low])
        return None
