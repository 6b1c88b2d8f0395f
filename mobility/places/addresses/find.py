"""Which streets may be meant by a typed address, and how well each answers it.

A word leads to the streets and areas that hold it (inverted index); each street is judged by how much of the text it
or its commune answers and how much of its name was asked for. A street in another commune than the one named is not
meant, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen, kernel
from mobility.geo import distances_m
from mobility.places.addresses.address_index import E7, AddressIndex
from mobility.places.addresses.mentions import AreaMention, AskedWord, area_mentions, asked_words, parted
from mobility.places.addresses.text import TypedAddress, weight
from mobility.places.match import Wanted

LEAST = 0.5
"""Part of the text, by weight, that must be recognised."""
IN_AREA = np.float32(0.95)
RECOGNISED = 0.6
"""Likeness from which a word of the name of a commune is taken for one of the street's own name instead."""
LIKE_BEGUN = 0.9
"""Of a commune whose name the last word begins."""
UNSURE_AREA = LEAST + 0.3
"""Of a commune that the text may name."""
FOR_TEXT, FOR_NAME = 0.6, 0.4
"""Parts of the quality: what was recognised alone, and how much of the name was asked for."""
LEAST_WEIGHT = 0.1
"""Of no words at all, to divide by."""
SAME_CODE = 0.05
NEAR_M, MOST_FOR_NEAR = 4_000.0, 0.1

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class AskedAddress:
    """A typed text and what its words may be. codes: areas of its post code."""

    typed: TypedAddress
    words: list[AskedWord]
    mentions: list[AreaMention]
    codes: frozenset[int]

    @classmethod
    def of(cls, typed: TypedAddress, index: AddressIndex) -> AskedAddress:
        typed = parted(typed, index.vocabulary)
        words, code = asked_words(typed, index.vocabulary), typed.post_code
        codes = frozenset(np.flatnonzero(index.areas.post_code == code.encode()).tolist() if code else ())
        return cls(typed, words, area_mentions(words, index.area_names), codes)

    @property
    def named(self) -> frozenset[int]:
        """Areas that the text names."""
        return frozenset[int]().union(*(mention.areas for mention in self.mentions))


@dataclass(frozen=True, slots=True, eq=False)
class FoundStreets:
    """Streets that may be meant and how well each answers, 0..1; in_name: likeness of each word asked (first axis) to
    the likest of each street's own name."""

    streets: Rows
    quality: Floats
    in_name: Floats


def find_streets(index: AddressIndex, asked: AskedAddress) -> FoundStreets:
    required = [i for i in asked.typed.telling if i not in asked.typed.free] or list(asked.typed.telling)
    likest = np.zeros((len(asked.words), len(index)), np.float32)
    if required:
        mark_likest(_flat(asked.words), (frozen(index.named.first), frozen(index.named.row)), likest)
    streets = np.flatnonzero((likest[required] > 0).any(axis=0))
    in_name = likest[:, streets]
    areas = index.area[streets]
    in_area = _in_area(asked, index)[:, areas]
    quality = _quality(asked, in_name, in_area, index.letters[streets])
    whole: Bools = np.asarray(((in_name >= RECOGNISED) | (in_area > 0))[required].all(axis=0))
    for mention in asked.mentions:
        quality[~_may_be_meant(mention, asked.mentions, (areas, in_name, whole))] = 0
    quality = _in_post_code(asked, areas, quality)
    found = np.flatnonzero(quality > 0)
    return FoundStreets(streets[found], quality[found], in_name[:, found])


def nearness(index: AddressIndex, streets: Rows, wanted: Wanted) -> Floats:
    """What speaks for streets near the place that is asked from."""
    if wanted.near is None:
        return np.zeros(len(streets), np.float32)
    metres = distances_m(wanted.near, index.lat[streets] / E7, index.lon[streets] / E7)
    return (MOST_FOR_NEAR * wanted.bias * np.exp(-metres / NEAR_M)).astype(np.float32)


def _quality(asked: AskedAddress, in_name: Floats, in_area: Floats, letters: Floats) -> Floats:
    """A word that needs no answer counts where it gets one."""
    weights = np.array([weight(word.text) for word in asked.words], np.float32)[:, None]
    best = np.maximum(in_name, IN_AREA * in_area)
    free = np.array([i in asked.typed.free for i in range(len(asked.words))], bool)[:, None]
    counted = weights * (~free | (in_name > 0))
    recognised = (counted * best).sum(axis=0) / np.maximum(counted.sum(axis=0), LEAST_WEIGHT)
    covered = np.minimum(1, (weights * in_name).sum(axis=0) / np.maximum(letters, LEAST_WEIGHT))
    quality = recognised**2 * (FOR_TEXT + FOR_NAME * covered)
    return np.where(recognised >= LEAST, quality, 0).astype(np.float32)


def _in_area(asked: AskedAddress, index: AddressIndex) -> Floats:
    """Of each word (first axis) whether it names each area; the last word may be the beginning of a name."""
    found = np.zeros((len(asked.words), len(index.areas.insee)), np.float32)
    for mention in asked.mentions:
        found[np.ix_(sorted(mention.positions), sorted(mention.areas))] = 1 if mention.sure else UNSURE_AREA
    if asked.words:
        last, holders = len(asked.words) - 1, index.area_names.in_area
        for row, likeness in asked.words[last].like.items():
            areas = holders.row[holders.first[row] : holders.first[row + 1]]
            found[last, areas] = np.maximum(found[last, areas], likeness * LIKE_BEGUN)
    return found


def _may_be_meant(
    mention: AreaMention, mentions: Sequence[AreaMention], streets: tuple[NDArray[np.int32], Floats, Bools]
) -> Bools:
    """Streets of the communes that are named, and those that are themselves called so, if they answer all the rest or
    lie in another commune that is named (Rue Saint-Yves, Monteneuf is not in Le Saint). streets: the area of each, the
    likeness of its name to each word, whether it answers every telling word."""
    areas, in_name, whole = streets
    if not mention.sure:
        return np.ones(len(areas), bool)
    others = frozenset[int]().union(*(one.areas for one in mentions if one.sure and one is not mention))
    called = (in_name[sorted(mention.positions)] >= RECOGNISED).all(axis=0) & (whole | np.isin(areas, list(others)))
    return np.isin(areas, list(mention.areas)) | (called & (not mention.again))


def _in_post_code(asked: AskedAddress, areas: NDArray[np.int32], quality: Floats) -> Floats:
    """A commune that is named goes before a code, which only tells equals apart; without one the code decides, unless
    nothing lies in it."""
    here = np.isin(areas, list(asked.codes))
    if asked.named and np.isin(areas, list(asked.named)).any():
        return np.where((quality > 0) & here, quality + np.float32(SAME_CODE), quality)
    return np.where(here, quality, np.float32(0)) if (quality[here] > 0).any() else quality


def _flat(words: Sequence[AskedWord]) -> tuple[Rows, Rows, Floats]:
    """Rows of the vocabulary and likenesses of all words, one word after the other (CSR)."""
    first = np.concatenate([[0], np.cumsum([len(word.like) for word in words])]).astype(np.int64)
    rows = np.array([row for word in words for row in word.like], np.int64)
    return first, rows, np.array([likeness for word in words for likeness in word.like.values()], np.float32)


@kernel
def mark_likest(words: tuple[Rows, Rows, Floats], holders: tuple[Rows, NDArray[np.int32]], likest: Floats) -> None:
    """likest: of each word asked (first axis) to each holder, raised to the likeness of its likest word."""
    (first, row, likeness), (held_from, holder) = words, holders
    for asked in range(len(first) - 1):
        for known in range(first[asked], first[asked + 1]):
            for held in range(held_from[row[known]], held_from[row[known] + 1]):
                if likeness[known] > likest[asked, holder[held]]:
                    likest[asked, holder[held]] = likeness[known]
