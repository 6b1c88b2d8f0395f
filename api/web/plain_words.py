"""What a fault says of itself, in the language of the page: by its code."""

from __future__ import annotations

from collections.abc import Mapping

OTHER = "other"


def plain(code: str, values: Mapping[str, object], said: Mapping[str, str]) -> str:
    """values: of the fault, by name; said: the section `phrase`. What has no sentence is told as one that the service's
    log knows more of."""
    return said.get(code, said[OTHER]).format(**values)
