"""Narrow spaces that must not end a line. French, Breton: before `:`, `;`, `!`, `?` and inside guillemets, so that no
line begins with a colon. All languages: inside of an hour, `8 h 30`, before the dash that follows one, before
`min`, `m`, `km`, `g`, `kg`, and in `n° 2005-102`. Catalogues are typed with plain spaces; what is read of them has
these."""

from __future__ import annotations

import re
from typing import Any

NO_BREAK = "\u202f"
SPACED = frozenset({"fr", "br"})
"""Languages that are written so, easy French among them."""
BESIDE = re.compile("(?<=«)[ \u00a0]|[ \u00a0](?=[:;!?»])")
"""A space that must not end a line, plain or of full width."""
BESIDE_NUMBER = re.compile(
    r"(?<=[\d}]) (?=(?:h|min|km|m|kg|g)(?![\w’'])|e \{minutes)|(?<=[\d}] h) (?=[\d{])|(?<=[\d}] e) (?=\{minutes)"
    r"|(?<=\{opens}) (?=–)|(?<=n°) (?=\d)"
)
"""Of `{hour} h {minute}`, `8 h 30`, Breton `{hours} e {minutes}`, the span of two, `50 min`, `130 m`, `2 kg`."""


def spaced(text: str, language: str) -> str:
    text = BESIDE_NUMBER.sub(NO_BREAK, text)
    return BESIDE.sub(NO_BREAK, text) if language.partition("-")[0] in SPACED else text


def spaced_catalogue(read: dict[str, Any], language: str) -> dict[str, Any]:
    """Of a catalogue all texts, in sections and in sections of those."""
    return {
        name: spaced_catalogue(one, language) if isinstance(one, dict) else spaced(one, language)
        for name, one in read.items()
    }
