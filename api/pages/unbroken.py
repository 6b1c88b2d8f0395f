"""What stands on one row: `Port-Tudy`, which browsers break at its hyphen, `Gare d'Échanges`, `Pointe (quai)`, a date,
and an arrow with what it leads to. Letters stay as they are, so that what is copied is what people type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from babel import Locale
from markupsafe import Markup, escape

from api.web.days import FIRST

LONGEST = 18
"""Letters: what is longer may break, so that it fits the narrowest screen in large letters."""
LONGEST_DATE = 22
"""`mercredi 25 novembre,`."""
NUMBER = re.compile(rf"\d\d?|{'|'.join(FIRST.values())}")
ARROWS = frozenset({"→", "↔"})
PARTICLE = re.compile("de|du|des")
LEANS = re.compile(r"d['’]\w|\(.+\)$")
"""What stands on the row of the word before it."""


def _names(kind: str) -> frozenset[str]:
    """Of months or days, as every language of a page writes them."""
    every = (getattr(Locale(language), kind)["format"] for language in ("fr", "br", "en"))
    return frozenset(name for one in every for width in ("wide", "abbreviated") for name in one[width].values())


MONTHS, DAYS = _names("months"), frozenset(name.lower() for name in _names("days"))


def unbroken(text: str) -> Markup:
    return Markup(" ").join(map(_whole, _rows(text.split(" "))))


def _rows(words: Sequence[str]) -> Iterator[str]:
    """The words by what stands on one row."""
    held = words[0]
    for word in words[1:]:
        if len(held) + 1 + len(word) <= _most(held, word):
            held = f"{held} {word}"
        else:
            yield held
            held = word
    yield held


def _most(held: str, word: str) -> int:
    """How many letters both may have on one row, 0 where they may part."""
    last = held.rpartition(" ")[2]
    if _is_date(last, word):
        return LONGEST_DATE
    is_named = PARTICLE.fullmatch(word) and (last[:1].isupper() or last[:1] == "(")
    is_bound = last in ARROWS or LEANS.match(word) or (" " in held and PARTICLE.fullmatch(last))
    return LONGEST if is_named or is_bound else 0


def _is_date(last: str, word: str) -> bool:
    if NUMBER.fullmatch(word):
        return last.lower() in DAYS
    return bool(NUMBER.fullmatch(last) and MONTHS & {word.rstrip(",;)"), word.rstrip(".,;)")})


def _whole(row: str) -> Markup:
    is_one = " " in row or ("-" in row.strip("-") and len(row) <= LONGEST)
    return Markup('<span class="whole">{}</span>').format(row) if is_one else escape(row)
