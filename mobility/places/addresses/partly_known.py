"""What of an address is known where all of it is not: the street and a number near the one typed, or the commune and
streets of that name in others.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.find import AskedAddress
from mobility.places.addresses.rank import STREET, address_match, commune_match, find_addresses
from mobility.places.addresses.text import typed_address
from mobility.places.match import AddressLack, Match, Wanted

BETWEEN = " ,;-"


@dataclass(frozen=True, slots=True)
class PartlyKnown:
    """instead: what may be chosen, best first."""

    lack: AddressLack
    instead: tuple[Match, ...]


def partly_known(
    index: AddressIndex, text: str, found: Sequence[Match], limit: int, around: Set[str] = frozenset()
) -> PartlyKnown | None:
    """found: of the text, best first, none of which answers it; None where they tell all there is. around: as in
    Wanted."""
    streets = [one for one in found if one.kind == STREET and _lacks_number(one)]
    if streets and streets[0] is found[0]:
        return _without_number(index, streets)
    return None if any(one.address for one in found) else _without_street(index, text, limit, around)


def _lacks_number(one: Match) -> bool:
    return len(one.unanswered) == 1 and one.unanswered[0][:1].isdigit()


def _without_number(index: AddressIndex, streets: Sequence[Match]) -> PartlyKnown:
    number = streets[0].unanswered[0]
    near = [_near(index, one, number) for one in streets]
    first, is_one = streets[0], len({one.whereabouts for one in streets}) == 1
    lack = AddressLack(
        street=first.name,
        commune=first.whereabouts if is_one else "",
        number=number,
        near=near[0].address.number if is_one and near[0] and near[0].address else "",
    )
    return PartlyKnown(lack, (*filter(None, near), *streets))


def _near(index: AddressIndex, street: Match, number: str) -> Match | None:
    """The number next to the one typed; None in a street without numbers."""
    rows, asked = index.numbers.rows(street.row), int("".join(one for one in number.split()[0] if one.isdecimal()))
    numbers = {row: int(index.numbers.number[row]) for row in rows}
    if not numbers:
        return None
    row = min(rows, key=lambda one: (abs(numbers[one] - asked), one))
    return replace(address_match(index, street.row, row, street.score), unanswered=street.unanswered)


def _without_street(index: AddressIndex, text: str, limit: int, around: Set[str]) -> PartlyKnown | None:
    """Where the text names one commune, and more than that."""
    asked = AskedAddress.of(typed_address(text, around), index)
    named = [one for one in asked.mentions if one.sure]
    communes = {int(index.areas.commune[area]) for one in named for area in one.areas}
    rest = _without(text, asked, frozenset[int]().union(*(one.positions for one in named)))
    if len(communes) != 1 or not rest:
        return None
    (area,) = communes
    elsewhere = [one for one in find_addresses(index, rest, limit, Wanted(around=frozenset(around))) if one.address]
    same = [one for one in elsewhere if not one.unanswered or _lacks_number(one)]
    lack = AddressLack(commune=index.areas.name[area], rest=rest)
    return PartlyKnown(lack, (*same[: limit - 1], commune_match(index, area)))


def _without(text: str, asked: AskedAddress, positions: Set[int]) -> str:
    """What was typed beside the name of the commune and its post code."""
    words = [asked.typed.words[at] for at in sorted(positions, reverse=True)]
    for word in words:
        text = f"{text[: word.start].rstrip(BETWEEN)} {text[word.start + word.length :].lstrip(BETWEEN)}"
    return text.replace(asked.typed.post_code, "").strip(BETWEEN) if asked.typed.post_code else text.strip(BETWEEN)
