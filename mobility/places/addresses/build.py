"""From rows of address files to the columns that are searched: streets with their numbers inside."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mobility.network.columns import Texts
from mobility.places.addresses.address_index import E7, AddressAreas, AddressIndex, AreaNames, HouseNumbers, number_id
from mobility.places.addresses.ban import AddressArea, AddressRow
from mobility.places.addresses.text import SMALL, in_one_form, weight
from mobility.places.build import holders
from mobility.places.vocabulary import Vocabulary
from mobility.places.words import JOINTS

TOLD_EVERY = 50_000
Said = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class AddressSource:
    """What the rows are from. date: ISO, of the file."""

    name: str
    licence: str
    date: str


@dataclass
class _Streets:
    """Rows as they come in, streets by what tells them apart."""

    street: dict[tuple[str, str, int], int] = field(default_factory=dict)
    area: dict[AddressArea, int] = field(default_factory=dict)
    also: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    of_row: array[int] = field(default_factory=lambda: array("i"))
    number: array[int] = field(default_factory=lambda: array("i"))
    repeat: array[int] = field(default_factory=lambda: array("i"))
    lat: array[float] = field(default_factory=lambda: array("d"))
    lon: array[float] = field(default_factory=lambda: array("d"))
    aside: array[int] = field(default_factory=lambda: array("b"))
    repeats: dict[str, int] = field(default_factory=lambda: {"": 0})
    own_id: dict[int, str] = field(default_factory=dict)

    def add(self, row: AddressRow) -> None:
        area = self.area.setdefault(row.area, len(self.area))
        street = self.street.setdefault((row.street_id, row.street, area), len(self.street))
        if row.also:
            self.also[street].add(row.also)
        if row.number is not None and row.id != number_id(row.street_id, row.number, row.repeat):
            self.own_id[len(self.of_row)] = row.id
        self.of_row.append(street)
        self.number.append(-1 if row.number is None else row.number)
        self.repeat.append(self.repeats.setdefault(row.repeat, len(self.repeats)))
        self.lat.append(row.lat)
        self.lon.append(row.lon)
        self.aside.append(not row.at_door)


def build_addresses(rows: Iterable[AddressRow], source: AddressSource, said: Said = lambda _: None) -> AddressIndex:
    """said: told how far it is, from time to time."""
    read = _Streets()
    for count, row in enumerate(rows, start=1):
        read.add(row)
        if count % TOLD_EVERY == 0:
            said(f"{count} addresses read")
    said(f"laying out {len(read.street)} streets")
    return _index(read, source)


def _index(read: _Streets, source: AddressSource) -> AddressIndex:
    keys = list(read.street)
    order = sorted(range(len(keys)), key=lambda street: (keys[street][2], keys[street][1], keys[street][0]))
    place = np.empty(len(keys), np.int32)
    place[order] = np.arange(len(keys), dtype=np.int32)
    names = [keys[street][1] for street in order]
    also = [[names[row], *sorted(read.also.get(street, ()))] for row, street in enumerate(order)]
    texts = [[word for name in said for word in _findable(name)] for said in also]
    area_words = _area_words(read.area)
    vocabulary = Vocabulary.of(word for row in (*texts, *area_words) for word in row)
    of_row = place[np.array(read.of_row, np.int32)]
    lat, lon = (np.round(np.array(column) * E7).astype(np.int32) for column in (read.lat, read.lon))
    return AddressIndex(
        name=Texts.of(names),
        id=Texts.of(keys[street][0] for street in order),
        area=np.array([keys[street][2] for street in order], np.int32),
        lat=_middles(of_row, lat, len(keys)),
        lon=_middles(of_row, lon, len(keys)),
        letters=np.array([sum(weight(word.text) for word in in_one_form(name)) for name in names], np.float32),
        areas=_areas(read, np.array([keys[street][2] for street in range(len(keys))], np.int32), lat, lon),
        area_names=_area_names(area_words, len(read.area), vocabulary),
        numbers=_numbers(read, of_row, lat, lon),
        vocabulary=vocabulary,
        named=holders(texts, vocabulary),
        source=source.name,
        licence=source.licence,
        date=source.date,
    )


def _findable(name: str) -> list[str]:
    """Its words, and parts of one word written together."""
    said = in_one_form(name)
    joined = [
        before.text + after.text
        for before, after in pairwise(said)
        if JOINTS.fullmatch(name[before.start + before.length : after.start])
    ]
    return [*(word.text for word in said), *joined]


def _middles(group: NDArray[np.int32], values: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    """Of each group the value in the middle: one far away does not move it."""
    order = np.lexsort((values, group))
    ends = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=count))])
    middles: NDArray[np.int32] = values[order][(ends[:-1] + ends[1:]) // 2]
    return middles


def _areas(read: _Streets, area_of: NDArray[np.int32], lat: NDArray[np.int32], lon: NDArray[np.int32]) -> AddressAreas:
    areas, first = list(read.area), dict[str, int]()
    of_row = area_of[np.array(read.of_row, np.int32)]
    return AddressAreas(
        insee=Texts.of(area.insee for area in areas),
        name=Texts.of(area.name for area in areas),
        part=Texts.of(area.part for area in areas),
        post_code=np.array([area.post_code.encode() for area in areas], "S8"),
        commune=np.array([first.setdefault(area.insee, row) for row, area in enumerate(areas)], np.int32),
        lat=_middles(of_row, lat, len(areas)),
        lon=_middles(of_row, lon, len(areas)),
    )


def _area_words(areas: Iterable[AddressArea]) -> dict[tuple[str, ...], list[int]]:
    """The telling words of each name, and the areas that are written by it."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, area in enumerate(areas):
        for name in {area.name, area.part, area.delivery} - {""}:
            telling = tuple(word.text for word in in_one_form(name) if word.text not in SMALL)
            if telling and row not in found[telling]:
                found[telling].append(row)
    return found


def _area_names(names: dict[tuple[str, ...], list[int]], count: int, vocabulary: Vocabulary) -> AreaNames:
    """count: of areas."""
    of_area: list[list[str]] = [[] for _ in range(count)]
    for name, areas in names.items():
        for area in areas:
            of_area[area] += name
    return AreaNames(
        first=_ends([len(name) for name in names]),
        word=np.array([vocabulary.row(word) for name in names for word in name], np.int32),
        areas_first=_ends([len(areas) for areas in names.values()]),
        area=np.array([area for areas in names.values() for area in areas], np.int32),
        in_name=holders([list(name) for name in names], vocabulary),
        in_area=holders(of_area, vocabulary),
    )


def _ends(sizes: list[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _numbers(read: _Streets, of_row: NDArray[np.int32], lat: NDArray[np.int32], lon: NDArray[np.int32]) -> HouseNumbers:
    """Of a number with two positions, that of its door."""
    number, repeat = np.array(read.number, np.int32), np.array(read.repeat, np.int32)
    order = np.lexsort((np.array(read.aside, np.int8), repeat, number, of_row))
    order = order[number[order] >= 0]
    key = np.stack([of_row[order], number[order], repeat[order]])
    fresh = np.ones(len(order), bool)
    fresh[1:] = (key[:, 1:] != key[:, :-1]).any(axis=0)
    kept = order[fresh]
    own = [(row, read.own_id[said]) for row, said in enumerate(kept.tolist()) if said in read.own_id]
    return HouseNumbers(
        first=_ends(np.bincount(of_row[kept], minlength=len(read.street)).tolist()),
        number=number[kept].astype(np.uint16),
        repeat=repeat[kept].astype(np.uint16),
        lat=lat[kept],
        lon=lon[kept],
        repeats=Texts.of(read.repeats),
        own_row=np.array([row for row, _ in own], np.int32),
        own_id=Texts.of(id for _, id in own),
    )
