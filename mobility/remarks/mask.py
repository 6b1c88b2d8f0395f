"""Telephone numbers, e-mail addresses and number plates are taken out of a text before it is kept.

The text is read as it sounds, not as it is spelt: digits of any alphabet, full-width signs, letters with invisible
characters between them. What is masked is cut from the text as it was written; all else stays, letter by letter.
Plates are French ones: AB-123-CD (since 2009) and 1234 AB 56. A date and an hour are no telephone number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

MASK = "[…]"
BETWEEN = r"[\s.\-‐-―/()_·•*]{0,3}"
"""What people write between the digits of one number."""
NO_LETTER, NO_DIGIT = r"(?<![^\W_])", r"(?<!\d)"
DATE = re.compile(
    r"(?<![\d./-])(?<!\d\s)(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d"
    r"|(?:19|20)\d\d[./-]?(?:0[1-9]|1[0-2])[./-]?(?:0[1-9]|[12]\d|3[01]))(?![./-]?\d)"
)
HOUR = re.compile(
    r"(?<![\d:])(?<!\d[\s.-])(?:[01]?\d|2[0-3])(?::[0-5]\d(?![\d:])|\s?h(?:\s?[0-5]\d)?(?![\w:]))", re.IGNORECASE
)
ADDRESSES = (
    re.compile(r"[^\s@]*@[^\s@]*[^\s@.,;:!?)\]»\"']"),
    re.compile(r"[^\s@,;:()]+\s{1,2}@\s{0,2}[^\s@]+\.[^\W\d_]{2,}"),
    re.compile(r"[^\s@,;:()]+\s?@\s{1,2}[^\s@]+\.[^\W\d_]{2,}"),
    re.compile(
        r"[\w.+-]+\s*(?:[(\[{<]\s*(?:at|a|à|arobase|chez)\s*[)\]}>]|\barobase\b)\s*"
        r"[\w-]+(?:\s*(?:\.|[(\[{<]\s*(?:dot|point)\s*[)\]}>]|\bpoint\b|\bdot\b)\s*[\w-]+)+",
        re.IGNORECASE,
    ),
)
PHONES = (
    re.compile(rf"(?:\+|(?<!\d)00){BETWEEN}\d(?:{BETWEEN}\d){{6,14}}(?!\d)"),
    re.compile(rf"{NO_DIGIT}[0oO]{BETWEEN}[1-9](?:{BETWEEN}\d){{7,10}}(?!\d)"),
    re.compile(r"(?<!\d)0[1-9](?P<gap>\W{1,3})\d\d(?:(?P=gap)\d\d){3}(?!\d)"),
    re.compile(r"(?<!\d)[67](?:\W?\d){8}(?!\d)"),
    re.compile(r"(?<!\d)\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)"),
    re.compile(r"(?<!\d)\d{8,15}(?!\d)"),
)
PAIR, JOINED, NO_MORE = "[A-HJ-NP-TV-Z]{2}", r"[-‐-―.·_]?", r"(?![^\W_])"
"""Letters of a plate of today, which has no I, O and U."""
PLATES = (
    re.compile(rf"{NO_LETTER}{PAIR}{JOINED}\d{{3}}{JOINED}{PAIR}{NO_MORE}", re.IGNORECASE),
    re.compile(rf"{NO_LETTER}{PAIR}\W{{0,3}}\d{{3}}\W{{0,3}}{PAIR}{NO_MORE}"),
    re.compile(rf"{NO_LETTER}(?P<first>{PAIR})\W{{1,3}}\d{{3}}\W{{1,3}}(?P<last>{PAIR}){NO_MORE}", re.IGNORECASE),
    re.compile(rf"{NO_LETTER}\d{{2,4}}[-.]?[A-Z]{{2,3}}[-.]?(?:\d{{2}}|2[AB]|9[78]\d){NO_MORE}", re.IGNORECASE),
    re.compile(rf"{NO_LETTER}\d{{2,4}}\s?(?P<middle>[A-Z]{{2,3}})\s?(?:\d{{2}}|2[AB]|9[78]\d){NO_MORE}"),
)
WORDS = frozenset(
    """al an ar as at au by ce cm da de du en er es et eu in is it je kg km la le ma me mm mn ne ni of on or ou où sa se
    si st ta te to tu un ur va vu""".split()
)
"""Of two letters, on either side of a number: `de 150 km` is no plate."""


def masked(text: str) -> str:
    """Without invisible characters, and with MASK for each telephone number, address and plate."""
    seen = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cf", "Cc", "Cs", "Co"))
    read = "".join(map(_read, seen))
    calm = HOUR.sub(_blank, DATE.sub(_blank, read))
    spans = [*_matches(ADDRESSES, read), *_matches(PHONES, calm), *_plates(read)]
    return _cut(seen, spans)


def _read(char: str) -> str:
    """One character as it is read: a digit of any alphabet as ours, a sign of any width as the usual one."""
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    usual = unicodedata.normalize("NFKC", char)
    return usual if len(usual) == 1 else char


def _blank(found: re.Match[str]) -> str:
    """Of the same length, and part of no number."""
    return "x" * len(found[0])


def _matches(patterns: tuple[re.Pattern[str], ...], text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for pattern in patterns for found in pattern.finditer(text))


def _plates(text: str) -> Iterator[tuple[int, int]]:
    for pattern in PLATES:
        for found in pattern.finditer(text):
            letters = [part.casefold() for part in found.groupdict().values()]
            if not letters or not all(part in WORDS for part in letters):
                yield found.span()


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    """Spans that touch are one."""
    kept, end = list[str](), 0
    for start, stop in sorted(spans):
        if start >= end:
            kept += [text[end:start], MASK]
        end = max(end, stop)
    return "".join((*kept, text[end:]))
