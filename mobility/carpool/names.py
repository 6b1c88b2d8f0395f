"""What somebody may be called: no name that looks like another one by tricks of writing.

Characters that are alike by design become the plain ones (Unicode NFKC, as RFC 8266 has it for nicknames); then UTS 39
holds: nothing invisible or that turns the direction of writing, letters of one script, digits of one system, no heaps
of accents.
"""

from __future__ import annotations

import unicodedata

import regex

from mobility.errors import InvalidQuery
from mobility.value_faults import ValueFault

LONGEST = 40
HIDDEN = regex.compile(r"[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]")
HEAPED = regex.compile(r"^\s*\p{M}|\p{Mn}{5}")
"""UTS 39, 5.4: four accents on one letter at most, and none on nothing."""
SCRIPTS = (
    *("Latin Greek Cyrillic Armenian Hebrew Arabic Thaana Devanagari Bengali Gurmukhi Gujarati Oriya Tamil").split(),
    *("Telugu Kannada Malayalam Sinhala Thai Lao Tibetan Myanmar Georgian Ethiopic Khmer Hangul Han").split(),
)
"""Recommended ones: UAX 31, table 5."""
TOGETHER = (("Han", "Hiragana", "Katakana"), ("Han", "Bopomofo"), ("Han", "Hangul"))
"""UTS 39, 5.1: Japanese, Chinese and Korean are written in several."""
ANY_SCRIPT = r"\p{sc=Common}\p{sc=Inherited}"
ONE_SCRIPT = tuple(
    regex.compile("[" + "".join(rf"\p{{scx={one}}}" for one in together) + ANY_SCRIPT + "]*")
    for together in (*((one,) for one in SCRIPTS), *TOGETHER)
)
LETTERED = regex.compile(r"[\p{L}\p{N}]")


def normal_name(text: str) -> str:
    """As it is kept and shown. Raises InvalidQuery, which names `alias`."""
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if fault := _fault(name, text):
        raise InvalidQuery("alias", fault, most=LONGEST)
    return name


def imitates(text: str) -> bool:
    """Of somebody whom another operator calls so."""
    return bool(_trick(unicodedata.normalize("NFKC", text), text))


def _fault(name: str, typed: str) -> ValueFault | None:
    if not LETTERED.search(name) or len(name) > LONGEST:
        return ValueFault.NO_NICKNAME
    return _trick(name, typed)


def _trick(name: str, typed: str) -> ValueFault | None:
    if HIDDEN.search(name) or HIDDEN.search(typed):
        return ValueFault.HIDDEN_CHARACTERS
    if HEAPED.search(name):
        return ValueFault.HEAPED_ACCENTS
    if not any(script.fullmatch(name) for script in ONE_SCRIPT):
        return ValueFault.MIXED_SCRIPTS
    zeros = {ord(sign) - unicodedata.decimal(sign) for sign in name if unicodedata.category(sign) == "Nd"}
    return ValueFault.MIXED_DIGITS if len(zeros) > 1 else None
