"""Text that can be read on any line's colour (WCAG 2.2, contrast ratio, success criterion 1.4.3)."""

from __future__ import annotations

import re
from functools import lru_cache

from gtfs.colour import contrast

HEX = re.compile(r"[0-9A-Fa-f]{6}")
PLAIN = "40515c"
BLACK, WHITE = "000000", "ffffff"


@lru_cache(maxsize=1024)
def shades(colour: str) -> tuple[str, str]:
    """`#fill` and the `#ink` of black and white that is read better on it: one of them has at least 4.5 : 1."""
    fill = colour if HEX.fullmatch(colour) else PLAIN
    ink = max((WHITE, BLACK), key=lambda ink: contrast(ink, fill))
    return f"#{fill}", f"#{ink}"
