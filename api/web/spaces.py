"""French and Breton typography: a narrow no-break space before `:`, `;`, `!`, `?` and inside guillemets, so that no
line begins with a colon. Catalogues are typed with plain spaces; what is read of them has these."""

from __future__ import annotations

import re
from typing import Any

NO_BREAK = "\u202f"
SPACED = frozenset({"fr", "br"})
"""Languages that are written so, easy French among them."""
BESIDE = re.compile("(?<=«)[ \u00a0]|[ \u00a0](?=[:;!?»])")
"""A space that must not end a line, plain or of full width."""


def spaced(text: str, language: str) -> str:
    return BESIDE.sub(NO_BREAK, text) if language.partition("-")[0] in SPACED else text


def spaced_catalogue(read: dict[str, Any], language: str) -> dict[str, Any]:
    """Of a catalogue all texts, in sections and in sections of those."""
    return {
        name: spaced_catalogue(one, language) if isinstance(one, dict) else spaced(one, language)
        for name, one in read.items()
    }
