"""How addresses are written, in a file and by people: the words of a name in one form, and what of a typed text is the
number of a house, its repeat index, a post code, or a word that no street has to answer.

Both sides are brought into the same form: abbreviations in full, numbers as digits (`8 mai`, `huit mai`), `1er` as 1,
a repeat index apart (`2bis`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from mobility.places.words import IN_FULL, LITTLE, Word, words

SHORT = IN_FULL | {
    "all": "allee",
    "res": "residence",
    "lot": "lotissement",
    "crs": "cours",
    "che": "chemin",
    "chem": "chemin",
    "prom": "promenade",
    "psg": "passage",
    "pass": "passage",
    "esp": "esplanade",
    "ham": "hameau",
    "fbg": "faubourg",
    "rp": "rond",
    "cdt": "commandant",
    "capt": "capitaine",
    "amal": "amiral",
    "lt": "lieutenant",
    "prof": "professeur",
    "mgr": "monseigneur",
    "pres": "president",
    "gd": "grand",
    "gde": "grande",
    "frere": "freres",
}
WAYS = frozenset(
    "rue avenue boulevard allee allees impasse chemin route place square quai cours venelle ruelle sentier passage "
    "faubourg lotissement residence cite hameau esplanade promenade traverse montee voie parvis rond rocade straed "
    "banell bali alez hent plasenn kae".split()
)
"""Kinds of ways: a number before one is the number of a house."""
TITLES = frozenset(
    "general marechal amiral docteur president professeur capitaine commandant colonel lieutenant monseigneur abbe "
    "saint sainte saints freres".split()
)
"""People leave them out, and many names have them."""
BRETON = frozenset({"ar", "al", "er", "ur", "eur"})
SMALL = LITTLE | BRETON
BUILDING = frozenset("batiment bat appartement appt apt etage escalier esc porte hall bp cs".split())
"""With the number or letter after them they lead to a door inside, which nobody plans a trip to."""
MONTHS = frozenset(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
)  # a number beside one belongs to a date
UNITS = ("", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize")
NUMBERS = {name: number for number, name in enumerate(UNITS) if number > 1} | {
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
    "vingt": 20,
    "trente": 30,
    "premier": 1,
    "premiere": 1,
    "1er": 1,
    "1ere": 1,
}
TENS = frozenset({10, 20, 30})
REPEATS = {"b": "bis", "t": "ter", "q": "quater"}
REPEAT = frozenset({"bis", "ter", "quater", "quinquies"})
GLUED = re.compile(r"(\d{1,4})(bis|ter|quater|quinquies|[a-z])|(\d{5})([a-z]+)|([a-z]+)(\d{5})")
"""A number and its repeat index, a post code and a name."""
HOUSE_DIGITS, POST_CODE_DIGITS = 4, 5
CENTURIES = frozenset({"15", "16", "17", "18", "19", "20"})
MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """position: of its word. repeat: bis, a ..., "" without; end: position of the word after all of it."""

    number: int
    repeat: str
    position: int
    end: int

    @property
    def text(self) -> str:
        return number_text(self.number, self.repeat)


@dataclass(frozen=True, slots=True)
class TypedAddress:
    """words: what a street or its commune may answer. free: positions of words that need no answer. houses: numbers
    that may be of a house, the likeliest first; sure: the first can be nothing else. post_code: "" without; one that
    is for letters only (CEDEX) is left out."""

    words: tuple[Word, ...] = ()
    free: frozenset[int] = frozenset()
    houses: tuple[HouseNumber, ...] = ()
    sure: bool = False
    post_code: str = ""

    @property
    def telling(self) -> tuple[int, ...]:
        """Positions of the words that say which street: no kind of way, no little word."""
        return tuple(i for i, word in enumerate(self.words) if word.text not in SMALL | WAYS)


def number_text(number: int, repeat: str) -> str:
    """As it is written: 2 bis, 11b."""
    return f"{number}{' ' if len(repeat) > 1 else ''}{repeat}"


def id_tail(number: str, repeat: str) -> str:
    """What the Base Adresse Nationale puts behind the id of a street: _00002_bis."""
    return f"_{number.zfill(5)}" + (f"_{repeat}" if repeat else "")


def in_one_form(name: str) -> list[Word]:
    """The words of a name in the form that both sides are compared in."""
    return list(_numbers(_in_full(_apart(words(name)))))


def weight(word: str) -> float:
    """How much a word says about which street is meant."""
    if word in SMALL:
        return 0.2
    return 2.0 if word in WAYS | TITLES else float(max(3, min(len(word), 12)))


def typed_address(text: str, around: Set[str] = frozenset()) -> TypedAddress:
    """What was typed, taken apart. around: words that lead nowhere else where they are said last."""
    typed = _typed_address(text)
    last = len(typed.words) - 1
    says_where = last >= 0 and typed.words[last].text in around
    return replace(typed, free=typed.free | {last}) if says_where else typed


def _typed_address(text: str) -> TypedAddress:
    said, post_code = _without_post_code(in_one_form(text)[:MOST_WORDS])
    houses = list(_houses(said, text))
    before_way = [one for one in houses if one.end < len(said) and said[one.end].text in WAYS]
    if before_way:
        house = before_way[-1]
        free = {*range(house.position), *_inside(said)}
        kept = [i for i in range(len(said)) if not house.position <= i < house.end]
        return _typed(said, kept, free, [house], post_code)
    free = {*_inside(said), *(i for house in houses for i in range(house.position, house.end))}
    outside = [house for house in houses if house.position not in _inside(said)]
    return _typed(said, list(range(len(said))), free, outside, post_code)


def _typed(
    said: list[Word], kept: list[int], free: set[int], houses: list[HouseNumber], post_code: str
) -> TypedAddress:
    free |= {i for i in kept if _is_code_mistyped(said[i].text)} if len(kept) < len(said) else set()
    return TypedAddress(
        words=tuple(said[i] for i in kept),
        free=frozenset(row for row, i in enumerate(kept) if i in free),
        houses=tuple(houses),
        sure=len(kept) < len(said),
        post_code=post_code,
    )


def _is_code_mistyped(text: str) -> bool:
    """A post code with a digit too few or too many, which the commune beside it forgives; a year is none."""
    return text.isdigit() and len(text) in (POST_CODE_DIGITS - 1, POST_CODE_DIGITS + 1) and text[:2] not in CENTURIES


def _apart(said: Sequence[Word]) -> Iterator[Word]:
    """What is written together with a number, as a word of its own."""
    for word in said:
        glued = GLUED.fullmatch(word.text)
        if glued and word.text not in NUMBERS:
            first, second = (part for part in glued.groups() if part)
            yield Word(first, word.start, len(first))
            yield Word(second, word.start + len(first), word.length - len(first))
        else:
            yield word


def _in_full(said: Iterator[Word]) -> Iterator[Word]:
    """`r` is a street only where a street may begin: R. Schuman is nobody's street."""
    before = ""
    for word in said:
        begins = before == "" or before.isdigit() or before in REPEAT
        yield word._replace(text="rue" if word.text == "r" and begins else SHORT.get(word.text, word.text))
        before = word.text


def _numbers(said: Iterator[Word]) -> Iterator[Word]:
    """Numbers in words as digits: `dix-neuf`, `vingt et un`."""
    rest = list(said)
    while rest:
        word = rest.pop(0)
        number = NUMBERS.get(word.text)
        if number is None:
            yield word
            continue
        if number in TENS:
            joint = 1 if len(rest) > 1 and rest[0].text == "et" else 0
            unit = UNITS.index(rest[joint].text) if len(rest) > joint and rest[joint].text in UNITS[1:10] else 0
            if unit:
                number, last = number + unit, rest[joint]
                word = word._replace(length=last.start + last.length - word.start)
                del rest[: joint + 1]
        yield word._replace(text=str(number))


def _without_post_code(said: list[Word]) -> tuple[list[Word], str]:
    """And without what stands behind CEDEX: such a code is of no place."""
    cedex = next((i for i, word in enumerate(said) if word.text == "cedex"), None)
    if cedex is not None:
        behind = 2 if cedex + 1 < len(said) and said[cedex + 1].text.isdigit() else 1
        said = said[:cedex] + said[cedex + behind :]
    codes = [word.text for word in said if word.text.isdigit() and len(word.text) == POST_CODE_DIGITS]
    rest = [word for word in said if word.text not in codes]
    return rest, codes[-1] if codes and cedex is None else ""


def _houses(said: list[Word], text: str) -> Iterator[HouseNumber]:
    for i, word in enumerate(said):
        beside = {one.text for one in (*said[max(i - 1, 0) : i], *said[i + 1 : i + 2])}
        if word.text.isdigit() and len(word.text) <= HOUSE_DIGITS and not beside & MONTHS:
            repeat = _repeat(said, i + 1, text)
            yield HouseNumber(int(word.text), repeat, i, i + 1 + bool(repeat))


def _repeat(said: list[Word], i: int, text: str) -> str:
    """Of the number before: a letter alone only where it is written to the number, or where the name does not go on."""
    if i >= len(said):
        return ""
    word, number = said[i], said[i - 1]
    if word.text in REPEAT:
        return word.text
    if len(word.text) > 1 or not word.text.isalpha():
        return ""
    follower = said[i + 1] if i + 1 < len(said) else None
    glued = number.start + number.length == word.start
    parted = follower is None or follower.text in WAYS or "," in text[word.start : follower.start]
    return word.text if glued or parted else ""


def _inside(said: list[Word]) -> set[int]:
    """Positions of the words of a door inside a building."""
    doors = [i for i, word in enumerate(said) if word.text in BUILDING]
    return {*doors, *(i + 1 for i in doors if i + 1 < len(said) and len(said[i + 1].text) <= 2)}
