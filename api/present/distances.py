"""How far it is, as people say it: `130 m`, `1 km`, `1,3 km`."""

from __future__ import annotations

from functools import lru_cache

from api.web.sentences import Sentences

M_PER_KM = 1000
SHORT_M = 20
"""Up to there each metre is told, from there on tens of them: nobody walks 134 m."""


def distance(metres: float, said: Sentences) -> str:
    return _distance(round(metres), said)


@lru_cache(maxsize=4096)
def _distance(whole: int, said: Sentences) -> str:
    tens = whole if whole < SHORT_M else (whole + 5) // 10 * 10
    return kilometres(whole, said) if tens >= M_PER_KM else said["distance"]["metres"].format(n=tens)


def kilometres(metres: float, said: Sentences) -> str:
    return said["distance"]["kilometres"].format(n=thousands(round(metres), said))


def thousands(whole: int, said: Sentences) -> str:
    """By tenths, and none of them where it is a full one."""
    tenths = (whole + 50) // 100
    number = f"{tenths / 10:.1f}".removesuffix(".0")
    return number if said.language == "en" else number.replace(".", ",")
