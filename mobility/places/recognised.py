"""What of a typed text a place answers, word by word, and whether one may travel there unasked.

The score of a search cannot tell: `Paris` scores more against Péristyle (one letter of a beginning) than `locmikelic`
against Locmiquélic. A word is recognised where the place's own names, its commune or its kind have it as it stands,
with so few mistakes that nothing else can be meant, or begun in a name of which it is the greater part. One that is not
is telling, unless it is a little word or says only in which country one is. So are numbers and street words: `12 rue du
Port` is not Port de Pêche. Where several places answer every word, and the first of them has far more in its name than
was typed (`gare`), nobody knows which one is meant; of `Lorient gare` it is the only place in Lorient with trains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from mobility.network.modes import TRAINS, mode_bits
from mobility.places.elsewhere import STATION
from mobility.places.equal_words import things
from mobility.places.index import Holders, PlaceIndex, spelt_out
from mobility.places.match import ANY, AddressLack, Match, Wanted
from mobility.places.words import LITTLE, STREET_WORDS, Word, weight, words

SAY_NOTHING = frozenset("arret arsav stop halte bus centre kreiz ile enez island zone place plasenn square".split())
"""Words that lead nowhere else beside one that is recognised. A stop at a square is called after it."""
BY_TRAIN = mode_bits(TRAINS)
"""Bits as in Wanted.modes."""
GREATER_PART = 0.5
POST_CODE = 5


@dataclass(frozen=True, slots=True)
class Understood:
    """found: places that may be meant, best first: if `unknown` is empty, those that answer every telling word.
    unknown: telling words, as typed, that the best does not answer. street: an address was typed. several: addresses
    of the same street in several communes are meant alike. vague: so are places of which little was typed. outside: a
    town that the territory does not have, as typed; found are then places from which one goes on. lack: what of an
    address is not known, where some of it is; found are then what may be chosen instead."""

    found: tuple[Match, ...] = ()
    unknown: tuple[str, ...] = ()
    street: bool = False
    several: bool = False
    vague: bool = False
    outside: str = ""
    lack: AddressLack | None = None

    @property
    def sure(self) -> Match | None:
        """Where one may travel without asking."""
        is_open = self.unknown or self.several or self.vague or self.outside or self.lack
        return self.found[0] if self.found and not is_open else None


def understood(places: PlaceIndex, text: str, limit: int, wanted: Wanted = ANY) -> Understood:
    """What is meant by a text that nobody picked from a list."""
    return meant(judged(places, places.search(text, limit, wanted), text, wanted.around), text)


def judged(places: PlaceIndex, found: Iterable[Match], text: str, around: Set[str] = frozenset()) -> list[Match]:
    """Places with the telling words, as typed, that each does not answer, and how much of its name was typed. around:
    as in Wanted."""
    asked, silent = _asked(places, text), LITTLE | SAY_NOTHING | around
    return [
        replace(
            one,
            unanswered=_spelt(text, _unknown(places, one, asked, silent)),
            share=_share(places, one, asked),
        )
        for one in found
    ]


def meant(found: Sequence[Match], text: str) -> Understood:
    """Which of those that may be meant are. found: best first, with what they do not answer."""
    sure = [one for one in found if not one.unanswered]
    begun = sorted((one for one in found if _is_begun(one)), key=lambda one: -one.score)
    if sure:
        is_typed = is_address(text)
        named = sorted(sure, key=lambda one: not ((is_typed and one.address) or is_named(one, text)))
        several = _is_one_of_several(named) and (is_typed or named[0].share > GREATER_PART)
        if not several and _is_vague(named, begun, text):
            return Understood(tuple(begun), vague=True)
        return Understood(tuple(named), several=several)
    if found and _is_begun(found[0]):
        return Understood(tuple(begun), vague=True)
    return Understood(tuple(found), found[0].unanswered if found else (), is_address(text))


def is_address(text: str) -> bool:
    """With a word of streets, or a number of a house before a name: not a post code."""
    typed = words(text)
    numbered = len(typed) > 1 and typed[0].text[:1].isdigit() and len(typed[0].text) < POST_CODE
    return numbered or any(word.text in STREET_WORDS for word in typed)


def is_named(match: Match, text: str) -> bool:
    """By these very words in this order: of two corners of one name, the other way round, that is the one."""
    return [word.text for word in words(match.name)] == [word.text for word in words(text)]


def _is_one_of_several(sure: Sequence[Match]) -> bool:
    """Whether the first is an address that another commune, or another part of it, has as well."""
    first = sure[0].address
    same = [one for one in sure if one.address and first and one.name == sure[0].name]
    return len({(one.area, one.address and one.address.part) for one in same}) > 1


def _is_vague(sure: Sequence[Match], begun: Sequence[Match], text: str) -> bool:
    """Whether others answer it as well as the first, whose name it is not, nor the greater part of it; or what it
    begins of another name is meant rather: `plo` is Ploemeur before Plouay. begun: best first, with those of sure."""
    first = sure[0]
    if is_named(first, text) or _is_the_station(sure, text):
        return False
    return (len(sure) > 1 and first.share <= GREATER_PART) or bool(begun[0].unanswered) or _begins_two(sure, text)


def _begins_two(sure: Sequence[Match], text: str) -> bool:
    """Whether its last word only begins one of the first, and another word of another name of which most was typed."""
    last = words(text)[-1].text
    own, *others = (_begun_by(last, one) for one in sure if one is sure[0] or one.share > GREATER_PART)
    return bool(own) and last not in own and any(other and not own & other for other in others)


def _begun_by(typed: str, match: Match) -> set[str]:
    """Words of its name, and of its commune's."""
    own = (word.text for name in (match.name, match.area) for word in words(name))
    return {word for word in own if word.startswith(typed)}


def _is_the_station(sure: Sequence[Match], text: str) -> bool:
    """Whether the station of a commune was typed, and of all that answer it the first alone has trains there."""
    first = sure[0]
    by_train = [one for one in sure if one.area == first.area and one.modes & BY_TRAIN]
    of_area = {word.text for word in words(first.area)}
    asked = {word.text for word in words(text)} - LITTLE - of_area
    return first.area_matched and by_train == [first] and asked <= STATION


def _is_begun(match: Match) -> bool:
    """Whether each word that it does not answer begins one of its name: too little of it to be sure."""
    own = [word.text for name in (match.name, match.area) for word in words(name)]
    missing = [word.text for word in words(" ".join(match.unanswered))]
    return all(not one[:1].isdigit() and any(word.startswith(one) for word in own) for one in missing)


def _share(places: PlaceIndex, match: Match, asked: list[_Asked]) -> float:
    rows = (one for one in asked if any(_has(places.named, row, match.row) for row in (*one.whole, *one.begun)))
    return sum(weight(one.word.text) for one in rows) / max(float(places.letters[match.row]), 0.1)


def _spelt(text: str, said: Iterable[Word]) -> tuple[str, ...]:
    return tuple(text[word.start : word.start + word.length] for word in said)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word typed, and rows of the vocabulary: whole words that it is, and those that it begins."""

    word: Word
    whole: tuple[int, ...]
    begun: tuple[int, ...]


def _asked(places: PlaceIndex, text: str) -> list[_Asked]:
    typed, known = words(text), places.vocabulary
    whole: dict[Word, list[int]] = {word: [] for word in typed}
    for thing, said in things(typed):
        for word in said:
            whole[word] += known.exactly(thing).tolist()
    for word in typed:
        for spelling in spelt_out(word):
            whole[word] += known.surely(spelling).tolist()
    for one, other in pairwise(typed):
        if not {one.text, other.text} & LITTLE:
            together = known.surely(one.text + other.text).tolist()
            whole[one] += together
            whole[other] += together
    return [_Asked(word, tuple(rows), tuple(known.begun(word.text).tolist())) for word, rows in whole.items()]


def _unknown(places: PlaceIndex, match: Match, asked: list[_Asked], silent: Set[str]) -> list[Word]:
    """The telling words that the place does not answer. silent: words that tell nothing beside one that is answered."""
    begun = {one.word for one in asked if _held(places, match, one.begun)}
    if sum(weight(word.text) for word in begun) < GREATER_PART * float(places.letters[match.row]):
        begun = set()
    missing = [
        one.word
        for one in asked
        if one.word not in begun
        and not _held(places, match, one.whole)
        and not (one.word.text.isdigit() and _post_code(places, match, one.whole))
    ]
    telling = [word for word in missing if word.text not in silent]
    return missing if len(missing) == len(asked) and not telling else telling


def _held(places: PlaceIndex, match: Match, rows: Iterable[int]) -> bool:
    """Whether the place has one of the words, in its names, its kind or the name of its commune."""
    area = int(places.area[match.row])
    return any(
        _has(places.named, row, match.row) or _has(places.about, row, match.row) or _has(places.in_area, row, area)
        for row in rows
    )


def _has(holders: Holders, word: int, row: int) -> bool:
    return bool((holders.row[holders.first[word] : holders.first[word + 1]] == row).any())


def _post_code(places: PlaceIndex, match: Match, rows: Iterable[int]) -> bool:
    """Whether the number is the code of the place's commune, which the commune alone bears."""
    area = places.area[match.row]
    bearers = (places.about.row[places.about.first[row] : places.about.first[row + 1]] for row in rows)
    return any(bool((places.area[of_code] == area).any()) for of_code in bearers)
