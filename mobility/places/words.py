"""How a name is taken apart so that it is found however people write it: without accents, capitals and hyphens,
with or without apostrophes, abbreviated or in full.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
WORD = re.compile(r"\w+")
JOINTS = re.compile(r"['’ʼ`´\-‐‑.]")
"""What may be left out between two parts of one word: Port-Louis, d'Échanges."""

IN_FULL = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "pl": "place",
    "sq": "square",
    "rte": "route",
    "ch": "chemin",
    "fg": "faubourg",
    "imp": "impasse",
    "rp": "rond-point",
    "pt": "pont",
    "dr": "docteur",
    "gal": "general",
    "pdt": "president",
    "mal": "marechal",
    "zi": "zone",
    "za": "zone",
    "hdv": "hotel",
    "emb": "embarcadere",
}
FRENCH = {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sous", "sur", "y"}
ELSEWHERE = {"am", "an", "and", "at", "da", "das", "der", "die", "do", "dos", "el", "i", "in", "of", "the", "to", "und"}
LITTLE = frozenset(FRENCH | ELSEWHERE)
"""Words that say little: a query is not worse for one more or less of them."""

STREET_WORDS = frozenset(
    "rue avenue boulevard allee allees impasse chemin route faubourg venelle ruelle sentier lotissement residence "
    "straed banell bali alez hent street road lane drive way strasse katu vagen".split()
) | frozenset({"av", "ave", "bd", "bld", "blvd", "rte", "ch", "imp", "fg"})
"""Words of an address: a street is no stop, whatever it is called after."""


class Word(NamedTuple):
    """text: folded. start, length: characters of the name that it stands for."""

    text: str
    start: int
    length: int


def folded(text: str) -> str:
    """Lower case without accents: `Gare d'Échanges` -> `gare d'echanges`."""
    if text.isascii():
        return text.lower()
    plain = "".join(LETTERS.get(letter, letter) for letter in text.casefold())
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def words(name: str) -> list[Word]:
    """The words as they stand, in order."""
    if name.isascii():
        return [Word(found[0], found.start(), len(found[0])) for found in WORD.finditer(folded(name.replace("_", " ")))]
    return [Word(folded(found[0]), found.start(), len(found[0])) for found in WORD.finditer(name.replace("_", " "))]


def spellings(name: str) -> list[Word]:
    """The words as they stand, what they are short for, and parts of one word written together (portlouis)."""
    return spelt(name, words(name))


def spelt(name: str, plain: list[Word]) -> list[Word]:
    """The same of a name whose words are known."""
    return [*plain, *_in_full(plain), *_together(name, plain)]


def weight(word: str) -> float:
    """How much a word says about what is meant: as much as it has letters, little words next to nothing."""
    return 0.3 if word in LITTLE else float(min(len(word), 12))


def _in_full(plain: list[Word]) -> list[Word]:
    return [Word(IN_FULL[word.text], word.start, word.length) for word in plain if word.text in IN_FULL]


def _together(name: str, plain: list[Word]) -> list[Word]:
    found = []
    for before, after in pairwise(plain):
        if JOINTS.fullmatch(name[before.start + before.length : after.start]):
            length = after.start + after.length - before.start
            found.append(Word(before.text + after.text, before.start, length))
    return found
