"""One list of all that a text or a point may mean: stops, communes, places, landmarks, and addresses where they are
known.

What people mean first: a stop, commune or place of the very name typed; the address, where an address was typed; else
whichever answers the text best. Where streets are known, no place is listed for a text whose kind of way or number it
does not have: `Route de Lorient` is not Lorient. A text that names a kind of place (`pool`) is answered by places of
that kind before any that is only written like it (`Poulfanc`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, islice

import numpy as np

from mobility.geo import Point, distance_m
from mobility.network.ways import StreetRouter
from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.nearest_houses import nearest_addresses
from mobility.places.addresses.partly_known import partly_known
from mobility.places.addresses.rank import COMMUNE, find_addresses
from mobility.places.aliases import Aliases
from mobility.places.build import SAME_PLACE_M
from mobility.places.elsewhere import is_elsewhere, says_where, town_in
from mobility.places.equal_words import things
from mobility.places.index import PlaceIndex
from mobility.places.match import ADDRESSES, ANY, KINDS, LANDMARKS, WRITTEN, Match, Wanted
from mobility.places.recognised import BY_TRAIN, Understood, is_address, is_named, judged, meant
from mobility.places.words import STREET_WORDS, words

NO_ALIASES = Aliases()
STATIONS = Wanted(kinds=frozenset({"stop", "station"}), modes=BY_TRAIN)
BESIDE_A_PLACE = 0.1
"""A street counts so much less than a place of its name where no address was typed."""
BESIDE_A_STOP = 0.05
"""So does a landmark beside a stop or a commune of its name."""
ROUND = 3.0
ROUND_M = 200.0
"""Who walks to an address by a longer way than so many times the straight line, and so many metres more, goes round
water."""


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Names and positions of a territory. ways: which tell what lies across water. aliases: what people say instead.
    landmarks: places that people name and that are no stops, as the language asked for names them. around: as in
    Wanted."""

    places: PlaceIndex
    addresses: AddressIndex | None = None
    ways: StreetRouter | None = None
    aliases: Aliases = NO_ALIASES
    landmarks: PlaceIndex | None = None
    around: frozenset[str] = frozenset()

    def search(self, text: str, limit: int = 10, wanted: Wanted = ANY) -> list[Match]:
        """What may be meant by `text`, complete or not, best first."""
        full = self.aliases.in_full(text)
        return (self._search(full, limit, wanted) if full != text else []) or self._search(text, limit, wanted)

    def suggested(self, text: str, limit: int) -> Understood:
        """What to offer while a text is typed: `found` alone, or with `outside` the stations from which one goes on; of
        an address that is not known what may be chosen instead."""
        found = [] if town_in(text) else self.search(text, limit)
        asked = Understood() if found else self.understood(text, limit)
        if asked.outside:
            return asked
        found = found or self.search(text, limit)
        return asked if asked.lack and not found else Understood(tuple(found))

    def understood(self, text: str, limit: int, wanted: Wanted = ANY) -> Understood:
        """What is meant by a text that nobody picked from a list."""
        full = self.aliases.in_full(text)
        found = self._understood(full, limit, wanted)
        return found if full == text or found.sure or found.several else self._understood(text, limit, wanted)

    def _search(self, text: str, limit: int, wanted: Wanted) -> list[Match]:
        asks_address = self.addresses is not None and is_address(text)
        places = self._places(text, limit, wanted, is_judged=asks_address or bool(things(words(text))))
        if asks_address:
            places = [one for one in places if not any(map(is_of_street, one.unanswered))]
        return _one_list(text, places, self._addresses(text, limit, wanted))[:limit]

    def _understood(self, text: str, limit: int, wanted: Wanted) -> Understood:
        places = self._places(text, limit, wanted, is_judged=True)
        found = meant(_one_list(text, places, self._addresses(text, limit, wanted)), text)
        town = "" if is_address(text) else town_in(text)
        if is_elsewhere(town, text, found.found):
            return Understood(tuple(self._stations(limit)), outside=town)
        found = replace(found, found=found.found[:limit], street=found.street and self.addresses is None)
        is_lacking = found.unknown or not found.found
        return self._partly(text, found, limit) if is_lacking and is_address(text) and wanted is ANY else found

    def _partly(self, text: str, found: Understood, limit: int) -> Understood:
        """With what is known of an address that is not: its street, or its commune; or that it is in a town
        elsewhere."""
        if self.addresses is None:
            return found
        known = partly_known(self.addresses, text, found.found, limit, self.around)
        if known is not None:
            return replace(found, found=tuple(map(self._as_ours, known.instead))[:limit], lack=known.lack)
        town = "" if found.found else town_in(text)
        return Understood(tuple(self._stations(limit)), outside=town) if says_where(text, town) else found

    def _as_ours(self, found: Match) -> Match:
        """A commune of the territory as its own list has it."""
        if found.kind != COMMUNE:
            return found
        ours = self.places.search(found.name, 1, Wanted(kinds=frozenset({COMMUNE})))
        return next((one for one in ours if is_named(one, found.name)), found)

    def _stations(self, limit: int) -> list[Match]:
        """From which one goes on to other territories."""
        return [one for one in self.places.foremost(limit, STATIONS) if one.modes & BY_TRAIN]

    def nearest(self, point: Point, limit: int = 5, wanted: Wanted = ANY) -> list[Match]:
        """What is nearest to the point; of addresses one, or as many as asked for where nothing else is wanted."""
        indexes = self._indexes if wanted.kinds != ADDRESSES else ()
        places = chain.from_iterable(index.nearest(point, limit, wanted) for index in indexes)
        addresses = islice(self._houses_near(point, wanted), limit if wanted.kinds == ADDRESSES else 1)
        return sorted([*places, *addresses], key=lambda one: -one.score)[:limit]

    @property
    def _indexes(self) -> tuple[PlaceIndex, ...]:
        return (self.places,) if self.landmarks is None else (self.places, self.landmarks)

    def _places(self, text: str, limit: int, wanted: Wanted, *, is_judged: bool) -> list[Match]:
        """is_judged: with what of the text each does not answer. A landmark that is a stop, too, is the stop."""
        found = list[Match]()
        for index in self._indexes if wanted.kinds != ADDRESSES else ():
            here = index.search(text, limit, wanted)
            fresh = [one for one in here if not any(_is_same(one, other) for other in found)]
            found += judged(index, fresh, text, self.around) if is_judged else fresh
        return found

    def _addresses(self, text: str, limit: int, wanted: Wanted) -> list[Match]:
        """With communes of the address file, where the territory does not have them. Where no address was typed, none
        that is only like some of it."""
        if self.addresses is None or not _wants(wanted, ADDRESSES | {COMMUNE}):
            return []
        found = find_addresses(self.addresses, text, limit, replace(wanted, around=self.around))
        if not is_address(text):
            found = [one for one in found if one.score >= WRITTEN or not one.unanswered]
        return [one for one in found if _wants(wanted, {one.kind}) and (one.address or self._is_new_commune(one))]

    def _is_new_commune(self, found: Match) -> bool:
        rows = np.flatnonzero(self.places.kind == KINDS.index(COMMUNE)).tolist()
        return found.id not in {self.places.id[row] for row in rows}

    def _houses_near(self, point: Point, wanted: Wanted) -> Iterator[Match]:
        if self.addresses is None or not _wants(wanted, ADDRESSES):
            return
        for one in nearest_addresses(self.addresses, point, wanted.within_m):
            if self.ways is None or _is_on_this_side(self.ways, point, one.point):
                yield one


def is_of_street(word: str) -> bool:
    """Whether it says a kind of way, or a number."""
    said = words(word)
    return any(one.text in STREET_WORDS or one.text[:1].isdigit() for one in said)


def _wants(wanted: Wanted, kinds: Set[str]) -> bool:
    return wanted.kinds is None or not wanted.kinds.isdisjoint(kinds)


def _one_list(text: str, places: Sequence[Match], addresses: Sequence[Match]) -> list[Match]:
    """An address that was typed goes before places, but for one of that very name."""
    is_typed = is_address(text)

    def rank(one: Match) -> tuple[bool, bool, bool, float]:
        behind = bool(addresses) and is_typed and one.address is None
        named = one.address is None and is_named(one, text)
        return not named, bool(one.unanswered), behind, _behind_others(one, is_typed) - one.score

    return sorted([*places, *addresses], key=rank)


def _behind_others(one: Match, is_address_typed: bool) -> float:
    if one.address is not None:
        return 0.0 if is_address_typed else BESIDE_A_PLACE
    return BESIDE_A_STOP if one.kind in LANDMARKS else 0.0


def _is_same(one: Match, other: Match) -> bool:
    named = [[word.text for word in words(match.name)] for match in (one, other)]
    return named[0] == named[1] and distance_m(one.point, other.point) <= SAME_PLACE_M


def _is_on_this_side(ways: StreetRouter, point: Point, address: Point) -> bool:
    straight_m, walked_m = distance_m(point, address), ways.direct(point, address)
    return walked_m is not None and walked_m <= ROUND * straight_m + ROUND_M
