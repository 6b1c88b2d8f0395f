"""How large a file is, as the request's language writes it."""

from __future__ import annotations

from math import ceil

from babel.units import format_unit
from flask_babel import get_locale

KILO, MEGA = 1000, 1000**2


def written_size(size: int) -> str:
    """size: bytes, of which a reader wants no single one: `305,7 ko`, never less than a tenth."""
    unit, of = ("megabyte", MEGA) if size >= MEGA else ("kilobyte", KILO)
    return format_unit(ceil(10 * size / of) / 10, unit, length="short", locale=get_locale())
