"""From a network to its place index: one entry for what people take for one place.

A station stands for its stops; stops of one name within a short walk (both sides of a street) are one place, shown
where most vehicles call. A stop's commune is the one its description begins with, else that of the nearest centre,
which is approximate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from mobility.geo import Point, distance_m, distances_m
from mobility.network.columns import Texts
from mobility.network.modes import MODES, TRAINS
from mobility.network.network import Network, Stops
from mobility.network.place import TerritoryPlace
from mobility.network.translation import STOP_NAME
from mobility.places.equal_words import things
from mobility.places.index import Holders, PlaceIndex
from mobility.places.match import KINDS
from mobility.places.vocabulary import Vocabulary, cut
from mobility.places.words import Word, folded, spellings, spelt, weight, words

SAME_PLACE_M = 400.0
LARGEST_COMMUNE_M = 20_000.0
MOST_POPULOUS = 60_000
CALLED = {
    "FERRY": "embarcadère quai bateau port ferry",
    **dict.fromkeys(sorted(TRAINS), "gare train"),
    "HIGHSPEED_RAIL": "gare train tgv",
    "SUBWAY": "métro",
    "TRAM": "tram",
}
"""What people call a place where a mode calls, whatever its name."""

WordsOf = Callable[[str], list[Word]]
"""The words of a name, told apart once."""


class Entry(NamedTuple):
    """also: other names under which it is found. about: what people call such a place."""

    kind: str
    id: str
    name: str
    point: Point
    stop: int = -1
    area: int = -1
    modes: int = 0
    importance: float = 0.0
    also: tuple[str, ...] = ()
    about: str = ""


def build(network: Network) -> PlaceIndex:
    communes = _Communes([place for place in network.places if place.kind == "commune"])
    found = [*_of_stops(network, communes), *_of_places(network.places, communes)]
    return index_of(found, communes.names)


class _Communes:
    """Tells the commune of a point."""

    def __init__(self, places: list[TerritoryPlace]) -> None:
        self.names = [place.name for place in places]
        self._of_name = {folded(name): row for row, name in enumerate(self.names)}
        self._lat = np.array([place.lat for place in places])
        self._lon = np.array([place.lon for place in places])

    def named(self, text: str) -> int:
        """Row of the commune of that name, -1 if there is none."""
        if not text or not self.names:
            return -1
        return self._of_name.get(folded(text.strip()), -1)

    def of(self, point: Point) -> int:
        """Row of the commune with the nearest centre, -1 where all are far."""
        if not self.names:
            return -1
        metres = distances_m(point, self._lat, self._lon)
        nearest = int(metres.argmin())
        return nearest if metres[nearest] <= LARGEST_COMMUNE_M else -1


def _of_places(places: Iterable[TerritoryPlace], communes: _Communes) -> Iterator[Entry]:
    for place in places:
        if place.kind in KINDS:
            point = Point(place.lat, place.lon)
            said = communes.named(_commune(place))
            area = said if said >= 0 else communes.of(point)
            code = place.properties.get("post_code", "")
            yield Entry(
                place.kind,
                f"{place.kind}/{place.id}",
                place.name,
                point,
                area=area,
                importance=_fame(place),
                about=code,
            )


def _commune(place: TerritoryPlace) -> str:
    """What the place says of its commune: a column of ours, or that of the carpool registry."""
    return (
        place.name if place.kind == "commune" else place.properties.get("commune", place.properties.get("com_lieu", ""))
    )


def _fame(place: TerritoryPlace) -> float:
    """A commune is as important as it is populous."""
    population = place.properties.get("population", "")
    return min(1.0, int(population) / MOST_POPULOUS) if population.isdigit() else 0.0


def _of_stops(network: Network, communes: _Communes) -> list[Entry]:
    stops, told = network.stops, _Told.of(network.stops)
    shown = (stops.kind <= 1) & (stops.parent < 0) & ~np.isnan(stops.lat)
    groups: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    translated: defaultdict[int, list[str]] = defaultdict(list)
    for one in network.translations:
        if one.kind == STOP_NAME:
            translated[one.row].append(one.text)
    for row in sorted(np.flatnonzero(shown).tolist(), key=lambda row: -told.importance[row]):
        entry = _of_stop(network.stops, told, row, communes)
        if row in translated:
            entry = entry._replace(also=(*entry.also, *translated[row]))
        _join(groups[folded(entry.name), entry.area], entry)
    return [entry for group in groups.values() for entry in group]


@dataclass(frozen=True, slots=True)
class _Told:
    """The columns of all stops as lists: they are asked one by one, and each element of an array is made an object
    first."""

    ids: list[str]
    names: list[str]
    descriptions: list[str]
    points: list[Point]
    modes: list[int]
    importance: list[float]
    n_children: list[int]

    @classmethod
    def of(cls, stops: Stops) -> _Told:
        points = list(map(Point, stops.lat.tolist(), stops.lon.tolist()))
        numbers = (column.tolist() for column in (stops.modes, stops.importance, np.diff(stops.first_child)))
        return cls(list(stops.id), list(stops.name), list(stops.description), points, *numbers)


def _of_stop(stops: Stops, told: _Told, row: int, communes: _Communes) -> Entry:
    point, modes = told.points[row], told.modes[row]
    parts = {told.names[child] for child in stops.children(row)} if told.n_children[row] else set[str]()
    said = communes.named(told.descriptions[row].partition(";")[0])
    return Entry(
        kind=KINDS[stops.kind[row]],
        id=told.ids[row],
        name=told.names[row],
        point=point,
        stop=row,
        area=said if said >= 0 else communes.of(point),
        modes=modes,
        importance=told.importance[row],
        also=tuple(parts - {told.names[row]}),
        about=_called(modes),
    )


@cache
def _called(modes: int) -> str:
    return " ".join(called for mode, called in CALLED.items() if modes & 1 << MODES.index(mode))


def _join(group: list[Entry], entry: Entry) -> None:
    """Adds the entry to the one that it is another side of, else to the group."""
    for number, other in enumerate(group):
        if distance_m(other.point, entry.point) <= SAME_PLACE_M:
            group[number] = other._replace(
                modes=other.modes | entry.modes,
                also=(*other.also, *entry.also),
                about=f"{other.about} {entry.about}",
            )
            return
    group.append(entry)


def index_of(found: list[Entry], areas: list[str]) -> PlaceIndex:
    """areas: names that the entries refer to by row."""
    # Both sides of a street have one name, and stops are about few things.
    known = cache(words)
    findable, letters = cache(partial(_findable, known)), cache(partial(_letters, known))
    texts = [[word for name in (one.name, *one.also) for word in findable(name)] for one in found]
    about = [findable(one.about) for one in found]
    of_areas = [[word.text for word in spellings(name)] for name in areas]
    vocabulary = Vocabulary.of(word for row in (*texts, *about, *of_areas) for word in row)
    return PlaceIndex(
        name=Texts.of(one.name for one in found),
        id=Texts.of(one.id for one in found),
        kind=np.array([KINDS.index(one.kind) for one in found], np.uint8),
        lat=np.array([one.point.lat for one in found], np.float64),
        lon=np.array([one.point.lon for one in found], np.float64),
        stop=np.array([one.stop for one in found], np.int32),
        area=np.array([one.area for one in found], np.int32),
        modes=np.array([one.modes for one in found], np.int32),
        importance=np.array([one.importance for one in found], np.float32),
        letters=np.array([letters(one.name) for one in found], np.float32),
        areas=Texts.of(areas),
        vocabulary=vocabulary,
        named=holders(texts, vocabulary),
        about=holders(about, vocabulary),
        in_area=holders(of_areas, vocabulary),
    )


def _findable(words_of: WordsOf, name: str) -> list[str]:
    """Its words in all spellings, and the things that they name."""
    plain = words_of(name)
    return [*(word.text for word in spelt(name, plain)), *(thing for thing, _ in things(plain))]


def _letters(words_of: WordsOf, name: str) -> float:
    return sum([weight(word.text) for word in words_of(name)])


def holders(texts: list[list[str]], vocabulary: Vocabulary) -> Holders:
    rows_of = {text: row for row, text in enumerate(vocabulary.text.tolist())}
    held = [rows_of[cut(text)] for words in texts for text in words]
    holder = np.repeat(np.arange(len(texts)), list(map(len, texts)))
    word, row = np.divmod(np.unique(np.array(held, np.int64) * len(texts) + holder), max(1, len(texts)))
    first = np.concatenate([[0], np.cumsum(np.bincount(word, minlength=len(vocabulary.text)))]).astype(np.int64)
    return Holders(first, row.astype(np.int32))
