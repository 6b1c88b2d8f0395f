"""Addresses as flat arrays that workers map: streets with their numbers inside (CSR), and where each lies.

A street is one row for each commune, former commune and post code it lies in. A number is two small integers and a
position; its id follows from that of its street.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point
from mobility.network.columns import Texts
from mobility.places.addresses.text import id_tail, number_text
from mobility.places.index import Holders
from mobility.places.vocabulary import Vocabulary

Int32s = NDArray[np.int32]
E7 = 1e7


@dataclass(frozen=True, slots=True, eq=False)
class AddressAreas:
    """Where streets lie, a row for each commune, former commune and post code. part: the former commune, "" in most.
    commune: the row of the first area of the same commune; lat, lon: the middle of the area, 1e-7 degrees."""

    insee: Texts
    name: Texts
    part: Texts
    post_code: NDArray[np.bytes_]
    commune: Int32s
    lat: Int32s
    lon: Int32s


@dataclass(frozen=True, slots=True, eq=False)
class AreaNames:
    """Names that an area is written by: its commune's, its former commune's, that of its post office.

    The telling words of name n are word[first[n] : first[n + 1]] (rows of the vocabulary), its areas
    area[areas_first[n] : areas_first[n + 1]]. in_name: which names hold a word; in_area: which areas do."""

    first: NDArray[np.int64]
    word: Int32s
    areas_first: NDArray[np.int64]
    area: Int32s
    in_name: Holders
    in_area: Holders


@dataclass(frozen=True, slots=True, eq=False)
class HouseNumbers:
    """number, repeat (row of `repeats`), lat, lon (1e-7 degrees): those of street s are first[s] .. first[s + 1], in
    order. own_row, own_id: the few whose id does not follow from their street's."""

    first: NDArray[np.int64]
    number: NDArray[np.uint16]
    repeat: NDArray[np.uint16]
    lat: Int32s
    lon: Int32s
    repeats: Texts
    own_row: Int32s
    own_id: Texts

    def rows(self, street: int) -> range:
        return range(int(self.first[street]), int(self.first[street + 1]))

    def find(self, street: int, number: int, repeat: str) -> int | None:
        """The row of a number of a street, as the file has it."""
        rows = self.rows(street)
        low, high = np.searchsorted(self.number[rows.start : rows.stop], (number, number + 1)).tolist()
        same = (row for row in rows[low:high] if self.repeats[int(self.repeat[row])] == repeat)
        return next(same, None)

    def text(self, row: int) -> str:
        """As it is written: 2 bis, 11b."""
        repeat = self.repeats[int(self.repeat[row])]
        return number_text(int(self.number[row]), repeat)


@dataclass(frozen=True, slots=True, eq=False)
class AddressIndex:
    """Columns, one row a street, in order of area. letters: weight of all words of the name. named: which streets hold
    a word of the vocabulary. source: what the rows are from, with licence and date."""

    name: Texts
    id: Texts
    area: Int32s
    lat: Int32s
    lon: Int32s
    letters: NDArray[np.float32]
    areas: AddressAreas
    area_names: AreaNames
    numbers: HouseNumbers
    vocabulary: Vocabulary
    named: Holders
    source: str
    licence: str
    date: str

    def __len__(self) -> int:
        return len(self.area)

    def id_of(self, row: int, street: int) -> str:
        """The id of a number."""
        numbers = self.numbers
        own = int(np.searchsorted(numbers.own_row, row))
        if own < len(numbers.own_row) and int(numbers.own_row[own]) == row:
            return numbers.own_id[own]
        repeat = numbers.repeats[int(numbers.repeat[row])]
        return number_id(self.id[street], int(numbers.number[row]), repeat)

    def point(self, street: int) -> Point:
        return Point(float(self.lat[street]) / E7, float(self.lon[street]) / E7)

    def house_point(self, row: int) -> Point:
        return Point(float(self.numbers.lat[row]) / E7, float(self.numbers.lon[row]) / E7)


def number_id(street: str, number: int, repeat: str) -> str:
    """As the Base Adresse Nationale makes it."""
    return street + id_tail(str(number), repeat)
