"""From streets that may be meant to addresses, best first: the number looked up in each, and what stays unanswered.

A number that a street does not have leads to the street, with the number among the words it does not answer; it never
leads to another number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log10
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point
from mobility.places.addresses.address_index import E7, AddressIndex
from mobility.places.addresses.find import LEAST_WEIGHT, AskedAddress, Rows, find_streets, nearness
from mobility.places.addresses.mentions import AskedWord
from mobility.places.addresses.text import REPEATS, SMALL, WAYS, HouseNumber, in_one_form, typed_address, weight
from mobility.places.match import ANY, WRITTEN, Match, PostalAddress, Wanted
from mobility.places.vocabulary import cut

LOOKED_AT = 64
"""So many streets have their numbers looked at."""
HAS_NUMBER, LACKS_NUMBER = 0.12, -0.1
SIZE = 0.01
"""For each tenfold of numbers that a street has."""
HALF = 0.5
ADDRESS, STREET, COMMUNE = "address", "street", "commune"


@dataclass(frozen=True, slots=True)
class RankedStreet:
    """house: row of the number, None for the street itself. asked: the number typed. share: how much of the street's
    name was typed."""

    street: int
    house: int | None
    score: float
    asked: HouseNumber | None = None
    share: float = 1.0


class StreetScore(NamedTuple):
    """in_name: likeness of each word asked to the likest of the street's name."""

    street: int
    in_name: tuple[float, ...]
    score: float


def find_addresses(index: AddressIndex, text: str, limit: int, wanted: Wanted = ANY) -> list[Match]:
    """Addresses and streets that may be meant by a text, complete or not, best first; its commune where it names
    nothing else."""
    typed = typed_address(text, wanted.around)
    if not len(index) or not (typed.words or typed.post_code):
        return []
    asked = AskedAddress.of(typed, index)
    ranked = sorted(_ranked(index, asked, wanted), key=lambda one: -one.score)
    return [*_communes(index, asked), *(_match(index, one, asked, text) for one in ranked[:limit])][:limit]


def _ranked(index: AddressIndex, asked: AskedAddress, wanted: Wanted) -> Iterator[RankedStreet]:
    found = find_streets(index, asked)
    score = found.quality + WRITTEN * _written(index, asked, found.streets) + nearness(index, found.streets, wanted)
    best = np.argsort(-score, kind="stable")[:LOOKED_AT]
    for one in best.tolist():
        if _is_in_box(index, int(found.streets[one]), wanted):
            in_name = tuple(found.in_name[:, one].tolist())
            yield _ranked_street(index, asked, StreetScore(int(found.streets[one]), in_name, float(score[one])))


def _written(index: AddressIndex, asked: AskedAddress, streets: Rows) -> NDArray[np.bool_]:
    """Of each street whether it has every telling word, or one that begins so, or lies in a commune of that name."""
    found, areas = np.ones(len(streets), bool), index.area[streets]
    for i in (i for i in asked.typed.telling if i not in asked.typed.free):
        begun = index.vocabulary.begun(asked.words[i].text)
        named = [said.areas for said in asked.mentions if said.sure and i in said.positions and len(begun)]
        meant = np.zeros(len(index.areas.insee), bool)
        meant[[area for of_one in named for area in of_one]] = True
        found &= index.named.having(begun, len(index))[streets] | meant[areas]
    return found


def _is_in_box(index: AddressIndex, street: int, wanted: Wanted) -> bool:
    box, point = wanted.box, index.point(street)
    return box is None or (box.south <= point.lat <= box.north and box.west <= point.lon <= box.east)


def _ranked_street(index: AddressIndex, asked: AskedAddress, found: StreetScore) -> RankedStreet:
    street, in_name, score = found
    house = _house_meant(asked, in_name)
    row = _row_of(index, street, house) if house else _only_house(index, street)
    score += SIZE * log10(1 + len(index.numbers.rows(street)))
    if house is None:
        return RankedStreet(street, row, score)
    return RankedStreet(street, row, score + (LACKS_NUMBER if row is None else HAS_NUMBER), house)


def _house_meant(asked: AskedAddress, in_name: Sequence[float]) -> HouseNumber | None:
    """The first number that is no part of the street's name, or is typed once more than that."""
    if asked.typed.sure:
        return asked.typed.houses[0]
    said = [word.text for word in asked.typed.words]
    free = (one for one in asked.typed.houses if not in_name[one.position] or said.count(str(one.number)) > 1)
    return next(free, None)


def _row_of(index: AddressIndex, street: int, house: HouseNumber) -> int | None:
    """2b is 2 bis where there is no 2b, and the other way round."""
    same = {house.repeat: None, REPEATS.get(house.repeat, house.repeat): None}
    same |= {short: None for short, long in REPEATS.items() if long == house.repeat}
    rows = (index.numbers.find(street, house.number, repeat) for repeat in same)
    return next((row for row in rows if row is not None), None)


def _only_house(index: AddressIndex, street: int) -> int | None:
    """Of a hamlet with one house, the house: it has no kind of way in its name."""
    rows = index.numbers.rows(street)
    first = in_one_form(index.name[street])[:1]
    return rows.start if len(rows) == 1 and first and first[0].text not in WAYS else None


def _unanswered(index: AddressIndex, asked: AskedAddress, one: RankedStreet, text: str) -> tuple[str, ...]:
    """Words as typed. A wrong post code is forgiven where the commune is named."""
    street, area = one.street, int(index.area[one.street])
    own = {row for word in in_one_form(index.name[street]) for row in index.vocabulary.exactly(word.text).tolist()}
    here = frozenset[int]().union(*(said.positions for said in asked.mentions if said.sure and area in said.areas))
    missing = [
        word
        for i, (word, known) in enumerate(zip(asked.typed.words, asked.words, strict=True))
        if i not in asked.typed.free | here
        and word.text not in SMALL
        and not _is_answered(index, known, own, one.share)
    ]
    code = asked.typed.post_code if not here and area not in asked.codes else ""
    spelt = (text[word.start : word.start + word.length] for word in missing)
    number = one.asked.text if one.asked and one.house is None else ""
    return tuple(filter(None, (number, *spelt, code)))


def _is_answered(index: AddressIndex, asked: AskedWord, own: set[int], share: float) -> bool:
    """As it is surely meant, or begun by half, where half of the name was typed."""
    if share < HALF:
        return bool(asked.surely & own)
    begun = (row for row in own if asked.like.get(row, 0) and index.vocabulary.text[row].startswith(cut(asked.text)))
    return bool(asked.surely & own) or any(len(asked.text) >= HALF * int(index.vocabulary.length[row]) for row in begun)


def _communes(index: AddressIndex, asked: AskedAddress) -> list[Match]:
    """Those that the whole text names, or whose post code it is."""
    typed, areas = asked.typed, index.areas
    told = {i for i, word in enumerate(typed.words) if word.text not in SMALL} - typed.free
    whole = [one.areas for one in asked.mentions if one.sure and told <= one.positions]
    if typed.houses or (typed.words and not whole) or (typed.post_code and not (whole or asked.codes)):
        return []
    meant = frozenset[int]().union(*whole) if typed.words else asked.codes
    communes = sorted({int(areas.commune[area]) for area in meant})
    said = [typed.words[i].text for i in told]
    return [commune_match(index, area, said) for area in communes]


def commune_match(index: AddressIndex, area: int, said: Sequence[str] = ()) -> Match:
    """said: the telling words of the text."""
    areas, name = index.areas, index.areas.name[area]
    return Match(
        kind=COMMUNE,
        id=f"{COMMUNE}/{areas.insee[area]}",
        name=name,
        point=Point(float(areas.lat[area]) / E7, float(areas.lon[area]) / E7),
        stop=-1,
        area=name,
        modes=0,
        importance=0.0,
        score=1.0 + WRITTEN * all(any(word.text.startswith(one) for word in in_one_form(name)) for one in said),
        tokens=((0, len(name)),),
        area_matched=True,
    )


def address_match(index: AddressIndex, street: int, house: int | None, score: float) -> Match:
    """house: row of the number, None for the street itself."""
    area, areas, name = int(index.area[street]), index.areas, index.name[street]
    number = "" if house is None else index.numbers.text(house)
    own_id = index.id[street] if house is None else index.id_of(house, street)
    kind = STREET if house is None else ADDRESS
    return Match(
        kind=kind,
        id=f"{kind}/{own_id}",
        name=f"{number} {name}".lstrip(),
        point=index.point(street) if house is None else index.house_point(house),
        stop=-1,
        area=areas.name[area],
        modes=0,
        importance=0.0,
        score=score,
        row=street,
        address=PostalAddress(number, name, areas.part[area], areas.post_code[area].decode()),
    )


def _match(index: AddressIndex, one: RankedStreet, asked: AskedAddress, text: str) -> Match:
    found, area = address_match(index, one.street, one.house, one.score), int(index.area[one.street])
    one = replace(one, share=_share(index, asked, one.street))
    assert found.address is not None
    return replace(
        found,
        tokens=_tokens(found.address, asked),
        area_matched=area in asked.named,
        unanswered=_unanswered(index, asked, one, text),
        share=one.share,
    )


def _share(index: AddressIndex, asked: AskedAddress, street: int) -> float:
    """How much of the street's name was typed."""
    own = [word.text for word in in_one_form(index.name[street])]
    known = [{index.vocabulary.text[row] for row in word.surely} for word in asked.words]
    typed = (
        weight(word.text)
        for word, surely in zip(asked.words, known, strict=True)
        if any(one.startswith(word.text) or cut(one) in surely for one in own)
    )
    return sum(typed) / max(float(index.letters[street]), LEAST_WEIGHT)


def _tokens(address: PostalAddress, asked: AskedAddress) -> tuple[tuple[int, int], ...]:
    """Of the name: the number, and words of the street that were typed or begun."""
    typed, offset = [word.text for word in asked.typed.words], len(address.number) + 1 if address.number else 0
    words = [
        (word, max((len(one) for one in typed if word.text.startswith(one)), default=0))
        for word in in_one_form(address.street)
    ]
    number = [(0, len(address.number))] if address.number and asked.typed.houses else []
    return (*number, *((offset + word.start, min(word.length, begun)) for word, begun in words if begun))
