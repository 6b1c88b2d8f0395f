"""One list of all that a text or a point may mean: stops, communes, places, and addresses where they are known.

What people mean first: a stop, commune or place of the very name typed; the address, where an address was typed; else
whichever answers the text best. Where streets are known, no place is listed for a text whose kind of way or number it
does not have: `Route de Lorient` is not Lorient.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from mobility.geo import Point, distance_m
from mobility.network.ways import StreetRouter
from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.nearest_houses import nearest_addresses
from mobility.places.addresses.rank import COMMUNE, find_addresses
from mobility.places.aliases import Aliases
from mobility.places.index import PlaceIndex
from mobility.places.match import ADDRESSES, ANY, KINDS, Match, Wanted
from mobility.places.recognised import Understood, is_address, is_named, judged, meant
from mobility.places.words import STREET_WORDS, words

NO_ALIASES = Aliases()
BESIDE_A_PLACE = 0.1
"""A street counts so much less than a place of its name where no address was typed."""
ROUND = 3.0
ROUND_M = 200.0
"""Who walks to an address by a longer way than so many times the straight line, and so many metres more, goes round
water."""


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Names and positions of a territory. ways: which tell what lies across water. aliases: what people say instead."""

    places: PlaceIndex
    addresses: AddressIndex | None = None
    ways: StreetRouter | None = None
    aliases: Aliases = NO_ALIASES

    def search(self, text: str, limit: int = 10, wanted: Wanted = ANY) -> list[Match]:
        """What may be meant by `text`, complete or not, best first."""
        full = self.aliases.in_full(text)
        return (self._search(full, limit, wanted) if full != text else []) or self._search(text, limit, wanted)

    def understood(self, text: str, limit: int, wanted: Wanted = ANY) -> Understood:
        """What is meant by a text that nobody picked from a list."""
        full = self.aliases.in_full(text)
        found = self._understood(full, limit, wanted)
        return found if full == text or found.sure or found.several else self._understood(text, limit, wanted)

    def _search(self, text: str, limit: int, wanted: Wanted) -> list[Match]:
        places, addresses = self._places(text, limit, wanted), self._addresses(text, limit, wanted)
        if self.addresses is not None and is_address(text):
            places = [one for one in judged(self.places, places, text) if not any(map(is_of_street, one.unanswered))]
        return _one_list(text, places, addresses)[:limit]

    def _understood(self, text: str, limit: int, wanted: Wanted) -> Understood:
        places = judged(self.places, self._places(text, limit, wanted), text)
        found = meant(_one_list(text, places, self._addresses(text, limit, wanted)), text)
        return replace(found, found=found.found[:limit], street=found.street and self.addresses is None)

    def nearest(self, point: Point, limit: int = 5, wanted: Wanted = ANY) -> list[Match]:
        """What is nearest to the point; of addresses one, or as many as asked for where nothing else is wanted."""
        places = self.places.nearest(point, limit, wanted) if wanted.kinds != ADDRESSES else []
        addresses = islice(self._houses_near(point, wanted), limit if wanted.kinds == ADDRESSES else 1)
        return sorted([*places, *addresses], key=lambda one: -one.score)[:limit]

    def _places(self, text: str, limit: int, wanted: Wanted) -> list[Match]:
        return self.places.search(text, limit, wanted) if wanted.kinds != ADDRESSES else []

    def _addresses(self, text: str, limit: int, wanted: Wanted) -> list[Match]:
        """With communes of the address file, where the territory does not have them."""
        if self.addresses is None or not _wants(wanted, ADDRESSES | {COMMUNE}):
            return []
        found = find_addresses(self.addresses, text, limit, wanted)
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
    if not addresses:
        return list(places)
    is_typed = is_address(text)

    def rank(one: Match) -> tuple[bool, bool, bool, float]:
        behind = is_typed and one.address is None
        score = one.score - (BESIDE_A_PLACE if one.address and not is_typed else 0)
        return not (one.address is None and is_named(one, text)), bool(one.unanswered), behind, -score

    return sorted([*places, *addresses], key=rank)


def _is_on_this_side(ways: StreetRouter, point: Point, address: Point) -> bool:
    straight_m, walked_m = distance_m(point, address), ways.direct(point, address)
    return walked_m is not None and walked_m <= ROUND * straight_m + ROUND_M
