"""Names that stand on one row: `Port-Tudy`, which browsers break at its hyphen. Letters stay as they are, so that what
is copied is what people type."""

from __future__ import annotations

from markupsafe import Markup, escape

LONGEST = 18
"""Letters: what is longer may break, so that it fits the narrowest screen in large letters."""


def unbroken(text: str) -> Markup:
    return escape(text) if "-" not in text else Markup(" ").join(map(_whole, text.split(" ")))


def _whole(word: str) -> Markup:
    is_one = "-" in word.strip("-") and len(word) <= LONGEST
    return Markup('<span class="whole">{}</span>').format(word) if is_one else escape(word)
