"""Text that can be read on any line's colour (WCAG 2.2, contrast ratio, success criterion 1.4.3)."""

from __future__ import annotations

import re

HEX = re.compile(r"[0-9A-Fa-f]{6}")
PLAIN = "40515c"
BLACK, WHITE = "000000", "ffffff"


def shades(colour: str) -> tuple[str, str]:
    """`#fill` and the `#ink` of black and white that is read better on it: one of them has at least 4.5 : 1."""
    fill = colour if HEX.fullmatch(colour) else PLAIN
    ink = max((WHITE, BLACK), key=lambda ink: contrast(ink, fill))
    return f"#{fill}", f"#{ink}"


def contrast(one: str, other: str) -> float:
    """1..21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
