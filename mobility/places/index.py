"""Search over places by name and by position, as flat arrays that workers map from disk.

Every word of a query is compared with the vocabulary; the words found lead to the names that hold them (an inverted
index, CSR). A place is as good as the words of the query it answers, in its name or in that of its commune, and the
part of its name that was asked for; importance, kind and distance decide between equals. Whatever they are, what is
written as it was typed, or begins so, goes before what is only written alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point, distances_m
from mobility.network.columns import Texts
from mobility.network.csr import ranges
from mobility.places.equal_words import things
from mobility.places.match import ANY, KINDS, WRITTEN, Match, Wanted
from mobility.places.vocabulary import Vocabulary
from mobility.places.words import IN_FULL, LITTLE, Word, spellings, weight, words

Int32s = NDArray[np.int32]
Floats = NDArray[np.float32]

LEAST = 0.45
"""Part of a query's letters that must be recognised."""
MOST_WORDS = 12
IN_AREA = np.float32(0.85)
"""A word found in the commune's name counts a little less than one in the place's own."""
ABOUT = np.float32(0.8)
"""So does one that says what kind of place it is: a boat's stop is found as an embarcadère whatever its name."""
SAME_THING = np.float32(0.95)
"""So does another word for the same thing: Mairie where it is called Hôtel de Ville."""
NEAR_M = 4_000.0
OF_KIND = {"commune": 0.06, "station": 0.05, "town_centre": 0.03, "stop": 0.02}

COMMUNE_AT_LEAST, BY_PEOPLE = 0.85, 0.35
"""Importance of a commune beside that of stops: without people as one of the busiest stops, with most people before all
of them. With 0.75 a stop stands before Kervignac for `ker`, with 0.95 Guidel before Gare d'Échanges for `g`; by people
0.2 does not tell communes apart enough (`ker`), 0.6 too much (`mer`): tests/mobility/places/test_uncertain_names.py."""
SHORT, EACH_LETTER = 2, 0.15
"""Up to so many letters it matters most what many people use, and less with each further one: a beginning says little
of which name is meant, and how long that is nothing."""
BEGINS = 0.2
"""So much more counts then a name that begins so: Port-Louis for `po`, before Avenue du Pont."""
LOOKED_AT = 64
"""So many of the best have their names looked at for it."""

NONE = np.empty((0, 0), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Holders:
    """Which rows hold a word: row[first[w]] .. row[first[w + 1]] hold word w (CSR)."""

    first: NDArray[np.int64]
    row: Int32s

    def best(self, words: NDArray[np.int64], likeness: Floats, n_rows: int) -> Floats:
        """For each row the likeness of the likest of its words, 0 where it has none of them."""
        best = np.zeros(n_rows, np.float32)
        counts = self.first[words + 1] - self.first[words]
        np.maximum.at(best, self.row[ranges(self.first[words], counts)], np.repeat(likeness, counts))
        return best

    def having(self, words: NDArray[np.int64], n_rows: int) -> NDArray[np.bool_]:
        """Which rows hold one of the words."""
        found = np.zeros(n_rows, bool)
        found[self.row[ranges(self.first[words], self.first[words + 1] - self.first[words])]] = True
        return found


@dataclass(frozen=True, slots=True, eq=False)
class PlaceIndex:
    """Columns, one row a place. kind: row of KINDS; stop: row of Network.stops or -1; area: row of `areas` or -1;
    letters: weight of all words of the name. about: words that say what kind of place it is."""

    name: Texts
    id: Texts
    kind: NDArray[np.uint8]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    stop: Int32s
    area: Int32s
    modes: Int32s
    importance: Floats
    letters: Floats
    areas: Texts
    vocabulary: Vocabulary
    named: Holders
    about: Holders
    in_area: Holders

    def __len__(self) -> int:
        return len(self.kind)

    def called_as(self, names: Texts) -> PlaceIndex:
        """The same, with stops told by other names, those of a language; names: by row of Network.stops. Found is what
        was found before."""
        told = (names[stop] if stop >= 0 else name for name, stop in zip(self.name, self.stop.tolist(), strict=True))
        return replace(self, name=Texts.of(told))

    def search(self, text: str, limit: int = 10, wanted: Wanted = ANY) -> list[Match]:
        """Places that may be meant by `text`, complete or not, best first."""
        typed = words(text)[:MOST_WORDS]
        if not typed or not len(self):
            return []
        asked = [word.text for word in typed]
        likeness = self._likeness(typed)
        quality, covered, in_area = self._quality(asked, likeness)
        written = self._written(typed)
        score = quality + written * (WRITTEN + _while_short(asked) * self._known(covered)) + self._standing(wanted)
        score = self._beginnings_raised(np.where((quality > 0) & self._wanted(wanted), score, 0), asked)
        rows = _best(score, limit)
        return [self._match(row, float(score[row]), asked, likeness, bool(in_area[row])) for row in rows]

    def _beginnings_raised(self, score: NDArray[np.floating], asked: list[str]) -> NDArray[np.floating]:
        """The scores, while little was typed with more for names that begin so: little words before a name do not count
        (La Perrière)."""
        more = BEGINS * _while_short(asked)
        best = np.array(_best(score, LOOKED_AT) if more else (), np.int64)
        begins = [row for row in best[score[best] >= WRITTEN].tolist() if self._begins_with(row, asked[0])]
        raised = score.copy()
        raised[begins] += more
        return raised

    def _begins_with(self, row: int, word: str) -> bool:
        said = [one.text for one in words(self.name[row])]
        first = next((one for one in said if one not in LITTLE), "")
        return first.startswith(word) or said[:1] == [word]

    def nearest(self, point: Point, limit: int = 5, wanted: Wanted = ANY) -> list[Match]:
        """The places nearest to the point; score: 1 there, less with distance."""
        metres = distances_m(point, self.lat, self.lon)
        score = np.where(self._wanted(wanted) & (metres <= wanted.within_m), 1 / (1 + metres / 1000), 0)
        return [self._match(row, float(score[row])) for row in _best(score, limit)]

    def foremost(self, limit: int, wanted: Wanted) -> list[Match]:
        """The most important ones."""
        rows = _best(np.where(self._wanted(wanted), 1 + self.importance, 0), limit)
        return [self._match(row, float(self.importance[row])) for row in rows]

    def _written(self, asked: list[Word]) -> NDArray[np.bool_]:
        """Of each place whether it has every telling word, or one that begins so, or one for the same thing."""
        alone = len(asked) == 1
        rows = {word: [self.vocabulary.begun(one, alone) for one in spelt_out(word)] for word in asked}
        for thing, said in things(asked):
            for word in said:
                rows[word].append(self.vocabulary.exactly(thing))
        telling = [word for word in asked if word.text not in LITTLE] or asked
        return np.asarray(np.all([self._holds(np.concatenate(rows[word])) for word in telling], axis=0))

    def _holds(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which places have one of the words, in any of their names, their kind or their commune's name."""
        own = self.named.having(rows, len(self)) | self.about.having(rows, len(self))
        return np.asarray(own | self.in_area.having(rows, len(self.areas) + 1)[self.area])

    def _likeness(self, asked: list[Word]) -> Floats:
        """Of each word asked (first axis) to each word of the vocabulary."""
        likeness = np.zeros((len(asked), len(self.vocabulary.text)), np.float32)
        for number, word in enumerate(asked):
            for spelling in spelt_out(word):
                found = self.vocabulary.like(spelling, len(asked) == 1)
                np.maximum.at(likeness[number], found.rows, found.likeness)
        for thing, said in things(asked):
            for word in said:
                likeness[asked.index(word), self.vocabulary.exactly(thing)] = SAME_THING
        return likeness

    def _quality(self, asked: list[str], likeness: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """0..1 for each place: how much of the query it answers, and how much of its name was asked for; the latter
        alone; and whether a word was recognised in its area's name."""
        weights = np.array([weight(word) for word in asked], np.float32)
        found = [np.flatnonzero(row) for row in likeness]
        each = list(zip(found, (row[rows] for row, rows in zip(likeness, found, strict=True)), strict=True))
        in_name = np.stack([self.named.best(*one, len(self)) for one in each])
        about = np.stack([self.about.best(*one, len(self)) for one in each])
        # The last column stands for no area.
        in_area = np.stack([self.in_area.best(*one, len(self.areas) + 1) for one in each])[:, self.area]
        recognised = weights @ np.maximum.reduce([in_name, ABOUT * about, IN_AREA * in_area]) / weights.sum()
        covered = np.minimum(1, weights @ in_name / np.maximum(self.letters, 0.1))
        quality = recognised**2 * (0.6 + 0.4 * covered)
        quality[(recognised < LEAST) | ((covered == 0) & ~about.any(axis=0))] = 0
        return np.asarray(quality, np.float32), covered, np.asarray(in_area.any(axis=0))

    def _known(self, covered: Floats) -> Floats:
        """How likely a place is to be meant as long as little was typed: what many people use, or one of that whole
        name. A commune is meant before stops that are called after it, a large one before others."""
        of_commune = COMMUNE_AT_LEAST + BY_PEOPLE * np.sqrt(self.importance)
        known = np.where(self.kind == KINDS.index("commune"), of_commune, self.importance)
        return np.where(covered >= 1, np.maximum(known, 1), known).astype(np.float32)

    def _standing(self, wanted: Wanted) -> Floats:
        """What speaks for a place whatever was asked."""
        standing = 0.12 * self.importance + _BY_KIND[self.kind]
        if wanted.near is not None:
            metres = distances_m(wanted.near, self.lat, self.lon)
            standing = standing + 0.1 * wanted.bias * np.exp(-metres / NEAR_M)
        return np.asarray(standing, np.float32)

    def _wanted(self, wanted: Wanted) -> NDArray[np.bool_]:
        fits = np.ones(len(self), bool)
        if wanted.kinds is not None:
            fits &= np.array([kind in wanted.kinds for kind in KINDS])[self.kind]
        if wanted.modes is not None:
            fits &= (self.stop < 0) | (self.modes & wanted.modes != 0)
        if wanted.box is not None:
            box = wanted.box
            fits &= (self.lat >= box.south) & (self.lat <= box.north) & (self.lon >= box.west) & (self.lon <= box.east)
        return fits

    def _match(
        self, row: int, score: float, asked: list[str] | None = None, likeness: Floats = NONE, in_area: bool = False
    ) -> Match:
        name, area = self.name[row], int(self.area[row])
        return Match(
            kind=KINDS[self.kind[row]],
            id=self.id[row],
            name=name,
            point=Point(float(self.lat[row]), float(self.lon[row])),
            stop=int(self.stop[row]),
            area=self.areas[area] if area >= 0 else "",
            modes=int(self.modes[row]),
            importance=float(self.importance[row]),
            score=score,
            tokens=self._tokens(name, asked or [], likeness),
            area_matched=in_area,
            row=row,
        )

    def _tokens(self, name: str, asked: list[str], likeness: Floats) -> tuple[tuple[int, int], ...]:
        """For each word asked the likest part of the name; parts do not overlap."""
        spelt = [(word, self.vocabulary.row(word.text)) for word in spellings(name)] if asked else []
        spans: set[tuple[int, int]] = set()
        for word, like in zip(asked, likeness, strict=True):
            likest = max((float(like[row]) for _, row in spelt), default=0.0)
            spans |= {_span(one, word) for one, row in spelt if 0 < likest == float(like[row])}
        return _apart(spans)


def spelt_out(word: Word) -> set[str]:
    """As it stands, and what it is short for."""
    return {word.text, IN_FULL.get(word.text, word.text)}


def _while_short(asked: list[str]) -> float:
    """1 where next to nothing was typed, 0 from where what was typed tells names apart."""
    return max(0.0, min(1.0, 1 - EACH_LETTER * (sum(map(len, asked)) - SHORT)))


def _span(found: Word, asked: str) -> tuple[int, int]:
    """Of a word that was only begun, the beginning."""
    return found.start, min(found.length, len(asked)) if found.text.startswith(asked) else found.length


def _apart(spans: set[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, length in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][0] + kept[-1][1]:
            kept.append((start, length))
    return tuple(kept)


def _best(score: NDArray[np.floating], limit: int) -> list[int]:
    """Rows with the highest scores above 0, best first; equals in order of row."""
    found = np.flatnonzero(score > 0)
    if len(found) > limit:
        least = np.partition(score[found], len(found) - limit)[len(found) - limit]
        found = found[score[found] >= least]
    rows: list[int] = found[np.argsort(-score[found], kind="stable")][:limit].tolist()
    return rows


_BY_KIND = np.array([OF_KIND.get(kind, 0.0) for kind in KINDS], np.float32)
