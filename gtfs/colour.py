"""How well one colour is read on another. Source: WCAG 2.2, contrast ratio and relative luminance."""

from __future__ import annotations


def contrast(one: str, other: str) -> float:
    """1 to 21, of colours as six hexadecimal digits."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
