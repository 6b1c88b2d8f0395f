"""A number with what it counts, in English."""

from __future__ import annotations


def counted(number: int, thing: str, things: str = "") -> str:
    """`1 finding`, `2 findings`. things: of more than one, where that is not the word with an s."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"
