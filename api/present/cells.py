"""Cells of tables that people open in a spreadsheet: what begins like a formula is text there, too."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With what a spreadsheet takes a cell for something to compute. Source: OWASP, CSV injection."""


def defused(value: object) -> object:
    """As text where it would be computed; numbers stay numbers."""
    if not isinstance(value, str) or not value.startswith(FORMULA) or _is_number(value):
        return value
    return f"'{value}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
